"""Every format is declared once: its module, the command's choices and the card derive from the declaration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from house_source import ROOT
from recipes import make_recipe

from stylelab.adapters.lora import LoraParameters
from stylelab.adapters.store import StoredAdapter
from stylelab.cli.main import main
from stylelab.errors import ExportError
from stylelab.exporting.card import build_card
from stylelab.exporting.export import load_exporter
from stylelab.exporting.formats import FORMATS, find_format
from stylelab.recipe import Recipe

NO_FORMATS = {"__init__", "formats", "export", "check", "card"}  # the room's modules that are no format


def make_adapter(recipe: Recipe) -> StoredAdapter:
    return StoredAdapter(Path("run"), LoraParameters(4, 2.0, 0.1, ("mlp.up_proj",), 2), {}, recipe, "d")


def test_every_module_of_a_format_is_declared_and_offers_what_an_export_needs() -> None:
    modules = {path.stem for path in (ROOT / "stylelab" / "exporting").glob("*.py")} - NO_FORMATS
    assert modules == {form.name for form in FORMATS}
    for form in FORMATS:
        exporter = load_exporter(form)
        assert callable(exporter.write_files) and callable(exporter.check_files)
        assert form.title and form.purpose.endswith(".") and form.mark


def test_the_command_takes_the_declared_formats_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--help"]) == 0
    assert f"<{'|'.join(form.name for form in FORMATS)}>" in capsys.readouterr().out
    assert main(["export", "nowhere", "--as", "papyrus", "--to", "out"]) == 2
    assert "papyrus" in capsys.readouterr().err


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ExportError, match="papyrus") as caught:
        find_format("papyrus")
    assert caught.value.code == "export_format" and "mlx" in caught.value.remedy


def test_the_command_that_loads_an_export_names_both_folders() -> None:
    form = replace(FORMATS[0], command="load BASE with THIS_FOLDER/x THIS_FOLDER")
    assert form.build_command("'my BASE'", "THIS_FOLDER") == "load 'my BASE' with THIS_FOLDER/x THIS_FOLDER"


@pytest.mark.parametrize("line", ["About {words} {words.__class__.__mro__}.", "{x}", "{", "{{ separator }}", "%s {0}"])
def test_what_a_recipe_says_is_shown_and_never_run(line: str) -> None:
    part = make_recipe()
    persona = part.persona.model_copy(update={"author": line, "instructions": (line,)})
    card = build_card(make_adapter(part.model_copy(update={"word_count_line": line, "persona": persona})), FORMATS[0])
    assert f"# Voice of {line}\n" in card
    assert f"\n{line}\n{line.replace('{words}', '80')}\n" in card
    assert "<class" not in card


def test_the_card_says_how_the_format_is_loaded() -> None:
    form = replace(FORMATS[0], command="load THIS_FOLDER", prompt="< prompt")
    assert build_card(make_adapter(make_recipe()), form).endswith("\n    load THIS_FOLDER < prompt\n")

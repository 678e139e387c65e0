"""The pairs job: nothing is rewritten twice, any number of processes gives the same bytes, a person's word goes first."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from projects import long_model, make_project, text
from sources import make_docx

from stylelab.cli.main import main
from stylelab.errors import PairsError
from stylelab.files import read_json, read_jsonl
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.pairs import HarvestRequest, PairsRequest
from stylelab.jobs.catalogue.persona import PreviewRequest
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.jobs.run import corpus, harvest, pairs, preview
from stylelab.jobs.steps import drafting
from stylelab.pairs.draft import DraftTools
from stylelab.pairs.rewriters import RulesRewriter
from stylelab.pairs.roundtrip import Rewritten
from stylelab.project.project import Project, open_project
from stylelab.training.plan import Plan

PAIRS = "variants: [neutral, dropout]\nperspectives: [first_person_plural, third_person]\nrenamed: 0.5\n"
QUIET = Context(lambda message: None)


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_model(tmp_path_factory.mktemp("long") / "model")


@pytest.fixture(scope="session")
def cut(long: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with passages and no pairs; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("cut")
    for n in range(3):
        (folder / f"{n}.txt").write_text(text(n))
    own = make_project(folder / "p", long, PAIRS)
    corpus.run(QUIET, CorpusRequest(project=own.folder, paths=tuple(folder / f"{n}.txt" for n in range(3))))
    return own.folder


@pytest.fixture
def own(cut: Path, tmp_path: Path) -> Project:
    return open_project(Path(shutil.copytree(cut, tmp_path / "p")))


def dataset(own: Project) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in own.dataset.iterdir()}


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that every text that is rewritten from now on joins."""
    seen: list[str] = []
    rewrite = RulesRewriter.rewrite

    def counting(self: RulesRewriter, texts: Sequence[str]) -> list[Rewritten]:
        seen.extend(texts)
        return rewrite(self, texts)

    monkeypatch.setattr(RulesRewriter, "rewrite", counting)
    return seen


def test_a_stopped_run_goes_on_without_redoing_a_rewrite(
    own: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_project(Path(shutil.copytree(own.folder, tmp_path / "whole")))
    seen = counted(monkeypatch)
    pairs.run(QUIET, PairsRequest(project=whole.folder))
    total = len(seen)

    def stop(message: Down) -> None:
        if isinstance(message, Progress) and message.unit == "passages" and message.done >= drafting.CHUNK_ANCHORS:
            context.cancel.set()

    context = Context(stop)
    seen.clear()
    with pytest.raises(Cancelled):
        pairs.run(context, PairsRequest(project=own.folder))
    assert 0 < len(seen) < total and not own.dataset.exists()
    pairs.run(QUIET, PairsRequest(project=own.folder))
    assert len(seen) == len(set(seen)) == total  # the second run took up where the first stopped
    assert dataset(own) == dataset(whole)
    pairs.run(QUIET, PairsRequest(project=own.folder))
    assert len(seen) == total


def test_any_number_of_processes_gives_the_same_bytes(own: Project, tmp_path: Path) -> None:
    other = open_project(Path(shutil.copytree(own.folder, tmp_path / "other")))
    one, two = (pairs.run(QUIET, PairsRequest(project=p.folder, processes=n)) for p, n in ((own, 1), (other, 2)))
    assert one == two and dataset(own) == dataset(other)


def test_the_funnel_says_what_became_of_every_passage(own: Project) -> None:
    result = pairs.run(QUIET, PairsRequest(project=own.folder))
    stages = {row.stage: row for row in result.funnel}
    assert list(stages) == ["turn", "rewrite", "check", "split"]
    for row in stages.values():
        assert row.entered == row.left + sum(row.dropped.values())
    assert stages["check"].entered == stages["rewrite"].left and stages["split"].entered == stages["check"].left
    assert {"0.txt", "1.txt", "2.txt"} == result.shares["document"].keys()
    assert [leak.split for leak in result.leaks] == ["valid", "test"]
    assert all(leak.leaked == 0 for leak in result.leaks)
    with own.open_store() as store:
        left_out = {p.id: p.reason for p in store.dataset.load_rejected()}
    assert {r.pair: r.reason for r in result.rejected} == left_out
    assert read_json(own.dataset / "audit.json") == result.dump()
    assert set(next(iter(read_jsonl(own.dataset / "train.jsonl")))) == {"prompt", "completion", "id", "kind"}


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_rejection_is_seen_and_reversed_by_hand(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = own.folder
    (folder / "pairs.yaml").write_text(PAIRS + "bleed_limit_rules: 0.3\n")
    first = pairs.run(QUIET, PairsRequest(project=folder))
    found = call(capsys, "pairs", "show", folder, "--rejected")
    assert {p["reason"] for p in found} == {"bleed"} and all(p["split"] is None for p in found)
    name = found[0]["id"]
    assert call(capsys, "pairs", "edit", folder, name, "--accept")["verdict"] == "accept"
    second = pairs.run(QUIET, PairsRequest(project=folder))
    assert second.funnel[-1].left == first.funnel[-1].left + 1
    shown = call(capsys, "pairs", "show", folder, name)[0]
    assert shown["split"] and shown["edited"] and shown["reason"] is None
    assert call(capsys, "pairs", "edit", folder, name, "--undo")["undone"]
    assert pairs.run(QUIET, PairsRequest(project=folder)) == first


def test_another_input_by_hand_goes_into_the_prompt_undamaged(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = own.folder
    pairs.run(QUIET, PairsRequest(project=folder))
    name = call(capsys, "pairs", "show", folder, "--kind", "third_person", "--sample", "1")[0]["id"]
    call(capsys, "pairs", "edit", folder, name, "--input", "The observer saw it by hand.")
    pairs.run(QUIET, PairsRequest(project=folder))
    shown = call(capsys, "pairs", "show", folder, name)[0]
    assert shown["input"] == "The observer saw it by hand." and shown["input"] in shown["prompt"]
    assert main(["pairs", "edit", str(folder), "nothing", "--accept"]) == 1
    assert main(["pairs", "edit", str(folder), name]) == 2
    assert main(["pairs", "show", str(folder), "--kind", "ballad"]) == 2


def test_harvested_pairs_join_the_dataset_with_their_count_per_source(own: Project, tmp_path: Path) -> None:
    rows = [
        {"from": {"text": f"The lamp {n} was dark; I left."}, "to": f"Dark lay lamp {n}. I went.", "mood": "low"}
        for n in range(9)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "b.txt").write_text("I was cold. ### Cold was I, and the sea colder.\n")
    (tmp_path / "c.txt").write_text("Nothing here.\n")
    a, b, c = (tmp_path / name for name in ("a.jsonl", "b.txt", "c.txt"))
    with pytest.raises(PairsError, match=r"Its fields are: from\.text, to, mood"):
        harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(a,)))
    with pytest.raises(PairsError, match=r"c\.txt gave no pair"):
        harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(b, c)))
    with own.open_store() as store:
        assert store.dataset.load_given() == []  # all sources or none
    result = harvest.run(
        QUIET, HarvestRequest(project=own.folder, paths=(a, b), input="from.text", target="to", categories=("mood",))
    )
    assert [(r.source, r.found, r.taken, r.new) for r in result.sources] == [
        ("a.jsonl", 9, 9, 9),
        ("b.txt", 1, 1, 1),
    ]
    assert harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(b,))).sources[0].new == 0
    made = pairs.run(QUIET, PairsRequest(project=own.folder))
    assert made.shares["mood"]["low"] == pytest.approx(9 * made.shares["kind"]["harvest"] / 10)
    with pytest.raises(PairsError, match="names both fields"):
        harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(a,), input="from.text"))


def test_a_preview_is_the_prompt_that_training_gets(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    pairs.run(QUIET, PairsRequest(project=own.folder))
    with own.open_store() as store:
        made = {p.id: p for p in store.load_pairs()}
        passage = store.load_passages()[4]
    shown = preview.run(QUIET, PreviewRequest(project=own.folder, number=4))
    assert shown.prompt == shown.read == made[f"{passage.id}-original"].prompt
    assert preview.run(QUIET, PreviewRequest(project=own.folder, text=passage.text)).prompt == shown.prompt
    with pytest.raises(PairsError, match="18 passages"):
        preview.run(QUIET, PreviewRequest(project=own.folder, number=18))


def test_a_plan_that_sends_text_away_is_refused_without_a_word(own: Project) -> None:
    (own.folder / "pairs.yaml").write_text("rewriter: remote\nmodel: m\nendpoint: http://127.0.0.1:9/v1\n")
    with pytest.raises(PairsError, match="does not allow it") as caught:
        pairs.run(QUIET, PairsRequest(project=own.folder))
    assert caught.value.code == "remote_off" and not own.dataset.exists()


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("rewriter: rules\nvariant: [neutral]\n", "line 2, column 1: variant: there is no such field"),
        ("variants: []\n", "line 1, column 11: variants"),
        ("rewriter: local\n", "needs 'model'"),
        ("snowflake: true\n", "need a language model"),
        ("narrativise: true\n", "third_person"),
        ("rate: [\n", "line 2"),
    ],
)
def test_a_wrong_plan_is_named_with_line_and_column(own: Project, plan: str, told: str) -> None:
    (own.folder / "pairs.yaml").write_text(plan)
    with pytest.raises(PairsError) as caught:
        pairs.run(QUIET, PairsRequest(project=own.folder))
    assert caught.value.code == "pairs_plan" and told in caught.value.message and caught.value.remedy


class Deadly:
    """Ends the process that unpacks it, as running out of memory does."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_a_process_that_dies_is_named_with_what_to_do(own: Project) -> None:
    recipe = pairs.seal_recipe(own, Plan.load(own.plan))
    setup = drafting.DraftSetup("bundled", DraftTools.from_recipe(recipe))
    chunks: Any = [[Deadly()], [Deadly()]]
    with pytest.raises(PairsError) as caught, drafting.draft_chunks(chunks, setup, 2) as made:
        list(made)
    assert caught.value.code == "drafting_killed" and "--processes 1" in caught.value.remedy


def test_tracked_changes_of_a_word_document_are_pairs(own: Project, tmp_path: Path) -> None:
    paragraph = (
        '<w:p><w:r><w:t xml:space="preserve">The lamp </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>was off</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>went out</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Nothing was changed here.</w:t></w:r></w:p>"
    )
    (tmp_path / "a.docx").write_bytes(make_docx(paragraph))
    (tmp_path / "b.docx").write_bytes(make_docx("<w:p><w:r><w:t>Nothing was changed here.</w:t></w:r></w:p>"))
    result = harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(tmp_path / "a.docx",)))
    assert [source.dump() for source in result.sources] == [
        {"source": "a.docx", "in": 1, "out": 1, "dropped": {}, "new": 1}
    ]
    with own.open_store() as store:
        (pair,) = store.dataset.load_given()
    assert (pair.input, pair.target) == ("The lamp was off.", "The lamp went out.")
    with pytest.raises(PairsError, match="no tracked changes"):
        harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(tmp_path / "b.docx",)))


def test_drafts_and_finals_in_two_folders_are_pairs(own: Project, tmp_path: Path) -> None:
    for name, told in (
        ("drafts", "The lamp was off in the old house."),
        ("finals", "Off was the lamp in the old, old house."),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(told)
    result = harvest.run(
        QUIET, HarvestRequest(project=own.folder, paths=(tmp_path / "drafts",), finals=tmp_path / "finals")
    )
    assert [(r.source, r.taken) for r in result.sources] == [("a", 1)]
    with pytest.raises(PairsError, match="Two folders are needed"):
        harvest.run(QUIET, HarvestRequest(project=own.folder, paths=(Path("x"), Path("y")), finals=Path("z")))

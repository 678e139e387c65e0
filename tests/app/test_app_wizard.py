"""A newcomer's way, clicked: from files to an exported adapter, with the worker and the base that users get."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, TINY, Open, drop, go, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.export import ExportPage
from stylelab.app.pages.training.page import TrainingPage
from stylelab.app.pages.writing.page import WritingPage
from stylelab.app.session.stages import State
from stylelab.app.wizard.steps import Wizard
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
    assert window.sidebar.items["training"].stage.state == State.DONE

    export = go(qtbot, window, "export", ExportPage)
    place = tmp_path / "exported"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(place), ""))
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
        qtbot.mouseClick(export.go_on, LEFT)
    assert (place / "adapters.safetensors").is_file()
    assert export.result.isVisible() and str(place) in export.whole

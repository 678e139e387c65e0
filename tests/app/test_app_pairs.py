"""Judging pairs in the window, by keyboard: accept, reject, edit, take back; the plan of the next ones; given pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog
from pytestqt.qtbot import QtBot
from windows import PATIENCE, Open, drop, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.pairs.page import PairsPage
from stylelab.app.session.job_process import JobProcess
from stylelab.app.session.session import RunningJob
from stylelab.app.widgets.form import OpenChoice
from stylelab.jobs.catalogue.jobs import JOBS
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.protocol import Progress
from stylelab.pairs import plan as pairs_plan
from stylelab.pairs.pair import Edit
from stylelab.project.project import open_project


def pairs(window: Window) -> PairsPage:
    page = window.page
    assert isinstance(page, PairsPage)
    return page


def decided(folder: Path) -> list[Edit]:
    with open_project(folder).open_store() as store:
        return list(store.dataset.load_edits().values())


def test_a_pair_is_judged_with_the_keyboard_and_taken_back(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    settle(qtbot, window)
    assert [edit.verdict for edit in decided(trained_copy)] == ["reject"]
    line = page.pairs.row(0)
    assert line is not None and line.verdict == "reject"
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    settle(qtbot, window)
    assert [edit.verdict for edit in decided(trained_copy)] == ["accept"]
    page.undo()
    settle(qtbot, window)
    assert [edit.verdict for edit in decided(trained_copy)] == ["reject"]
    qtbot.keyClick(page.table, Qt.Key.Key_U)
    settle(qtbot, window)
    assert decided(trained_copy) == []


def test_an_edited_pair_keeps_its_texts_for_the_next_making(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_E)
    assert page.side.editing
    page.side.drafts[0].setPlainText("I saw a lamp.")
    page.side.save.click()
    settle(qtbot, window)
    (edit,) = decided(trained_copy)
    assert edit.input == "I saw a lamp." and edit.target and edit.verdict is None
    assert page.side.input.toPlainText() == "I saw a lamp." and not page.side.editing
    page.split.setCurrentIndex(page.split.findData("judged"))
    page.split.activated.emit(0)
    settle(qtbot, window)
    assert page.pairs.rowCount() == 1


def test_the_plan_is_saved_undone_and_refused_with_a_reason(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    page.view.choose(1)  # the plan stands beside the report
    place = trained_copy / "pairs.yaml"
    before = pairs_plan.load(place)
    damaged = page.plan.form.fields["robustness"]
    assert isinstance(damaged, QCheckBox)
    damaged.setChecked(False)
    settle(qtbot, window)
    assert pairs_plan.load(place).robustness is False
    assert window.survey is not None and window.survey.stale
    page.undo()
    settle(qtbot, window)
    assert pairs_plan.load(place) == before
    topics = page.plan.form.fields["snowflake"]
    assert isinstance(topics, QCheckBox)
    topics.setChecked(True)
    assert page.plan.wrong.isVisible() and pairs_plan.load(place) == before


def test_the_way_of_rewriting_is_chosen_or_typed(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    page.view.choose(1)
    page.plan.form.fold.click()
    way = page.plan.form.fields["pivot"]
    assert isinstance(way, OpenChoice)
    assert [way.itemText(n) for n in range(way.count())] == ["found by trying", "plain sentences", "through Chinese"]
    assert way.currentText() == "found by trying" and window.survey is not None and not window.survey.stale
    way.setFocus()
    qtbot.keyClick(way, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert pairs_plan.load(trained_copy / "pairs.yaml").pivot == "plain"
    line = way.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "Finnish")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert pairs_plan.load(trained_copy / "pairs.yaml").pivot == "Finnish" and way.currentText() == "Finnish"
    page.undo()
    settle(qtbot, window)
    assert way.currentText() == "plain sentences"


def test_rewrites_are_counted_as_they_come_and_rejections_named(
    open_window: Open, trained_copy: Path, qtbot: QtBot
) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    job = RunningJob(
        JOBS["pairs"], PairsRequest(project=trained_copy), JobProcess(JOBS["pairs"], PairsRequest(project=trained_copy))
    )
    page.on_job_message(job, Progress(done=6, total=18, unit="texts", accepted=4, rejected={"truncated": 2}))
    assert page.rewrites.isVisible()
    assert page.rewrites.text() == "6 of 18 texts rewritten: 4 accepted, 2 rejected (an answer broken off 2)"
    page.on_job_ended(job, JobOutcome("cancelled"))
    assert not page.rewrites.isVisible()


def written(path: Path, *rows: tuple[str, ...], fields: tuple[str, str] = ("draft", "final")) -> Path:
    """Write rows of two fields."""
    lines = [json.dumps(dict(zip(fields, row, strict=False))) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ROWS = (("I saw a lamp.", "There burned, I swear, a lamp."), ("Same.", "Same."), ("Alone.",))


def test_given_pairs_are_dropped_counted_and_made(
    open_window: Open, qtbot: QtBot, trained_copy: Path, tmp_path: Path
) -> None:
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    drop(page, [written(tmp_path / "edits.jsonl", *ROWS)])
    settle(qtbot, window)
    sheet = page.given.sheet
    assert sheet is not None and sheet.windowTitle() == "1 pair taken in"
    assert "edits.jsonl: 1 of 3 (a text is missing: 1, nothing changed: 1)" in sheet.accessibleDescription()
    assert [made.text() for made in sheet.choices] == ["Make Pairs"]
    assert "when the pairs are made again" in page.warning.text()
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE) as ended:
        sheet.choices[0].click()
    assert ended.args is not None and (ended.args[0].kind.name, ended.args[1].kind) == ("pairs", "finished")
    settle(qtbot, window)
    assert not page.warning.isVisible()
    with open_project(trained_copy).open_store() as store:
        assert [p.input for p in store.dataset.load_pairs(None) if p.kind == "harvest"] == ["I saw a lamp."]


def test_fields_that_cannot_be_guessed_are_asked_for(
    open_window: Open, qtbot: QtBot, trained_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "odd.jsonl", ROWS[0], fields=("dull", "lively"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    shown: list[QPoint] = []
    monkeypatch.setattr(page.given.menu, "popup", shown.append)
    page.add.click()
    assert shown, "the menu"
    page.given.menu.actions()[0].trigger()
    settle(qtbot, window)
    sheet = page.given.sheet
    assert window.sheet is None, "one sheet, not two"
    assert sheet is not None and "dull, lively" in sheet.accessibleDescription()
    assert not sheet.choices[0].isEnabled()
    page.given.input.setText("dull")
    page.given.target.setText("lively")
    sheet.choices[0].click()
    settle(qtbot, window)
    again = page.given.sheet
    assert again is not None and again.windowTitle() == "1 pair taken in"


def test_drafts_and_finals_are_taken_in_before_there_is_a_text(
    open_window: Open, qtbot: QtBot, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / "drafts", tmp_path / "finals"]
    for folder, text in zip(folders, ROWS[0], strict=True):
        folder.mkdir()
        (folder / "one.txt").write_text(f"{text} It stood on the stair of the house by the water.\n", encoding="utf-8")
    waiting = iter(folders)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(next(waiting)))
    window = open_window(project, "pairs")
    page = pairs(window)
    assert page.waits.buttons[0].text() == "Add Given Pairs …" and page.waits.buttons[0].isVisible()
    page.given.menu.actions()[1].trigger()
    settle(qtbot, window)
    assert page.given.sheet is not None and page.given.sheet.windowTitle() == "1 pair taken in"


def test_a_file_without_pairs_gets_a_sheet(open_window: Open, qtbot: QtBot, trained_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Nothing in here.", encoding="utf-8")
    window = open_window(trained_copy, "pairs")
    page = pairs(window)
    drop(page, [tmp_path / "plain.txt"])
    settle(qtbot, window)
    assert page.given.sheet is None
    assert window.sheet is not None and "plain.txt gave no pair" in window.sheet.accessibleDescription()

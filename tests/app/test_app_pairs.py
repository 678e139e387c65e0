"""Judging pairs in the window, by keyboard: accept, reject, edit, take back; and the plan of the next ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot
from windows import Open, settle

from stylelab.app.pages.pairs import PairsPage
from stylelab.app.window import Window
from stylelab.pairs import plan as pairs_plan
from stylelab.pairs.pair import Edit
from stylelab.project.project import open_project


def pairs(window: Window) -> PairsPage:
    page = window.page
    assert isinstance(page, PairsPage)
    return page


def decided(folder: Path) -> list[Edit]:
    with open_project(folder).store() as store:
        return list(store.dataset.edits().values())


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

"""Curating a corpus in the window: put back, take out, undo, switch a rule off, change the budget, drop what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot
from windows import PATIENCE, Open, drop, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.corpus.page import CorpusPage
from stylelab.app.pages.corpus.reader import Stretch
from stylelab.app.widgets.prose import Prose, TextMark
from stylelab.project.project import open_project
from stylelab.project.store import DocumentRow


def corpus(window: Window) -> CorpusPage:
    page = window.page
    assert isinstance(page, CorpusPage)
    return page


def first(folder: Path) -> DocumentRow:
    with open_project(folder).open_store() as store:
        return store.load_documents()[0]


def stretches(page: CorpusPage) -> list[Stretch]:
    assert page.reader.shown is not None
    return list(page.reader.shown.stretches)


def test_a_removal_is_put_back_by_a_click_and_undone(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy)
    page = corpus(window)
    before = first(trained_copy)
    (heading,) = stretches(page)
    assert heading.rule == "chapter_title" and before.words_removed > 0
    page.reader.prose.pressed.emit(0)
    settle(qtbot, window)
    assert first(trained_copy).words_removed == 0
    assert [s.restored for s in stretches(page)] == [True]
    page.undo()
    settle(qtbot, window)
    assert stretches(page) == [heading] and first(trained_copy).words_removed == before.words_removed
    page.redo()
    settle(qtbot, window)
    assert first(trained_copy).words_removed == 0


def test_a_selection_is_taken_out_and_a_rule_switched_off(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy)
    page = corpus(window)
    text = page.reader.prose.toPlainText()
    cursor = page.reader.prose.textCursor()
    end = len(text.rstrip())
    cursor.setPosition(text.index("\n\n", end // 2) + 2)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    page.reader.prose.setTextCursor(cursor)
    assert page.reader.remove.isVisible()
    page.reader.remove.click()
    page.reader.rules.menu().actions()[0].trigger()
    settle(qtbot, window)
    assert {s.rule for s in stretches(page)} == {"by_hand"}
    row = first(trained_copy)
    assert dict(row.removed_by_rule) == {"by_hand": row.words_removed} and row.words_removed > 50


def test_a_smaller_budget_leaves_passages_out_and_says_why(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy)
    page = corpus(window)
    assert page.survey is not None
    half = page.survey.counts.tokens // 2
    page.budget.number.setText(str(half))
    page.budget.number.editingFinished.emit()
    settle(qtbot, window)
    counts = page.survey.counts
    assert 0 < counts.tokens_chosen <= half and counts.rejected["budget"] == counts.passages - counts.chosen
    page.view.choose(1)
    settle(qtbot, window)
    page.passages.filter.setCurrentIndex(page.passages.filter.findData("budget"))
    page.passages.filter.activated.emit(0)
    settle(qtbot, window)
    assert page.passages.rows.rowCount() == counts.rejected["budget"]
    line = page.passages.rows.row(0)
    settle(qtbot, window)
    line = page.passages.rows.row(0)
    assert line is not None and line.reason == "budget" and page.passages.prose.toPlainText() == line.text
    page.passages.search.setText("no such words anywhere")
    qtbot.waitUntil(lambda: page.passages.rows.rowCount() == 0, timeout=PATIENCE)


def test_what_cannot_be_read_is_said_and_the_rest_comes_in(
    open_window: Open, qtbot: QtBot, trained_copy: Path, tmp_path: Path
) -> None:
    window = open_window(trained_copy)
    page = corpus(window)
    (tmp_path / "broken.docx").write_bytes(b"PK")
    (tmp_path / "more.txt").write_text("The rope was long and the water was cold. " * 30, encoding="utf-8")
    drop(page, [tmp_path / "broken.docx", tmp_path / "more.txt"])
    settle(qtbot, window)
    assert len(page.documents.rows) == 4
    sheet = page.failures
    assert sheet is not None and "1 file could not be read" in sheet.windowTitle()


@pytest.mark.parametrize("text", ["plain words here", "a \U0001f600 smile and words"])
def test_marks_lie_on_their_words_even_behind_letters_that_qt_counts_twice(qtbot: QtBot, text: str) -> None:
    prose = Prose("Text")
    qtbot.addWidget(prose)
    start = text.index("words")
    prose.show_text(text, [TextMark(start, start + 5)])
    (painted,) = prose.extraSelections()
    assert painted.cursor.selectedText() == "words"  # pyright: ignore[reportAttributeAccessIssue]
    cursor = prose.textCursor()
    cursor.setPosition(painted.cursor.selectionStart())  # pyright: ignore[reportAttributeAccessIssue]
    cursor.setPosition(painted.cursor.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)  # pyright: ignore[reportAttributeAccessIssue]
    prose.setTextCursor(cursor)
    assert prose.selected == (start, start + 5)

"""Undo and redo with the keys that people press: in a form's field, in YAML, in a form over YAML, and in a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from windows import Open, go, settle

from stylelab.app.pages.corpus.page import CorpusPage
from stylelab.app.pages.pairs.page import PairsPage
from stylelab.app.pages.persona.page import PersonaPage
from stylelab.app.pages.training.page import TrainingPage
from stylelab.app.widgets.undo import ValueChange
from stylelab.app.widgets.yaml_editor import YamlEditor, find_difference
from stylelab.corpus import plan as corpus_plan
from stylelab.pairs import plan as pairs_plan
from stylelab.training.plan import Plan

UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


def type_into(field: QWidget, text: str) -> None:
    """Select all that stands in a field and type over it."""
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keyClicks(field, text)


def press(field: QWidget, key: QKeySequence.StandardKey) -> None:
    QTest.keySequence(field, QKeySequence(key))


@pytest.mark.parametrize("finish", [True, False], ids=["entered", "still typing"])
def test_a_field_of_the_plan_is_undone_and_done_again(
    open_window: Open, qtbot: QtBot, trained_copy: Path, finish: bool
) -> None:
    window = open_window(trained_copy, "training")
    page = window.page
    assert isinstance(page, TrainingPage)
    rank, plan = page.plan.form.fields["rank"], trained_copy / "training.yaml"
    assert isinstance(rank, QLineEdit)
    before = plan.read_text()
    rank.setFocus()
    type_into(rank, "32")
    if finish:
        QTest.keyClick(rank, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert Plan.load(plan).rank == 32
    press(rank, UNDO)
    settle(qtbot, window)
    assert (rank.text(), plan.read_text()) == ("4", before)
    press(rank, REDO)
    settle(qtbot, window)
    assert (rank.text(), Plan.load(plan).rank) == ("32", 32)
    type_into(rank, "0")
    press(rank, UNDO)
    settle(qtbot, window)
    assert (rank.text(), Plan.load(plan).rank) == ("32", 32), "what is typed wrongly is dropped, and no more"


def test_a_rounded_number_is_not_an_edit(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "training")
    page = window.page
    assert isinstance(page, TrainingPage) and page.plan.plan is not None
    page.plan.take(page.plan.plan.model_copy(update={"learning_rate": 0.000123456789}))
    sure = page.plan.form.fields["rank_stabilized"]
    assert isinstance(sure, QCheckBox)
    sure.setChecked(True)
    settle(qtbot, window)
    assert Plan.load(trained_copy / "training.yaml").learning_rate == 0.000123456789
    page.undo()
    page.undo()
    page.redo()
    settle(qtbot, window)
    assert Plan.load(trained_copy / "training.yaml").learning_rate == 0.000123456789 and not sure.isChecked()


def test_of_many_quick_changes_the_last_one_stays(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "pairs")
    page = window.page
    assert isinstance(page, PairsPage) and page.plan.plan is not None
    for n in range(20):
        page.plan.take(page.plan.plan.model_copy(update={"rate": (n + 1) / 100}))
    settle(qtbot, window)
    assert pairs_plan.load(trained_copy / "pairs.yaml").rate == 0.2
    assert page.plan.undo_stack.count() == 20, "a survey that is late takes no change for another's"
    for _ in range(20):
        page.undo()
    settle(qtbot, window)
    assert pairs_plan.load(trained_copy / "pairs.yaml").rate == 0.08
    other = page.plan.plan.model_copy(update={"rate": 0.5})
    (trained_copy / "pairs.yaml").write_text(pairs_plan.dump(other))
    window.session.changed.emit()
    settle(qtbot, window)
    assert (page.plan.plan, page.plan.undo_stack.count()) == (other, 0), "a change made elsewhere is shown"


def test_a_refused_plan_of_pairs_is_taken_back_with_the_keys(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    window = open_window(trained_copy, "pairs")
    page = window.page
    assert isinstance(page, PairsPage)
    page.view.choose(1)
    topics = page.plan.form.fields["snowflake"]
    assert isinstance(topics, QCheckBox)
    topics.setFocus()
    QTest.keyClick(topics, Qt.Key.Key_Space)
    assert page.plan.wrong.isVisible()
    press(topics, UNDO)
    assert not topics.isChecked() and not page.plan.wrong.isVisible()


def test_typing_into_yaml_is_undone_line_by_line(qtbot: QtBot) -> None:
    stack = QUndoStack()
    editor = YamlEditor("YAML", stack)
    qtbot.addWidget(editor)
    editor.put("a: 1\n# 𝄞 a sign of two units\n")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "b: 23")
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert stack.count() == 1
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "c: 3")
    whole = "a: 1\n# 𝄞 a sign of two units\nb: 2\nc: 3"
    assert editor.toPlainText() == whole and stack.count() == 2
    texts = []
    for key in (UNDO, UNDO, UNDO, REDO, REDO, REDO):
        stack.undo() if key == UNDO else stack.redo()
        texts.append(editor.toPlainText())
    first, second = whole[: whole.index("b: 2")], whole[: whole.index("\nc: 3")]
    assert texts == [second, first, first, second, whole, whole]


def test_a_persona_is_undone_in_the_form_and_in_the_yaml(open_window: Open, qtbot: QtBot, project: Path) -> None:
    window = open_window(project)
    page = go(qtbot, window, "persona", PersonaPage)
    before = page.editor.toPlainText()
    view = page.form.worldview
    view.setFocus()
    type_into(view, "All is water. ")
    assert "\nworldview: All is water.\n" in page.editor.toPlainText(), "the text follows while one types"
    assert page.undo_stack.count() == 1, "typing in one field is one step"
    QTest.keyClicks(page.form.author, "n")
    assert page.undo_stack.count() == 2
    press(page.form.author, UNDO)
    press(view, UNDO)
    assert page.editor.toPlainText() == before and view.toPlainText().startswith("The world is a level")
    assert not page.revert.isVisible()
    press(view, REDO)
    assert view.toPlainText() == "All is water." and page.revert.isVisible() and page.save.isEnabled()
    page.editor.setFocus()
    page.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page.editor, "nonsense")
    press(page.editor, UNDO)
    assert page.form.isEnabled() and "nonsense" not in page.editor.toPlainText()
    press(page.editor, UNDO)
    assert page.editor.toPlainText() == before
    press(page.editor, REDO)
    page.save.click()
    settle(qtbot, window)
    assert not page.revert.isVisible() and "All is water." in (project / "persona.yaml").read_text()
    press(page.editor, UNDO)
    assert page.revert.isVisible(), "what was saved can be taken back, and is then another text than the file's"


def test_advice_is_added_written_and_taken_back_step_by_step(open_window: Open, qtbot: QtBot, project: Path) -> None:
    window = open_window(project)
    page = go(qtbot, window, "persona", PersonaPage)
    form = page.form
    count = page.editor.toPlainText().count("- text:")
    form.add.click()
    added = form._constraint_lines[-1].text  # pyright: ignore[reportPrivateUsage]
    assert added.hasFocus()
    QTest.keyClicks(added, "Say less.")
    assert "- text: Say less.\n" in page.editor.toPlainText() and page.undo_stack.count() == 2
    press(added, UNDO)
    assert "- text: Something to heed.\n" in page.editor.toPlainText()
    press(added, UNDO)
    assert page.editor.toPlainText().count("- text:") == count == len(form._constraint_lines)  # pyright: ignore[reportPrivateUsage]
    emptied = form._constraint_lines[0].text  # pyright: ignore[reportPrivateUsage]
    emptied.setFocus()
    type_into(emptied, "x")
    QTest.keyClick(emptied, Qt.Key.Key_Backspace)
    assert page.editor.toPlainText().count("- text:") == count, "an advice may be empty while one types"
    form.author.setFocus()
    assert page.editor.toPlainText().count("- text:") == count - 1, "and goes when it is left so"


def test_a_field_that_is_left_empty_shows_its_former_text(open_window: Open, qtbot: QtBot, project: Path) -> None:
    window = open_window(project)
    page = go(qtbot, window, "persona", PersonaPage)
    view, former = page.form.worldview, page.form.worldview.toPlainText()
    view.setFocus()
    press(view, QKeySequence.StandardKey.SelectAll)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.toPlainText() == ""
    page.form.author.setFocus()
    assert view.toPlainText() == former and not page.revert.isVisible()


def test_a_budget_is_undone_beside_other_decisions(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "corpus")
    page = window.page
    assert isinstance(page, CorpusPage)
    number, plan = page.budget.number, trained_copy / "corpus.yaml"
    before = corpus_plan.load(plan).budget_tokens
    number.setFocus()
    type_into(number, "5000")
    QTest.keyClick(number, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert corpus_plan.load(plan).budget_tokens == 5000
    press(number, UNDO)
    settle(qtbot, window)
    assert corpus_plan.load(plan).budget_tokens == before == number.value
    press(number, REDO)
    settle(qtbot, window)
    assert corpus_plan.load(plan).budget_tokens == 5000 == number.value


def test_a_change_is_put_once_for_each_way(qtbot: QtBot) -> None:
    seen: list[int] = []
    stack = QUndoStack()
    stack.push(ValueChange(1, 2, seen.append))
    stack.undo()
    stack.undo()
    stack.redo()
    assert seen == [2, 1, 2]


def test_where_two_texts_differ_by_hand() -> None:
    assert find_difference("abc", "abXc") == (2, "", "X")
    assert find_difference("aaa", "aa") == (2, "a", "")
    assert find_difference("", "") == (0, "", "")
    assert find_difference("one two", "one 2") == (4, "two", "2")

"""Writing in the window: other columns, other points of view, and who may read the text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, Open, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.writing.inspector import Source
from stylelab.app.pages.writing.page import WritingPage
from stylelab.jobs.catalogue.writing import WriteRequest
from stylelab.recipe import Recipe

SAID = "I walked to the water. The wind was cold. I looked at the boats and I went home."


def opened(window: Window) -> WritingPage:
    page = window.page
    assert isinstance(page, WritingPage)
    page.input.setPlainText(SAID)
    page.settings._words.setText("4")  # short texts
    return page


def choose(page: WritingPage, box: str, data: object) -> None:
    """Choose an entry of one of the inspector's lists as a user does."""
    combo = getattr(page.settings, box)
    row = next(n for n in range(combo.count()) if combo.itemData(n) == data)
    combo.setCurrentIndex(row)
    combo.activated.emit(row)


def test_a_checkpoint_writes_in_a_column_of_its_own(open_window: Open, qtbot: QtBot, trained: Path) -> None:
    window = open_window(trained, "writing")
    page = opened(window)
    kept = sorted(int(path.name) for path in (trained / "runs" / "run-001" / "checkpoints").iterdir())
    choose(page, "_other", Source("run-001", kept[0]))
    assert page.other.isVisible() and page.other.title.text() == f"run-001, update {kept[0]}"
    jobs: list[WriteRequest] = []
    window.session.job_began.connect(lambda job: jobs.append(job.request))
    qtbot.mouseClick(page.write, LEFT)
    qtbot.waitUntil(lambda: len(jobs) == 2 and window.session.quiet, timeout=PATIENCE)
    assert [(job.run, job.checkpoint, job.both) for job in jobs] == [
        ("run-001", None, True),
        ("run-001", kept[0], False),
    ]
    assert jobs[0].seed == jobs[1].seed and jobs[0].scale == jobs[1].scale
    assert page.base.text and page.adapter.text and page.other.text
    assert page.other.text != page.adapter.text, "an early checkpoint is another adapter"


def test_a_text_is_told_from_another_point_of_view(open_window: Open, qtbot: QtBot, trained: Path) -> None:
    window = open_window(trained, "writing")
    page = opened(window)
    prompts: list[str] = []
    window.session.job_ended.connect(lambda job, how: prompts.append(how.result.prompt))
    for point in (None, "first_person_plural"):
        choose(page, "_perspective", point)
        with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
            qtbot.mouseClick(page.write, LEFT)
        settle(qtbot, window)
    own, turned = prompts
    assert " I " in own and " I " not in turned
    assert turned.lower().count("we ") > own.lower().count("we ")


def test_a_text_that_nobody_tells_is_said_and_nothing_is_lost(open_window: Open, qtbot: QtBot, trained: Path) -> None:
    window = open_window(trained, "writing")
    page = opened(window)
    page.input.setPlainText("The tide was late. The boats lay on the mud.")
    choose(page, "_perspective", "third_person")
    codes: list[str] = []
    window.session.trouble.connect(lambda error, details: codes.append(error.code))
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
        qtbot.mouseClick(page.write, LEFT)
    assert codes == ["not_turned"]
    assert page.input.toPlainText().startswith("The tide")
    assert window.sheet is not None and window.sheet.isVisible()
    window.sheet.leave.click()


def test_a_server_reads_the_text_only_when_it_is_asked(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    recipe = trained_copy / "runs" / "run-001" / "recipe.json"
    own = Recipe.load(recipe)
    pairs = own.pairs.model_copy(update={"rewriter": "remote", "model": "big-one"})
    own.model_copy(update={"pairs": pairs}).save(recipe)
    window = open_window(trained_copy, "writing")
    page = opened(window)
    box = page.settings._allow
    assert box.isVisible() and not box.isChecked() and "big-one" in page.settings._allow_note.text()
    assert not page.settings.allow_remote
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert page.settings.allow_remote


def test_without_a_server_in_training_there_is_nothing_to_ask(open_window: Open, trained: Path) -> None:
    page = opened(open_window(trained, "writing"))
    assert page.settings._allow.isHidden() and not page.settings.allow_remote

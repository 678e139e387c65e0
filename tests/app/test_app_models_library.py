"""The page of the base models, clicked: used and removed, dropped, added, checked, converted, found by words or on the hub."""

from __future__ import annotations

import shutil
from pathlib import Path

from ggufs import write_gguf
from hub_server import Hub
from model_lines import (
    REPO,
    find_line,
    press,
    show_models,
    wait_for_lines,
    wait_until,
)
from projects import make_project
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot
from windows import LEFT, Open, drop

from stylelab.app.pages.models.inspector import BREAK, ModelInspector
from stylelab.basemodels.library import list_models
from stylelab.project.project import open_project


def test_a_model_is_used_and_then_cannot_be_removed_until_another_is(
    open_window: Open, qtbot: QtBot, library: Path, tmp_path: Path, tiny_model: Path
) -> None:
    shutil.copytree(tiny_model, library / "mine")
    project = make_project(tmp_path / "book", tiny_model).folder
    window = open_window(project, "models")
    page = show_models(window, qtbot)
    press(qtbot, page, "mine", "use")
    wait_until(qtbot, lambda: page.circumstances.own == "mine")
    assert open_project(project).settings.base == "mine" and find_line(page, "mine").marks.text() == "In use"
    inspector = page.inspector
    assert isinstance(inspector, ModelInspector)
    page.list.choose("mine")
    remove = next(made for made in inspector.buttons if made.objectName() == "remove")
    assert not remove.isEnabled() and "book" in remove.toolTip()

    press(qtbot, page, "bundled", "use")
    wait_until(qtbot, lambda: page.circumstances.own == "bundled")
    press(qtbot, page, "mine", "remove")
    sheet = page.operations.sheet
    assert sheet is not None and "MB will be free" in sheet.accessibleDescription()
    qtbot.mouseClick(sheet.choices[0], LEFT)
    wait_until(qtbot, lambda: "mine" not in page.rows)
    assert not (library / "mine").exists()


def test_a_project_that_uses_it_keeps_a_model_even_where_the_page_did_not_know(
    open_window: Open, qtbot: QtBot, library: Path, tmp_path: Path, tiny_model: Path
) -> None:
    shutil.copytree(tiny_model, library / "mine")
    window = open_window()
    page = show_models(window, qtbot)
    project = make_project(tmp_path / "book", library / "mine").folder
    window.preferences.remember(project)
    press(qtbot, page, "mine", "remove")
    sheet = page.operations.sheet
    assert sheet is not None
    qtbot.mouseClick(sheet.choices[0], LEFT)
    wait_until(qtbot, lambda: window.sheet is not None)
    assert "book" in window.sheet.accessibleDescription() and (library / "mine").is_dir()  # type: ignore[union-attr]


def test_folders_and_gguf_files_are_dropped_on_the_page(
    open_window: Open, qtbot: QtBot, library: Path, tmp_path: Path, tiny_model: Path
) -> None:
    many = tmp_path / "many"
    shutil.copytree(tiny_model, many / "one")
    shutil.copytree(tiny_model, many / "two")
    alone = Path(shutil.copytree(tiny_model, tmp_path / "alone"))
    page = show_models(open_window(), qtbot)
    drop(page, [many])
    wait_until(qtbot, lambda: {str(many / "one"), str(many / "two")} <= set(page.rows))
    assert page.rows[str(many / "one")].section == "found"
    drop(page, [alone])
    wait_until(qtbot, lambda: page.list.key == str(alone))
    assert page.rows[str(alone)].section == "here"
    drop(page, [write_gguf(tiny_model, tmp_path / "own.gguf")])
    wait_until(qtbot, lambda: "own" in page.rows and page.jobs.current is None)
    assert page.rows["own"].section == "here" and [model.name for model in list_models(library)] == ["own"]

    again = show_models(open_window(), qtbot)
    assert str(alone) in again.rows, "what was dropped is remembered"
    press(qtbot, again, str(alone), "forget")
    wait_until(qtbot, lambda: str(alone) not in again.rows)


def test_a_file_that_is_no_model_says_what_is_wrong_in_a_line_of_its_own(
    open_window: Open, qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF and nothing more")
    page = show_models(open_window(), qtbot)
    drop(page, [tmp_path / "bad.gguf"])
    key = str(tmp_path / "bad.gguf")
    wait_until(qtbot, lambda: key in page.jobs.faults and key in page.rows)
    wait_until(qtbot, lambda: find_line(page, key).status.property("role") == "bad")
    assert find_line(page, key).title.whole == "bad.gguf"


def test_a_dropped_folder_becomes_the_librarys_and_is_checked(
    open_window: Open, qtbot: QtBot, library: Path, tmp_path: Path, tiny_model: Path
) -> None:
    alone = Path(shutil.copytree(tiny_model, tmp_path / "alone"))
    page = show_models(open_window(), qtbot)
    drop(page, [alone])
    wait_until(qtbot, lambda: page.list.key == str(alone))
    press(qtbot, page, str(alone), "add")
    wait_until(qtbot, lambda: page.list.key == "alone")
    assert str(alone) not in page.rows and [model.name for model in list_models(library)] == ["alone"]
    press(qtbot, page, "alone", "check")
    wait_until(qtbot, lambda: page.rows["alone"].measured is not None or "alone" in page.jobs.faults)
    assert not page.jobs.faults, page.jobs.faults
    inspector = page.inspector
    assert isinstance(inspector, ModelInspector)
    said = [label.text().replace(BREAK, "") for label in inspector.findChildren(QLabel)]
    assert any("bits per byte" in text and "tokens per word" in text for text in said), said
    assert any("of memory in an update" in text for text in said)


def test_a_model_is_converted_and_what_that_cost_is_said(
    open_window: Open, qtbot: QtBot, library: Path, tiny_model: Path
) -> None:
    shutil.copytree(tiny_model, library / "mine")
    page = show_models(open_window(), qtbot)
    press(qtbot, page, "mine", "convert")
    sheet = page.operations.sheet
    assert sheet is not None
    bits, group = sheet.findChildren(QComboBox)
    bits.setCurrentText("8")
    group.setCurrentText("32")
    qtbot.mouseClick(sheet.choices[0], LEFT)
    assert page.jobs.current is not None and page.jobs.current.key == "mine", "its own line tells of it"
    wait_until(qtbot, lambda: page.list.key.startswith("mine-") or bool(page.jobs.faults))
    assert not page.jobs.faults, page.jobs.faults
    row = page.rows[page.list.key]
    assert row.bits == 8 and row.section == "here" and (library / "mine").is_dir()
    told = page.operations.sheet
    assert told is not None and "before" in told.accessibleDescription() and page.list.key in told.windowTitle()
    told.reject()


def test_keys_move_through_the_list_and_a_search_narrows_it(
    open_window: Open, qtbot: QtBot, library: Path, hub: Hub
) -> None:
    page = show_models(open_window(), qtbot)
    order = list(page.rows)
    qtbot.keyClicks(page.search, "qwen2.5 7b")
    assert list(page.rows) == ["qwen2.5-7b"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.window().focusWidget() is find_line(page, "qwen2.5-7b") and page.list.key == "qwen2.5-7b"
    page.search.clear()
    wait_for_lines(qtbot, page)
    assert list(page.rows) == order and page.list.key == "qwen2.5-7b", "the choice stays"
    line = find_line(page, "qwen2.5-7b")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert page.list.key == order[order.index("qwen2.5-7b") + 1] and page.window().focusWidget() is find_line(
        page, page.list.key
    )
    qtbot.keyClick(find_line(page, page.list.key), Qt.Key.Key_End)
    assert page.list.key == order[-1]
    qtbot.keyClick(find_line(page, page.list.key), Qt.Key.Key_Home)
    assert page.list.key == order[0] == "bundled"
    assert not hub.asked, "nobody asks the hub before the user does"


def test_the_hub_is_asked_by_a_click_and_what_it_finds_can_be_got(
    open_window: Open, qtbot: QtBot, library: Path, hub: Hub
) -> None:
    tags = ["mlx", "safetensors", "license:mit"]
    hub.found = [{"id": REPO, "downloads": 12, "gated": False, "tags": tags, "pipeline_tag": "text-generation"}]
    page = show_models(open_window(), qtbot)
    qtbot.keyClicks(page.search, "tiny")
    qtbot.mouseClick(page.ask_hub, LEFT)
    wait_until(qtbot, lambda: REPO in page.rows)
    assert page.rows[REPO].section == "hub" and "mit" in find_line(page, REPO).facts.text()
    press(qtbot, page, REPO, "get")
    wait_until(qtbot, lambda: "tiny" in page.rows)
    assert page.list.key == "tiny" and [model.name for model in list_models(library)] == ["tiny"]


def test_a_hub_that_refuses_a_search_is_said_above_the_list(
    open_window: Open, qtbot: QtBot, library: Path, hub: Hub
) -> None:
    hub.refuse = {"info": 401}
    page = show_models(open_window(), qtbot)
    qtbot.keyClicks(page.search, "tiny")
    qtbot.mouseClick(page.ask_hub, LEFT)
    assert "Asking" in page.hint.text() and not page.ask_hub.isEnabled()
    wait_until(qtbot, lambda: not page.hub.asking)
    assert "wants to know who asks" in page.hint.text() and page.hint.isVisible() and page.ask_hub.isEnabled()
    qtbot.keyClicks(page.search, "x")
    assert "The hub may have one" in page.hint.text()

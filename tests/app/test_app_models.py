"""The page of the base models, clicked: get, pause, go on, cancel, remove, drop, with a hub that runs here and real workers."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from ggufs import write_gguf
from hub_server import Hub, read_files, serve
from packages import list_pip_settings, write_package
from projects import make_project
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, Open, drop, settle

from models import make_model
from stylelab.app.frame.window import Window
from stylelab.app.pages.models.inspector import BREAK, ModelInspector
from stylelab.app.pages.models.model_list import ModelLine
from stylelab.app.pages.models.page import ModelsPage
from stylelab.app.session import model_survey
from stylelab.basemodels import catalogue
from stylelab.basemodels.catalogue import Catalogue, CatalogueEntry, HubSource, load_catalogue
from stylelab.basemodels.download.plan import list_partial
from stylelab.basemodels.library import list_models
from stylelab.project.project import open_project

TESTS = Path(__file__).resolve().parents[1]
REPO = "someone/tiny"
COMMAND = (sys.executable, "-m", "catalogue_worker")
NOWHERE = "http://127.0.0.1:9"  # a port at which nobody listens
KEYRING = """
import json, os, pathlib
PLACE = pathlib.Path(os.environ["FAKE_KEYCHAIN"])
def get_password(service, user):
    return json.loads(PLACE.read_text()).get(service + user) if PLACE.exists() else None
def set_password(service, user, password):
    PLACE.write_text(json.dumps({service + user: password}))
def delete_password(service, user):
    PLACE.unlink()
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test; other programs have nothing here."""
    for name in ("HOME", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), str(TESTS.parent)]))  # of catalogue_worker
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Hub]:
    """A hub with one model."""
    with serve(Hub(read_files(make_model(tmp_path / "hub" / "tiny", seed=3)))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


@pytest.fixture
def entry(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    """The catalogue's first model, to be had from the hub of these tests."""
    for name, value in list_pip_settings(tmp_path / "index").items():
        monkeypatch.setenv(name, value)
    first, *others = load_catalogue()
    sources = (HubSource(kind="hub", repo=REPO, bits=16), write_package(tiny_model, tmp_path / "index"))
    own = first.model_copy(update={"sources": sources})
    entries = (own, *others)
    monkeypatch.setattr(catalogue, "load_catalogue", lambda: entries)
    monkeypatch.setattr(model_survey, "load_catalogue", lambda: entries)
    monkeypatch.setenv("TEST_CATALOGUE", Catalogue(models=entries).model_dump_json())
    return own


@pytest.fixture
def keychain(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keychain that the window and its workers share: a file of this test, in place of the system's."""
    package = tmp_path / "fakes" / "keyring"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(KEYRING, encoding="utf-8")
    (package / "errors.py").write_text("class KeyringError(Exception):\n    pass\n", encoding="utf-8")
    monkeypatch.setenv("FAKE_KEYCHAIN", str(tmp_path / "keychain.json"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(package.parent), os.environ["PYTHONPATH"]]))
    monkeypatch.syspath_prepend(package.parent)
    for name in ("keyring", "keyring.errors"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path / "keychain.json"


def show_models(window: Window, qtbot: QtBot) -> ModelsPage:
    """Show the page, as the welcome's link or the sidebar does."""
    if window.session.project is None:
        qtbot.mouseClick(window.welcome.models, LEFT)
    else:
        qtbot.mouseClick(window.sidebar.items["models"], LEFT)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, ModelsPage) and page.isVisible()
    wait_for_lines(qtbot, page)
    return page


def wait_for_lines(qtbot: QtBot, page: ModelsPage) -> None:
    """Wait until every line stands in its place: a new one appears a moment after it is made."""
    wait_until(qtbot, lambda: bool(page.list.lines) and all(line.isVisible() for line in page.list.lines.values()))


def find_line(page: ModelsPage, key: str) -> ModelLine:
    return page.list.lines[key]


def press(qtbot: QtBot, page: ModelsPage, key: str, deed: str) -> None:
    """Click a button of a line, in the list or, where the line has none, in the inspector."""
    page.list.choose(key)
    inspector = page.inspector
    assert isinstance(inspector, ModelInspector)
    made = next((made for made in find_line(page, key).buttons if made.objectName() == deed), None)
    made = made or next(made for made in inspector.buttons if made.objectName() == deed)
    page.list.area.ensureWidgetVisible(made)
    assert made.isEnabled()
    qtbot.mouseClick(made, LEFT)


def status(page: ModelsPage, key: str) -> str:
    return find_line(page, key).status.text()


def wait_until(qtbot: QtBot, ready: Callable[[], bool]) -> None:
    qtbot.waitUntil(ready, timeout=PATIENCE)


def wait_for_bytes(qtbot: QtBot, page: ModelsPage, share: float) -> None:
    """Wait until so much of the running download has arrived."""
    wait_until(qtbot, lambda: page.jobs.current is not None and (page.jobs.current.job.share or 0) > share)


def test_a_model_is_got_with_one_click_without_a_project_and_told_in_its_line(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry
) -> None:
    window = open_window(command=COMMAND)
    page = show_models(window, qtbot)
    assert not window.sidebar.isVisible() and page.back.isVisible() and not page.use.isVisible()
    assert (
        "to fetch" in find_line(page, entry.id).facts.text() and "Apache-2.0" in find_line(page, entry.id).facts.text()
    )
    hub.slow_seconds = 0.2
    told: list[str] = []
    page.jobs.told.connect(lambda key: told.append(status(page, key)))
    press(qtbot, page, entry.id, "get")
    assert not next(made for made in find_line(page, "qwen2.5-7b").buttons if made.objectName() == "get").isEnabled()
    wait_until(qtbot, lambda: entry.id in page.rows and page.rows[entry.id].section == "here")
    assert any(" of " in text and "MB" in text for text in told), told
    assert page.list.key == entry.id and [model.name for model in list_models(library)] == [entry.id]
    assert find_line(page, entry.id).marks.text() == "Tested"
    qtbot.mouseClick(page.back, LEFT)
    assert window.welcome.isVisible()


def test_a_download_is_paused_told_after_a_restart_and_continued_by_keys(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry
) -> None:
    page = show_models(open_window(command=COMMAND), qtbot)
    hub.slow_seconds = 1
    press(qtbot, page, entry.id, "get")
    wait_for_bytes(qtbot, page, 0.2)
    find_line(page, entry.id).setFocus()
    qtbot.keyClick(find_line(page, entry.id), Qt.Key.Key_Space)
    wait_until(qtbot, lambda: status(page, entry.id).startswith("Paused at"))
    assert [made.text() for made in find_line(page, entry.id).buttons] == ["Continue", "Cancel"]

    later = show_models(open_window(command=COMMAND), qtbot)  # another start of the application
    line = find_line(later, entry.id)
    assert line.status.text().startswith("Paused at") and list(later.rows)[1] == entry.id, "begun ones stand first"
    hub.slow_seconds, hub.asked["info"] = 0, 0
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: later.rows[entry.id].section == "here")
    assert any(asked.startswith("bytes=") and asked != "bytes=0-" for asked in hub.ranges) and not hub.asked["info"]


@pytest.mark.parametrize("when", ["starting", "loading", "paused"])
def test_cancel_removes_what_has_arrived_within_a_second(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry, when: str
) -> None:
    page = show_models(open_window(command=COMMAND), qtbot)
    hub.slow_seconds = 2
    press(qtbot, page, entry.id, "get")
    if when != "starting":
        wait_for_bytes(qtbot, page, 0.1)
    if when == "paused":
        press(qtbot, page, entry.id, "pause")
        wait_until(qtbot, lambda: status(page, entry.id).startswith("Paused"))
    began = time.monotonic()
    press(qtbot, page, entry.id, "cancel")
    wait_until(qtbot, lambda: page.jobs.current is None and not list_partial(library))
    assert time.monotonic() - began < 1
    wait_until(qtbot, lambda: [made.text() for made in find_line(page, entry.id).buttons] == ["Get"])
    assert not list_models(library)
    assert not page.jobs.faults


def test_a_line_that_is_cut_says_so_and_goes_on(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry
) -> None:
    page = show_models(open_window(command=COMMAND), qtbot)
    hub.cut_at, hub.cuts, hub.slow_seconds = 0.4, 1, 0.3
    press(qtbot, page, entry.id, "get")
    wait_for_bytes(qtbot, page, 0.2)
    hub.refuse = {"store": 500}  # after the cut, the hub is gone for a while
    wait_until(qtbot, lambda: "Check the connection" in status(page, entry.id))
    line = find_line(page, entry.id)
    wait_until(qtbot, lambda: 0.3 < (line.meter.share or 0) < 0.5)
    assert line.status.property("role") == "bad"
    assert page.window().sheet is None, "the line says it; no sheet does"  # type: ignore[attr-defined]
    hub.refuse = {}
    press(qtbot, page, entry.id, "get")
    wait_until(qtbot, lambda: page.rows[entry.id].section == "here")
    assert any(asked.startswith("bytes=") for asked in hub.ranges), "what had arrived was not fetched again"


@pytest.mark.parametrize("fault", ["gone", "busy", "wrong"])
def test_what_goes_wrong_stands_in_the_line_in_plain_words(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry, fault: str
) -> None:
    window = open_window(command=COMMAND)
    page = show_models(window, qtbot)
    if fault == "gone":
        hub.refuse, hub.refuse_code = {"info": 404}, "RepoNotFound"
    elif fault == "busy":
        hub.busy, hub.wait_seconds = 99, 500
    else:
        hub.wrong = True
    press(qtbot, page, entry.id, "get")
    said = {"gone": "Check its name", "busy": "a pause of 500 seconds", "wrong": "did not arrive as the hub has it"}
    wait_until(qtbot, lambda: said[fault] in status(page, entry.id))
    assert find_line(page, entry.id).status.property("role") == "bad" and window.sheet is None
    assert find_line(page, entry.id).buttons[0].text() == "Try Again"


def test_a_gated_model_is_got_once_its_token_is_in_the_keychain(
    open_window: Open, qtbot: QtBot, hub: Hub, library: Path, entry: CatalogueEntry, keychain: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = show_models(open_window(command=COMMAND), qtbot)
    hub.refuse, hub.refuse_code = {"info": 401}, "GatedRepo"
    press(qtbot, page, entry.id, "get")
    wait_until(qtbot, lambda: [b.objectName() for b in find_line(page, entry.id).buttons] == ["page", "token"])
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toString()))
    press(qtbot, page, entry.id, "page")
    assert pages == [f"https://huggingface.co/{REPO}"]
    press(qtbot, page, entry.id, "token")
    sheet = page.operations.sheet
    assert sheet is not None and sheet.isVisible()
    field = sheet.findChild(QLineEdit)
    assert field is not None and field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "hf_secret")
    hub.refuse, hub.tokens = {}, []
    qtbot.mouseClick(sheet.choices[0], LEFT)
    wait_until(qtbot, lambda: page.rows[entry.id].section == "here")
    assert ("info", "Bearer hf_secret") in hub.tokens and list(json.loads(keychain.read_text()).values()) == [
        "hf_secret"
    ]

    page.operations.ask_token()
    sheet = page.operations.sheet
    assert sheet is not None
    qtbot.mouseClick(next(made for made in sheet.findChildren(QPushButton) if made.text() == "Remove Token"), LEFT)
    wait_until(qtbot, lambda: not keychain.exists())


def test_where_the_hub_is_out_of_reach_the_package_comes_and_the_line_says_so(
    open_window: Open, qtbot: QtBot, library: Path, entry: CatalogueEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    page = show_models(open_window(command=COMMAND), qtbot)
    told: list[str] = []
    page.jobs.told.connect(lambda key: told.append(status(page, key)))
    press(qtbot, page, entry.id, "get")
    wait_until(qtbot, lambda: page.rows[entry.id].section == "here")
    assert any("comes from the Python package tiny-model 1.0" in text for text in told)
    assert "tiny-model" in page.rows[entry.id].source


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

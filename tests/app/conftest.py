"""A real window, offscreen, over real workers and the bundled base. Qt's complaints and every warning fail a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import PATIENCE, TINY, Open, settle

from stylelab.app import start, theme
from stylelab.app.preferences import PLACE, Preferences
from stylelab.app.session import Session
from stylelab.app.window import Window
from stylelab.jobs import client
from stylelab.paths import bundled
from stylelab.persona import card
from stylelab.project.project import create
from stylelab.training.plan import Plan


@pytest.fixture
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preferences:
    """Preferences of their own: English, light, no notifications."""
    monkeypatch.setenv(PLACE, str(tmp_path / "settings.ini"))
    found = Preferences()
    for name, value in (("language", "en"), ("appearance", "light"), ("notify", False), ("home", str(tmp_path))):
        found.put(name, value)
    return found


@pytest.fixture
def tongue(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Let the window speak a language; afterwards it speaks English again."""
    installed = start.load_language("en")

    def speak(name: str) -> None:
        nonlocal installed
        for translator in installed:
            QCoreApplication.removeTranslator(translator)
        installed = start.load_language(name)

    yield speak
    speak("en")
    for translator in installed:
        QCoreApplication.removeTranslator(translator)


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, preferences: Preferences, tongue: Callable[[str], None]
) -> Iterator[Open]:
    """Open windows; what still works in one at the test's end is ended."""
    opened: list[Window] = []

    def make(folder: Path | None = None, page: str = "corpus", appearance: str = "light") -> Window:
        theme.wear(qapp, appearance)
        window = Window(Session(), preferences)
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        if folder is not None:
            window.open_project(folder)
            window.go(page)
            settle(qtbot, window)
        return window

    yield make
    for window in opened:
        job = window.session.job
        if job is not None:
            with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
                job.process.kill()
        window.session.close()
        window.hide()
        window.deleteLater()
        window.session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four texts of the sample."""
    return sorted((bundled("resources") / "samples" / "tidewright").glob("*.txt"))[:4]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without anything in it yet, with a tiny plan."""
    folder = tmp_path / "a project"
    persona = card.bundled_personas()["tidewright"].read_text(encoding="utf-8")
    create(folder, "Ansel Merrow", persona, Plan.model_validate(TINY).dump_yaml(), "bundled")
    return folder


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, texts: list[Path]) -> Path:
    """A project with texts, pairs and a finished run; tests copy it."""
    folder = tmp_path_factory.mktemp("trained") / "tidewright"
    persona = card.bundled_personas()["tidewright"].read_text(encoding="utf-8")
    create(folder, "Ansel Merrow", persona, Plan.model_validate(TINY).dump_yaml(), "bundled")
    arguments: dict[str, dict[str, JsonValue]] = {"corpus": {"paths": [str(path) for path in texts]}}
    for job in ("corpus", "pairs", "train"):
        outcome = client.run(job, {"project": str(folder), **arguments.get(job, {})}, lambda message: None)
        assert outcome.kind == "finished", outcome
    return folder


@pytest.fixture
def trained_copy(trained: Path, tmp_path: Path) -> Path:
    """A trained project to change."""
    return Path(shutil.copytree(trained, tmp_path / "tidewright"))

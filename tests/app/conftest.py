"""A real window, offscreen, over real workers and the bundled base. Qt's complaints and every warning fail a test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hub_server import Hub, read_files, serve
from projects import long_model, make_project, text
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import PATIENCE, Open, settle

from models import make_model
from stylelab.app import start
from stylelab.app.frame.window import Window
from stylelab.app.look import theme
from stylelab.app.session.preferences import PLACE, Preferences
from stylelab.app.session.session import Session
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core import client
from stylelab.paths import locate_bundled

TESTS = Path(__file__).resolve().parents[1]


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

    def make(
        folder: Path | None = None,
        page: str = "corpus",
        appearance: str = "light",
        command: Sequence[str] = client.WORKER,
    ) -> Window:
        theme.apply_theme(qapp, appearance)
        window = Window(Session(command=command), preferences)
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        if folder is not None:
            window.open_project(folder)
            window.show_page(page)
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
    """The first paragraphs of four texts of the sample."""
    folder = tmp_path_factory.mktemp("texts")
    for path in sorted((locate_bundled("resources") / "samples" / "tidewright").glob("*.txt"))[:4]:
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        (folder / path.name).write_text("\n\n".join(paragraphs[:4]) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project on a tiny base with short texts, pairs and a finished run; tests copy it."""
    folder = tmp_path_factory.mktemp("trained")
    for n in range(3):
        (folder / f"{n + 1}_a_tale.txt").write_text(f"CHAPTER I\n\n{text(n)}", encoding="utf-8")
    texts = sorted(folder.glob("*.txt"))
    made = make_project(folder / "tidewright", long_model(folder / "tiny-base"), iters=4, samples=1)
    requests: list[JobRequest[Any]] = [
        CorpusRequest(project=made.folder, paths=tuple(texts)),
        PairsRequest(project=made.folder),
        TrainRequest(project=made.folder),
    ]
    for request in requests:
        outcome = client.run(find_job(request), request)
        assert outcome.kind == "finished", outcome
    return made.folder


@pytest.fixture
def trained_copy(trained: Path, tmp_path: Path) -> Path:
    """A trained project to change."""
    return Path(shutil.copytree(trained, tmp_path / "tidewright"))


@pytest.fixture
def project(tmp_path: Path, tiny_model: Path) -> Path:
    """A project without anything in it yet."""
    return make_project(tmp_path / "empty", tiny_model).folder


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

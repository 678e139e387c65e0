"""Render every page of the window, light and dark, with real content, into docs/images: `make screenshots`.

In: the bundled sample and base. Out: PNG files. The project is made once by the same jobs that the window starts, and kept
in build/screenshots; nothing in a picture is made up. Languages can be named, and with `--only PAGE` one page alone.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "screenshots"
IMAGES = ROOT / "docs" / "images"
HOME = BUILD / "home"  # so that pictures show "~/StyleLab" and no folder of this machine
os.environ["HOME"] = str(HOME)
os.environ["STYLELAB_SETTINGS"] = str(BUILD / "settings.ini")
os.environ["STYLELAB_MODELS"] = str(HOME / "Models")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1.5"  # sharp on every screen
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PySide6.QtCore import QEventLoop, QRectF, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QImage, QPainter, QPainterPath  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from stylelab.app.frame.window import Window  # noqa: E402
from stylelab.app.look import theme  # noqa: E402
from stylelab.app.pages.export import ExportPage  # noqa: E402
from stylelab.app.pages.models.page import ModelsPage  # noqa: E402
from stylelab.app.pages.page import RoomPage  # noqa: E402
from stylelab.app.pages.training.page import TrainingPage  # noqa: E402
from stylelab.app.pages.writing.page import WritingPage  # noqa: E402
from stylelab.app.session import presets  # noqa: E402
from stylelab.app.session.preferences import Preferences  # noqa: E402
from stylelab.app.session.session import Session  # noqa: E402
from stylelab.app.start import load_language  # noqa: E402
from stylelab.app.widgets.basics import Segmented  # noqa: E402
from stylelab.basemodels.identity import inspect  # noqa: E402
from stylelab.basemodels.measurements import find_measurement, load_measurements  # noqa: E402
from stylelab.jobs.catalogue.basemodels import CheckBaseRequest, PullRequest  # noqa: E402
from stylelab.jobs.catalogue.corpus import CorpusRequest  # noqa: E402
from stylelab.jobs.catalogue.job import JobRequest  # noqa: E402
from stylelab.jobs.catalogue.jobs import find_job  # noqa: E402
from stylelab.jobs.catalogue.pairs import PairsRequest  # noqa: E402
from stylelab.jobs.catalogue.training import TrainRequest  # noqa: E402
from stylelab.jobs.core import client  # noqa: E402
from stylelab.persona import card  # noqa: E402
from stylelab.project.project import create  # noqa: E402
from stylelab.project.trial import AUTHOR, REAL_BASE, SAMPLE, create_trial, locate_sample  # noqa: E402

PROJECT = HOME / "StyleLab" / "ansel-merrow"
REAL_PROJECT = HOME / "StyleLab" / "ansel-merrow-smollm2"  # as `make demo` makes it
SIZE = (1280, 800)
COLOURS = 256  # of a picture's palette
PLAIN = (
    "I walked down to the water after supper. The wind was cold and the boats were tied up. A woman stood at the end of "
    "the landing with a lamp. She asked me if the tide was late."
)


def get_models() -> None:
    """Have a real base in the library, measured and trained on, where it can be had; without it two pages show less."""
    request = PullRequest(model=f"package:{REAL_BASE}")
    got = client.run(find_job(request), request)
    if got.result is not None and find_measurement(inspect(got.result.folder), load_measurements()) is None:
        run(CheckBaseRequest(model=got.result.name))
    if got.result is not None and not (REAL_PROJECT / "runs" / "run-001").is_dir():
        create_trial(REAL_PROJECT, REAL_BASE)
        run(CorpusRequest(project=REAL_PROJECT, paths=(locate_sample(),)))
        run(PairsRequest(project=REAL_PROJECT))
        run(TrainRequest(project=REAL_PROJECT))


def make_project() -> None:
    """Make the project that the pictures show, unless it is there."""
    if (PROJECT / "runs" / "run-002").is_dir():
        return
    shutil.rmtree(BUILD, ignore_errors=True)
    persona = card.list_bundled_personas()[SAMPLE].read_text(encoding="utf-8")
    plan = presets.choose_preset("bundled", 0).plan
    create(PROJECT, AUTHOR, persona, plan.dump_yaml(), "bundled")
    run(CorpusRequest(project=PROJECT, paths=(locate_sample(),)))
    run(PairsRequest(project=PROJECT))
    run(TrainRequest(project=PROJECT))
    slower = plan.model_copy(update={"learning_rate": 4e-4, "rank": 32, "iters": 48})
    (PROJECT / "training.yaml").write_text(slower.dump_yaml(), encoding="utf-8")
    run(TrainRequest(project=PROJECT))
    longer = plan.model_copy(update={"iters": 240})  # what the next run would be
    (PROJECT / "training.yaml").write_text(longer.dump_yaml(), encoding="utf-8")


def run(request: JobRequest[Any]) -> None:
    """Run a job to its end."""
    job = find_job(request)
    print(f"{job.name} …", file=sys.stderr)
    outcome = client.run(job, request)
    if outcome.kind != "finished":
        raise SystemExit(f"{job.name}: {outcome.message} {outcome.remedy}")


def fewer_colours(picture: QImage) -> QImage:
    """Return a picture with the palette of its most frequent colours: a third of the bytes, and no difference to see."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    palette = [int(colour) for colour in colours[np.argsort(-counts)[:COLOURS]]]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return picture.convertToFormat(QImage.Format.Format_Indexed8, palette, flags)


class Studio:
    """One window, and the way its pictures are taken."""

    def __init__(self, app: QApplication, appearance: str, language: str) -> None:
        self._app, self._tail = app, f"-{appearance}" + ("" if language == "en" else f"-{language}")
        self._translators = load_language(language)
        theme.apply_theme(app, appearance)
        self.window = Window(Session(), Preferences())
        self.window.resize(*SIZE)
        self.window.show()

    def settle(self) -> None:
        """Let everything be read and drawn; a plan is worked out half a second after it was shown."""
        pause = QEventLoop()
        QTimer.singleShot(700, pause.quit)
        pause.exec()
        while not self.window.session.quiet:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._app.processEvents()

    def shoot(self, name: str, over: QWidget | None = None) -> None:
        """Save a picture of the window, with a dialog over it where one is given."""
        self.settle()
        picture = self.window.grab()
        if over is not None:
            x, y = (SIZE[0] - over.width()) // 2, (SIZE[1] - over.height()) // 2
            frame = QPainterPath()
            frame.addRoundedRect(QRectF(x, y, over.width(), over.height()), 12, 12)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(frame)
            painter.drawPixmap(x, y, over.grab())
            painter.end()
        IMAGES.mkdir(parents=True, exist_ok=True)
        fewer_colours(picture.toImage()).save(str(IMAGES / f"{name}{self._tail}.png"))

    def visit(self, name: str, *views: str, act: Callable[[RoomPage], None] | None = None) -> None:
        """Show a page, do something on it, and take a picture of each of its views."""
        self.window.show_page(name)
        self.settle()
        page = self.window.page
        assert page is not None
        if act is not None:
            act(page)
            self.settle()
        self.shoot(name)
        for index, view in enumerate(views, 1):
            page.findChildren(Segmented)[0].choose(index)
            self.shoot(f"{name}-{view}")


def write(page: RoomPage) -> None:
    """Have both columns written."""
    assert isinstance(page, WritingPage)
    page.input.setPlainText(PLAIN)
    page.start()


def first_run(page: RoomPage) -> None:
    """Show the first run, which is the longer one."""
    assert isinstance(page, TrainingPage)
    page.runs.table.selectRow(1)


def both_runs(page: RoomPage | None) -> None:
    """Lay both runs over each other."""
    assert isinstance(page, TrainingPage)
    page.runs.table.selectAll()


def export(page: RoomPage) -> None:
    """Have the adapter exported and checked."""
    assert isinstance(page, ExportPage)
    place = PROJECT / "exports" / str(page.run.currentData())
    shutil.rmtree(place, ignore_errors=True)
    page.export_to(place)


def show_real_base(page: RoomPage) -> None:
    """Choose the real base, where it is."""
    assert isinstance(page, ModelsPage)
    page.list.choose(REAL_BASE)


def one_page(studio: Studio, name: str) -> None:
    """Take the pictures of one page."""
    studio.window.open_project(REAL_PROJECT if name == "writing" and REAL_PROJECT.is_dir() else PROJECT)
    studio.visit(name, act={"models": show_real_base, "writing": write}.get(name))
    studio.window.session.close()
    studio.window.hide()


def all_pages(studio: Studio) -> None:
    """Take every picture."""
    window = studio.window
    window.preferences.remember(PROJECT)
    window.welcome.refresh()
    studio.shoot("welcome")
    window.new_project()
    wizard = window.wizard
    assert wizard is not None
    wizard.author.name.setText("Ansel Merrow")
    for index in range(len(wizard.steps) - 1):
        if index == 1:
            wizard.files.use_sample()
            studio.shoot("wizard-texts", wizard)
        if index == 2:
            studio.shoot("wizard-persona", wizard)
        wizard.on.click()
    studio.shoot("wizard-ready", wizard)
    wizard.reject()
    window.open_project(PROJECT)
    studio.visit("corpus", "passages", "report")
    studio.visit("persona", "prompt")
    studio.visit("pairs", "report")
    studio.visit("training", act=first_run)
    studio.window.page.findChildren(Segmented)[0].choose(1)  # type: ignore[union-attr]
    both_runs(studio.window.page)
    studio.shoot("training-runs")
    studio.visit("export", act=export)
    studio.visit("models", act=show_real_base)
    studio.visit("settings")
    if REAL_PROJECT.is_dir():
        window.open_project(REAL_PROJECT)
    studio.visit("writing", act=write)
    window.session.close()
    window.hide()


def main(arguments: Sequence[str]) -> int:
    """Take the pictures in the languages asked for, English where none is; of all pages, or of the one after `--only`."""
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    languages = [one for one in arguments if one not in ("--only", only)]
    make_project()
    get_models()
    app = QApplication(["StyleLab"])
    for language in languages or ["en"]:
        for appearance in ("light", "dark"):
            studio = Studio(app, appearance, language)
            one_page(studio, only) if only else all_pages(studio)
    total = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    print(f"{len(list(IMAGES.glob('*.png')))} pictures, {total / 1e6:.1f} MB, in docs/images")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

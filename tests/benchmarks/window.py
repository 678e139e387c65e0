"""How quick the window is: start to first paint, and how long its event loop is held while work goes on.

    python tests/benchmarks/window.py [--novels FOLDER]

A watchdog asks to be called every 5 ms; what comes later than that was held. Two figures for each hold: how long it took, and
how much of that the window's own thread computed. On a busy machine the first holds its share of waiting.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SETTINGS = tempfile.TemporaryDirectory()
os.environ["STYLELAB_SETTINGS"] = str(Path(SETTINGS.name) / "settings.ini")

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from stylelab.app.frame.window import Window  # noqa: E402
from stylelab.app.look import theme  # noqa: E402
from stylelab.app.pages.pairs.page import PairsPage  # noqa: E402
from stylelab.app.session import presets  # noqa: E402
from stylelab.app.session.preferences import Preferences  # noqa: E402
from stylelab.app.session.session import Session  # noqa: E402
from stylelab.jobs.catalogue.corpus import CorpusRequest  # noqa: E402
from stylelab.jobs.catalogue.job import JobRequest  # noqa: E402
from stylelab.jobs.catalogue.jobs import find_job  # noqa: E402
from stylelab.jobs.catalogue.pairs import PairsRequest  # noqa: E402
from stylelab.jobs.catalogue.training import TrainRequest  # noqa: E402
from stylelab.jobs.core import client  # noqa: E402
from stylelab.paths import bundled  # noqa: E402
from stylelab.persona import card  # noqa: E402
from stylelab.project.project import Project, create  # noqa: E402

TICK_MS, LIMIT_MS = 5, 50
PAIRS = 100_000
STARTS = 7
FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from stylelab.app import start
class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not watched.isWindowType():
            print(time.time() - float(os.environ["BEGAN"]), flush=True)
            os._exit(0)
        return False
app = QApplication(["StyleLab"])
eye = Eye()
app.installEventFilter(eye)
sys.exit(start.main([]))
"""


@dataclass
class Watchdog:
    """Measures how long the event loop is held. Times in milliseconds."""

    holds: list[float] = field(default_factory=list[float])
    own: list[float] = field(default_factory=list[float])

    def __post_init__(self) -> None:
        self._timer = QTimer(interval=TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.holds.append(max(0.0, 1000 * (now - self._last) - TICK_MS))
        self.own.append(1000 * (cpu - self._cpu))
        self._last, self._cpu = now, cpu

    def told(self) -> dict[str, float]:
        """Stop, and return the figures."""
        self._timer.stop()
        ranked = sorted(self.holds)
        return {
            "ticks": len(ranked),
            "median_ms": round(statistics.median(ranked), 1),
            "99_percent_ms": round(ranked[int(0.99 * len(ranked))], 1),
            "longest_ms": round(ranked[-1], 1),
            "over_50_ms": sum(hold > LIMIT_MS for hold in ranked),
            "longest_own_ms": round(max(self.own), 1),
            "own_over_50_ms": sum(own > LIMIT_MS for own in self.own),
        }


def first_paint() -> list[float]:
    """Return the seconds from starting a process to its window's first paint, several times."""
    found: list[float] = []
    for _ in range(STARTS):
        own = {**os.environ, "BEGAN": str(time.time()), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
        done = subprocess.run([sys.executable, "-c", FIRST_PAINT], env=own, capture_output=True, text=True, check=True)
        found.append(float(done.stdout.split()[0]))
    return found


def make(folder: Path) -> Project:
    """Create a project on the bundled base."""
    persona = card.bundled_personas()["tidewright"].read_text(encoding="utf-8")
    plan = presets.choose_preset("bundled", 0).plan.model_copy(update={"iters": 24})
    return create(folder, "Ansel Merrow", persona, plan.dump_yaml(), "bundled")


def run(request: JobRequest[Any]) -> None:
    """Run a job without a window."""
    outcome = client.run(find_job(request), request)
    assert outcome.kind == "finished", outcome


def multiply(project: Project, count: int) -> None:
    """Repeat the project's pairs until there are `count` of them."""
    with project.store() as store, store.transaction():
        own = store.pairs("train")
        many = [dataclasses.replace(own[n % len(own)], id=f"{own[n % len(own)].id}-{n}") for n in range(count)]
        store.dataset.put_pairs({"train": many, "valid": [], "test": []})


def until_quiet(app: QApplication, window: Window) -> None:
    """Let the event loop run until nothing is read or worked on."""
    app.processEvents()
    while not window.session.quiet:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def watch(app: QApplication, project: Project, page: str, act: Callable[[Window], object]) -> dict[str, float]:
    """Return what the watchdog saw while something was done on a page."""
    window = Window(Session(), Preferences())
    window.resize(1280, 800)
    window.show()
    window.open_project(project.folder)
    window.go(page)
    until_quiet(app, window)
    dog = Watchdog()
    act(window)
    until_quiet(app, window)
    told = dog.told()
    say(page, told)
    window.session.close()
    window.hide()
    return told


def scroll(app: QApplication) -> Callable[[Window], None]:
    """Return what scrolls through a hundred thousand pairs, a frame at a time, choosing one now and then."""

    def act(window: Window) -> None:
        page = window.page
        assert isinstance(page, PairsPage) and page.pairs.rowCount() == PAIRS
        bar = page.table.verticalScrollBar()
        frames = 600
        loop, timer, at = QEventLoop(), QTimer(interval=16), [0]

        def step() -> None:
            at[0] += 1
            bar.setValue(int(bar.maximum() * at[0] / frames))
            if at[0] % 20 == 0:
                page.table.selectRow(int(PAIRS * at[0] / frames) - 1)
            if at[0] == frames:
                timer.stop()
                loop.quit()

        timer.timeout.connect(step)
        timer.start()
        loop.exec()

    return act


def main(arguments: Sequence[str]) -> None:
    """Measure and print as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--novels", type=Path, default=ROOT.parent / "shared" / "corpora" / "novels")
    novels = parser.parse_args(arguments).novels
    found: dict[str, object] = {"load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    paints = first_paint()
    say("start", paints)
    found["first_paint_s"] = {"median": round(statistics.median(paints), 2), "best": round(min(paints), 2)}
    app = QApplication(["StyleLab"])
    theme.wear(app, "light")
    with tempfile.TemporaryDirectory() as place:
        project = make(Path(place) / "small")
        samples = bundled("resources") / "samples" / "tidewright"
        run(CorpusRequest(project=project.folder, paths=(samples,)))
        run(PairsRequest(project=project.folder))
        training = TrainRequest(project=project.folder)
        found["training"] = watch(app, project, "training", lambda window: window.session.start(training))
        multiply(project, PAIRS)
        found["scrolling_100000_pairs"] = watch(app, project, "pairs", scroll(app))
        if novels.is_dir():
            large = make(Path(place) / "large")
            adding = CorpusRequest(project=large.folder, paths=(novels,))
            found["importing_69_novels"] = watch(app, large, "corpus", lambda window: window.session.start(adding))
        else:
            found["importing_69_novels"] = None
    print(json.dumps(found, indent=2))


def say(name: str, value: object) -> None:
    """Tell how far the measuring is."""
    print(f"{name}: {value}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])

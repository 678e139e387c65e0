"""Which base a new project learns on: one that is here, a folder, or a real small one that is fetched on the spot.

In: the library, and the user's choice. Out: the project's entry for its base, and the plan that suits it. Next: steps, sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from stylelab.app.frame.job_status import Meter
from stylelab.app.look.theme import GRID
from stylelab.app.session import presets
from stylelab.app.session.model_jobs import ModelJobs
from stylelab.app.session.session import Session
from stylelab.app.texts import model_words, words
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import Scroll, make_area, make_button, make_column, make_label, make_row
from stylelab.app.widgets.cards import Cards
from stylelab.app.wizard.questions import WizardStep
from stylelab.basemodels.catalogue import PackageSource, find_entry
from stylelab.basemodels.identity import BUNDLED_ENTRY, inspect, resolve
from stylelab.basemodels.library import LibraryModel, list_models
from stylelab.jobs.catalogue.basemodels import PullRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.machine import read_machine_bytes
from stylelab.paths import models_folder
from stylelab.project.trial import REAL_BASE


@dataclass(frozen=True)
class RealBase:
    """The small real base: where it can be had, and whether it is here.

    Args:
        base: What a project calls it where it is here, else "".
        bytes: To fetch. requests: Ways to get it, the smallest first.
    """

    title: str
    bytes: int
    requests: tuple[PullRequest, ...]
    base: str = ""


def find_real_base(library: Sequence[LibraryModel]) -> RealBase:
    """Return the small real base, and how it is called in a library that holds it."""
    entry = find_entry(REAL_BASE)
    assert entry is not None, "a test holds the catalogue to it"
    package = next(source for source in entry.sources if isinstance(source, PackageSource))
    repos = {source.repo for source in entry.sources if source.kind == "hub"}
    had = (model for model in library if model.origin and model.origin.name in {package.package, *repos})
    here = next((model.name for model in had if model.name == REAL_BASE and not model.fault), "")
    ways = (PullRequest(model=f"package:{REAL_BASE}"), PullRequest(model=REAL_BASE))
    return RealBase(entry.title, package.size_bytes, ways, here)


class BasePicker(QWidget):
    """A choice of bases; one that is not here is fetched, with its progress, before it is used.

    Signals:
        changed: Another is chosen, or fetching began or ended.
        arrived: What was chosen has been fetched, or the small one is taken in its place.
    """

    changed = Signal()
    arrived = Signal()

    def __init__(self, session: Session, every: bool = True) -> None:
        super().__init__()
        self._every = every
        self._folder: Path | None = None
        self._ways: list[PullRequest] = []
        self.jobs = ModelJobs(session, self)
        self.jobs.told.connect(lambda key: self._show_progress())
        self.jobs.ended.connect(self._finish)
        self.cards = Cards(self.tr("Base models"))
        self.cards.chosen.connect(self._choose)
        self.meter = Meter(self.tr("Progress"))
        self.progress = make_label("", "quiet", wrap=True)
        self.cancel = make_button(self.tr("Cancel Fetching"), self.jobs.cancel)
        self.fetching = make_area(make_column(self.meter, self.progress, make_row(self.cancel, 0), gap=GRID))
        self.fault = make_label("", "bad", wrap=True)
        self.instead = make_button(self.tr("Use the Small Base Instead"), self._take_bundled)
        self.failed = make_area(make_column(self.fault, make_row(self.instead, 0), gap=GRID))
        self.setLayout(make_column(self.cards, self.fetching, self.failed, 0, gap=2 * GRID))
        self.fetching.hide()
        self.failed.hide()
        self.fill()

    def fill(self) -> None:
        """Show which bases there are now."""
        library = list_models(models_folder())
        self.real = find_real_base(library)
        rows = [(self.real.base or REAL_BASE, self._name_real(), self._describe_real())]
        small = self.tr(
            "Comes along, learns in minutes. It takes on a voice and makes little sense: to try things out."
        )
        rows.append((BUNDLED_ENTRY, self.tr("Offline, with the tiny base that comes along"), small))
        if self._every:
            others = [model for model in library if not model.fault and model.name != self.real.base]
            rows += [(model.name, model.name, words.format_size(model.size_bytes)) for model in others]
        if self._folder is not None:
            rows.append((str(self._folder), self._folder.name, str(self._folder)))
        before = self.cards.key
        self.cards.put(rows)
        self.cards.choose(before or self.real.base or (BUNDLED_ENTRY if self._every else REAL_BASE))

    def _name_real(self) -> str:
        return self.tr("With a real small model, {name}").format(name=self.real.title)

    def _describe_real(self) -> str:
        said = self.tr("Writes whole, simple English sentences in the author’s manner; learns in minutes.")
        if self.real.base:
            return said + " " + self.tr("It is here already.")
        size = words.format_size(self.real.bytes)
        return said + " " + self.tr("{size} to fetch once.").format(size=size)

    @property
    def base(self) -> str:
        """The project's entry: "bundled", a name in the library or a folder."""
        return self.cards.key

    @property
    def ready(self) -> bool:
        """Whether nothing is being fetched."""
        return self.jobs.current is None

    @property
    def missing(self) -> bool:
        """Whether what is chosen must be fetched first."""
        return self.base == REAL_BASE and not self.real.base

    @property
    def quick(self) -> bool:
        """Whether what is chosen learns in minutes."""
        return self.base in (BUNDLED_ENTRY, REAL_BASE, self.real.base)

    def offer_folder(self, folder: Path) -> None:
        """Offer a model's folder."""
        self._folder = folder
        self.fill()
        self.cards.choose(str(folder))

    # ------------------------------------------------------------ fetching

    def fetch(self) -> None:
        """Fetch what is chosen; `arrived` tells when it is here."""
        self._ways = list(self.real.requests)
        self._try_next()

    def _try_next(self) -> None:
        self.failed.hide()
        if not self.jobs.start(self._ways.pop(0)):
            self._show_fault(self.tr("Another job is running; one runs at a time."))
            return
        self.cards.setEnabled(False)
        self.fetching.show()
        self._show_progress()
        self.cancel.setFocus()
        self.changed.emit()

    def stop(self) -> None:
        """Fetch no more; a package leaves nothing, of a download from the hub what has arrived is kept."""
        self._ways = []
        if self.jobs.current is not None and self.jobs.current.can_pause:
            self.jobs.pause()
        else:
            self.jobs.cancel()

    def _show_progress(self) -> None:
        current = self.jobs.current
        if current is not None:
            self.meter.show_share(current.job.share)
            self.progress.setText(model_words.describe_job(current))
            self.cancel.setEnabled(not current.stopping)

    def _finish(self, key: str, how: JobOutcome[Any]) -> None:
        fault = self.jobs.faults.get(key)
        if fault is not None and self._ways:  # the package cannot be had: the hub is asked
            self._try_next()
            return
        self.cards.setEnabled(True)
        self.fetching.hide()
        if fault is not None:
            said = explain(fault)
            self._show_fault(f"{said.happened} {said.remedy}")
        elif how.kind == "finished" and how.result is not None:
            self.fill()
            self.cards.choose(how.result.name)
            self.arrived.emit()
        self.changed.emit()

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.failed.show()

    def _choose(self, key: str) -> None:
        self.failed.hide()
        self.changed.emit()

    def _take_bundled(self) -> None:
        self.cards.choose(BUNDLED_ENTRY)
        self.arrived.emit()


class BaseStep(WizardStep):
    """Which model learns."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        preset = presets.choose_preset("folder", read_machine_bytes())
        self.ask(
            self.tr("Which model learns it?"),
            self.tr("This computer has {memory}. For real work, a {size} base in 4-bit fits it well.").format(
                memory=words.format_memory(read_machine_bytes()), size=preset.base
            ),
        )
        self.picker = BasePicker(session)
        self.picker.changed.connect(self.changed)
        self.picker.arrived.connect(self.prepared)
        inner = make_column(
            self.picker, make_row(make_button(self.tr("Choose a Model’s Folder …"), self._choose), 0), 0
        )
        self.box.addWidget(Scroll(make_area(inner)), 1)

    @property
    def base(self) -> str:
        return self.picker.base

    @property
    def quick(self) -> bool:
        return self.picker.quick

    @property
    def cards(self) -> Cards:
        return self.picker.cards

    @property
    def name(self) -> str:
        """What the base is called on the last page."""
        if self.base == BUNDLED_ENTRY:
            return self.tr("Small base")
        return self.picker.real.title if self.base == self.picker.real.base else Path(self.base).name

    @property
    def ready(self) -> bool:
        return self.picker.ready

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a Model’s Folder"))
        if name:
            self.picker.offer_folder(Path(name))

    def check(self) -> None:
        if self.base != BUNDLED_ENTRY and not self.picker.missing:
            inspect(resolve(self.base))

    def prepare(self) -> bool:
        if self.picker.missing:
            self.picker.fetch()
            return False
        return True

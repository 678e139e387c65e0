"""Pairs that exist already: files or two folders chosen or dropped, taken in by the harvest job, and what came of each.

In: paths. Out: harvest jobs, and a sheet with the counts of every source. Next: pairs page, which makes the dataset of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.texts.remedies.explain import Explanation, explain
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import action, area, column, label, row
from stylelab.app.widgets.sheet import Choice, Sheet
from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue.pairs import HarvestedSource, HarvestRequest, HarvestResult
from stylelab.jobs.core.client import Outcome

SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".docx", ".txt", ".md")
FIELDS = "harvest_fields"  # the error that naming the two fields mends
LISTED = 6  # sources told one by one; more are folded away
FIELD = 240  # pixels


class GivenPairs(QObject):
    """Takes in pairs that exist.

    Args:
        make: Makes the dataset, as the page's main action does.
    """

    def __init__(self, page: QWidget, session: Session, make: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._session, self._make = page, session, make
        self.sheet: Sheet | None = None
        self.input, self.target = QLineEdit(), QLineEdit()
        self.menu = QMenu(page)
        self.menu.addAction(action(self.tr("Files of Pairs …"), self.choose_files, parent=self.menu))
        self.menu.addAction(action(self.tr("Drafts and Finals …"), self.choose_folders, parent=self.menu))

    def offer(self, below: QWidget) -> None:
        """Show below a button what can be taken in."""
        self.menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def choose_files(self) -> None:
        """Let the user choose files of pairs."""
        kinds = f"{self.tr('Pairs')} ({' '.join('*' + suffix for suffix in SUFFIXES)})"
        found, _ = QFileDialog.getOpenFileNames(self._page, self.tr("Add Given Pairs"), "", kinds)
        self.take([Path(name) for name in found])

    def choose_folders(self) -> None:
        """Let the user choose a folder of drafts and one of finals, whose files have the same names."""
        drafts = QFileDialog.getExistingDirectory(self._page, self.tr("The folder of drafts"))
        finals = QFileDialog.getExistingDirectory(self._page, self.tr("The folder of finals")) if drafts else ""
        if finals:
            self._start(HarvestRequest(project=self._session.folder, paths=(Path(drafts),), finals=Path(finals)))

    def take(self, paths: Sequence[Path], input: str | None = None, target: str | None = None) -> None:
        """Take in files; `input` and `target` name their fields where these cannot be guessed."""
        if paths:
            self._start(HarvestRequest(project=self._session.folder, paths=tuple(paths), input=input, target=target))

    def _start(self, request: HarvestRequest) -> None:
        job = self._session.start(request)
        if job is not None:
            job.explained = (FIELDS,)

    # ------------------------------------------------------------ what came of it

    def ended(self, request: HarvestRequest, how: Outcome[Any]) -> None:
        """Say what every source gave, or ask which fields are meant."""
        if isinstance(how.result, HarvestResult):
            self._tell(how.result)
        elif how.kind == "failed" and how.code == FIELDS:
            said = explain(StyleLabError(how.message, remedy=how.remedy, code=how.code))
            self._ask(request.paths, said)

    def _tell(self, result: HarvestResult) -> None:
        lines = [describe_source(source) for source in result.sources]
        few = len(lines) <= LISTED
        text = "\n".join(lines) if few else describe_source(merge_sources(result.sources))
        self._show(
            self.tr("{pairs} taken in").format(pairs=words.unit("pairs", result.pairs)),
            text,
            self.tr("They enter the dataset when the pairs are made."),
            "" if few else "\n".join(lines),
            [(self.tr("Make Pairs"), self._make)],
            self.tr("Later"),
            None,
        )

    def _ask(self, paths: Sequence[Path], why: Explanation) -> None:
        """Ask which of a file's fields are the plain input and the author's text."""
        fields: list[QWidget] = []
        self.input, self.target = QLineEdit(), QLineEdit()
        for line, name in ((self.input, self.tr("Plain input")), (self.target, self.tr("Author’s text"))):
            line.setAccessibleName(name)
            line.setFixedWidth(FIELD)
            said = label(name)
            said.setBuddy(line)
            fields.append(area(row(said, 0, line)))
        self._show(
            why.title,
            why.text,
            why.remedy,
            why.details,
            [
                (
                    self.tr("Take Them In"),
                    lambda: self.take(paths, self.input.text().strip(), self.target.text().strip()),
                )
            ],
            self.tr("Cancel"),
            area(column(*fields, edges=(32 + 2 * GRID, 0, 0, 0), gap=GRID)),
        )
        sheet = self.sheet
        assert sheet is not None
        for line in (self.input, self.target):
            line.textChanged.connect(lambda: self._check(sheet))
        self._check(sheet)
        self.input.setFocus()

    def _check(self, sheet: Sheet) -> None:
        sheet.choices[0].setEnabled(bool(self.input.text().strip() and self.target.text().strip()))

    def _show(
        self,
        title: str,
        text: str,
        remedy: str,
        details: str,
        choices: Sequence[Choice],
        close: str,
        body: QWidget | None,
    ) -> None:
        self.sheet = Sheet(
            self._page.window(), title, text, remedy, details, choices, close, sign="pairs", role="accent", body=body
        )
        self.sheet.open()


def pair_files(dragged: QMimeData) -> list[Path]:
    """Return the files among what is dragged that pairs can be read from."""
    paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def describe_source(source: HarvestedSource) -> str:
    """Return what a source gave: "edits.jsonl: 12 of 15 (2 nothing changed, 1 repeats another)"."""
    line = translate("pairs", "{source}: {out} of {all}").format(
        source=source.source, out=words.number(source.taken), all=words.number(source.found)
    )
    why = [f"{words.reason(name)}: {words.number(count)}" for name, count in source.dropped.items()]
    known = source.taken - source.new
    if known:
        why.append(translate("pairs", "known already: {number}").format(number=words.number(known)))
    return f"{line} ({', '.join(why)})" if why else line


def merge_sources(sources: Sequence[HarvestedSource]) -> HarvestedSource:
    """Return many sources as one."""
    dropped = Counter[str]()
    for source in sources:
        dropped.update(source.dropped)
    return HarvestedSource(
        source=words.unit("files", len(sources)),
        found=sum(source.found for source in sources),
        taken=sum(source.taken for source in sources),
        dropped=dict(dropped),
        new=sum(source.new for source in sources),
    )

"""The reading pane: a text as it was read, with what was taken out tinted by rule. A click puts it back or takes it out again.

In: a document's line. Out: `decided` with what to do and what would undo it. Next: corpus page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from stylelab.app.look.colours import Colours
from stylelab.app.look.theme import GRID
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.basics import button, label, row, rule, tool
from stylelab.app.widgets.legend import Legend
from stylelab.app.widgets.prose import Mark, Prose
from stylelab.jobs.catalogue.corpus import RestoreRequest
from stylelab.project.project import Project
from stylelab.project.store import DocumentRow

PART = 24_000  # characters shown at once: laid out well within a frame or three


@dataclass(frozen=True)
class Stretch:
    """A stretch [start, end) of the text: taken out by a rule, or put back by hand (`restored`)."""

    start: int
    end: int
    rule: str
    restored: bool = False


@dataclass(frozen=True)
class Original:
    """A text as it was read, and what holds about it."""

    id: str
    text: str
    stretches: tuple[Stretch, ...]
    by_hand: frozenset[tuple[int, int]]
    rules_off: frozenset[str]


@dataclass(frozen=True)
class Decision:
    """What the user wants done to a text, and what would undo it."""

    do: RestoreRequest
    undo: RestoreRequest


def original(project: Project, id: str) -> Original:
    """Read a document and what was decided about it; called in a thread."""
    with project.store() as store:
        document = store.corpus.document(id)
        decided = store.corpus.decisions(id)
        removals = [removal for _, removal in store.corpus.removals(id)]
    taken = [Stretch(r.start, r.end, r.rule) for r in removals]
    back = [Stretch(d.start, d.end, "", True) for d in decided if d.kind == "restored"]
    by_hand = frozenset((d.start, d.end) for d in decided if d.kind == "removed")
    off = frozenset(d.rule for d in decided if d.kind == "rule_off")
    return Original(id, document.text, tuple(sorted((*taken, *back), key=lambda s: s.start)), by_hand, off)


def tint(number: int, c: Colours) -> str:
    """Return the ground of a rule's stretches."""
    return c.tints[number % len(c.tints)]


class Reader(QWidget):
    """One text, read in parts.

    Signals:
        decided: A Decision of the user's.
    """

    decided = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.shown: Original | None = None
        self._places: list[Stretch] = []
        self._part = 0
        self._wanted = ""
        self._tints: dict[str, int] = {}
        self.title = label("", "section")
        self.told = label("", "small")
        self.legend = Legend(self.tr("What was taken out"))
        self.prose = Prose(self.tr("The text as it came"))
        self.remove = button(self.tr("Remove Selection"), self._remove_selection)
        self.remove.hide()
        self.rules = button(self.tr("Rules"), lambda: None, hint=self.tr("Rules for this text"))
        self.rules.setMenu(QMenu(self.rules))
        self._place = label("", "small")
        self._back = tool(self.tr("Earlier part"), "left", lambda: self._turn(-1))
        self._on = tool(self.tr("Next part"), "right", lambda: self._turn(1))
        self._build()
        self.prose.pressed.connect(lambda number: self.toggle(self._places[number]))
        self.prose.selectionChanged.connect(lambda: self.remove.setVisible(self.prose.selected is not None))
        QShortcut(
            QKeySequence.StandardKey.Delete,
            self.prose,
            self._remove_selection,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    def _build(self) -> None:
        self._pager = QWidget()
        self._pager.setLayout(row(0, self._back, self._place, self._on, 0, edges=(0, 4, 0, 4)))
        head = QVBoxLayout()
        head.setContentsMargins(4 * GRID, 12, 2 * GRID, GRID)
        head.setSpacing(4)
        head.addLayout(row(self.title, self.told, 0, self.remove, self.rules))
        head.addWidget(self.legend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self.prose, 1)
        box.addWidget(self._pager)

    # ------------------------------------------------------------ showing

    def show_document(self, document: DocumentRow) -> None:
        """Show another text, or the same as it is now."""
        project = self._session.project
        if project is None:
            return
        self._wanted = document.id
        self.title.setText(words.text_name(document.path))
        self.told.setText(document.encoding.upper())
        repairs = [f"{words.repair(kind)}: {words.number(count)}" for kind, count in document.repairs.items()]
        self.told.setToolTip("\n".join(repairs))
        self._session.fetch(lambda: original(project, document.id), self._show)

    def _show(self, found: Original) -> None:
        if found.id != self._wanted:
            return
        same = self.shown is not None and self.shown.id == found.id
        self.shown = found
        self._part = self._part if same else 0
        rules = list(dict.fromkeys(s.rule for s in found.stretches if not s.restored))
        self._tints = {name: self._tints.get(name, n) if same else n for n, name in enumerate(rules)}
        self.legend.show_entries([(partial(tint, n), words.rule(name)) for name, n in self._tints.items()])
        self._fill_rules(found)
        self._show_part()

    def _fill_rules(self, found: Original) -> None:
        menu = self.rules.menu()
        menu.clear()
        names = [name for name in self._tints if name != "by_hand"] + sorted(found.rules_off - set(self._tints))
        for name in names:
            action = menu.addAction(words.rule(name))
            action.setCheckable(True)
            action.setChecked(name not in found.rules_off)
            action.toggled.connect(partial(self._switch, name))
        self.rules.setVisible(bool(names))

    def _turn(self, by: int) -> None:
        self._part += by
        self._show_part()

    def _show_part(self) -> None:
        found = self.shown
        if found is None:
            return
        parts = max(1, -(-len(found.text) // PART))
        start = self._part * PART
        end = min(len(found.text), start + PART)
        self._places = [s for s in found.stretches if s.start < end and s.end > start]
        marks = [self._mark(s, start, end) for s in self._places]
        self.prose.show_text(found.text[start:end], marks)
        self._pager.setVisible(parts > 1)
        self._back.setEnabled(self._part > 0)
        self._on.setEnabled(self._part < parts - 1)
        self._place.setText(self.tr("Part {number} of {all}").format(number=self._part + 1, all=parts))

    def _mark(self, stretch: Stretch, start: int, end: int) -> Mark:
        first, last = max(stretch.start, start) - start, min(stretch.end, end) - start
        if stretch.restored:
            return Mark(first, last, 0, self.tr("Put back by you. Click to leave it to the rules again."), True)
        hint = self.tr("{rule}. Click to put it back.").format(rule=words.rule(stretch.rule))
        return Mark(first, last, self._tints[stretch.rule], hint)

    # ------------------------------------------------------------ deciding

    def toggle(self, stretch: Stretch) -> None:
        """Put a stretch back, or leave it to the rules again."""
        if self.shown is None:
            return
        request = self._build_request(self.shown)
        spans = ((stretch.start, stretch.end),)
        if stretch.restored:
            self.decided.emit(Decision(request(forget=spans), request(restore=spans)))
        elif spans[0] in self.shown.by_hand:
            self.decided.emit(Decision(request(forget=spans), request(remove=spans)))
        else:
            self.decided.emit(Decision(request(restore=spans), request(forget=spans)))

    def _remove_selection(self) -> None:
        selected = self.prose.selected
        if selected is not None and self.shown is not None:
            at = self._part * PART
            request = self._build_request(self.shown)
            spans = ((at + selected[0], at + selected[1]),)
            self.decided.emit(Decision(request(remove=spans), request(forget=spans)))

    def _switch(self, name: str, on: bool) -> None:
        if self.shown is not None:
            request = self._build_request(self.shown)
            off_on = (request(rules_off=(name,)), request(rules_on=(name,)))
            self.decided.emit(Decision(off_on[int(on)], off_on[int(not on)]))

    def _build_request(self, text: Original) -> Callable[..., RestoreRequest]:
        return partial(RestoreRequest, project=self._session.folder, document=text.id)

"""A pair's two texts beside each other: what the plain text did without is tinted; both can be edited.

In: a pair's texts. Out: `saved` with other texts. Next: pairs page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from stylelab.app.texts import words
from stylelab.app.widgets.basics import make_area, make_button, make_column, make_label, make_row, make_rule
from stylelab.app.widgets.prose import Prose, ProseEdit, TextMark
from stylelab.project.view import PairText


class SideBySide(QWidget):
    """A pair to read, or to edit.

    Signals:
        saved: Input and target as the user wants them.
    """

    saved = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.pair: PairText | None = None
        self.input, self.target = Prose(self.tr("Plain input")), Prose(self.tr("The author’s text"))
        self.drafts = ProseEdit(self.tr("Plain input")), ProseEdit(self.tr("The author’s text"))
        self.told = make_label("", "small", wrap=True)
        self.save = make_button(self.tr("Save"), self._save)
        self.cancel = make_button(self.tr("Cancel"), self.leave)
        self._sides: list[QStackedWidget] = []
        columns = QSplitter(Qt.Orientation.Horizontal)
        for prose, draft in zip((self.input, self.target), self.drafts, strict=True):
            side = QStackedWidget()
            side.addWidget(prose)
            side.addWidget(make_area(make_row(draft, edges=(32, 16, 24, 16))))
            self._sides.append(side)
            title = make_row(make_label(prose.accessibleName(), "section"), edges=(32, 16, 16, 0))
            columns.addWidget(make_area(make_column(title, side, gap=0)))
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(columns, 1)
        box.addWidget(make_rule())
        foot = make_row(self.told, self.cancel, self.save, edges=(32, 10, 24, 10))
        foot.setStretch(0, 1)
        box.addLayout(foot)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.leave()

    @property
    def editing(self) -> bool:
        """Whether the pair is being edited."""
        return self._sides[0].currentIndex() == 1

    def show_pair(self, pair: PairText) -> None:
        """Show another pair."""
        self.pair = pair
        self.leave()
        self.input.show_text(pair.input)
        self.target.show_text(
            pair.completion, mark_lost_words(pair.completion, pair.lost, self.tr("not in the plain text"))
        )
        said = [
            self.tr("Left out: {reason}.").format(reason=words.translate_reason(pair.reason)) if pair.reason else ""
        ]
        said.append(
            self.tr("The input gives away {share} of the distinctive words.").format(
                share=words.format_percent(pair.bleed)
            )
        )
        if pair.lost:
            said.append(self.tr("Tinted words are not in the plain text: the model must find them."))
        self.told.setText(" ".join(part for part in said if part))

    def edit(self) -> None:
        """Let both texts be changed."""
        if self.pair is None:
            return
        for side, draft, text in zip(self._sides, self.drafts, (self.pair.input, self.pair.completion), strict=True):
            draft.setPlainText(text)
            side.setCurrentIndex(1)
        for made in (self.save, self.cancel):
            made.show()
        self.drafts[0].setFocus()

    def leave(self) -> None:
        """Stop editing; what was not saved is dropped."""
        for side in self._sides:
            side.setCurrentIndex(0)
        for made in (self.save, self.cancel):
            made.hide()

    def _save(self) -> None:
        said = [draft.toPlainText().strip() for draft in self.drafts]
        self.leave()
        if all(said):
            self.saved.emit(*said)


def mark_lost_words(text: str, lost: tuple[str, ...], hint: str) -> list[TextMark]:
    """Return a mark for every lost word's place in a text, whole words only, in order and without overlap."""
    wanted = {word.casefold() for word in lost}
    marks: list[TextMark] = []
    at = 0
    while at < len(text):
        if text[at].isalpha():
            end = at
            while end < len(text) and (text[end].isalnum() or text[end] in "'’-"):
                end += 1
            if text[at:end].casefold().strip("'’-") in wanted:
                marks.append(TextMark(at, end, 0, hint))
            at = end
        else:
            at += 1
    return marks

"""A choice among things that need a sentence: cards below each other, one of them chosen.

In: keys, names, sentences. Out: `chosen`. Next: wizard, export page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from stylelab.app.look import icons, theme


class Card(QAbstractButton):
    """One thing to choose: its name in a line, below it a sentence in as many as it needs."""

    WRAPPED = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap

    def __init__(self, key: str, name: str, text: str) -> None:
        super().__init__()
        self.key, self._name, self._text = key, name, text
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setToolTip(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(640))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(30 + self._wrap(width).height() + 12)

    def _wrap(self, width: int) -> QRectF:
        """Return the place of the sentence on a card of a width."""
        metrics = QFontMetricsF(theme.text_font(12))
        place = QRectF(16, 30, width - 56, 10_000)
        return metrics.boundingRect(place, self.WRAPPED, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(theme.colour(c.accent if on or self.hasFocus() else c.line))
        painter.setBrush(theme.colour(c.chosen if on else c.hover if self.underMouse() else c.content))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        bold = theme.text_font(weight=theme.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(theme.colour(c.text))
        name = QFontMetrics(bold).elidedText(self._name, Qt.TextElideMode.ElideMiddle, self.width() - 56)
        painter.drawText(QRectF(16, 10, self.width() - 56, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.text_font(12))
        painter.setPen(theme.colour(c.quiet))
        painter.drawText(self._wrap(self.width()).adjusted(0, 0, 1, 1), self.WRAPPED, self._text)
        if on:
            icons.draw(painter, "check", QRectF(self.width() - 34, 10, 18, 18), c.accent, 2)
        painter.end()


class Cards(QWidget):
    """Cards of which one is chosen.

    Signals:
        chosen: The key chosen.
    """

    chosen = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.cards: list[Card] = []
        self._group = QButtonGroup(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def put(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show other cards (key, name, sentence); the one chosen stays where it is still there."""
        before = self.key
        for card in self.cards:
            self._group.removeButton(card)
            card.deleteLater()
        self.cards = [Card(*one) for one in rows]
        for card in self.cards:
            self._group.addButton(card)
            self._box.addWidget(card)
            card.toggled.connect(lambda on, key=card.key: self.chosen.emit(key) if on else None)
        if self.cards:
            self.choose(before if any(c.key == before for c in self.cards) else self.cards[0].key)

    def choose(self, key: str) -> None:
        """Choose as the user would."""
        for card in self.cards:
            if card.key == key:
                card.setChecked(True)

    @property
    def key(self) -> str:
        """The key chosen; empty without cards."""
        return next((card.key for card in self.cards if card.isChecked()), "")

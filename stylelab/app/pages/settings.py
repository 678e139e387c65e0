"""The settings page: appearance, language, notifications; how work leaves or stays on this machine.

In: Preferences. Out: the same, changed. Next: start, which dresses the window.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import RoomPage
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.widgets.basics import make_choice, make_label, make_row


class SettingsPage(RoomPage):
    """The application's own settings.

    Signals:
        redress: Appearance or language is another.
    """

    name = "settings"
    redress = Signal()

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session)
        self._preferences = preferences
        self.appearance = self._choice(
            "appearance",
            self.tr("Appearance"),
            ((self.tr("Like the system"), "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark")),
        )
        self.language = self._choice(
            "language",
            self.tr("Language"),
            ((self.tr("Like the system"), "system"), ("English", "en"), ("Deutsch", "de")),
        )
        self.notify = QCheckBox(self.tr("Tell me when a long job ends"))
        self.notify.setAccessibleName(self.notify.text())
        self.notify.setChecked(preferences.flag("notify", True))
        self.notify.toggled.connect(lambda on: preferences.put("notify", on))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        for n, (name, widget) in enumerate(
            (
                (self.tr("Appearance"), self.appearance),
                (self.tr("Language"), self.language),
                (self.tr("Notifications"), self.notify),
            )
        ):
            grid.addWidget(make_label(name), n, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, n, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        inner = QWidget()
        inner.setMaximumWidth(640)
        box = QVBoxLayout(inner)
        box.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 4 * GRID)
        box.setSpacing(2 * GRID)
        grid.setColumnStretch(2, 1)
        box.addLayout(grid)
        box.addSpacing(2 * GRID)
        box.addWidget(make_label(self.tr("Privacy"), "section"))
        box.addWidget(
            make_label(
                self.tr(
                    "Texts, pairs, adapters and what you write stay in the project’s folder. StyleLab opens a connection "
                    "only where you choose a server to rewrite passages, and asks before it does."
                ),
                "quiet",
                wrap=True,
            )
        )
        box.addStretch(1)
        outer = QWidget()
        outer.setLayout(make_row(inner, 0))
        outer.layout().setStretch(0, 10)  # type: ignore[union-attr]
        self.body.addWidget(outer)
        self.header.state.setText(self.tr("How StyleLab looks and speaks."))

    def refresh(self, survey: Survey) -> None:
        """Nothing here depends on the project."""

    def _choice(self, key: str, title: str, entries: tuple[tuple[str, str], ...]) -> QComboBox:
        made = make_choice(title, entries, 200)
        made.setCurrentIndex(max(0, made.findData(self._preferences.text(key, "system"))))

        def save_choice() -> None:
            self._preferences.put(key, made.currentData())
            self.redress.emit()

        made.activated.connect(lambda: save_choice())
        return made

"""What every page is: a header with one primary action, a body, perhaps an inspector; it shows what a survey says.

In: a Session. Out: a widget for the window's stack. Next: one file per page.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.widgets.basics import Header
from stylelab.jobs.core.client import Outcome
from stylelab.jobs.core.protocol import Down


class Page(QWidget):
    """A page over one room.

    Signals:
        go: The name of another page to show.
        reshaped: The inspector is to be shown, or no more.
    """

    go = Signal(str)
    reshaped = Signal()
    name = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.survey: Survey | None = None
        self.header = Header(words.stage(self.name))
        self.body = QStackedWidget()
        self.inspector: QWidget | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.body, 1)
        self.setAccessibleName(words.stage(self.name))

    @property
    def inspector_shown(self) -> bool:
        """Whether the page has an inspector to show now."""
        return self.inspector is not None

    def surveyed(self, survey: Survey) -> None:
        """Show another state of the project."""
        self.survey = survey
        self.refresh(survey)

    def refresh(self, survey: Survey) -> None:
        """Show what a survey says; each page its own part."""

    def job_began(self, job: RunningJob) -> None:
        """A job began."""

    def job_told(self, job: RunningJob, message: Down) -> None:
        """A job told something."""

    def job_ended(self, job: RunningJob, how: Outcome[Any]) -> None:
        """A job ended."""

    def do_primary(self) -> None:
        """Do the page’s primary action, as its button would."""
        for made in self.header.findChildren(QPushButton):
            if made.property("role") == "primary" and made.isVisibleTo(self) and made.isEnabled():
                made.click()
                return

    def leave(self) -> bool:
        """Called before another page or project is shown; False keeps this one."""
        return True

"""Asks the model hub for models, in a thread, and only when the user wants it.

In: words. Out: `answered`, with what was found or why nothing was. Next: page.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from stylelab.app.session.session import Session
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.texts.words import translate
from stylelab.basemodels.download.hub import search_hub
from stylelab.basemodels.download.messages import FoundRepository
from stylelab.basemodels.token import load_token
from stylelab.errors import StyleLabError


class HubSearch(QObject):
    """One question to the hub at a time.

    Signals:
        answered: There is an answer, or a reason why there is none.
    """

    answered = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: list[FoundRepository] = []
        self.asking = False
        self.said = ""  # about the last answer; "" where there is nothing to say
        self._stop = threading.Event()

    def ask(self, text: str) -> None:
        """Ask for models whose names hold a text."""
        self.asking, self.said = True, ""
        self._stop = stop = threading.Event()

        def search() -> list[FoundRepository] | StyleLabError | None:
            try:
                return search_hub(text, token=load_token(), should_stop=stop.is_set)
            except StyleLabError as error:
                return error

        self._session.fetch(search, lambda answer: self._take(answer, stop))

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._stop.set()
        self.asking = False

    def _take(self, answer: list[FoundRepository] | StyleLabError | None, stop: threading.Event) -> None:
        if stop is not self._stop or stop.is_set():
            return
        self.asking = False
        if isinstance(answer, StyleLabError):
            said = explain(answer)
            self.found, self.said = [], f"{said.happened} {said.remedy}"
        else:
            self.found = answer or []
            self.said = "" if self.found else translate("models", "The hub has found nothing.")
        self.answered.emit()

"""Which pages there are. A page is imported when it is first shown.

In: a page's name. Out: the page. Next: window.
"""

from __future__ import annotations

from stylelab.app.pages.page import RoomPage
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session

INSPECTOR_WIDTH = 296


def build_page(name: str, session: Session, preferences: Preferences) -> RoomPage:
    """Return a new page."""
    match name:
        case "corpus":
            from stylelab.app.pages.corpus.page import CorpusPage

            return CorpusPage(session)
        case "persona":
            from stylelab.app.pages.persona.page import PersonaPage

            return PersonaPage(session)
        case "pairs":
            from stylelab.app.pages.pairs.page import PairsPage

            return PairsPage(session)
        case "training":
            from stylelab.app.pages.training.page import TrainingPage

            return TrainingPage(session)
        case "writing":
            from stylelab.app.pages.writing.page import WritingPage

            return WritingPage(session)
        case "export":
            from stylelab.app.pages.export import ExportPage

            return ExportPage(session)
        case "models":
            from stylelab.app.pages.models.page import ModelsPage

            return ModelsPage(session, preferences)
        case "settings":
            from stylelab.app.pages.settings import SettingsPage

            return SettingsPage(session, preferences)
        case _:
            raise KeyError(name)

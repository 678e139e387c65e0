"""Start the window: application, language, theme, and the hook that shows a bug instead of hiding it.

In: arguments. Out: an exit code. Next: window.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from stylelab import __version__, log
from stylelab.app.frame.window import Window
from stylelab.app.look import icons, theme
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session
from stylelab.errors import StyleLabError
from stylelab.paths import locate_bundled

logger = logging.getLogger(__name__)
LANGUAGES = ("en", "de")


class Application(QObject):
    """One window over one session; made anew when the language changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.preferences = Preferences()
        self._translators: list[QTranslator] = []
        self.session = Session(self)
        self.load_language()
        self.apply_theme()
        self.window = self._build_window()
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: self.apply_theme())
        app.installEventFilter(self)

    def _build_window(self) -> Window:
        made = Window(self.session, self.preferences)
        made.redress.connect(self.apply_preferences)
        made.ended.connect(self._app.quit)
        return made

    def load_language(self) -> None:
        """Load the language that the user chose, or the system's where StyleLab has it."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = load_language(self.preferences.text("language", "system"))

    def apply_theme(self) -> None:
        """Wear the theme that the user chose."""
        theme.apply_theme(self._app, self.preferences.text("appearance", "system"))

    def apply_preferences(self) -> None:
        """Wear another theme, and rebuild the window where the language is another."""
        self.apply_theme()
        wanted = choose_language(self.preferences.text("language", "system"))
        if wanted != QLocale().name()[:2] and self.session.job is None:
            folder = self.session.project.folder if self.session.project else None
            self.window.ended.disconnect()
            self.window.close()
            self.window.deleteLater()
            self.load_language()
            self.window = self._build_window()
            if folder is not None:
                self.window.open_project(folder)
                self.window.show_page("settings")
            self.window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):  # a double click in the Finder
            self.window.open_project(find_project(Path(event.file())))
            return True
        return super().eventFilter(watched, event)

    def show_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show a bug to the user with its traceback."""
        said = "".join(traceback.format_exception(kind, error, trace))
        logger.error("%s", said)
        self.window.show_trouble(StyleLabError(f"{kind.__name__}: {error}", remedy="", code="bug"), said)


def choose_language(wanted: str) -> str:
    """Return the language to speak: the one wanted, or the system's where StyleLab has it, or English."""
    name = QLocale.system().name()[:2] if wanted == "system" else wanted
    return name if name in LANGUAGES else "en"


def load_language(wanted: str) -> list[QTranslator]:
    """Install the translators of a language and its way to write numbers; return them to keep them alive."""
    name = choose_language(wanted)
    QLocale.setDefault(QLocale("de_DE" if name == "de" else "en_GB"))
    translator = QTranslator()
    if translator.load(f"stylelab_{name}", str(locate_bundled("resources") / "translations")):
        QCoreApplication.installTranslator(translator)
        return [translator]
    return []


def find_project(path: Path) -> Path:
    """Return the folder of the project that a path means: itself, or the one its project.yaml lies in."""
    return path.parent if path.name == "project.yaml" else path


def has_screen(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether there is a screen to open a window on; without one Qt would abort."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in names)


def main(arguments: list[str]) -> int:
    """Open the window, with a project where one is named; return the exit code."""
    if not has_screen():
        print("Error: There is no screen to open a window on.", file=sys.stderr)
        print("Use the commands ('stylelab --help'), or set DISPLAY.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the window; a job sees its input close, saves and leaves
    log.start()
    QCoreApplication.setApplicationName("StyleLab")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("stylelab")
    app = QApplication.instance() or QApplication(["StyleLab"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)  # a hidden window's job may still run
    app.setWindowIcon(QIcon(icons.make_mark()))
    own = Application(app)
    sys.excepthook = own.show_bug
    own.window.show()
    if arguments:
        own.window.open_project(find_project(Path(arguments[0]).resolve()))
    return app.exec()

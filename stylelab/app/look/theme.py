"""How the window looks: fonts, palette and a small stylesheet, light and dark, on an eight-point grid.

In: a scheme. Out: an application that wears it. Next: every widget, which asks `colours()` when it paints.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from stylelab.app.look.colours import DARK, LIGHT, Colours
from stylelab.paths import locate_bundled

GRID = 8  # pixels; every margin and gap is a multiple of its half
Weight = QFont.Weight
TABULAR = QFont.Tag("tnum")  # figures of one width: they do not dance while they count
TEXT_PIXELS, SMALL_PIXELS, TITLE_PIXELS, PROSE_PIXELS = 13, 11, 22, 15
PROSE = (
    "New York",
    "Charter",
    "Iowan Old Style",
    "Charis SIL",
    "Source Serif 4",
    "Georgia",
    "Noto Serif",
    "DejaVu Serif",
)
FONT = locate_bundled("resources") / "fonts" / "Inter.ttc"  # Latin, Greek and Cyrillic letters in four weights
MONO = ("SF Mono", "Menlo", "JetBrains Mono", "DejaVu Sans Mono", "monospace")

_worn: list[Colours] = [LIGHT]


def get_colours() -> Colours:
    """Return the colours worn now."""
    return _worn[0]


def make_colour(value: str, alpha: float = 1.0) -> QColor:
    """Return a colour of Qt's, `alpha` 0 to 1."""
    made = QColor(value)
    made.setAlphaF(alpha)
    return made


@cache
def choose_families() -> tuple[str, ...]:
    """Return the families of the interface's face: the system's own on a Mac, elsewhere the one that comes along."""
    return () if sys.platform == "darwin" else load_families(FONT)


def load_families(path: Path) -> tuple[str, ...]:
    """Load a font's file; return its family, and the system's for letters that it has not."""
    number = QFontDatabase.addApplicationFont(str(path))
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return (*QFontDatabase.applicationFontFamilies(number)[:1], system)


def make_text_font(pixels: int = TEXT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface's face."""
    font = QFont()
    if families := choose_families():
        font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def make_title_font() -> QFont:
    """Return the face of a page's title."""
    font = make_text_font(TITLE_PIXELS, QFont.Weight.Bold)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return font


def make_prose_font(pixels: int = PROSE_PIXELS) -> QFont:
    """Return the face of the author's text: a book's."""
    font = QFont(list(PROSE))
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


def make_mono_font(pixels: int = 12) -> QFont:
    """Return the face of YAML and prompts."""
    font = QFont(list(MONO))
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def apply_theme(app: QApplication, appearance: str = "system") -> None:
    """Dress the application.

    Args:
        appearance: "light", "dark", or "system" for the system's choice.
    """
    dark = appearance == "dark"
    if appearance == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    c = _worn[0] = DARK if dark else LIGHT
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(make_text_font())
    app.setPalette(build_palette(c))
    app.setStyleSheet(build_stylesheet(c))


def build_palette(c: Colours) -> QPalette:
    """Return Qt's palette of a scheme."""
    p = QPalette()
    role = QPalette.ColorRole
    for name, value in {
        role.Window: c.content,
        role.WindowText: c.text,
        role.Base: c.content,
        role.AlternateBase: c.inspector,
        role.Text: c.text,
        role.Button: c.field,
        role.ButtonText: c.text,
        role.BrightText: c.bad,
        role.ToolTipBase: c.sidebar,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.quiet,
        role.Highlight: c.fill,
        role.HighlightedText: c.on_fill,
        role.Accent: c.fill,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Light: c.content,
        role.Midlight: c.line,
        role.Mid: c.line,
        role.Dark: c.line,
        role.Shadow: c.line,
    }.items():
        p.setColor(name, QColor(value))
    for name in (role.Text, role.WindowText, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, name, make_colour(c.quiet, 0.75))
    return p


def build_stylesheet(c: Colours) -> str:
    """Return the stylesheet of a scheme."""
    return _buttons(c) + _fields(c) + _lists(c) + _rest(c)


def _buttons(c: Colours) -> str:
    return f"""
    QToolTip {{ background: {c.sidebar}; color: {c.text}; border: 1px solid {c.line}; padding: 4px 6px; }}
    QPushButton {{ background: {c.field}; color: {c.text}; border: none; border-radius: 6px;
      padding: 0 12px; min-height: 28px; font-weight: 500; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0 10px; min-height: 24px; }}
    QPushButton:disabled {{ color: {c.quiet}; }}
    QPushButton[role="primary"] {{ background: {c.fill}; color: {c.on_fill}; font-weight: 600; padding: 0 16px; }}
    QPushButton[role="primary"]:hover {{ background: {c.fill_hover}; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {c.chosen}; padding: 0 14px; }}
    QPushButton[role="primary"]:disabled {{ background: {c.field}; color: {c.quiet}; }}
    QPushButton[role="link"] {{ background: transparent; color: {c.accent}; padding: 0; min-height: 24px; }}
    QPushButton[role="link"]:hover {{ background: {c.hover}; }}
    QPushButton[role="link"]:disabled {{ color: {c.quiet}; }}
    QToolButton {{ background: transparent; border: none; border-radius: 6px; padding: 4px; color: {c.text}; }}
    QToolButton:hover {{ background: {c.hover}; }}
    QToolButton:focus {{ border: 2px solid {c.accent}; padding: 2px; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    """


def _fields(c: Colours) -> str:
    icons = (locate_bundled("resources") / "icons").as_posix()
    tone = "dark" if c.dark else "light"
    return f"""
    QLineEdit, QComboBox, QPlainTextEdit[role="field"], QTextEdit[role="field"] {{
      background: {c.field}; color: {c.text}; border: 1px solid {c.field}; border-radius: 6px; padding: 0 8px;
      min-height: 26px; selection-background-color: {c.fill}; selection-color: {c.on_fill}; }}
    QPlainTextEdit[role="field"], QTextEdit[role="field"] {{ padding: 1px 5px; min-height: 0; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit[role="field"]:focus,
      QTextEdit[role="field"]:focus {{ border: 1px solid {c.accent}; }}
    QLineEdit[wrong="true"] {{ border: 1px solid {c.bad}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({icons}/chevrons-{tone}.svg); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {c.content}; border: 1px solid {c.line}; padding: 4px; outline: none;
      selection-background-color: {c.chosen}; selection-color: {c.text}; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border-radius: 4px; background: {c.field}; border: 1px solid {c.quiet}; }}
    QCheckBox::indicator:checked {{ background: {c.fill}; border-color: {c.fill}; image: url({icons}/check.svg); }}
    QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
    QSlider {{ min-height: 22px; }}
    QSlider::groove:horizontal {{ height: 4px; background: {c.line}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.fill}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
      background: {c.on_fill}; border: 1px solid {c.quiet}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c.accent}; }}
    """


def _lists(c: Colours) -> str:
    return f"""
    QTableView, QListView, QTreeView {{ background: {c.content}; border: none; outline: none;
      selection-background-color: {c.chosen}; selection-color: {c.text}; gridline-color: {c.line}; }}
    QTableView::item {{ padding: 0 8px; border: none; }}
    QHeaderView {{ background: {c.content}; }}
    QHeaderView::section {{ background: {c.content}; color: {c.quiet}; border: none; border-bottom: 1px solid {c.line};
      padding: 4px 11px; font-size: {SMALL_PIXELS}px; font-weight: 500; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 3px; min-height: 32px; min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {c.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: {c.line}; }}
    QMenu {{ background: {c.content}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; color: {c.text}; }}
    QMenu::item:selected {{ background: {c.chosen}; }}
    QMenu::item:disabled {{ color: {c.quiet}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    QMenuBar {{ background: {c.sidebar}; color: {c.text}; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {c.hover}; }}
    """


def _rest(c: Colours) -> str:
    return f"""
    QDialog {{ background: {c.content}; border: 1px solid {c.line}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QLabel[role="title"] {{ color: {c.text}; }}
    QLabel[role="quiet"] {{ color: {c.quiet}; }}
    QLabel[role="small"] {{ color: {c.quiet}; font-size: {SMALL_PIXELS}px; }}
    QLabel[role="section"] {{ color: {c.text}; font-weight: 600; }}
    QLabel[role="warn"] {{ color: {c.warn}; }}
    QLabel[role="bad"] {{ color: {c.bad}; }}
    QLabel[role="good"] {{ color: {c.good}; }}
    QWidget[ground="content"] {{ background: {c.content}; }}
    QWidget[ground="sidebar"] {{ background: {c.sidebar}; }}
    QWidget[ground="inspector"] {{ background: {c.inspector}; }}
    QFrame[role="rule"] {{ background: {c.line}; border: none; }}
    """

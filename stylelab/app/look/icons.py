"""The window's line icons, drawn when they are painted: always in the colours worn, sharp at any density.

In: an icon's name. Out: a QIcon. Next: every widget.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QLinearGradient, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from stylelab.app.look import theme

# Paths on a grid of 24, stroked; every one drawn for StyleLab.
PATHS = {
    "corpus": (
        "M7 3.5h7l4 4V17a1.5 1.5 0 0 1-1.5 1.5h-9.5A1.5 1.5 0 0 1 5.5 17V5A1.5 1.5 0 0 1 7 3.5zM14 3.5V8h4"
        "M8.8 11.5h6.4M8.8 14.5h4.4M9 21h9a2.5 2.5 0 0 0 2.5-2.5V11"
    ),
    "persona": "M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5",
    "pairs": "M4.5 5.5h6v13h-6zM13.5 5.5h6v13h-6zM6.5 9h2M6.5 12h2M15.5 9h2M15.5 12h2M15.5 15h2",
    "training": "M4 4v14.5A1.5 1.5 0 0 0 5.5 20H20M7.5 7.5c2.5 6 5 7.8 11.5 8.3",
    "writing": "M5 19l1-4.5L16.2 4.3a1.7 1.7 0 0 1 2.4 0l1.1 1.1a1.7 1.7 0 0 1 0 2.4L9.5 18 5 19zM14.5 6l3.5 3.5M13 20h7",
    "export": "M12 15V4M8 7.5 12 3.5l4 4M5 13v5.5A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5V13",
    "models": "M12 3.5l7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7zM4.7 7.9 12 12l7.3-4.1M12 12v8.3",
    "settings": (
        "M4 7.5h9M17.5 7.5H20M4 16.5h2.5M11 16.5h9M15.2 9.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z"
        "M8.7 18.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z"
    ),
    "plus": "M12 5v14M5 12h14",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "warning": "M12 4.5 21 19.5H3zM12 10v4.5M12 17v.1",
    "copy": "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
    "folder": "M3.5 7A1.5 1.5 0 0 1 5 5.5h4l2 2.5h8A1.5 1.5 0 0 1 20.5 9.5v8A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5z",
    "inspector": "M4 5.5h16v13H4zM14.5 5.5v13M16.7 9h1M16.7 12h1",
    "sidebar": "M4 5.5h16v13H4zM9.5 5.5v13M6.3 9h1M6.3 12h1",
    "right": "M9.5 5.5 16 12l-6.5 6.5",
    "left": "M14.5 5.5 8 12l6.5 6.5",
    "keep": "M7 4h10v16l-5-4-5 4z",
    "restore": "M5 5v5h5M5.5 10A7.5 7.5 0 1 1 4.5 14",
    "drop": "M12 4v10M8 10.5l4 4 4-4M4.5 15v3A1.5 1.5 0 0 0 6 19.5h12a1.5 1.5 0 0 0 1.5-1.5v-3",
}


def draw(painter: QPainter, name: str, rect: QRectF, colour: str, width: float = 1.6) -> None:
    """Stroke an icon into `rect` in one colour."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"><path d="{PATHS[name]}"/></svg>'
    )
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """Paint the application's mark: a pen on a rounded square of ink."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    ground.setColorAt(0, QColor("#4a7af0"))
    ground.setColorAt(1, QColor("#2450b8"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.width() * 0.23, rect.width() * 0.23)
    inset = rect.width() * 0.2
    draw(painter, "writing", rect.adjusted(inset, inset, -inset, -inset), "#ffffff", 1.7)


def mark(side: int = 256) -> QPixmap:
    """Return the mark as a picture, for window and Dock."""
    made = QPixmap(side, side)
    made.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(made)
    draw_mark(painter, QRectF(0, 0, side, side))
    painter.end()
    return made


class Engine(QIconEngine):
    """Paints an icon in the colour that its role has in the scheme worn at that moment."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "quiet" if mode == QIcon.Mode.Disabled else self._role
        draw(painter, self._name, QRectF(rect), str(getattr(theme.colours(), role)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(QColor(Qt.GlobalColor.transparent))
        if not size.isEmpty():
            painter = QPainter(made)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
        return made

    def clone(self) -> QIconEngine:
        return Engine(self._name, self._role)


def icon(name: str, role: str = "quiet") -> QIcon:
    """Return an icon; `role` is a colour of the scheme."""
    return QIcon(Engine(name, role))

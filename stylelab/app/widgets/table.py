"""A plain table: whole rows, no grid, keyboard first.

In: a model. Out: `row_chosen` with a row's number. Next: pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from stylelab.app.look import theme

ROW = 30
EDGE = 28  # pixels around a heading
TEXT_EDGE = 21  # left of a table, so that its text stands under the page's title


class RowTable(QTableView):
    """A table of a model.

    Signals:
        row_chosen: The number of the row the user is at.
    """

    row_chosen = Signal(int)

    def __init__(
        self,
        title: str,
        model: QAbstractTableModel,
        widths: Sequence[int],
        sorts: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        for n, width in enumerate(widths):
            head.setSectionResizeMode(
                n, QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            )
            if width:
                title = str(model.headerData(n, Qt.Orientation.Horizontal))
                needed = QFontMetrics(theme.make_text_font(theme.SMALL_PIXELS, theme.Weight.Medium)).horizontalAdvance(
                    title
                )
                self.setColumnWidth(n, max(width, needed + EDGE))
        if sorts:
            self.setSortingEnabled(True)
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.selectionModel().currentRowChanged.connect(
            lambda now, before: self.row_chosen.emit(now.row()) if now.isValid() else None
        )

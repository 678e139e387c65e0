"""Tables for Qt: rows that are all at hand, and rows that are read in pages as they scroll into sight.

In: rows, or a way to read some. Out: Qt models. Next: corpus, pairs and training pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
PAGE = 200  # rows read at once
SOUGHT_PAGES = 4  # looked for last: two can be in sight, and a row may be chosen on the way
KEPT_PAGES = 60  # pages remembered; the oldest goes


@dataclass(frozen=True)
class TableColumn(Generic[R]):
    """A column: its heading, what it shows of a row, how it sorts, whether it is a number."""

    title: str
    show: Callable[[R], str]
    key: Callable[[R], Any] | None = None
    number: bool = False
    hint: Callable[[R], str] | None = None


class _Table(QAbstractTableModel, Generic[R]):
    """What both kinds of table share."""

    def __init__(self, columns: Sequence[TableColumn[R]]) -> None:
        super().__init__()
        self.columns = list(columns)

    def row(self, number: int) -> R | None:
        """Return a row, or None while it is being read."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.row(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if row is None else (column.hint or column.show)(row)  # a cell can be too narrow for its text
        return "…" if row is None else column.show(row)


class Rows(_Table[R]):
    """Rows that are all at hand; they sort."""

    def __init__(self, columns: Sequence[TableColumn[R]]) -> None:
        super().__init__(columns)
        self.rows: list[R] = []

    def put(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> R | None:
        return self.rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        own = self.columns[column]
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=own.key or own.show, reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()


Read = Callable[[int, int], Sequence[R]]
Fetch = Callable[[Callable[[], Any], Callable[[Any], None]], None]


class Paged(_Table[R]):
    """Rows that are read a page at a time, in a thread, when they come into sight."""

    def __init__(self, columns: Sequence[TableColumn[R]], fetch: Fetch) -> None:
        super().__init__(columns)
        self._fetch = fetch
        self._count = 0
        self._read: Read[R] | None = None
        self._pages: dict[int, Sequence[R]] = {}
        self._asked: set[int] = set()
        self._sought: tuple[int, ...] = ()  # pages looked for last, the latest at the end
        self._era = 0  # answers to questions of an earlier era are dropped

    def put(self, count: int, read: Read[R]) -> None:
        """Show `count` rows of which `read(first, count)` returns some."""
        self.beginResetModel()
        self._era += 1
        self._count, self._read = count, read
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def row(self, number: int) -> R | None:
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        return rows[place] if place < len(rows) else None

    def forget(self, number: int) -> None:
        """Read a row's page anew: it has changed."""
        self._pages.pop(number // PAGE, None)
        self._ask(number // PAGE)

    def _ask(self, page: int) -> None:
        read, era = self._read, self._era
        if page not in self._sought[-1:]:
            self._sought = (*(p for p in self._sought if p != page), page)[-SOUGHT_PAGES:]
        if page in self._asked or read is None:
            return
        self._asked.add(page)

        def look() -> Sequence[R] | None:  # in a thread: a page that was scrolled past meanwhile is not read
            return read(page * PAGE, PAGE) if page in self._sought else None

        def arrived(rows: Sequence[R] | None) -> None:
            if era != self._era:
                return
            self._asked.discard(page)
            if rows is None:
                if page in self._sought:  # it came back into sight after its turn
                    self._ask(page)
                return
            self._pages[page] = rows
            if len(self._pages) > KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            last = min(self._count, (page + 1) * PAGE) - 1
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

        self._fetch(look, arrived)

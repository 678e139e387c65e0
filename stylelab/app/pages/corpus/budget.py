"""The budget: how many tokens are learned from, of how many there are, and the most there may be.

In: counts of a project. Out: `chosen` with another budget. Next: corpus page.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stylelab.app.frame.job_status import Meter
from stylelab.app.look.theme import GRID
from stylelab.app.texts import words
from stylelab.app.widgets.basics import column, label, row
from stylelab.app.widgets.number import Number
from stylelab.project.reading import Counts

MOST = 100_000_000  # tokens; no corpus of one author is larger


class Budget(QWidget):
    """A meter of tokens, and the budget to change.

    Signals:
        chosen: Another budget in tokens.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "small", wrap=True)
        self.meter = Meter(self.tr("Budget used"))
        self.number = Number(self.tr("Budget in tokens"), 1, MOST, "", 96)
        self.number.chosen.connect(self.chosen)
        head = row(label(self.tr("Budget"), "section"), 0, self.number, label(self.tr("tokens"), "quiet"))
        self.setLayout(column(head, self.meter, self.told, edges=(4 * GRID, 12, 2 * GRID, 12), gap=6))

    def show_counts(self, counts: Counts, budget: int) -> None:
        """Show how much of the budget is used."""
        self.number.put(budget)
        self.meter.show_share(min(1.0, counts.tokens_chosen / budget))
        all_in = counts.chosen == counts.passages
        said = self.tr("{tokens} tokens in {passages}: all of them fit.")
        if not all_in:
            said = self.tr("{tokens} tokens in {passages} of {all}, spread over texts and kinds of scene.")
        self.told.setText(
            said.format(
                tokens=words.number(counts.tokens_chosen),
                passages=words.unit("passages", counts.chosen),
                all=words.number(counts.passages),
            )
        )

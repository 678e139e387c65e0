"""The budget: how many tokens are learned from, of how many there are, and the most there may be.

In: counts of a project. Out: `chosen` with another budget. Next: corpus page.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stylelab.app.frame.job_status import Meter
from stylelab.app.look.theme import GRID
from stylelab.app.texts import words
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.widgets.basics import column, label, row
from stylelab.app.widgets.number import Number
from stylelab.corpus.plan import CorpusPlan
from stylelab.project.reading import Counts

MOST = 100_000_000  # tokens; no corpus of one author is larger


class Budget(QWidget):
    """A meter of tokens, and the budget to change.

    Signals:
        chosen: The former budget and another, in tokens.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._budget = 1
        self.told = label("", "small", wrap=True)
        self.meter = Meter(self.tr("Budget used"))
        declared = translate_settings(CorpusPlan)["budget_tokens"]
        self.number = Number(declared.title, 1, MOST, "", 96)
        self.number.setToolTip(declared.meaning)
        self.number.chosen.connect(lambda tokens: self.chosen.emit(self._budget, tokens))
        head = row(label(declared.title, "section"), 0, self.number, label(declared.unit, "quiet"))
        self.setLayout(column(head, self.meter, self.told, edges=(4 * GRID, 12, 2 * GRID, 12), gap=6))

    def put(self, budget: int) -> None:
        """Show another budget, in tokens."""
        self._budget = budget
        self.number.put(budget)

    def show_counts(self, counts: Counts, budget: int) -> None:
        """Show how much of the budget is used."""
        self.put(budget)
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

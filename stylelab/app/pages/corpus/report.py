"""The corpus in charts: sizes of passages, what was taken out, what was left out.

In: counts and documents. Out: charts. Next: corpus page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.bars import Bars, Histogram
from stylelab.app.widgets.basics import column, fill_report, label, section
from stylelab.project.reading import Counts, Reading
from stylelab.project.store import DocumentRow


class Report(QWidget):
    """Charts of the corpus."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.sizes = Histogram(self.tr("Words per passage"))
        self.removed = Bars(self.tr("Words taken out"))
        self.rejected = Bars(self.tr("Passages left out"))
        self.documents = Bars(self.tr("Passages per text"))
        self._nothing_removed = label(self.tr("Nothing was taken out."), "quiet")
        self._nothing_rejected = label(self.tr("No passage was left out."), "quiet")
        left = column(
            *section(self.sizes),
            3 * GRID,
            *section(self.removed),
            self._nothing_removed,
            3 * GRID,
            *section(self.rejected),
            self._nothing_rejected,
            0,
        )
        self.scenes = Bars(self.tr("Scenes"))
        self.persons = Bars(self.tr("Point of view"))
        self.tenses = Bars(self.tr("Tense"))
        self.told = label("", "quiet", wrap=True)
        right = column(
            *section(self.scenes),
            3 * GRID,
            *section(self.persons),
            3 * GRID,
            *section(self.tenses),
            2 * GRID,
            self.told,
            3 * GRID,
            *section(self.documents),
            0,
        )
        fill_report(self, left, right)

    def show_counts(self, counts: Counts) -> None:
        """Show other counts."""
        left_out = sorted(counts.rejected.items(), key=lambda item: -item[1])
        self.rejected.show_bars([(words.begun(words.reason(k)), v, words.number(v)) for k, v in left_out])
        self.rejected.setVisible(bool(left_out))
        self._nothing_rejected.setVisible(not left_out)
        project = self._session.project
        if project is not None:

            def read() -> list[int]:
                with Reading(project.folder) as reading:
                    return reading.passage_sizes()

            self._session.fetch(read, self.sizes.show_values)

    def show_profile(self, shares: Mapping[str, Any]) -> None:
        """Show what the passages are like: shares of scenes, points of view and tenses."""
        for chart, name in ((self.scenes, "scenes"), (self.persons, "person"), (self.tenses, "tense")):
            found = [(key, share) for key, share in dict(shares.get(name, {})).items() if share]
            chart.show_bars([(words.scene(key), share, words.percent(share)) for key, share in found])
        whole, spoken = shares.get("whole_sentences"), shares.get("dialogue")
        said: list[str] = []
        if whole is not None:
            said.append(
                self.tr("{share} of the passages begin and end with a sentence.").format(share=words.percent(whole))
            )
        if spoken is not None:
            said.append(self.tr("{share} of the words are spoken.").format(share=words.percent(spoken)))
        self.told.setText(" ".join(said))

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Show other documents."""
        taken = Counter[str]()
        for document in documents:
            taken.update(document.removed_by_rule)
        rules = [(k, v) for k, v in taken.most_common() if v]
        self.removed.show_bars([(words.rule(k), v, words.number(v)) for k, v in rules])
        self.removed.setVisible(bool(rules))
        self._nothing_removed.setVisible(not rules)
        self.documents.show_bars(
            [(words.text_name(d.path), d.passages, words.number(d.passages)) for d in documents[:80]]
        )

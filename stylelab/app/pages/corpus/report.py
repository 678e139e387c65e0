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
from stylelab.app.widgets.bars import BarChart, Histogram
from stylelab.app.widgets.basics import fill_report, make_column, make_label, make_section
from stylelab.project.store import DocumentRow
from stylelab.project.view import ProjectCounts, ProjectView


class CorpusReport(QWidget):
    """Charts of the corpus."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.sizes = Histogram(self.tr("Words per passage"))
        self.removed = BarChart(self.tr("Words taken out"))
        self.rejected = BarChart(self.tr("Passages left out"))
        self.documents = BarChart(self.tr("Passages per text"))
        self._nothing_removed = make_label(self.tr("Nothing was taken out."), "quiet")
        self._nothing_rejected = make_label(self.tr("No passage was left out."), "quiet")
        left = make_column(
            *make_section(self.sizes),
            3 * GRID,
            *make_section(self.removed),
            self._nothing_removed,
            3 * GRID,
            *make_section(self.rejected),
            self._nothing_rejected,
            0,
        )
        self.scenes = BarChart(self.tr("Scenes"))
        self.persons = BarChart(self.tr("Point of view"))
        self.tenses = BarChart(self.tr("Tense"))
        self.told = make_label("", "quiet", wrap=True)
        right = make_column(
            *make_section(self.scenes),
            3 * GRID,
            *make_section(self.persons),
            3 * GRID,
            *make_section(self.tenses),
            2 * GRID,
            self.told,
            3 * GRID,
            *make_section(self.documents),
            0,
        )
        fill_report(self, left, right)

    def show_counts(self, counts: ProjectCounts) -> None:
        """Show other counts."""
        left_out = sorted(counts.rejected.items(), key=lambda item: -item[1])
        self.rejected.show_bars(
            [(words.capitalise(words.translate_reason(k)), v, words.format_number(v)) for k, v in left_out]
        )
        self.rejected.setVisible(bool(left_out))
        self._nothing_rejected.setVisible(not left_out)
        project = self._session.project
        if project is not None:

            def read() -> list[int]:
                with ProjectView(project.folder) as reading:
                    return reading.load_passage_sizes()

            self._session.fetch(read, self.sizes.show_values)

    def show_profile(self, shares: Mapping[str, Any]) -> None:
        """Show what the passages are like: shares of scenes, points of view and tenses."""
        for chart, name in ((self.scenes, "scenes"), (self.persons, "person"), (self.tenses, "tense")):
            found = [(key, share) for key, share in dict(shares.get(name, {})).items() if share]
            chart.show_bars([(words.translate_scene(key), share, words.format_percent(share)) for key, share in found])
        whole, spoken = shares.get("whole_sentences"), shares.get("dialogue")
        said: list[str] = []
        if whole is not None:
            said.append(
                self.tr("{share} of the passages begin and end with a sentence.").format(
                    share=words.format_percent(whole)
                )
            )
        if spoken is not None:
            said.append(self.tr("{share} of the words are spoken.").format(share=words.format_percent(spoken)))
        self.told.setText(" ".join(said))

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Show other documents."""
        taken = Counter[str]()
        for document in documents:
            taken.update(document.removed_by_rule)
        rules = [(k, v) for k, v in taken.most_common() if v]
        self.removed.show_bars([(words.translate_rule(k), v, words.format_number(v)) for k, v in rules])
        self.removed.setVisible(bool(rules))
        self._nothing_removed.setVisible(not rules)
        self.documents.show_bars(
            [(words.format_text_name(d.path), d.passages, words.format_number(d.passages)) for d in documents[:80]]
        )

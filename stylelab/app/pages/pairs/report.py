"""The pairs in charts: the funnel, the shares, the lengths in tokens against the sequence length.

In: audit.json. Out: charts. Next: pairs page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.pairs.plan import list_perspective_names, list_variant_names
from stylelab.app.session.session import Session
from stylelab.app.texts import notes, words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.bars import Bars, Histogram
from stylelab.app.widgets.basics import column, fill_report, label, section
from stylelab.jobs.catalogue.pairs import LengthsRequest, LengthsResult
from stylelab.training.plan import Plan


class PairsReport(QWidget):
    """Charts of a dataset."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._measured = False
        self._limit = 0
        self.funnel = Bars(self.tr("What came through"))
        self.dropped = Bars(self.tr("What was dropped"))
        self.kinds = Bars(self.tr("Kinds"))
        self.variants = Bars(self.tr("Inputs"))
        self.perspectives = Bars(self.tr("Points of view"))
        self.contents = Bars(self.tr("Contents"))
        self.documents = Bars(self.tr("Texts"))
        self.lengths = Histogram(self.tr("Tokens per pair"))
        self.told = label("", "small", wrap=True)
        self._warnings = label("", "warn", wrap=True)
        left = column(
            *section(self.funnel),
            3 * GRID,
            *section(self.dropped),
            3 * GRID,
            *section(self.lengths),
            self.told,
            0,
        )
        right = column(
            *section(self.kinds),
            3 * GRID,
            *section(self.variants),
            3 * GRID,
            *section(self.perspectives),
            3 * GRID,
            *section(self.contents),
            3 * GRID,
            *section(self.documents),
            2 * GRID,
            self._warnings,
            0,
        )
        fill_report(self, left, right)

    def show_audit(self, audit: Mapping[str, Any], plan: Plan | None) -> None:
        """Show another dataset's audit."""
        self._measured = False
        self._limit = plan.max_seq_length if plan else 0
        funnel = list(audit.get("funnel", []))
        self.funnel.show_bars([(stage(str(r["stage"])), float(r["out"]), words.number(int(r["out"]))) for r in funnel])
        dropped = [(reason, n) for r in funnel for reason, n in dict(r["dropped"]).items()]
        self.dropped.show_bars(
            [(words.begun(words.reason(k)), float(n), words.number(int(n))) for k, n in dropped]
            or [(self.tr("Nothing"), 0.0, "")]
        )
        shares = cast("dict[str, dict[str, float]]", audit.get("shares", {}))
        called = {**list_variant_names(), **list_perspective_names()}
        for chart, name in (
            (self.kinds, "kind"),
            (self.variants, "variant"),
            (self.perspectives, "perspective"),
            (self.contents, "content"),
        ):
            ranked = sorted(shares.get(name, {}).items(), key=lambda item: -item[1])
            chart.show_bars([(words.begun(called.get(k, words.kind(k))), v, words.percent(v)) for k, v in ranked])
        if shares.get("document"):
            self._name_documents(shares["document"])
        self._warnings.setText(notes.of_audit(audit))

    def _name_documents(self, shares: Mapping[str, float]) -> None:
        project = self._session.project
        if project is None:
            return

        def names() -> dict[str, str]:
            with project.store() as store:
                return {d.id: d.path for d in store.documents()}

        def show(found: Mapping[str, str]) -> None:
            ranked = sorted(shares.items(), key=lambda item: -item[1])[:40]
            self.documents.show_bars([(words.text_name(found.get(k, k)), v, words.percent(v)) for k, v in ranked])

        self._session.fetch(names, show)

    def measure(self) -> None:
        """Have the pairs' tokens counted, once for each dataset."""
        if self._measured:
            return
        self._measured = True
        self.told.setText(self.tr("Counting tokens …"))
        self._session.ask(LengthsRequest(project=self._session.folder), self._show_lengths)

    def _show_lengths(self, answer: LengthsResult) -> None:
        lengths = answer.lengths
        over = sum(n > self._limit for n in lengths)
        self.lengths.show_values(lengths, (float(self._limit), self.tr("longest that is trained")))
        if over:
            self.told.setText(
                self.tr("{count} of {all} are longer than {limit} tokens and will be left out.").format(
                    count=words.number(over), all=words.number(len(lengths)), limit=words.number(self._limit)
                )
            )
        else:
            self.told.setText(
                self.tr("All fit into {limit} tokens; the longest has {longest}.").format(
                    limit=words.number(self._limit), longest=words.number(max(lengths))
                )
            )


def stage(name: str) -> str:
    """Return a stage of the funnel."""
    names = {
        "turn": translate("pairs", "Turned"),
        "rewrite": translate("pairs", "Rewritten"),
        "check": translate("pairs", "Passed the checks"),
        "split": translate("pairs", "In the dataset"),
    }
    return names.get(name, words.begun(words.plain(name)))

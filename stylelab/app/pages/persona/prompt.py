"""The prompts that a persona makes of a passage: as a story and as a thought, each with its tokens.

In: the persona's text as it stands. Out: a preview job's answer. Next: persona page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.basics import Segmented, make_label, make_row
from stylelab.app.widgets.number import NumberField
from stylelab.app.widgets.prose import Prose
from stylelab.jobs.catalogue.persona import PreviewRequest, PreviewResult
from stylelab.recipe import ContentType

CONTENTS: tuple[ContentType, ...] = ("NARRATIVE", "CONCEPTUAL")


class PromptView(QWidget):
    """One passage's prompt."""

    def __init__(self, session: Session, text: Callable[[], str]) -> None:
        super().__init__()
        self._session, self._text = session, text
        self._answer: PreviewResult | None = None
        self._asked = ""
        self.number = NumberField(self.tr("Passage"), 1, 1)
        self.of = make_label("", "quiet")
        self.kind = Segmented([self.tr("Story"), self.tr("Thought")], self.tr("Kind of text"))
        self.told = make_label("", "small")
        self.prose = Prose(self.tr("Prompt"), 14)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GRID, 0, 0)
        box.setSpacing(GRID)
        box.addLayout(
            make_row(make_label(self.tr("Passage")), self.number, self.of, 0, self.kind, edges=(32, 4, 24, 0))
        )
        box.addLayout(make_row(self.told, 0, edges=(32, 0, 24, 0)))
        box.addWidget(self.prose, 1)
        self.number.chosen.connect(lambda: self.request_preview())
        self.kind.chosen.connect(lambda index: self._show())

    def request_preview(self) -> None:
        """Have the prompts made of the text as it stands."""
        wanted = f"{self.number.value}\0{self._text()}"
        if wanted == self._asked or self._session.project is None:
            return
        self._asked = wanted
        if self._answer is None:
            self.told.setText(self.tr("Rendering …"))
        request = PreviewRequest(project=self._session.folder, persona=self._text(), number=self.number.value - 1)
        self._session.ask(request, self._take)

    def show_no_passage(self) -> None:
        """Say that there is no passage to make a prompt of."""
        self.told.setText(self.tr("Add texts to see the prompt of a passage."))

    def _take(self, answer: PreviewResult) -> None:
        first = self._answer is None
        self._answer = answer
        self.number.reach(answer.passages)
        self.of.setText(self.tr("of {count}").format(count=words.format_number(answer.passages)))
        if first:
            self.kind.choose(CONTENTS.index(answer.content))
        self._show()

    def _show(self) -> None:
        if self._answer is None:
            return
        made = self._answer.prompts[CONTENTS[self.kind.index]]
        tokens = words.format_number(made.tokens)
        read_as = self.tr("This passage is read as a story.")
        if self._answer.content == "CONCEPTUAL":
            read_as = self.tr("This passage is read as a thought.")
        self.told.setText(self.tr("{count} tokens. {read_as}").format(count=tokens, read_as=read_as))
        self.prose.show_text(made.prompt.rstrip())

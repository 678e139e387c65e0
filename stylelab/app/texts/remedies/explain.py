"""What a sheet says about an error: a title, what happened, what to do, and a button that does it where that is possible.

In: a StyleLabError. Out: an Explanation. Next: window. A room speaks English, and of commands; the window says the same in
the user's language, and of itself. The room's own words, which name the file or the value, are always under the details;
where the user reads English, its sentence also stands on the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from stylelab.app.texts.remedies import basemodels, learning, pairs, projects, texts
from stylelab.app.texts.remedies.known import Button, Remedy, RemedyTarget
from stylelab.app.texts.words import translate
from stylelab.errors import StyleLabError


@dataclass(frozen=True)
class Explanation:
    """What a sheet shows. `text` is the room's sentence, empty where the user reads another language."""

    title: str
    text: str
    remedy: str
    details: str
    choices: Sequence[tuple[str, Callable[[], object]]] = ()

    @property
    def happened(self) -> str:
        """What happened, in one sentence, where there is no room for a sheet."""
        return self.text or f"{self.title}."


def explain(error: StyleLabError, place: RemedyTarget | None = None, log: str = "") -> Explanation:
    """Return what to show for an error, with buttons where there is a place they can act on."""
    every = list_remedies()
    said = every.get(error.code, every[StyleLabError.code])
    own = translate("remedies", "Message: {words}").format(words=error)
    return Explanation(
        said.title,
        error.message if QLocale().language() == QLocale.Language.English else "",
        said.remedy,
        "\n\n".join(part for part in (own, log) if part),
        () if place is None or said.button is None else [_bound(said.button, place)],
    )


def _bound(button: Button, place: RemedyTarget) -> tuple[str, Callable[[], object]]:
    name, do = button
    return name, lambda: do(place)


def list_remedies() -> dict[str, Remedy]:
    """Return what is said about each error, by its code; a test holds this to the codes that rooms raise."""
    return {
        **projects.list_project_remedies(),
        **texts.list_text_remedies(),
        **pairs.list_pairs_remedies(),
        **basemodels.list_basemodel_remedies(),
        **learning.list_learning_remedies(),
    }

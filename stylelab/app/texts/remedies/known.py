"""What is said about one error, and the buttons that remedies share.

In: nothing. Out: Known. Next: the lists by room, then explain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stylelab.app.session.session import Session
from stylelab.app.texts.words import translate


class Place(Protocol):
    """The part of the window that remedies use."""

    session: Session

    def go(self, name: str) -> None: ...

    def new_project(self) -> None: ...

    def choose_project(self) -> None: ...


Button = tuple[str, Callable[[Place], object]]


@dataclass(frozen=True)
class Known:
    """What happened, what to do about it in the window, and the button that does it where there is one."""

    title: str
    remedy: str
    button: Button | None = None


def show(page: str) -> Button:
    """Return the button that shows a page."""
    titles = {
        "corpus": translate("remedies", "Show the Corpus"),
        "persona": translate("remedies", "Show the Persona"),
        "pairs": translate("remedies", "Show the Pairs"),
        "training": translate("remedies", "Show the Plan"),
        "export": translate("remedies", "Show the Export"),
        "models": translate("remedies", "Show Base Models"),
    }
    return titles[page], lambda place: place.go(page)


def read_again() -> Button:
    return translate("remedies", "Read Again"), lambda place: place.session.start("corpus")


def make_pairs() -> Button:
    return translate("remedies", "Make the Pairs"), lambda place: place.session.start("pairs")


def train() -> Button:
    return translate("remedies", "Start a New Run"), lambda place: place.session.start("train")


def resume() -> Button:
    return translate("remedies", "Resume Training"), lambda place: place.session.start("train", resume=True)


def new_project() -> Button:
    return translate("remedies", "New Project …"), lambda place: place.new_project()


def open_project() -> Button:
    return translate("remedies", "Open Another …"), lambda place: place.choose_project()

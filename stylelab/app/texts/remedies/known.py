"""What is said about one error, and the buttons that remedies share.

In: nothing. Out: Known. Next: the lists by room, then explain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from stylelab.app.session.session import Session
from stylelab.app.texts.words import translate
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest


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


def start_job(title: str, build: Callable[[Path], JobRequest[Any]]) -> Button:
    """Return the button that starts a job on the open project."""
    return title, lambda place: place.session.start(build(place.session.folder))


def read_again() -> Button:
    return start_job(translate("remedies", "Read Again"), lambda folder: CorpusRequest(project=folder))


def make_pairs() -> Button:
    return start_job(translate("remedies", "Make the Pairs"), lambda folder: PairsRequest(project=folder))


def train() -> Button:
    return start_job(translate("remedies", "Start a New Run"), lambda folder: TrainRequest(project=folder))


def resume() -> Button:
    return start_job(translate("remedies", "Resume Training"), lambda folder: TrainRequest(project=folder, resume=True))


def new_project() -> Button:
    return translate("remedies", "New Project …"), lambda place: place.new_project()


def open_project() -> Button:
    return translate("remedies", "Open Another …"), lambda place: place.choose_project()

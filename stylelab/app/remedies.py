"""What a sheet says about an error: a title, what happened, what to do, and a button that does it where that is possible.

In: a StyleLabError. Out: an Explanation. Next: window. Rooms speak of commands; here the same remedy speaks of the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from stylelab.app.session import Session
from stylelab.app.words import translate
from stylelab.errors import StyleLabError


class Place(Protocol):
    """The part of the window that remedies use."""

    session: Session

    def go(self, name: str) -> None: ...

    def new_project(self) -> None: ...

    def choose_project(self) -> None: ...


@dataclass(frozen=True)
class Explanation:
    """What a sheet shows."""

    title: str
    text: str
    remedy: str
    choices: Sequence[tuple[str, Callable[[], object]]] = ()


def explain(error: StyleLabError, place: Place) -> Explanation:
    """Return what to show for an error; one that is not known keeps its room's own words."""
    known = (_work(place) | _data(place) | _places(place)).get(error.code)
    if known is None:
        return Explanation(translate("remedies", "That did not work"), error.message, error.remedy)
    title, remedy, choices = known
    return Explanation(title, error.message, remedy or error.remedy, choices)


Choice = tuple[str, Callable[[], object]]
Known = dict[str, tuple[str, str, Sequence[Choice]]]  # by an error's code: title, remedy, buttons


def _to(place: Place, name: str, title: str) -> Choice:
    return title, lambda: place.go(name)


def _work(place: Place) -> Known:
    """Return what is said when work itself fails."""
    resume = (translate("remedies", "Resume Training"), lambda: place.session.start("train", resume=True))
    plan = _to(place, "training", translate("remedies", "Show the Plan"))
    return {
        "crashed": (
            translate("remedies", "The work stopped unexpectedly"),
            translate("remedies", "Nothing that was there before is lost. Try it again."),
            (),
        ),
        "train_crashed": (
            translate("remedies", "The training stopped unexpectedly"),
            translate("remedies", "Nothing that was saved is lost: training goes on from its last checkpoint."),
            (resume,),
        ),
        "worker_start": (translate("remedies", "The work could not start"), "", ()),
        "bug": (
            translate("remedies", "StyleLab made a mistake"),
            translate("remedies", "Please report it with the details below."),
            (),
        ),
        "locked": (
            translate("remedies", "Something else is working on this project"),
            translate("remedies", "Another window or a command holds it. Wait until it has finished."),
            (),
        ),
        "disk_full": (
            translate("remedies", "The disk is full"),
            translate("remedies", "Free some space and try again. What was there before is untouched."),
            (),
        ),
        "diverged": (
            translate("remedies", "The loss exploded"),
            translate("remedies", "Lower the learning rate and start a new run. The last good checkpoint is kept."),
            (plan,),
        ),
    }


def _data(place: Place) -> Known:
    """Return what is said when a stage has too little, or what does not fit."""
    pairs = (translate("remedies", "Make the Pairs"), lambda: place.session.start("pairs"))
    corpus = _to(place, "corpus", translate("remedies", "Show the Corpus"))
    return {
        "stale": (
            translate("remedies", "An older StyleLab read these texts"),
            translate("remedies", "Read them again; what you decided about them stays."),
            ((translate("remedies", "Read Again"), lambda: place.session.start("corpus")),),
        ),
        "no_passages": (
            translate("remedies", "No passage came out of these texts"),
            translate("remedies", "The corpus report shows why each was left out."),
            (corpus,),
        ),
        "stage_empty": (
            translate("remedies", "No pair came out"),
            translate("remedies", "Add more of the author’s text."),
            (corpus,),
        ),
        "split_empty": (
            translate("remedies", "There is too little text"),
            translate("remedies", "A style needs hundreds of passages to be learned. Add more texts."),
            (corpus,),
        ),
        "no_pairs": (
            translate("remedies", "There are no pairs to learn from"),
            translate("remedies", "Make the pairs first."),
            (pairs,),
        ),
        "recipe_base": (
            translate("remedies", "These pairs belong to another base model"),
            translate("remedies", "Make the pairs again for the base that is chosen now."),
            (pairs,),
        ),
        "recipe_missing": (
            translate("remedies", "There are no pairs yet"),
            translate("remedies", "Make the pairs first."),
            (pairs,),
        ),
    }


def _places(place: Place) -> Known:
    """Return what is said when a file, a model or a project is wrong."""
    persona = _to(place, "persona", translate("remedies", "Show the Persona"))
    plan = _to(place, "training", translate("remedies", "Show the Plan"))
    models = _to(place, "models", translate("remedies", "Show Base Models"))
    project = translate("remedies", "The project cannot be opened")
    return {
        "memory": (
            translate("remedies", "Memory ran out"),
            translate("remedies", "Choose a smaller rank or shorter pairs, or a smaller base. What was saved is kept."),
            (plan,),
        ),
        "persona_yaml": (translate("remedies", "The persona has an error"), "", (persona,)),
        "persona_field": (translate("remedies", "The persona has an error"), "", (persona,)),
        "persona_schema": (translate("remedies", "The persona has an error"), "", (persona,)),
        "plan": (translate("remedies", "The training plan has an error"), "", (plan,)),
        "plan_key": (translate("remedies", "The training plan has an error"), "", (plan,)),
        "plan_value": (translate("remedies", "The training plan has an error"), "", (plan,)),
        "model_missing": (translate("remedies", "The base model is not there"), "", (models,)),
        "model_incomplete": (translate("remedies", "The base model is incomplete"), "", (models,)),
        "model_code": (translate("remedies", "This model wants to run its own code"), "", (models,)),
        "adapter_base": (
            translate("remedies", "This adapter belongs to another base model"),
            translate("remedies", "Choose the base that it was trained on."),
            (models,),
        ),
        "project_missing": (
            translate("remedies", "This folder is no project"),
            translate("remedies", "Open a folder that has a project.yaml, or make a new project."),
            ((translate("remedies", "New Project …"), place.new_project),),
        ),
        "schema_newer": (project, translate("remedies", "Update StyleLab. The project was not touched."), ()),
        "store_damaged": (project, "", ()),
        "project_yaml": (project, "", ()),
    }

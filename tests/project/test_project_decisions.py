"""Decisions about pairs and the files that people edit: what holds, what held before, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import make_project

from stylelab.errors import ModelError, PairsError, PersonaError, ProjectError
from stylelab.files import sha256_text
from stylelab.pairs import plan as pairs_plan
from stylelab.pairs.pair import Edit, Pair
from stylelab.project.decisions import decide_pair, forget_decision, undo_decision
from stylelab.project.project import Project, open_project
from stylelab.project.save import choose_base, load_persona_text, save_pairs_plan, save_persona, save_training_plan
from stylelab.recipe import PairsPlan
from stylelab.training.plan import Plan

PAIR = Pair("d-0-plain", "d-0", "d", 0, "original", "NARRATIVE", "P", "C", "I", (), 0.0, anchor_sha256="a")
KEY = ("a", "plain")


@pytest.fixture
def project(tmp_path: Path, tiny_model: Path) -> Project:
    made = make_project(tmp_path / "p", tiny_model)
    with made.store() as store, store.transaction():
        store.dataset.put_pairs({"train": [PAIR]})
    return made


def edits(project: Project) -> list[Edit]:
    with project.store() as store:
        return list(store.dataset.edits().values())


def test_a_verdict_keeps_the_texts_and_texts_keep_the_verdict(project: Project) -> None:
    decide_pair(project, PAIR.id, "reject")
    decide_pair(project, PAIR.id, input="Plain.")
    decide_pair(project, PAIR.id, target="Fine.")
    assert edits(project) == [Edit(*KEY, "reject", "Plain.", "Fine.")]
    decide_pair(project, PAIR.id, "accept")
    assert edits(project) == [Edit(*KEY, "accept", "Plain.", "Fine.")]


def test_a_decision_says_what_held_before_and_is_undone_to_it(project: Project) -> None:
    first = decide_pair(project, PAIR.id, "accept")
    second = decide_pair(project, PAIR.id, input="Plain.")
    third = forget_decision(project, PAIR.id)
    assert (first.before, second.before, third.before) == (None, first.now, second.now)
    assert third.now is None and edits(project) == []
    undo_decision(project, third)
    assert edits(project) == [second.now]
    undo_decision(project, second)
    assert edits(project) == [first.now]
    undo_decision(project, first)
    assert edits(project) == []


def test_nothing_is_decided_about_a_pair_that_is_not_there_or_while_a_job_works(project: Project) -> None:
    with pytest.raises(PairsError, match="no pair"):
        decide_pair(project, "none", "accept")
    with project.lock():
        for act in (lambda: decide_pair(project, PAIR.id, "accept"), lambda: forget_decision(project, PAIR.id)):
            with pytest.raises(ProjectError, match="working"):
                act()
    assert edits(project) == []


def test_a_persona_changed_elsewhere_is_not_overwritten(project: Project) -> None:
    text = load_persona_text(project)
    other = text.replace("Ansel", "Abel") + "# mine\n"
    project.persona.write_text(text + "# theirs\n", encoding="utf-8")
    assert not save_persona(project, other, sha256_text(text))
    assert load_persona_text(project).endswith("# theirs\n")
    assert save_persona(project, other, sha256_text(text + "# theirs\n"))
    assert load_persona_text(project) == other


def test_what_is_no_persona_is_not_saved(project: Project) -> None:
    text = load_persona_text(project)
    with pytest.raises(PersonaError):
        save_persona(project, "author: [", sha256_text(text))
    assert load_persona_text(project) == text


def test_plans_are_saved_as_they_are_read(project: Project) -> None:
    plan = Plan.load(project.plan).model_copy(update={"rank": 16})
    save_training_plan(project, plan)
    assert Plan.load(project.plan) == plan
    pairs = PairsPlan.model_validate({"variants": ["neutral", "dropout"]})
    save_pairs_plan(project, pairs)
    assert pairs_plan.load(project.pairs_plan) == pairs


def test_another_base_is_chosen_if_there_is_one(project: Project) -> None:
    choose_base(project, "bundled")
    assert open_project(project.folder).settings == project.settings.model_copy(update={"base": "bundled"})
    with pytest.raises(ModelError):
        choose_base(project, str(project.folder / "nowhere"))
    assert open_project(project.folder).settings.base == "bundled"

"""Write the files that people edit: persona, training plan, pairs plan, and the base model in project.yaml.

In: a project and what its file is to say. Out: the file, replaced whole. Next rooms: cli, app.
"""

from __future__ import annotations

from stylelab.basemodels.identity import inspect, resolve
from stylelab.files import atomic_write, sha256_text
from stylelab.pairs import plan as pairs_plan
from stylelab.persona import card
from stylelab.project.project import Project, ProjectSettings
from stylelab.recipe import PairsPlan
from stylelab.settings.reader import read_text
from stylelab.training.plan import Plan


def load_persona_text(project: Project) -> str:
    """Return persona.yaml's text as it stands.

    Raises:
        FileError: It cannot be read.
        PersonaError: It is not UTF-8.
    """
    return read_text(project.persona, card.FAULTS)


def save_persona(project: Project, text: str, before_sha256: str) -> bool:
    """Write persona.yaml, unless another program has changed it.

    Args:
        text: The whole file.
        before_sha256: Hash of the text that was edited.

    Returns:
        False where the file holds another text by now; nothing is written then.

    Raises:
        PersonaError: The text is no persona.
    """
    card.parse(text, "persona.yaml")
    if sha256_text(load_persona_text(project)) != before_sha256:
        return False
    atomic_write(project.persona, text)
    return True


def save_training_plan(project: Project, plan: Plan) -> None:
    """Write training.yaml."""
    atomic_write(project.plan, plan.dump_yaml())


def save_pairs_plan(project: Project, plan: PairsPlan) -> None:
    """Write pairs.yaml."""
    atomic_write(project.pairs_plan, pairs_plan.dump(plan))


def choose_base(project: Project, base: str) -> None:
    """Let a project learn on another base model from now on.

    Args:
        base: "bundled", a base model's name in the library, or its folder, relative to the project.

    Raises:
        ModelError: The folder holds no base model that StyleLab can load.
    """
    inspect(resolve(base, project.folder))
    settings = ProjectSettings.model_validate({**project.settings.model_dump(by_alias=True), "base": base})
    atomic_write(project.folder / "project.yaml", settings.dump_yaml())

"""pairs.yaml: which pairs a project makes. Every key is explained there; a fault is named with its line.

In: a YAML file. Out: the recipe's PairsPlan. Next rooms: make, and jobs which seals it.
"""

from __future__ import annotations

from pathlib import Path

from stylelab.errors import PairsError
from stylelab.recipe import PairsPlan
from stylelab.settings.reader import Faults, SettingsDocument, parse_document, read_document, wrap_mapping
from stylelab.settings.writer import dump_settings

FAULTS = Faults(PairsError, syntax="pairs_plan", key="pairs_plan", value="pairs_plan")
NEEDED = {"rules": (), "local": ("model",), "remote": ("model", "endpoint")}  # by a rewriter

# For the small base and sample that come along: a few minutes are for few pairs, those whose targets differ, since inputs
# alone do not keep so small a sample from being learned by heart (8.6% to 9.8% less loss without the two points of view,
# whatever the rate; measured).
SMALL = PairsPlan.model_validate({"variants": ["neutral"], "perspectives": ["first_person_plural", "third_person"]})


def load(path: Path) -> PairsPlan:
    """Read a plan; a project without the file uses the defaults.

    Raises:
        FileError: The file cannot be read.
        PairsError: It is wrong; key, line and column are named.
    """
    return build(read_document(path, FAULTS)) if path.exists() else PairsPlan.model_validate({})


def parse(text: str, name: str) -> PairsPlan:
    """Return the plan that a YAML text describes; what it leaves out is at its default.

    Raises:
        PairsError: As `load`.
    """
    return build(parse_document(text, name, FAULTS))


def check(plan: PairsPlan) -> None:
    """Check that a plan's settings fit together.

    Raises:
        PairsError: They do not.
    """
    build(wrap_mapping(plan.model_dump(mode="json"), "pairs.yaml", FAULTS))


def build(document: SettingsDocument) -> PairsPlan:
    """Return the plan that a document describes, after checking that its settings fit together.

    Raises:
        PairsError: A key or a value is wrong, or two settings exclude each other.
    """
    plan = document.build(PairsPlan)
    for key in NEEDED[plan.rewriter]:
        if not getattr(plan, key):
            remedy = f"Add '{key}': {PairsPlan.model_fields[key].description}"
            raise document.build_fault(f"rewriter {plan.rewriter} needs '{key}'.", remedy, ["rewriter"])
    if plan.snowflake and plan.rewriter == "rules":
        raise document.build_fault(
            "snowflake pairs need a language model, and the rewriter is rules.",
            "Set 'snowflake: false', or rewriter to local or remote.",
            ["snowflake"],
        )
    lost = sorted({"third_person", "impersonal"} & {*plan.perspectives}) if plan.narrativise else []
    if lost:
        raise document.build_fault(
            f"'narrativise' turns inputs back to the first person, and perspectives has {' and '.join(lost)}.",
            "Set 'narrativise: false', or take them out of perspectives.",
            ["narrativise"],
        )
    return plan


def dump(plan: PairsPlan) -> str:
    """Return a plan as YAML, each key with its meaning as a comment."""
    return dump_settings(plan, "Which pairs to make. Every key is explained; unknown keys are refused.", lists="flow")

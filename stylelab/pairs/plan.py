"""pairs.yaml: which pairs a project makes. Every key is explained there; a fault is named with its line.

In: a YAML file. Out: the recipe's PairsPlan. Next rooms: make, and jobs which seals it.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from stylelab.errors import PairsError
from stylelab.persona import marked
from stylelab.recipe import PairsPlan

FAULTS = marked.Faults(PairsError, yaml="pairs_plan", field="pairs_plan")


# For the small base and sample that come along: a few minutes are for few pairs, those whose targets differ, since inputs
# alone do not keep so small a sample from being learned by heart (8.6% to 9.8% less loss without the two points of view,
# whatever the rate; measured).
SMALL = PairsPlan.model_validate({"variants": ["neutral"], "perspectives": ["first_person_plural", "third_person"]})


def load(path: Path) -> PairsPlan:
    """Read a plan; a project without the file uses the defaults.

    Raises:
        FileError: The file cannot be read.
        PairsError: It is wrong; field, line and column are named.
    """
    return parse(marked.read_text(path, FAULTS), path.name) if path.exists() else PairsPlan.model_validate({})


def parse(text: str, name: str) -> PairsPlan:
    """Return the plan that a YAML text describes; what it leaves out is at its default.

    Raises:
        PairsError: As `load`, or a rewriter that lacks what it needs.
    """
    plan = marked.parse(PairsPlan, marked.mapping(text, name, FAULTS), text, name, FAULTS)
    needed = {"rules": (), "local": ("model",), "remote": ("model", "endpoint")}[plan.rewriter]
    for field in needed:
        if not getattr(plan, field):
            raise PairsError(
                f"{name}: rewriter {plan.rewriter} needs '{field}'.",
                remedy=f"Add '{field}': {PairsPlan.model_fields[field].description}",
                code="pairs_plan",
            )
    if plan.snowflake and plan.rewriter == "rules":
        raise PairsError(
            f"{name}: snowflake pairs need a language model, and the rewriter is rules.",
            remedy="Set 'snowflake: false', or rewriter to local or remote.",
            code="pairs_plan",
        )
    lost = sorted({"third_person", "impersonal"} & {*plan.perspectives}) if plan.narrativise else []
    if lost:
        raise PairsError(
            f"{name}: 'narrativise' turns inputs back to the first person, and perspectives has {' and '.join(lost)}.",
            remedy="Set 'narrativise: false', or take them out of perspectives.",
            code="pairs_plan",
        )
    return plan


def dump(plan: PairsPlan) -> str:
    """Return a plan as YAML, each key with its meaning as a comment."""
    out = ["# Which pairs to make. Every key is explained; unknown keys are refused."]
    for name, value in plan.model_dump(mode="json").items():
        out.append(f"# {PairsPlan.model_fields[name].description}")
        shown = yaml.safe_dump(value, default_flow_style=True, width=120, allow_unicode=True)
        out.append(f"{name}: {shown.strip().removesuffix('...').strip()}")
    return "\n".join(out) + "\n"

"""The plan that suits a base: learning rate, updates and batch by its parameters and the number of pairs. Light.

In: parameters, pairs, the machine's memory. Out: a Plan. Next: presets, base_fit, the commands, the window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from stylelab.training.plan import Plan
from stylelab.training.presets import choose_memory_preset, preset


@dataclass(frozen=True)
class DefaultsRow:
    """What suits a base of one size.

    Args:
        parameters: Of the base.
        learning_rate: At its peak.
        updates: For so many `pairs`, of `pairs_per_update` each.
        epochs: How often a pair may be seen before the updates are cut.
        measured: Whether runs with this rate and so many updates were measured here; else it is a guess.
    """

    parameters: int
    learning_rate: float
    updates: int
    pairs: int
    pairs_per_update: int
    epochs: float
    measured: bool


# **Source:** docs/models.md, "Defaults": sweeps of rates on the bundled base and, short, on SmolLM2 135M. The last is that
# of METHOD §4, whose 2,100 batches of one are 0.3 epochs of 7,000 pairs; nothing between was tried here, nor beyond.
TABLE: tuple[DefaultsRow, ...] = (
    DefaultsRow(3_800_000, 4e-4, 40, 289, 8, 2.0, measured=True),
    DefaultsRow(134_500_000, 4e-4, 40, 212, 8, 2.0, measured=True),
    DefaultsRow(14_000_000_000, 1e-5, 525, 7000, 4, 4.0, measured=False),
)
MEASURED_WITHIN = 2.0  # times the parameters of a measured row, or as much less: there its figures hold
# Below, several pairs together and a falling rate, as measured; above, as METHOD §4 has it.
SMALL_PARAMETERS = 1_000_000_000
WARM_UP = 5  # updates
SHORT = 1024  # tokens of the longest pair that a small base learns from
FEWEST_UPDATES = 8
FAR_RATE, FAR_PAIRS = 3.0, 2.5  # times more or less


def choose_defaults(parameters: int, pairs: int, memory_bytes: int) -> Plan:
    """Return the plan to start from.

    Args:
        parameters: Of the base.
        pairs: Training pairs; 0 where there are none yet.
        memory_bytes: The machine's.
    """
    row = interpolate_row(parameters)
    updates = count_updates(row, pairs)
    gigabytes = choose_memory_preset(memory_bytes)
    if parameters >= SMALL_PARAMETERS:
        plan = preset(gigabytes)
        changed: dict[str, Any] = {
            "learning_rate": row.learning_rate,
            "iters": updates * plan.grad_accumulation_steps,
            "memory_gb": 0.0,  # what this machine has
        }
        return Plan.model_validate({**plan.model_dump(), **changed})
    together = row.pairs_per_update // 2
    iters, every = updates * 2, max(1, updates // 5) * 2
    return Plan.model_validate(
        {
            "learning_rate": row.learning_rate,
            "lr_schedule": "cosine",
            "warmup": min(WARM_UP, updates // 4),
            "iters": iters,
            "batch_size": together,
            "grad_accumulation_steps": 2,
            "grad_checkpoint": parameters > 10 * TABLE[0].parameters,
            "max_seq_length": SHORT,
            "steps_per_eval": every,
            "save_every": every,
        }
    )


def interpolate_row(parameters: int) -> DefaultsRow:
    """Return the table's row for a base, between two rows along the logarithm of the parameters.

    Beyond the ends the nearest row holds.
    """
    at = min(max(parameters, TABLE[0].parameters), TABLE[-1].parameters)
    above = next(n for n, row in enumerate(TABLE) if row.parameters >= at)
    high, low = TABLE[above], TABLE[max(0, above - 1)]
    part = math.log(at / low.parameters) / math.log(high.parameters / low.parameters) if high is not low else 1.0

    def blend(a: float, b: float) -> float:
        return a * (b / a) ** part

    near = min(
        (row for row in TABLE if row.measured), key=lambda row: abs(math.log(row.parameters / max(1, parameters)))
    )
    ratio = max(near.parameters, parameters) / max(1, min(near.parameters, parameters))
    return DefaultsRow(
        parameters=parameters,
        learning_rate=float(f"{blend(low.learning_rate, high.learning_rate):.1e}"),
        updates=round(blend(low.updates, high.updates)),
        pairs=round(blend(low.pairs, high.pairs)),
        pairs_per_update=low.pairs_per_update if parameters < SMALL_PARAMETERS else high.pairs_per_update,
        epochs=blend(low.epochs, high.epochs),
        measured=ratio <= MEASURED_WITHIN,
    )


def is_far_off(plan: Plan, better: Plan) -> bool:
    """Whether a plan's learning rate or its number of pairs seen is so far from another's that the user should know."""
    rate = max(plan.learning_rate, better.learning_rate) / min(plan.learning_rate, better.learning_rate)
    seen, others = plan.iters * plan.batch_size, better.iters * better.batch_size
    return rate > FAR_RATE or max(seen, others) / min(seen, others) > FAR_PAIRS


def count_updates(row: DefaultsRow, pairs: int) -> int:
    """Return the updates for so many pairs: more of them deserve more, and none is seen too often.

    With four times the pairs of the row there are twice the updates: the square root lies between the same number of
    updates and the same number of epochs. It is a guess.
    """
    if not pairs:
        return row.updates
    wanted = row.updates * max(1.0, math.sqrt(pairs / row.pairs))
    most = row.epochs * pairs / row.pairs_per_update
    return max(FEWEST_UPDATES, round(min(wanted, most)))

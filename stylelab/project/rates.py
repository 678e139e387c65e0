"""How much a project has to learn from, and how fast this machine has trained so far: what a rough time is told from.

In: a project, what was measured on this machine. Out: PairsSize, TrainingRate. Next: jobs, the commands, the window. Light.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from stylelab.basemodels.identity import inspect, resolve
from stylelab.basemodels.measurements import MachineMeasurements
from stylelab.errors import StyleLabError
from stylelab.events import Step
from stylelab.files import read_jsonl
from stylelab.machine import has_gpu_build
from stylelab.project.project import Project
from stylelab.project.run_history import read_events
from stylelab.training.base_fit import PairsSize, TrainingRate, count_shape_parameters, read_base_shape

RECENT = 5  # updates whose rate stands for the next run's
CHARACTERS_PER_TOKEN = 3.95  # of the sample's pairs, prompts included, with the vocabulary of SmolLM2
# Multiplications of training in the time of one of the probe, at two for each weight and token. **Source:** docs/models.md:
# measured on a CPU; a GPU's is a guess, since its probe runs at a speed that training's smaller products do not reach.
EFFICIENCY_CPU, EFFICIENCY_GPU = 1.0, 0.4
# Multiplications for each weight and token: forward, and back to the inputs; frozen weights have no gradient.
PASSES = 2
REFERENCE = 1_000_000_000  # parameters of the base that a probe's rate is told for


def measure_pairs_size(project: Project) -> PairsSize | None:
    """Return how much a project's training pairs are, in tokens of a usual vocabulary; None where there are none."""
    path = project.dataset / "train.jsonl"
    if not path.is_file():
        return None
    lengths = [len(str(row["prompt"])) + len(str(row["completion"])) for row in read_jsonl(path)]
    if not lengths:
        return None
    return PairsSize(
        len(lengths), round(sum(lengths) / CHARACTERS_PER_TOKEN), round(max(lengths) / CHARACTERS_PER_TOKEN)
    )


def load_former_rate(project: Project) -> float | None:
    """Return the data's tokens per second at the end of this project's newest run that has told of any."""
    for folder in sorted(project.runs.glob("run-*"), reverse=True) if project.runs.is_dir() else []:
        rates = [event.tokens_per_second for event in read_events(folder) if isinstance(event, Step)]
        if rates:
            return statistics.median(rates[-RECENT:])
    return None


def collect_rates(measured: MachineMeasurements, project: Project | None = None) -> list[TrainingRate]:
    """Return the rates of training that were measured on this machine: of checked bases, and of a project's newest run."""
    known = [
        TrainingRate(one.speed.training_tokens_per_second, one.parameters)
        for one in measured.bases.values()
        if one.speed is not None and one.parameters
    ]
    former = load_former_rate(project) if project is not None else None
    if project is not None and former:
        try:
            config = inspect(resolve(project.settings.base, project.folder)).config
            known.append(TrainingRate(former, count_shape_parameters(read_base_shape(config))))
        except StyleLabError:  # its base is gone: the rate is nobody's
            return known
    return known


def choose_rate(parameters: int, known: Sequence[TrainingRate], measured: MachineMeasurements) -> TrainingRate | None:
    """Return the rate to tell a base's time from: of the base nearest in size that trained here; else what the machine's speed
    in multiplying lets expect; None where neither was measured.

    Args:
        parameters: Of the base.
    """

    def measure_distance(rate: TrainingRate) -> float:
        return max(rate.parameters, parameters) / min(rate.parameters, parameters)

    if known:
        return min(reversed(known), key=measure_distance)  # of equals the newest: a project's own run
    if not measured.multiplications_per_second:
        return None
    efficiency = EFFICIENCY_GPU if has_gpu_build() else EFFICIENCY_CPU
    return TrainingRate(measured.multiplications_per_second * efficiency / (PASSES * REFERENCE), REFERENCE)

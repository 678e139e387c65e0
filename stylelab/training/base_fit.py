"""Whether a base model can be trained on this machine, in how much memory, and roughly in what time. Light.

In: a catalogue's entry or a config.json, the machine's memory, the size of a project's pairs, a rate. Out: a BaseFit.
Next: the commands, the window, the check job. Only bytes are computed here; rates are measured elsewhere and come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stylelab.basemodels.catalogue import CatalogueEntry
from stylelab.basemodels.families import find_family, read_text_config
from stylelab.basemodels.identity import inspect
from stylelab.basemodels.shape import GROUP, RESTORED_SHARE
from stylelab.errors import ModelError
from stylelab.machine import has_gpu_build
from stylelab.notes import Note
from stylelab.training.defaults import choose_defaults
from stylelab.training.memory_estimate import FLOAT, MemoryEstimate, ModelShape, estimate_memory, read_shape
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan
from stylelab.training.presets import GIB, USABLE, choose_memory_preset, preset

BITS = 4  # in which a base of the catalogue is trained on
LONGEST_PAIR = 1024  # tokens that the longest pair is taken to have, where nobody has counted
TARGET_SHARE = 0.4  # of a pair's tokens that are learned: 192 of 489 in the sample's pair in the middle
WRITTEN = 2048  # tokens of a prompt and its text, for which the engine keeps keys and values
GB = 10**9
DAY = 86_400  # seconds


@dataclass(frozen=True)
class PairsSize:
    """How much there is to learn from.

    Args:
        pairs: Training pairs.
        tokens: Of all of them together.
        longest: Of the longest; 0 where nobody has counted.
    """

    pairs: int
    tokens: int
    longest: int = 0


@dataclass(frozen=True)
class TrainingRate:
    """A measured speed of training, and what it was measured on.

    Args:
        tokens_per_second: Of the data's own tokens.
        parameters: Of the base that it was measured on.
    """

    tokens_per_second: float
    parameters: int

    def scale_to(self, parameters: int) -> float:
        """Return the tokens per second that a base of another size can be expected to reach; a rough figure."""
        return self.tokens_per_second * self.parameters / parameters


@dataclass(frozen=True)
class BaseFit:
    """How a base fits a machine.

    Args:
        trains, writes: Whether there is the memory for it.
        train_bytes: At the peak of an update at the plan's settings; the least it can be where it does not fit.
        write_bytes: With a prompt and a text of 2,048 tokens together.
        budget_bytes: What training may use. memory_bytes: What the machine has.
        parameters: Of the base.
        seconds: That the plan takes; None where no rate or no pairs are known. Always rough.
        advice: All of it in a few words.
    """

    trains: bool
    writes: bool
    train_bytes: int
    write_bytes: int
    budget_bytes: int
    memory_bytes: int
    parameters: int
    seconds: float | None
    advice: Note


def describe_fit(
    base: CatalogueEntry | Mapping[str, Any],
    memory_bytes: int,
    pairs: PairsSize | None = None,
    rate: TrainingRate | None = None,
    *,
    bits: int = BITS,
    plan: Plan | None = None,
    cpu: bool | None = None,
) -> BaseFit:
    """Return how a base fits a machine: the memory to train and to write, and roughly how long training takes.

    Args:
        base: An entry of the catalogue, or a config.json.
        memory_bytes: The machine's memory.
        pairs: The project's; without them no time is given.
        rate: Measured on this machine, on this base or another.
        bits: In which an entry of the catalogue is stored; a config.json says it itself.
        plan: The settings; by default those that suit base, pairs and memory.
        cpu: Whether MLX's CPU backend computes; by default where MLX has no build for a GPU.

    Raises:
        ModelError: The config does not say what is needed.
    """
    on_cpu = not has_gpu_build() if cpu is None else cpu
    shape = adapt_shape(read_base_shape(base, bits), memory_bytes) if on_cpu else read_base_shape(base, bits)
    parameters = count_shape_parameters(shape)
    planned = plan or choose_defaults(parameters, pairs.pairs if pairs else 0, memory_bytes)
    budget = int(planned.memory_gb * GB) if planned.memory_gb else int(USABLE * GB * memory_bytes / GIB)
    longest = min(planned.max_seq_length, (pairs.longest if pairs else 0) or LONGEST_PAIR)
    train = find_fitting_estimate(shape, planned, longest, budget, on_cpu).peak_bytes
    write = estimate_writing(shape)
    seconds = None
    if pairs and pairs.pairs and rate:
        trained = planned.updates * planned.pairs_per_update * pairs.tokens / pairs.pairs
        seconds = trained / rate.scale_to(parameters)
    trains, writes = train <= budget, write <= budget
    advice = describe_in_words(trains, writes, train, write, memory_bytes, seconds, pairs)
    return BaseFit(trains, writes, train, write, budget, memory_bytes, parameters, seconds, advice)


def read_base_shape(base: CatalogueEntry | Mapping[str, Any], bits: int = BITS) -> ModelShape:
    """Return what decides a base's memory, as it is stored.

    Raises:
        ModelError: A config that does not say it.
    """
    if not isinstance(base, CatalogueEntry):
        return read_shape(base)
    s = base.shape
    return ModelShape(
        hidden=s.hidden,
        mlp=s.intermediate,
        heads=s.heads,
        kv_heads=s.kv_heads,
        head_dim=s.head_dim,
        blocks=s.layers,
        vocabulary=s.vocabulary,
        tied=s.tied,
        bits=bits,
        group_size=GROUP,
        element=2,
        family=find_family(read_text_config({"model_type": base.model_type})),
    )


def adapt_shape(shape: ModelShape, memory_bytes: int) -> ModelShape:
    """Return a shape as MLX's CPU backend computes it: in float32, its weights restored where they leave room for the work."""
    restored = 4 * count_shape_parameters(shape) <= RESTORED_SHARE * memory_bytes
    return replace(shape, element=4, bits=32 if restored or shape.bits >= 16 else shape.bits)


def count_shape_parameters(shape: ModelShape) -> int:
    """Return a base's weights in matrices; the few of its norms and biases do not count here."""
    return shape.blocks * shape.block_weights + shape.vocabulary * shape.hidden * (1 if shape.tied else 2)


def rank_fit(fit: BaseFit) -> tuple[int, int]:
    """Return the place of a base in a list by fit: those that train, the larger the better; those that only write; the others.

    Among those that do not train, the smaller come first. What takes longer than a day comes after what does not.
    """
    if fit.trains:
        return int(fit.seconds is not None and fit.seconds > DAY), -fit.parameters
    return (2 if fit.writes else 3), fit.parameters


def choose_base_plan(folder: Path, memory_bytes: int, pairs: int = 0) -> Plan:
    """Return the plan to start from with the base in a folder; the machine's preset where the base is of an unknown kind.

    Args:
        pairs: Training pairs; 0 where there are none yet.

    Raises:
        ModelError: The folder holds no whole base model.
    """
    config = inspect(folder).config
    try:
        parameters = count_shape_parameters(read_shape(config))
    except ModelError:
        return preset(choose_memory_preset(memory_bytes))
    return choose_defaults(parameters, pairs, memory_bytes)


def find_fitting_estimate(shape: ModelShape, plan: Plan, longest: int, budget: int, on_cpu: bool) -> MemoryEstimate:
    """Return the memory of the first way to train that fits, the fastest first; of the one that takes least if none does.

    Only what changes no result is tried: blocks computed again. A lower rank or shorter pairs are the user's to choose.
    """
    targets = max(1, round(longest * TARGET_SHARE))
    parts = 2 if plan.pairs_per_update > 1 else 1
    last = shape.blocks if plan.grad_checkpoint else 0
    steps = sorted({*range(0, last + 1, max(1, shape.blocks // 8)), last})
    estimates = [
        estimate_memory(shape, MemoryPlan(1, again, plan.rank, longest), longest, targets, parts, cpu=on_cpu)
        for again in steps
    ]
    least = min(estimates, key=lambda estimate: estimate.peak_bytes)
    return next((estimate for estimate in estimates if estimate.peak_bytes <= budget), least)


def estimate_writing(shape: ModelShape) -> int:
    """Return the bytes that writing takes: weights, keys and values of all tokens, and what a prompt's tokens pass through."""
    cache = 2 * shape.blocks * shape.kv_heads * shape.head_dim * shape.element * WRITTEN
    return shape.weight_bytes + cache + shape.vocabulary * FLOAT * 4 + WRITTEN * shape.mlp * shape.element * 4


def describe_in_words(
    trains: bool,
    writes: bool,
    train_bytes: int,
    write_bytes: int,
    memory_bytes: int,
    seconds: float | None,
    pairs: PairsSize | None,
) -> Note:
    """Return the fit as a person says it: 'trains in 11 of 16 GB, about 3 h for your 600 pairs'."""
    need, have = format_gigabytes(train_bytes), f"{memory_bytes / GIB:.0f}"
    if trains and seconds is not None and pairs is not None:
        return Note(
            "trains in {need} of {have} GB, about {time} for your {pairs} pairs",
            need=need,
            have=have,
            time=format_rough_time(seconds),
            pairs=pairs.pairs,
        )
    if trains:
        return Note("trains in {need} of {have} GB", need=need, have=have)
    if writes:
        return Note(
            "only writes, in {write} of {have} GB: to train it takes {need} GB",
            write=format_gigabytes(write_bytes),
            have=have,
            need=need,
        )
    return Note("too large: to train it takes {need} of {have} GB", need=need, have=have)


def format_gigabytes(size: int) -> str:
    """Return bytes in GB as memory is sold, in units of 2^30, with as many digits as tell something."""
    gigabytes = size / GIB
    return f"{gigabytes:.0f}" if gigabytes >= 9.5 else f"{gigabytes:.1f}"


def format_parameters(parameters: int) -> str:
    """Return a number of parameters as their makers write it: 135 M, 7.6 B."""
    return (
        f"{parameters / 1e9:.1f} B"
        if parameters >= 10**9
        else f"{parameters / 1e6:.{0 if parameters >= 10**7 else 1}f} M"
    )


def format_rough_time(seconds: float) -> str:
    """Return a time that is only roughly known, in one unit that every language of the window writes alike."""
    return f"{max(1, round(seconds / 60))} min" if seconds < 3600 else f"{seconds / 3600:.0f} h"

"""Bounds on what a chat template may do: how many steps and seconds it takes, and how large its values grow.

In: a function that renders; values inside a template. Out: its result, or a ModelError. Next: chat_template.

A template comes from a stranger's folder. Jinja's own sandbox keeps it from files and objects, but not from a loop without end or
from a text of a gigabyte. Steps are lines of Python, counted as they run; a value is weighed before one step could make it large.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar, cast

from stylelab.errors import ModelError

MOST_STEPS = 300_000  # a long chat takes a few thousand
MOST_SECONDS = 10.0  # for steps that are slow one by one
MOST_CHARACTERS = 1_000_000  # of any text, and entries of any list; more than any model reads at once
MOST_COUNT = 10_000  # of a range, a width, a repetition
LOOK_EVERY = 256  # steps between two looks at the clock
Result = TypeVar("Result")


def build_bound_error(what: str) -> ModelError:
    """Return the error of a template that does what no chat template needs."""
    return ModelError(
        f"The model's chat template {what}.",
        remedy="It is broken or hostile: choose another model, or one whose template is its makers' own.",
        code="model_template",
    )


def run_bounded(render: Callable[[], Result]) -> Result:
    """Return what a function returns, counting every line of Python that it runs.

    Raises:
        ModelError: It takes too many steps or too long.
    """
    steps = 0
    ends_at = time.monotonic() + MOST_SECONDS

    def count(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS or (steps % LOOK_EVERY == 0 and time.monotonic() > ends_at):
            raise build_bound_error("does not come to an end")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return render()
    except RecursionError as error:
        raise build_bound_error("calls itself without end") from error
    finally:
        sys.settrace(before)


def weigh(value: Any) -> int:
    """Return how many characters and entries a value has, all that is in it counted.

    Raises:
        ModelError: More than a template may hold.
    """
    weight, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | bytes):
            weight += len(one)
        elif isinstance(one, dict):
            entries = cast("dict[Any, Any]", one)
            weight += len(entries)
            waiting += [*entries.keys(), *entries.values()]
        elif isinstance(one, list | tuple):
            weight += len(cast("list[Any]", one))
            waiting += cast("list[Any]", one)
        elif isinstance(one, int):
            weight += one.bit_length() // 3
        if weight + len(waiting) > 2 * MOST_CHARACTERS:
            break
    check_size(weight)
    return weight


def check_size(size: int) -> None:
    """Check how large a value is or would be.

    Raises:
        ModelError: Larger than a template may make one.
    """
    if size > MOST_CHARACTERS:
        raise build_bound_error(f"makes a text or a list of more than {MOST_CHARACTERS:,} characters or entries")


def check_count(count: Any) -> None:
    """Check a number that says how wide, how far or how often.

    Raises:
        ModelError: Larger than a template may ask for.
    """
    if isinstance(count, int) and abs(count) > MOST_COUNT:
        raise build_bound_error(f"asks for {MOST_COUNT:,} repetitions and more")


def join_bounded(parts: Any) -> str:
    """Return texts in one, as Jinja joins what a template writes.

    Raises:
        ModelError: Too long.
    """
    texts: list[str] = []
    size = 0
    for part in parts:
        size += len(part)
        check_size(size)
        texts.append(part)
    return "".join(texts)


def check_replacement(text: Any, old: Any, new: Any) -> None:
    """Check how long a text becomes when a part of it is replaced.

    Raises:
        ModelError: Too long.
    """
    whole, part, instead = str(text), str(old), str(new)
    check_size(len(whole) + (whole.count(part) if part else len(whole) + 1) * len(instead))

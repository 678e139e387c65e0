"""A run's events: declared once, the same in the loop, on the wire and in the file; older runs' lines read as they are."""

from __future__ import annotations

import math
from typing import Any, get_args

import pytest

from stylelab.events import Ended, RunEvent, Step, Validation, Warn, parse_run_event
from stylelab.jobs.core.protocol import Message, decode, encode
from stylelab.notes import Note

# As the versions before this one wrote them.
OLD_LINES = (
    b'{"kind":"step","update":1,"updates":60,"loss_nats":4.144,"learning_rate":0.00008,"grad_norm":1.5,'
    b'"tokens_per_second":933.0,"peak_bytes":128000000,"tokens":3916,"seconds_left":949.0}',
    b'{"kind":"step","update":2,"updates":60,"loss_nats":null,"learning_rate":0.00008,"grad_norm":null,'
    b'"tokens_per_second":933.0,"peak_bytes":128000000,"tokens":3916,"seconds_left":949.0}',
    b'{"kind":"validation","update":0,"loss_nats":4.0045,"items":36,"best":true,"loss_nats_by_kind":{"original":4.0045}}',
    b'{"kind":"sample","update":20,"prompt":"say \xc3\xa4\\n###\\n","text":"The lamp."}',
    b'{"kind":"saved","update":20,"path":"checkpoints/000020"}',
    b'{"kind":"warning","message":"1,024 pairs","update":3,"template":"{count} pairs","values":{"count":1024}}',
)


def step(**changes: Any) -> Step:
    values: dict[str, Any] = {"update": 1, "updates": 2, "loss_nats": 1.0, "learning_rate": 0.1, "grad_norm": 1.0}
    return Step(**{**values, "tokens_per_second": 5.0, "peak_bytes": 6, "tokens": 7, "seconds_left": 8.0, **changes})


@pytest.mark.parametrize("line", OLD_LINES, ids=lambda line: line[:22].decode())
def test_a_line_of_an_older_run_is_read_and_written_again_byte_for_byte(line: bytes) -> None:
    event = parse_run_event(line)
    assert event is not None
    assert encode(event).rstrip(b"\n") == line


@pytest.mark.parametrize("lost", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_becomes_none_in_every_event_and_reads_back(lost: float) -> None:
    measured = {"loss_nats": lost, "loss_nats_by_kind": {"plain": lost, "original": 1.0}}
    ended = {"outcome": "diverged", "valid_loss_nats_first": lost, "valid_loss_nats_best": lost}
    validation = Validation(update=1, items=2, best=False, **measured)
    end = Ended(update=1, best_update=0, tokens_per_second=0.0, peak_bytes=0, **ended)
    assert (step(loss_nats=lost).loss_nats, step(grad_norm=lost).grad_norm) == (None, None)
    assert validation.loss_nats is None and validation.loss_nats_by_kind == {"plain": None, "original": 1.0}
    assert (end.valid_loss_nats_first, end.valid_loss_nats_best) == (None, None)
    for event in (step(loss_nats=lost, grad_norm=lost), validation):
        assert parse_run_event(encode(event)) == event == decode(encode(event))


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b'{"kind":"hello","pid":1}', OLD_LINES[0].replace(b"4.144", b'"much"'), OLD_LINES[4][:-3] + b'1}'],
)  # fmt: skip
def test_a_line_that_is_no_event_is_none(line: bytes) -> None:
    assert parse_run_event(line) is None


def test_every_event_of_a_run_is_a_message_as_it_stands() -> None:
    assert set(get_args(RunEvent)) <= set(get_args(Message))


def test_a_warning_says_it_again_in_another_language() -> None:
    note = Note("{count} pairs of {name}", count=1024, name="Poe")
    warning = Warn.of(note, 3)
    assert warning.message == "1,024 pairs of Poe" and warning.update == 3
    assert warning.template.format(**warning.values) == "1024 pairs of Poe"
    assert Warn.of("plain") == Warn(message="plain")

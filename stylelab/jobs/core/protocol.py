"""The messages between the worker and its parent: one complete UTF-8 line of JSON each, typed.

In: bytes or records. Out: records or bytes. Next: worker and client. A run's events travel as `stylelab.events` declares them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from stylelab.events import EventRecord, RunEvent

VERSION = 1


class Hello(EventRecord):
    kind: Literal["hello"] = "hello"
    version: int = VERSION
    pid: int


class Phase(EventRecord):
    kind: Literal["phase"] = "phase"
    name: str


class Progress(EventRecord):
    """How far a phase is. Where a model rewrites: how many texts were accepted, and how many were rejected for which reason."""

    kind: Literal["progress"] = "progress"
    done: int
    total: int
    unit: str
    accepted: int | None = None
    rejected: dict[str, int] = Field(default_factory=dict[str, int])


class Text(EventRecord):
    """A text as far as it is written. `column` says whose it is: base or adapter."""

    kind: Literal["text"] = "text"
    column: Literal["base", "adapter"]
    text: str


class Heartbeat(EventRecord):
    kind: Literal["heartbeat"] = "heartbeat"


class Finished(EventRecord):
    """The job's result; one that was cancelled may have none."""

    kind: Literal["finished"] = "finished"
    outcome: Literal["done", "cancelled"]
    result: dict[str, JsonValue] | None


class Failed(EventRecord):
    kind: Literal["failed"] = "failed"
    code: str
    message: str
    remedy: str


class Cancel(EventRecord):
    kind: Literal["cancel"] = "cancel"


class SaveNow(EventRecord):
    kind: Literal["save_now"] = "save_now"


class Request(EventRecord):
    """What to do. `nice` says by how much the worker steps back behind who asks, 0 to 19."""

    kind: Literal["request"] = "request"
    job: str
    arguments: dict[str, JsonValue]
    nice: int = Field(default=0, ge=0, le=19)


Down = Hello | Phase | Progress | RunEvent | Text | Heartbeat | Finished | Failed
Up = Cancel | SaveNow | Request
Message = Down | Up

_any: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])


def encode(message: Message) -> bytes:
    """Return a message as one line."""
    return message.model_dump_json().encode("utf-8") + b"\n"


def decode(line: bytes) -> Message | None:
    """Return the message of a line, or None when it is none."""
    try:
        return _any.validate_json(line)
    except ValidationError:
        return None


class Decoder:
    """Turns pieces of a stream into messages; half a line waits for its rest."""

    def __init__(self) -> None:
        self._rest = b""
        self.strays: list[bytes] = []  # lines that were no message

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages completed by `data`."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        found: list[Message] = []
        for line in lines:
            message = decode(line)
            if message is not None:
                found.append(message)
            elif line.strip():
                self.strays.append(line)
        return found

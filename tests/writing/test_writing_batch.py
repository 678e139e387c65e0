"""Answers in batches: the same as one by one, one prefill for what all prompts share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models import INSTRUCT_CHAT, make_model
from stylelab.basemodels.load import Base, load
from stylelab.errors import ModelError
from stylelab.pairs.roundtrip import ChatRequest
from stylelab.writing.batch import LocalChatModel

QWEN = Path(__file__).resolve().parents[3] / "shared" / "models" / "tiny-random-qwen2"
SYSTEM = "Translate. Answer with the translation only."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return load(make_model(tmp_path_factory.mktemp("chat") / "m", chat=INSTRUCT_CHAT))


def asks(count: int, system: str = SYSTEM, max_tokens: int = 12) -> list[ChatRequest]:
    return [ChatRequest(system, f"Text {n}" + " and more" * n, max_tokens, seed=n) for n in range(count)]


@pytest.mark.parametrize(("temperature", "tokens"), [(0.0, 16), (0.1, 16), (9.0, 150)])
def test_a_batch_answers_as_one_by_one(base: Base, temperature: float, tokens: int) -> None:
    wanted = asks(5, max_tokens=tokens)
    together = LocalChatModel(base, at_once=3)(wanted, temperature=temperature)
    alone = [LocalChatModel(base)([ask], temperature=temperature)[0] for ask in wanted]
    assert together == alone
    if temperature > 1:  # hot enough for different answers, and to meet the end token among 257
        assert len({a.text for a in together}) > 1
        assert {a.problem for a in together} == {None, "truncated"}


def test_the_shared_beginning_is_computed_once(base: Base) -> None:
    engine = LocalChatModel(base)
    first = engine(asks(4), temperature=0.1)
    assert engine.prefills == 1 and engine(asks(4), temperature=0.1) == first and engine.prefills == 1
    engine(asks(4, system="Another."), temperature=0.1)
    assert engine.prefills == 2


def test_what_leaves_no_room_is_truncated(base: Base) -> None:
    answers = LocalChatModel(base)([ChatRequest(SYSTEM, "x" * 600, 10, 0), *asks(1)], temperature=0.0)
    assert answers[0].problem == "truncated" and LocalChatModel(base)([], temperature=0.0) == []


def test_a_base_model_is_refused(tiny_model: Path) -> None:
    with pytest.raises(ModelError) as caught:
        LocalChatModel(load(tiny_model))
    assert caught.value.code == "model_no_chat"


def test_the_real_chat_template_works_in_batches() -> None:
    if not QWEN.is_dir():
        pytest.skip("the shared models are not here")
    own = load(QWEN)
    wanted = asks(3, max_tokens=6)
    assert LocalChatModel(own)(wanted, temperature=0.0) == [
        LocalChatModel(own)([a], temperature=0.0)[0] for a in wanted
    ]


def test_a_stop_is_obeyed_between_two_tokens_and_between_two_pieces_of_a_prompt(base: Base) -> None:
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 3:
            raise StopAsked

    engine = LocalChatModel(base, tick=tick)
    with pytest.raises(StopAsked):
        engine(
            [ChatRequest(SYSTEM, "word " * 60, 100, 0)], temperature=0.0
        )  # longer than two pieces: no token is written yet
    assert len(ticks) == 3
    calm = LocalChatModel(base, tick=lambda: ticks.append(0))
    assert calm(asks(3), temperature=0.1) == LocalChatModel(base)(
        asks(3), temperature=0.1
    )  # what was stopped left nothing behind
    assert len(ticks) >= 3 + 12


class StopAsked(Exception):
    """What a job raises when it is to stop."""


def test_examples_are_earlier_turns_of_the_chat(base: Base) -> None:
    ask = ChatRequest("Do.", "Now.", 4, 0, (("A", "B"),))
    roles = [(turn["role"], turn["content"]) for turn in ask.list_turns()]
    assert roles == [("system", "Do."), ("user", "A"), ("assistant", "B"), ("user", "Now.")]
    assert len(base.encoding.encode_turns(ask.list_turns())) > len(
        base.encoding.encode_turns(replace(ask, examples=()).list_turns())
    )

"""The job with a model as rewriter: a real small one on MLX, and a real server on loopback."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pairs.test_pairs_remote import Handler, serving
from projects import NOUNS, VERBS, long_model, make_project

from models import INSTRUCT_CHAT, make_model
from stylelab.basemodels.identity import locate_bundled_base
from stylelab.errors import ModelError, PairsError
from stylelab.events import Warn
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.jobs.run import corpus, pairs
from stylelab.pairs.roundtrip import SWAP, ChatAnswer, ChatRequest
from stylelab.project.project import Project
from stylelab.recipe import PIVOT_LANGUAGE, Recipe
from stylelab.writing.batch import LocalChatModel

QUIET = Context(lambda message: None)
COLOURS = ("grey", "brown", "pale", "green", "dark")
STORY_CHAT = (
    "{% for message in messages %}{{ message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n\\n' }}{% endfor %}"
)
PLAN = "variants: [neutral]\nperspectives: []\nrobustness: false\nrewriter: {}\nmodel: {}\n"


@pytest.fixture(scope="session")
def talker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled base, made to answer: a chat template around it, and a full stop ends an answer."""
    folder = tmp_path_factory.mktemp("talker") / "m"
    shutil.copytree(locate_bundled_base(), folder)
    path = folder / "tokenizer_config.json"
    settings = {**json.loads(path.read_text()), "eos_token": ".", "chat_template": STORY_CHAT}
    path.write_text(json.dumps(settings))
    return folder


def passage(seed: int) -> str:
    """Return some sentences without a name, a number or a negation."""
    rng = random.Random(seed)

    def sentence() -> str:
        a, b, c = rng.sample(NOUNS, 3)
        return f"I {rng.choice(VERBS)} the {a} behind the {b} with the wind in my face, and the {c} was {rng.choice(COLOURS)}."

    return " ".join(sentence() for _ in range(6))


def project(to: Path, base: Path, plan: str, parts: int = 2) -> Project:
    """Return a project of three documents of some passages that hold neither names nor numbers nor negations."""
    own = make_project(to / "p", base, plan)
    for n in range(3):
        (to / f"{n}.txt").write_text("\n\n".join(passage(parts * n + part) for part in range(parts)))
    corpus.run(QUIET, CorpusRequest(project=own.folder, paths=tuple(to / f"{n}.txt" for n in range(3))))
    return own


def counted(monkeypatch: pytest.MonkeyPatch) -> list[ChatRequest]:
    asked: list[ChatRequest] = []
    call = LocalChatModel.__call__

    def counting(self: LocalChatModel, asks: Sequence[ChatRequest], *, temperature: float) -> list[ChatAnswer]:
        asked.extend(asks)
        return call(self, asks, temperature=temperature)

    monkeypatch.setattr(LocalChatModel, "__call__", counting)
    return asked


def test_a_real_model_rewrites_and_a_stopped_run_asks_nothing_again(
    tmp_path: Path, talker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = project(tmp_path, long_model(tmp_path / "base"), PLAN.format("local", talker))
    asked = counted(monkeypatch)

    def stop(message: Down) -> None:
        if isinstance(message, Progress) and message.done:
            context.cancel.set()

    context = Context(stop)
    with pytest.raises(Cancelled):
        pairs.run(context, PairsRequest(project=own.folder))
    first = len(asked)
    assert first and not own.dataset.exists()
    with own.open_store() as store:
        passages = store.load_passages()
    result = pairs.run(QUIET, PairsRequest(project=own.folder))
    texts = {p.text for p in passages}
    there = Counter(ask.user for ask in asked if ask.user in texts)
    assert set(there) == texts
    # what was kept is not asked again: only the batch that was stopped, and what the model failed at
    assert max(there.values()) <= 2 and sum(there.values()) < 2 * len(texts)
    rewrite = next(row for row in result.funnel if row.stage == "rewrite")
    assert rewrite.entered == len(passages) and rewrite.left >= 3
    recipe = Recipe.load(own.recipe)
    assert recipe.rewriter.name == "local" and len(str(recipe.rewriter.parameters["weights_sha256"])) == 64
    before = len(asked)
    assert pairs.run(QUIET, PairsRequest(project=own.folder)) == result
    failed = rewrite.entered - rewrite.left
    assert len(asked) - before <= 4 * failed  # what failed may do better next time; nothing else is asked


def test_a_base_model_and_a_missing_one_are_refused_before_work(tmp_path: Path) -> None:
    base = long_model(tmp_path / "base")
    own = project(tmp_path, base, PLAN.format("local", base))
    with pytest.raises(ModelError) as caught:
        pairs.run(QUIET, PairsRequest(project=own.folder))
    assert caught.value.code == "model_no_chat"
    own.pairs_plan.write_text(PLAN.format("local", "nowhere"))
    with pytest.raises(ModelError) as caught:
        pairs.run(QUIET, PairsRequest(project=own.folder))
    assert caught.value.code == "model_missing"


def test_a_model_that_only_babbles_leaves_no_pair_and_the_reasons(tmp_path: Path) -> None:
    babbler = make_model(tmp_path / "babbler", chat=INSTRUCT_CHAT, positions=4096)
    own = project(tmp_path, long_model(tmp_path / "base"), PLAN.format("local", babbler))
    with pytest.raises(PairsError) as caught:
        pairs.run(QUIET, PairsRequest(project=own.folder))
    assert caught.value.code == "rewriter_hopeless" and not own.dataset.exists()
    assert f"{PIVOT_LANGUAGE}: 0 of 3" in caught.value.message and "plain: 0 of 3" in caught.value.message
    assert "rewriter: rules" in caught.value.remedy


def test_a_server_rewrites_once_and_the_notice_is_given(tmp_path: Path) -> None:
    base = long_model(tmp_path / "base")
    with serving(lambda h, n, body: h.say("I went to a place. It was grey. There was wind.")) as server:
        plan = PLAN.format("remote", "m") + f"endpoint: {server.endpoint}\n"
        own = project(tmp_path, base, plan)
        messages: list[Down] = []
        result = pairs.run(Context(messages.append), PairsRequest(project=own.folder, allow_remote=True))
        sent = len(server.bodies)
        again = pairs.run(
            QUIET, PairsRequest(project=own.folder)
        )  # nothing is left to send, so nothing must be allowed
    assert result == again and sent == 2 * result.funnel[0].entered == len(server.bodies)
    told = [m.message for m in messages if isinstance(m, Warn)]
    assert any("are sent to 127.0.0.1" in line for line in told)
    assert set(result.shares["kind"]) == {"original"}


def test_topics_are_swapped_where_the_plan_wants_it(tmp_path: Path) -> None:
    base = long_model(tmp_path / "base")

    def reply(h: Handler, n: int, body: Any) -> None:
        system, text = (message["content"] for message in body["messages"])
        # every word of the text becomes another: as many sentences, as many words, on another topic
        swapped = re.sub(r"[a-z]+", lambda word: f"{word.group()[::-1]}x", text)
        h.say(swapped if system == SWAP else "I went to a place. It was grey. There was wind.")

    with serving(reply) as server:
        plan = PLAN.format("remote", "m") + f"snowflake: true\nrate: 0\nendpoint: {server.endpoint}\n"
        own = project(tmp_path, base, plan)
        result = pairs.run(QUIET, PairsRequest(project=own.folder, allow_remote=True))
    assert result.shares["kind"] == {"original": 0.5, "snowflake": 0.5}
    with own.open_store() as store:
        made = {p.id: p for p in store.load_pairs()}
        passage = store.load_passages()[0]
    flake = made[f"{passage.id}-snowflake"]
    assert flake.completion != passage.text and len(flake.completion.split()) == len(passage.text.split())
    assert flake.input == "I went to a spot. It was grey. There was wind."


def test_a_server_that_goes_away_keeps_what_was_done(tmp_path: Path) -> None:
    base = long_model(tmp_path / "base")

    def reply(h: Handler, n: int, body: Any) -> None:
        h.say("I went there. It was grey.") if n < 6 else h.send(401)

    with serving(reply) as server:
        own = project(tmp_path, base, PLAN.format("remote", "m") + f"endpoint: {server.endpoint}\n")
        with pytest.raises(PairsError) as caught:
            pairs.run(QUIET, PairsRequest(project=own.folder, allow_remote=True))
        assert caught.value.code == "remote_key"
        server.reply = lambda h, n, body: h.say("I went there. It was grey.")
        before = len(server.bodies)
        result = pairs.run(QUIET, PairsRequest(project=own.folder, allow_remote=True))
    assert len(server.bodies) - before == 2 * (result.funnel[0].entered - 3)  # the probe's three were done

"""Writing with every declared kind of model: with its caches it writes what it would without, and ends where it should."""

from __future__ import annotations

import json
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest
from family_models import KINDS, make_family

from models import END, INSTRUCT_CHAT, make_model
from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.load import load
from stylelab.pairs.roundtrip import ChatRequest
from stylelab.writing.batch import LocalChatModel
from stylelab.writing.engine import write
from stylelab.writing.sampling import GREEDY

PROMPT = "the tide goes out, and who waits"  # longer than every window


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_written_with_a_cache_is_the_model_s_own_choice(tmp_path: Path, kind: str) -> None:
    base = load(make_family(tmp_path / "m", kind))
    written = write(base, PROMPT, GREEDY, 12)
    tokens = [*base.encode_prompt(PROMPT), *written.tokens]
    logits = np.array(base.compute_logits(mx.array(tokens)[None]))[0]
    own = logits.argmax(axis=-1)[-len(written.tokens) - 1 : -1]
    assert own.tolist() == list(written.tokens) and len(own) > 1


@pytest.mark.parametrize("kind", ["gemma3_text", "gemma2", "phi3", "mistral"])
def test_a_batch_answers_as_one_by_one(tmp_path: Path, kind: str) -> None:
    folder = make_family(tmp_path / "m", kind)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps({**settings, "chat_template": INSTRUCT_CHAT}))
    base = load(folder)
    asks = [ChatRequest("Translate, and say nothing else.", f"Text {n}" + " more" * n, 10, seed=n) for n in range(3)]
    alone = [LocalChatModel(base)([ask], temperature=0.0)[0] for ask in asks]
    assert LocalChatModel(base)(asks, temperature=0.0) == alone


TURN_CHAT = INSTRUCT_CHAT.replace("{{ eos_token }}", "<|turn|>")


def add_turn(folder: Path, named: object) -> Path:
    """Write a model whose template ends an answer with a token of its own, and whose generation_config.json names ends."""
    make_model(folder, chat=TURN_CHAT)
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    added = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    tokenizer["added_tokens"].append({"id": 257, "content": "<|turn|>", **added})
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": named}))
    return folder


def test_an_answer_ends_with_the_turn_s_token_and_with_the_text_s(tmp_path: Path) -> None:
    """As Gemma's <end_of_turn> beside <eos>, and Phi's <|end|> beside <|endoftext|>."""
    own = load_encoding(add_turn(tmp_path / "m", [0, 257]))
    assert own.is_instruct and own.end_tokens == {0, 257} and own.end_token == 257 == own.turn_end
    assert own.decode([own.end_token]) == "" and own.tokenizer.decode([257]) == "<|turn|>"


@pytest.mark.parametrize(("named", "ends"), [(0, {0}), ([0, 3], {0, 3}), (None, {0}), ("?", {0}), ([], {0})])
def test_a_base_ends_with_what_its_files_name(tmp_path: Path, named: object, ends: set[int]) -> None:
    own = load_encoding(add_turn(tmp_path / "m", named))
    assert not own.is_instruct and own.end_tokens == ends and own.end_token == 0
    assert own.tokenizer.decode([0]) == END


def test_generation_stops_at_each_end_token(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", positions=64)
    first = write(load(folder), PROMPT, GREEDY, 6)
    assert len(first.tokens) == 6
    stop = first.tokens[3]
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": [0, stop]}))
    again = write(load(folder), PROMPT, GREEDY, 6)
    assert again.tokens == first.tokens[: first.tokens.index(stop)] and again.ended == "end"

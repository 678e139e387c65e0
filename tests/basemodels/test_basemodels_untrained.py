"""Special tokens that were never trained are found by their embeddings, in floats and quantised, and said when pairs use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import pytest
from tokenizers import Tokenizer

from models import make_model
from stylelab.basemodels.encoding import Encoding
from stylelab.basemodels.load import Base, load
from stylelab.basemodels.untrained import find_untrained_tokens
from stylelab.batches.tokenise import Example
from stylelab.events import Warn
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Down
from stylelab.jobs.steps.dataset import warn_of_untrained_tokens
from stylelab.training.dataset import Dataset

NAMES = ("<turn>", "<tool>", "<file>")  # tokens 254 to 256, in place of three bytes


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """A model with four special tokens: the end token, and three others."""
    folder = make_model(tmp_path / "m")
    text = (folder / "tokenizer.json").read_text()
    own = Tokenizer.from_str(text)
    for token, name in zip((254, 255, 256), NAMES, strict=True):
        old = own.id_to_token(token)
        assert old is not None
        text = text.replace(f'"{old}":{token}', f'"{name}":{token}').replace(f'"{old}": {token}', f'"{name}": {token}')
    own = Tokenizer.from_str(text)
    own.add_special_tokens(list(NAMES))
    own.save(str(folder / "tokenizer.json"))
    loaded = load(folder)
    assert sorted(loaded.encoding.special_tokens.items()) == [
        (0, "<|endoftext|>"),
        *zip((254, 255, 256), NAMES, strict=True),
    ]
    return loaded


def set_rows(base: Base, rows: dict[int, Any]) -> None:
    """Change the embeddings of tokens."""
    inner: Any = base.model
    weights = np.array(inner.model.embed_tokens.weight)
    for token, row in rows.items():
        weights[token] = row if not isinstance(row, int) else weights[row]
    inner.model.embed_tokens.weight = mx.array(weights)


def test_tokens_that_were_trained_are_not_named(base: Base) -> None:
    assert find_untrained_tokens(base) == []


def test_tokens_near_zero_and_tokens_alike_are_named(base: Base) -> None:
    set_rows(base, {254: 0.0001, 255: 256})
    assert find_untrained_tokens(base) == list(NAMES)


def test_a_token_like_an_ordinary_one_was_trained(base: Base) -> None:
    set_rows(base, {254: 40})
    assert find_untrained_tokens(base) == []


def test_a_quantised_embedding_is_read_too(base: Base) -> None:
    set_rows(base, {255: 256})
    nn.quantize(base.model, 32, 8)
    assert find_untrained_tokens(base) == ["<tool>", "<file>"]


def test_a_token_like_a_row_that_no_token_has_is_named(base: Base) -> None:
    inner: Any = base.model
    weights = np.array(inner.model.embed_tokens.weight)
    spare = np.random.default_rng(9).normal(size=(8, weights.shape[1])).astype(np.float32)
    inner.model.embed_tokens.weight = mx.array(np.concatenate([weights, spare]))
    assert find_untrained_tokens(base) == []
    weights[255] = spare[3] * 0.9
    inner.model.embed_tokens.weight = mx.array(np.concatenate([weights, spare]))
    assert find_untrained_tokens(base) == ["<tool>"]


def test_a_model_without_special_tokens_has_none_untrained(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Encoding, "special_tokens", {})
    assert find_untrained_tokens(base) == []


@pytest.mark.parametrize(("token", "warned"), [(255, True), (254, False), (40, False)])
def test_training_warns_where_a_pair_uses_an_untrained_token(base: Base, token: int, warned: bool) -> None:
    set_rows(base, {255: 256})
    messages: list[Down] = []
    example = Example("a", np.array([5, 6, token, 0], np.int32), 2, "original")
    warn_of_untrained_tokens(Context(messages.append), base, Dataset((), (example,), "d"))
    warnings = [message for message in messages if isinstance(message, Warn)]
    assert len(warnings) == warned
    assert not warned or warnings[0].values == {"tokens": "<tool>"}

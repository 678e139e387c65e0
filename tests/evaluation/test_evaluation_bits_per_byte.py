"""Bits per byte: every token of a text counts once, by its own window; what the bundled texts are."""

from __future__ import annotations

import math
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest

from models import make_model
from stylelab.basemodels.load import Base, load
from stylelab.errors import ModelError
from stylelab.evaluation import bits_per_byte
from stylelab.evaluation.bits_per_byte import load_probe_text, measure_bits_per_byte
from stylelab.language.books import WORDS

TEXT = "The tide was out; über dem Watt stand Nebel."


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> Base:
    return load(tiny_model)


def count_nats(base: Base, window: int) -> float:
    """Return the text's nats, each window in one pass and in float64."""
    tokens = base.encode_completion(TEXT)
    total = 0.0
    for at in range(0, len(tokens), window):
        own = [base.end_token, *tokens[at : at + window]]
        logits = np.array(base.compute_logits(mx.array(own[:-1])[None])[0].astype(mx.float32), np.float64)
        shares = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        total += -sum(math.log(shares[i, token]) for i, token in enumerate(own[1:]))
    return total


@pytest.mark.parametrize("window", [1, 7, 1024])
def test_every_token_counts_once_whatever_the_window(base: Base, window: int) -> None:
    measured = measure_bits_per_byte(base, TEXT, window)
    size = len(TEXT.encode())
    assert (measured.bytes, measured.tokens) == (size, len(base.encode_completion(TEXT)))
    assert measured.tokens_per_word == measured.tokens / 9
    assert measured.bits_per_byte == pytest.approx(count_nats(base, window) / size / math.log(2), rel=1e-5)


def test_the_pieces_in_which_a_window_is_read_change_nothing_and_one_can_stop_between_them(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = measure_bits_per_byte(base, TEXT).bits_per_byte
    monkeypatch.setattr(bits_per_byte, "ROWS", 5)
    looks: list[None] = []
    again = measure_bits_per_byte(base, TEXT, check=lambda: looks.append(None)).bits_per_byte
    assert again == pytest.approx(whole, rel=1e-6)
    assert len(looks) == math.ceil(len(base.encode_completion(TEXT)) / 5)


def test_a_window_is_never_longer_than_the_model_reads(tmp_path: Path) -> None:
    short = load(make_model(tmp_path / "m", positions=16))
    assert measure_bits_per_byte(short, TEXT) == measure_bits_per_byte(short, TEXT, 15)


def test_an_empty_text_and_damaged_weights_are_said(base: Base, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no tokens"):
        measure_bits_per_byte(base, "")
    broken = load(make_model(tmp_path / "m"))
    broken.model.update({"model": {"norm": {"weight": mx.full((32,), math.nan)}}})
    with pytest.raises(ModelError, match="damaged") as caught:
        measure_bits_per_byte(broken, TEXT)
    assert caught.value.code == "model_unmeasured"


@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_language_has_its_own_text_to_measure_on(code: str) -> None:
    text = load_probe_text(code)
    assert 800 < len(text.split()) < 1300 and "\n\n" in text
    others = [load_probe_text(other) for other in WORDS if other != code]
    assert text not in others


def test_a_language_without_a_text_is_measured_on_english() -> None:
    assert load_probe_text("xx") == load_probe_text("en")

"""Prompts are read once where they begin alike, in pieces, and only their last token is projected to the vocabulary."""

from __future__ import annotations

from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest
from benchmarks.training_cases import make_base

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.load import load
from stylelab.writing import prompt_cache
from stylelab.writing.compare import compare
from stylelab.writing.engine import stream, write
from stylelab.writing.prompt_cache import PromptCache
from stylelab.writing.sampling import GREEDY, Sampling

FRAME = "you are setting down what happened at the staithe, in the ledger's voice, "


def test_a_prompt_that_begins_alike_is_read_from_where_it_parts_and_writes_the_same(tiny_model: Path) -> None:
    base, own = load(tiny_model), PromptCache()
    prompts = [FRAME + "of the tide", FRAME + "of the boy", FRAME + "of the boy", "the boy"]
    found: list[int] = []
    for prompt in prompts:
        before = own.tokens_read
        written = list(stream(base, prompt, GREEDY, 12, prompts=own))
        found.append(own.tokens_read - before)
        assert written == list(stream(base, prompt, GREEDY, 12))
    whole = [len(base.encode_prompt(p)) for p in prompts]
    assert found[0] == whole[0] and 1 < found[1] < whole[1] // 2 and found[2] == 1 and found[3] == whole[3]


def test_each_voice_has_a_cache_of_its_own(tiny_model: Path) -> None:
    base = load(tiny_model)
    lora.attach(base.model, LoraParameters(4, 2.0, 0.0, ("self_attn.v_proj",), -1), seed=3)
    loud = {k: mx.random.normal(v.shape, key=mx.random.key(4)) for k, v in lora.read_weights(base.model).items()}
    lora.load_weights(base.model, loud)
    done = compare(base, FRAME + "of the tide", GREEDY, 12, scale=2.0)
    for scale, text in ((0.0, done.base), (2.0, done.adapter)):
        lora.set_scale(base.model, scale)
        assert text is not None and list(text.tokens) == list(stream(base, FRAME + "of the tide", GREEDY, 12))
    assert done.logit_change_max > 0.01


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_the_size_of_the_pieces_changes_nothing(tiny_model: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    base = load(tiny_model)
    expected = write(base, FRAME, GREEDY, 8).tokens
    monkeypatch.setattr(prompt_cache, "PREFILL_TOKENS", piece)
    assert write(base, FRAME, GREEDY, 8).tokens == expected


def test_a_stop_is_obeyed_while_a_long_prompt_is_read(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt_cache, "PREFILL_TOKENS", 8)
    seen: list[int] = []

    def stop(tokens: list[int]) -> None:
        seen.append(len(tokens))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(load(tiny_model), FRAME * 3, GREEDY, 8, stop)
    assert seen == [0, 0]


def test_only_the_last_token_of_a_prompt_is_projected(tmp_path: Path) -> None:
    """The logits of 600 tokens would be 144 MB here."""
    base = make_base(tmp_path, 60_000, None)
    base.model.eval()
    tokens = np.random.default_rng(0).integers(1, 4000, 600).tolist()
    mx.clear_cache()
    before = mx.get_active_memory()
    mx.reset_peak_memory()
    _, logits = PromptCache().read(base.model, None, tokens)
    mx.eval(logits)
    assert mx.get_peak_memory() - before < 40e6
    whole = base.compute_logits(mx.array([tokens]))[0, -1]
    assert np.allclose(np.array(logits), np.array(whole), atol=2e-3)


def test_the_penalty_sees_what_was_written(tiny_model: Path) -> None:
    """Tokens are chosen before the one before was looked at; the penalty counts it all the same."""
    base = load(tiny_model)
    harsh = list(stream(base, "the tide", Sampling(0.01, 1.0, 50.0, 1), 12))
    assert len(set(harsh)) == len(harsh)

"""Compare an export, as another program loads it, with the live adapter.

In: the live adapter and the model that stock mlx-lm loaded. Out: an ExportCheck. Next: the formats that mlx-lm loads.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mlx.core as mx
from mlx_lm import stream_generate
from mlx_lm.sample_utils import make_sampler

from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.load import evaluate_scalar
from stylelab.writing.engine import compute_next_logits, stream
from stylelab.writing.loaded import LoadedBase
from stylelab.writing.sampling import GREEDY

CHECK_TOKENS = 40


@dataclass(frozen=True)
class ExportCheck:
    """What loading an export back showed.

    Args:
        greedy_match: Whether the other program writes the same tokens greedily as our engine.
        tokens: How many tokens were compared.
        logit_difference_max: Largest absolute difference of a logit after the prompt.
    """

    greedy_match: bool
    tokens: int
    logit_difference_max: float


def compare_with_live(
    adapter: StoredAdapter, base_folder: Path, prompt: str, model: Any, tokenizer: Any
) -> ExportCheck:
    """Compare the live adapter with a model that stock mlx-lm loaded: next-token logits and greedy tokens."""
    loaded = LoadedBase.load(base_folder, {"export": adapter})
    loaded.choose("export")
    live = loaded.base
    ours = list(stream(live, prompt, GREEDY, CHECK_TOKENS))
    ids = live.encode_prompt(prompt)
    answers = stream_generate(model, tokenizer, ids, max_tokens=CHECK_TOKENS, sampler=make_sampler(temp=0.0))
    theirs = [int(answer.token) for answer in answers]
    theirs = theirs[:-1] if theirs and theirs[-1] in live.end_tokens else theirs
    other = model(mx.array(ids)[None])[0, -1].astype(mx.float32)
    difference = evaluate_scalar(mx.max(mx.abs(compute_next_logits(live, prompt) - other)))
    return ExportCheck(ours == theirs, len(ours), difference)

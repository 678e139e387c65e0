"""Export as an MLX adapter folder that stock mlx-lm loads, checked against the live adapter before it appears.

In: a stored adapter and its base. Out: a folder with weights, config, recipe and card. Next: the user's own tools.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx
from mlx_lm import stream_generate
from mlx_lm.sample_utils import make_sampler
from mlx_lm.utils import load as stock_load

from stylelab.adapters.store import CONFIG, RECIPE, WEIGHTS, StoredAdapter
from stylelab.basemodels.load import number
from stylelab.errors import ExportError
from stylelab.files import atomic_folder, atomic_write
from stylelab.writing.compare import next_logits
from stylelab.writing.engine import stream
from stylelab.writing.loaded import LoadedBase
from stylelab.writing.sampling import GREEDY

CHECK_TOKENS = 40


@dataclass(frozen=True)
class Check:
    """What loading the export back with stock mlx-lm showed.

    Args:
        greedy_match: Whether stock mlx-lm writes the same tokens greedily as our engine.
        tokens: How many tokens were compared.
        logit_difference_max: Largest absolute difference of a logit after the prompt.
    """

    greedy_match: bool
    tokens: int
    logit_difference_max: float


def export(adapter: StoredAdapter, base_folder: Path, to: Path, prompt: str) -> Check:
    """Write the adapter folder and compare it with the live adapter.

    Args:
        to: A folder that does not exist yet, or a former export.
        prompt: Whose greedy continuation and logits are compared.

    Raises:
        ExportError: `to` holds something else, or stock mlx-lm writes other tokens than the live adapter.
    """
    if to.exists() and (not to.is_dir() or (any(to.iterdir()) and not (to / WEIGHTS).is_file())):
        raise ExportError(
            f"{to} exists and is no former export.", remedy="Choose a new folder with --to.", code="export_exists"
        )
    with atomic_folder(to) as aside:
        for name in (WEIGHTS, CONFIG, RECIPE):
            shutil.copyfile(adapter.folder / name, aside / name)
        atomic_write(aside / "README.md", card(adapter))
        check = against_stock(adapter, base_folder, aside, prompt)
        if not check.greedy_match:
            raise ExportError(
                f"Stock mlx-lm loads the export but writes other tokens (logits differ by {check.logit_difference_max:.3g}).",
                remedy="Nothing was exported. Update mlx-lm and try again, or report this with 'stylelab doctor --json'.",
                code="export_differs",
            )
    return check


def against_stock(adapter: StoredAdapter, base_folder: Path, folder: Path, prompt: str) -> Check:
    """Compare the live adapter with the folder as stock mlx-lm loads it: next-token logits and greedy tokens."""
    loaded = LoadedBase.load(base_folder, {"live": adapter})
    loaded.choose("live")
    live = loaded.base
    ours = list(stream(live, prompt, GREEDY, CHECK_TOKENS))
    model, tokenizer = stock_load(str(base_folder), adapter_path=str(folder))  # type: ignore[misc]
    ids = live.encode_prompt(prompt)
    answers = stream_generate(model, tokenizer, ids, max_tokens=CHECK_TOKENS, sampler=make_sampler(temp=0.0))
    theirs = [int(answer.token) for answer in answers]
    theirs = theirs[:-1] if theirs and theirs[-1] in live.end_tokens else theirs
    other = model(mx.array(ids)[None])[0, -1].astype(mx.float32)
    difference = number(mx.max(mx.abs(next_logits(live, prompt) - other)))
    return Check(ours == theirs, len(ours), difference)


def card(adapter: StoredAdapter) -> str:
    """Return the export's card: what it is, how to use it, what it was made from."""
    recipe, p = adapter.recipe, adapter.parameters
    frame = recipe.persona.frames.NARRATIVE[0]
    return f"""# Voice of {recipe.persona.author}

A LoRA adapter made with StyleLab for the base model **{recipe.base.name}**.

- rank {p.rank}, scale {p.scale:g} (write at this scale), dropout {p.dropout:g}, {p.num_layers} blocks
- layers: {", ".join(p.keys)}
- base weights SHA-256: `{recipe.base.weights_sha256}`
- dataset SHA-256: `{adapter.dataset_sha256}`
- recipe SHA-256: `{recipe.hash}` (whole in `recipe.json`)

The adapter answers to the prompt it was trained with: a situation, an instruction, a word count, the plain text,
and a line with `{recipe.separator}`. For example:

```
{frame}
{recipe.persona.instructions[0]}
{recipe.word_count_line.format(words=80)}

(the plain text)
{recipe.separator}
```

    mlx_lm.generate --model BASE --adapter-path THIS_FOLDER --prompt - < prompt.txt
"""

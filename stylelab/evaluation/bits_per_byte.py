"""How well a base model predicts a text that it has not seen, in a unit that models of any tokenizer share.

In: a loaded base, a text; the bundled texts to measure on. Out: BitsPerByte. Next: the jobs that convert and check a base.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
from mlx_lm.models.cache import make_prompt_cache

from stylelab.basemodels.load import Base, evaluate_scalar
from stylelab.errors import ModelError
from stylelab.language.books import MAIN
from stylelab.language.languages import find_words
from stylelab.paths import locate_bundled

WINDOW = 1024  # tokens that the model reads at once; long enough that its first tokens weigh little
ROWS = 128  # tokens of a window that are read at once: their logits are 80 MB for 150,000 tokens in float32
PROBE_FOLDER = "probe"


@dataclass(frozen=True)
class BitsPerByte:
    """A model's fit to a text.

    Args:
        bits_per_byte: Bits that the model needs for a byte of the text in UTF-8; 8 for one that knows nothing at all.
        tokens: Tokens of the text.
        bytes: Bytes of the text.
        tokens_per_word: Words are what stands between blanks.
    """

    bits_per_byte: float
    tokens: int
    bytes: int
    tokens_per_word: float


def load_probe_text(language_code: str) -> str:
    """Return the bundled text of a language on which base models are measured: half story, half explanation.

    It was written for StyleLab, so no published model was trained on it before StyleLab was published.

    Args:
        language_code: ISO 639-1; English stands for a language without a text.
    """
    name = find_words(language_code).probe or find_words(MAIN).probe
    return (locate_bundled("resources") / PROBE_FOLDER / name).read_text(encoding="utf-8")


def measure_bits_per_byte(
    base: Base, text: str, window: int = WINDOW, *, check: Callable[[], None] = lambda: None
) -> BitsPerByte:
    """Return how many bits per byte a base model needs for a text.

    The text is read in windows that do not overlap. Each begins with the token that begins texts, or ends them where the
    model has no other, so that every token of the text is predicted once.

    Args:
        window: Tokens of the text in a window, at least 1; no more are taken than the model has positions for.
        check: Called every few tokens; may raise to stop.

    Raises:
        ModelError: The text has no tokens, or the model gives no numbers.

    **Source:** Gao et al. 2020, "The Pile", §3.1: bits per byte = nats / (bytes × ln 2).
    """
    tokens = base.encode_completion(text)
    if not tokens:
        raise ModelError(
            "The text to measure on has no tokens.", remedy="Give a text with words in it.", code="model_unmeasured"
        )
    start = choose_start_token(base)
    step = max(1, min(window, base.positions - 1))
    parts: list[float] = []
    for at in range(0, len(tokens), step):
        parts.append(measure_window_nats(base, [start, *tokens[at : at + step]], check))
    nats = math.fsum(parts)
    if not math.isfinite(nats):
        raise ModelError(
            f"{base.files.folder.name} gives no numbers for an ordinary text: its weights are damaged.",
            remedy="Download or convert the model again, or choose another.",
            code="model_unmeasured",
        )
    size = len(text.encode())
    return BitsPerByte(nats / (size * math.log(2)), len(tokens), size, len(tokens) / max(1, len(text.split())))


def choose_start_token(base: Base) -> int:
    """Return the token before a text's first: the begin-of-text token where this tokenizer adds one, else the end token."""
    whole = list(base.tokenizer.encode("a"))
    plain = base.encode_completion("a")
    return int(whole[0]) if len(whole) > len(plain) and whole[0] != plain[0] else base.end_token


def measure_window_nats(base: Base, tokens: list[int], check: Callable[[], None] = lambda: None) -> float:
    """Return the sum of −ln p of a window's tokens but its first, computed in float32.

    Args:
        check: Called between the pieces in which the window is read; may raise to stop.
    """
    cache = make_prompt_cache(base.model)
    array = mx.array(tokens)
    nats: list[float] = []
    for at in range(0, len(tokens) - 1, ROWS):
        check()
        end = min(at + ROWS, len(tokens) - 1)
        read: Any = base.model  # nn.Module does not know what its children take
        logits: mx.array = read(array[None, at:end], cache=cache)
        values = logits[0].astype(mx.float32)
        wanted = mx.take_along_axis(values, array[at + 1 : end + 1, None], axis=-1)[:, 0]
        nats.append(evaluate_scalar(mx.sum(mx.logsumexp(values, axis=-1) - wanted)))
    return math.fsum(nats)

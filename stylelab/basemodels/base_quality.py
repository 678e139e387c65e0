"""What measurements of a base mean for this work, in words. Light.

In: a TextMeasurement, special tokens. Out: a verdict, and advice as Notes. Next: the check job, the models list, the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stylelab.basemodels.measurements import TextMeasurement
from stylelab.notes import Note

Verdict = Literal["good", "usable", "poor"]

# Bits per byte at most. **Source:** docs/models.md, "Checking a base": SmolLM2 135M, which writes whole sentences, has 1.19
# on the English text; the bundled base, which does not, has 1.69. What is good is a guess: no larger base could be had here.
GOOD_BITS, USABLE_BITS = 1.05, 1.4
MANY_TOKENS = 2.0  # per word


def judge_text(text: TextMeasurement) -> Verdict:
    """Return how well a base knows a language."""
    if text.bits_per_byte <= GOOD_BITS:
        return "good"
    return "usable" if text.bits_per_byte <= USABLE_BITS else "poor"


def advise_on_text(text: TextMeasurement) -> list[Note]:
    """Return what a base's figures on a language's text mean."""
    bits = f"{text.bits_per_byte:.2f}"
    sentences = {
        "good": Note("Good for this language: {bits} bits per byte on a text that it has not seen.", bits=bits),
        "usable": Note(
            "Usable for this language: {bits} bits per byte on a text that it has not seen. Expect simple sentences.",
            bits=bits,
        ),
        "poor": Note(
            "Poor for this language: {bits} bits per byte on a text that it has not seen. It takes on a voice and makes "
            "little sense; take another base for real work.",
            bits=bits,
        ),
    }
    advice = [sentences[judge_text(text)]]
    if text.tokens_per_word > MANY_TOKENS:
        advice.append(
            Note(
                "{count} tokens per word: its vocabulary was not made for this language. Training and writing take longer, "
                "and fewer words fit into a passage.",
                count=f"{text.tokens_per_word:.1f}",
            )
        )
    return advice


def advise_on_tokens(untrained: Sequence[str]) -> list[Note]:
    """Return what it means that special tokens were never trained."""
    if not untrained:
        return []
    return [
        Note("Special tokens that were never trained: {tokens}. Prompts do without them.", tokens=" ".join(untrained))
    ]

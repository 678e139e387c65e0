"""Count and check tokens with a base's tokenizer, before any model is loaded.

In: a model folder. Out: a Tokenizer. Next room: jobs, which hand it to the corpus room.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tokenizers

from stylelab.basemodels.identity import REMEDY
from stylelab.errors import ModelError


class Tokenizer:
    """The tokenizer of a model folder, without the special tokens that a model adds by itself."""

    def __init__(self, folder: Path) -> None:
        """Read tokenizer.json.

        Raises:
            ModelError: It is missing or damaged.
        """
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(f"{folder} has no tokenizer.json.", remedy=REMEDY, code="model_incomplete")
        try:
            self._own = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises nothing narrower
            raise ModelError(f"{path} cannot be read: {error}.", remedy=REMEDY, code="model_incomplete") from error
        self._own.no_truncation()
        self._own.no_padding()

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        return [one.ids for one in self._own.encode_batch_fast(list(texts), add_special_tokens=False)]

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        return [len(one) for one in self._own.encode_batch_fast(list(texts), add_special_tokens=False)]

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of token ids, special tokens included."""
        return self._own.decode(list(tokens), skip_special_tokens=False)

    def specials(self) -> list[str]:
        """Return the special tokens as they are written."""
        return sorted(t.content for t in self._own.get_added_tokens_decoder().values() if t.special)

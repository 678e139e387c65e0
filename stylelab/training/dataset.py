"""What a run trains on and is measured by, as tokens.

Next: run, loop.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.batches.tokenise import Example


@dataclass(frozen=True)
class Dataset:
    """Tokenised examples and the hash of the files they came from."""

    train: tuple[Example, ...]
    valid: tuple[Example, ...]
    sha256: str

    def keep_within(self, most: int) -> Dataset:
        """Return the examples of at most so many tokens."""
        short = [tuple(e for e in part if len(e.tokens) <= most) for part in (self.train, self.valid)]
        return Dataset(short[0], short[1], self.sha256)

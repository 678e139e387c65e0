"""Encode texts as tokens and decode them: plain for a base model, inside the chat template for an instruct model.

In: a model folder's tokenizer. Out: an Encoding. Next rooms: load, and the jobs that count tokens without loading weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from mlx_lm.utils import load_tokenizer

from stylelab.errors import ModelError

ASKED, ANSWERED = "\x02asked\x02", "\x03answered\x03"  # stand-ins that no template holds


class Encoding:
    """A tokenizer with the one way in which prompts become tokens."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer  # mlx_lm.tokenizer_utils.TokenizerWrapper, which has no types

    @property
    def end_tokens(self) -> frozenset[int]:
        """Token ids that end a text."""
        return frozenset(int(i) for i in self.tokenizer.eos_token_ids)

    @property
    def end_token(self) -> int:
        """The token id that training puts at the end of every completion."""
        return int(self.tokenizer.eos_token_id)

    @cached_property
    def chats(self) -> bool:
        """Whether this is an instruct model: its chat template frames a prompt, and ends an answer with an end token.

        Base models may carry a chat template too; theirs ends turns with a token that does not end their texts.
        """
        if getattr(self.tokenizer, "chat_template", None) is None:
            return False
        turn = {"role": "user", "content": ASKED}
        try:
            asked = self._chat([turn], open=True)
            whole = self._chat([turn, {"role": "assistant", "content": ANSWERED}], open=False)
        except (TemplateError, ValueError, TypeError, KeyError):
            return False  # a template for something else than a question and an answer
        ends = [self.tokenizer.decode([i]) for i in self.end_tokens]
        return asked != ASKED and any(end and end in whole.rpartition(ANSWERED)[2] for end in ends)

    def render(self, prompt: str) -> str:
        """Return what the model reads for a prompt: the prompt, or the prompt as a question in the model's chat."""
        return self._chat([{"role": "user", "content": prompt}], open=True) if self.chats else prompt

    def encode_prompt(self, prompt: str) -> list[int]:
        """Return a prompt's token ids, with the begin-of-text token where this tokenizer has one."""
        if self.chats:  # the template writes all special tokens itself
            return list(self.tokenizer.encode(self.render(prompt), add_special_tokens=False))
        return list(self.tokenizer.encode(prompt))

    def encode_turns(self, system: str, user: str) -> list[int]:
        """Return the token ids of an instruction and a text, as an instruct model reads them."""
        turns = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return list(self.tokenizer.encode(self._chat(turns, open=True), add_special_tokens=False))

    def encode_completion(self, text: str) -> list[int]:
        """Return a completion's token ids, without special tokens; the end token is the caller's to add."""
        return list(self.tokenizer.encode(text, add_special_tokens=False))

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of token ids, without special tokens."""
        return str(self.tokenizer.decode(list(tokens), skip_special_tokens=True))

    def length(self, prompt: str, completion: str) -> int:
        """Return how many tokens a pair takes, its end token included."""
        return len(self.encode_prompt(prompt)) + len(self.encode_completion(completion)) + 1

    def survives(self, text: str) -> bool:
        """Return whether a text comes back whole from its tokens."""
        return self.decode(self.encode_completion(text)) == text

    def _chat(self, turns: list[dict[str, str]], *, open: bool) -> str:
        return str(self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=open))


def load_encoding(folder: Path) -> Encoding:
    """Load a model folder's tokenizer alone.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        return Encoding(load_tokenizer(folder, {"local_files_only": True, "trust_remote_code": False}))
    except (ValueError, KeyError, RuntimeError, OSError, TypeError) as error:
        raise ModelError(
            f"The tokenizer of {folder} cannot be loaded: {str(error).splitlines()[0]}.",
            remedy="Download or convert the model again, or choose another.",
            code="model_unloadable",
        ) from error

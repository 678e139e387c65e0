"""Encode texts as tokens and decode them: plain for a base model, inside the chat template for an instruct model.

In: a model folder's tokenizer. Out: an Encoding. Next rooms: load, and the jobs that count tokens without loading weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from jinja2 import TemplateError
from mlx_lm.utils import load_tokenizer

from stylelab.errors import ModelError
from stylelab.files import read_json

QUESTION_MARKER, ANSWER_MARKER = "\x02asked\x02", "\x03answered\x03"  # stand-ins that no template holds


class Encoding:
    """A tokenizer with the one way in which prompts become tokens."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer  # mlx_lm.tokenizer_utils.TokenizerWrapper, which has no types

    @cached_property
    def end_tokens(self) -> frozenset[int]:
        """Token ids that end a text: those that the model's files name, and an instruct model's end of turn."""
        turn = () if self.turn_end is None else (self.turn_end,)
        return frozenset((*self._named_ends, *turn))

    @property
    def end_token(self) -> int:
        """The token id that training puts at the end of every completion: an instruct model's end of turn, or end of text."""
        return int(self.tokenizer.eos_token_id) if self.turn_end is None else self.turn_end

    @cached_property
    def turn_end(self) -> int | None:
        """The token id with which an instruct model's template ends an answer; None for others, or where it is no token."""
        if not self.is_instruct:
            return None
        turns = [{"role": "user", "content": QUESTION_MARKER}, {"role": "assistant", "content": ANSWER_MARKER}]
        rest = self._chat(turns, open=False).rpartition(ANSWER_MARKER)[2].lstrip()
        ids = self.encode_completion(rest)
        special = {*self._named_ends, *(int(i) for i in self.tokenizer.all_special_ids)}
        return ids[0] if ids and ids[0] in special else None

    @property
    def _named_ends(self) -> tuple[int, ...]:
        return tuple(int(i) for i in self.tokenizer.eos_token_ids)

    @cached_property
    def is_instruct(self) -> bool:
        """Whether this is an instruct model: its chat template frames a prompt, and ends an answer with an end token.

        Base models may carry a chat template too; theirs ends turns with a token that does not end their texts.
        """
        if getattr(self.tokenizer, "chat_template", None) is None:
            return False
        turn = {"role": "user", "content": QUESTION_MARKER}
        try:
            asked = self._chat([turn], open=True)
            whole = self._chat([turn, {"role": "assistant", "content": ANSWER_MARKER}], open=False)
        except (TemplateError, ValueError, TypeError, KeyError):
            return False  # a template for something else than a question and an answer
        ends = [self.tokenizer.decode([i]) for i in self._named_ends]
        return asked != QUESTION_MARKER and any(end and end in whole.rpartition(ANSWER_MARKER)[2] for end in ends)

    def render(self, prompt: str) -> str:
        """Return what the model reads for a prompt: the prompt, or the prompt as a question in the model's chat."""
        return self._chat([{"role": "user", "content": prompt}], open=True) if self.is_instruct else prompt

    def encode_prompt(self, prompt: str) -> list[int]:
        """Return a prompt's token ids, with the begin-of-text token where this tokenizer has one."""
        if self.is_instruct:  # the template writes all special tokens itself
            return list(self.tokenizer.encode(self.render(prompt), add_special_tokens=False))
        return list(self.tokenizer.encode(prompt))

    def encode_turns(self, turns: Sequence[dict[str, str]]) -> list[int]:
        """Return the token ids of a chat, as an instruct model reads them before it answers.

        Args:
            turns: Each with its role (system, user, assistant) and its content.
        """
        return list(self.tokenizer.encode(self._chat(turns, open=True), add_special_tokens=False))

    def encode_completion(self, text: str) -> list[int]:
        """Return a completion's token ids, without special tokens; the end token is the caller's to add."""
        return list(self.tokenizer.encode(text, add_special_tokens=False))

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of token ids, without special tokens."""
        return str(self.tokenizer.decode(list(tokens), skip_special_tokens=True))

    def count_tokens(self, prompt: str, completion: str) -> int:
        """Return how many tokens a pair takes, its end token included."""
        return len(self.encode_prompt(prompt)) + len(self.encode_completion(completion)) + 1

    def restores(self, text: str) -> bool:
        """Return whether a text comes back whole from its tokens."""
        return self.decode(self.encode_completion(text)) == text

    def _chat(self, turns: Sequence[dict[str, str]], *, open: bool) -> str:
        return str(self.tokenizer.apply_chat_template(list(turns), tokenize=False, add_generation_prompt=open))


def load_encoding(folder: Path) -> Encoding:
    """Load a model folder's tokenizer alone.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        settings = {"local_files_only": True, "trust_remote_code": False}
        return Encoding(load_tokenizer(folder, settings, read_end_tokens(folder)))
    except (ValueError, KeyError, RuntimeError, OSError, TypeError) as error:
        raise ModelError(
            f"The tokenizer of {folder} cannot be loaded: {str(error).splitlines()[0]}.",
            remedy="Download or convert the model again, or choose another.",
            code="model_unloadable",
        ) from error


def read_end_tokens(folder: Path) -> list[int] | None:
    """Return the token ids that a model's files say end a text; None where they say nothing, and its tokenizer's word stands.

    An instruct model often has several: the end of a turn beside the end of text. generation_config.json goes before
    config.json, as in mlx-lm.
    """
    for name in ("generation_config.json", "config.json"):
        path = folder / name
        value: Any = read_json(path) if path.is_file() else None
        if not isinstance(value, dict):
            continue
        settings = cast("dict[str, Any]", value)
        inner: Any = settings.get("text_config")
        for said in (settings.get("eos_token_id"), inner.get("eos_token_id") if isinstance(inner, dict) else None):
            ids: list[Any] = said if isinstance(said, list) else [said]
            if ids and all(type(i) is int for i in ids):
                return ids
    return None

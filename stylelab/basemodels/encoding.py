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
from transformers import PreTrainedTokenizerBase

from stylelab.basemodels.chat_template import render_chat
from stylelab.basemodels.kind import ModelKind, find_kind_by_name
from stylelab.errors import ModelError
from stylelab.files import read_json
from stylelab.notes import Note

QUESTION_MARKER, ANSWER_MARKER = "\x02asked\x02", "\x03answered\x03"  # stand-ins that no template holds


class Encoding:
    """A tokenizer with the one way in which prompts become tokens.

    Args:
        tokenizer: mlx_lm.tokenizer_utils.TokenizerWrapper, which has no types.
        named: What the model's name says of its kind; None where it says nothing.
    """

    def __init__(self, tokenizer: Any, named: ModelKind | None = None) -> None:
        self.tokenizer = tokenizer
        self.named = named

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
        after = self._framed_answer if self.is_instruct else None
        ids = self.encode_completion((after or "").lstrip())
        return ids[0] if ids and ids[0] in {*self._named_ends, *self.special_tokens} else None

    @property
    def _named_ends(self) -> tuple[int, ...]:
        return tuple(int(i) for i in self.tokenizer.eos_token_ids)

    @cached_property
    def special_tokens(self) -> dict[int, str]:
        """The tokens that stand for no text, as they are written, by id."""
        added: dict[int, Any] = self.tokenizer.added_tokens_decoder
        return {int(i): str(token) for i, token in added.items() if token.special}

    @property
    def is_instruct(self) -> bool:
        """Whether prompts are read inside the chat template."""
        return self.kind.kind == "instruct"

    @cached_property
    def kind(self) -> ModelKind:
        """Base or instruct, and why. The name tells first; an instruct model must have a template that frames a prompt.

        Base models may carry a chat template, too; theirs often ends turns with a token that does not end their texts, which
        tells where the name does not.

        Raises:
            ModelError: The template loses a prompt, or it is out of bounds.
        """
        if self.named is not None and self.named.kind == "base":
            return self.named
        if getattr(self.tokenizer, "chat_template", None) is None:
            return ModelKind("base", Note("It has no chat template."))
        after = self._framed_answer
        if after is None:
            return ModelKind("base", Note("Its chat template does not frame a question and an answer."))
        if self.named is not None:
            return self.named
        ends = [self.tokenizer.decode([i]) for i in self._named_ends]
        if any(end and end in after for end in ends):
            return ModelKind("instruct", Note("Its chat template ends an answer with the token that ends its texts."))
        return ModelKind("base", Note("Its chat template ends an answer with a token that does not end its texts."))

    @cached_property
    def _framed_answer(self) -> str | None:
        """What the chat template puts behind an answer; None where it frames no question and answer."""
        turn = {"role": "user", "content": QUESTION_MARKER}
        try:
            asked = self._chat([turn], open=True)
            whole = self._chat([turn, {"role": "assistant", "content": ANSWER_MARKER}], open=False)
        except (TemplateError, ValueError, TypeError, KeyError):
            return None  # a template for something else than a question and an answer
        if QUESTION_MARKER not in asked:
            raise build_loss_error()
        if asked == QUESTION_MARKER or ANSWER_MARKER not in whole:
            return None
        return whole.rpartition(ANSWER_MARKER)[2]

    def render(self, prompt: str) -> str:
        """Return what the model reads for a prompt: the prompt, or the prompt as a question in the model's chat.

        Raises:
            ModelError: The chat template refuses the prompt, or loses it.
        """
        return self._frame([{"role": "user", "content": prompt}]) if self.is_instruct else prompt

    def encode_prompt(self, prompt: str) -> list[int]:
        """Return a prompt's token ids, with the begin-of-text token where this tokenizer has one, and once.

        Raises:
            ModelError: As `render`.
        """
        if self.is_instruct:  # the template writes all special tokens itself
            return list(self.tokenizer.encode(self.render(prompt), add_special_tokens=False))
        tokens = list(self.tokenizer.encode(prompt))
        return tokens[: len(tokens) - self._closing_tokens]

    @cached_property
    def _closing_tokens(self) -> int:
        """How many special tokens this tokenizer puts behind a text: a prompt goes on, so none may stand there."""
        whole, plain = (self.tokenizer.encode("a", add_special_tokens=special) for special in (True, False))
        return next((n for n in range(len(whole)) if whole[: len(whole) - n][-len(plain) :] == plain), 0)

    def encode_turns(self, turns: Sequence[dict[str, str]]) -> list[int]:
        """Return the token ids of a chat, as an instruct model reads them before it answers.

        Args:
            turns: Each with its role (system, user, assistant) and its content.

        Raises:
            ModelError: As `render`.
        """
        return list(self.tokenizer.encode(self._frame(turns), add_special_tokens=False))

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

    def _frame(self, turns: Sequence[dict[str, str]]) -> str:
        try:
            text = self._chat(turns, open=True)
        except (TemplateError, ValueError) as error:
            raise ModelError(
                f"The model's chat template refuses a prompt: {str(error).splitlines()[0] if str(error) else 'it is broken'}.",
                remedy="Choose another model: this one's template is for other chats.",
                code="model_template",
            ) from error
        if any(turn["content"].strip() not in text for turn in turns):
            raise build_loss_error()
        return text

    def _chat(self, turns: Sequence[dict[str, str]], *, open: bool) -> str:
        own = self.tokenizer
        if has_own_renderer(own):
            return str(own.apply_chat_template(list(turns), tokenize=False, add_generation_prompt=open))
        thinking = {own._thinking_kwarg: own.has_thinking}  # the name by which this template calls it
        values = {**own.special_tokens_map, **thinking}
        return render_chat(str(own.get_chat_template()), turns, open=open, values=values)


def has_own_renderer(tokenizer: Any) -> bool:
    """Return whether mlx-lm or transformers render this kind's chats in their own code, without the folder's template."""
    inner = tokenizer._tokenizer
    stock = PreTrainedTokenizerBase.apply_chat_template
    return tokenizer._chat_template is not None or type(inner).apply_chat_template is not stock


def build_loss_error() -> ModelError:
    """Return the error of a chat template that drops what the user wrote."""
    return ModelError(
        "The model's chat template loses the prompt: the model would not read it.",
        remedy="It is broken: choose another model, or one whose template is its makers' own.",
        code="model_template",
    )


def load_encoding(folder: Path) -> Encoding:
    """Load a model folder's tokenizer alone.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        settings = {"local_files_only": True, "trust_remote_code": False}
        tokenizer = load_tokenizer(folder, settings, read_end_tokens(folder))
    except (ValueError, KeyError, RuntimeError, OSError, TypeError) as error:
        raise ModelError(
            f"The tokenizer of {folder} cannot be loaded: {str(error).splitlines()[0]}.",
            remedy="Download or convert the model again, or choose another.",
            code="model_unloadable",
        ) from error
    return Encoding(tokenizer, find_kind_by_name(folder))


def describe_kind(folder: Path) -> ModelKind:
    """Return whether a model is a base or an instruct model, and why; from its files alone, without its weights.

    Raises:
        ModelError: The tokenizer cannot be read, or the chat template is out of bounds or loses prompts.
    """
    return load_encoding(folder).kind


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

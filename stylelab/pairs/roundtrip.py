"""The model rewriters, `local` and `remote`: mask names, translate into another language and back into plain English, flatten.

In: passages' texts, a way to generate, a way to find names, a way to flatten. Out: Rewrittens with what each lost, or why
there is none. Next room: draft. The engine comes in as an argument: jobs wires MLX or a server behind `ChatModel`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from stylelab.pairs import checks
from stylelab.pairs.name_masks import mask, unmask
from stylelab.recipe import Tool

VERSION = 1  # of the prompts below: part of the tool, and so of every cached rewrite
TEMPERATURE = 0.1  # METHOD §3
TRIES = 2
WORDS_TO_TOKENS = 4  # room for a rewrite, in tokens per word of its source
LEAST_TOKENS = 64
PIVOT = (
    "Translate the user's text into {pivot}. Use simple grammar and everyday words. Keep every fact, number and negation. "
    "Copy tokens like __ENT1__ unchanged. Answer with the translation only."
)
BACK = (
    "Translate the user's text into plain English. Write short sentences of subject, verb and object, under fifteen words each. "
    "Use everyday words and no ornament. Keep every fact, number and negation. Copy tokens like __ENT1__ unchanged. "
    "Answer with the translation only."
)
SWAP = (
    "Rewrite the user's text about a mundane everyday topic of your choice. Keep its sentence structure, its rhythm, its voice, "
    "its point of view and its length: as many sentences, about as many words. Change what it is about. "
    "Answer with the text only."
)
LEAST_WORDS, MOST_WORDS, MORE_SENTENCES, OVERLAP = 0.8, 1.2, 1, 0.85  # of a swapped text (METHOD §3)
FOREIGN = re.compile(r"[\u0400-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
QUOTED = re.compile(r"^[\"“'`](.*)[\"”'`]$", re.S)


@dataclass(frozen=True)
class ChatRequest:
    """One request to a model: what to do, to which text, and how long the answer may be.

    Args:
        examples: Texts with the answers that are wanted, as earlier turns of the same chat.
    """

    system: str
    user: str
    max_tokens: int
    seed: int
    examples: tuple[tuple[str, str], ...] = ()

    def list_turns(self) -> list[dict[str, str]]:
        """Return the chat: the instruction, each example with its answer, the text."""
        turns = [("system", self.system)]
        for asked, answered in self.examples:
            turns += [("user", asked), ("assistant", answered)]
        return [{"role": role, "content": said} for role, said in (*turns, ("user", self.user))]


@dataclass(frozen=True)
class ChatAnswer:
    """What came back: a text that ended, or the problem."""

    text: str
    problem: Literal["truncated", "unreadable", "refused", "unreachable"] | None = None


class ChatModel(Protocol):
    """Anything that answers requests, in order."""

    def __call__(self, asks: Sequence[ChatRequest], *, temperature: float) -> list[ChatAnswer]: ...


@dataclass(frozen=True)
class Rewritten:
    """A plain text and the words it does without, or the problem that left none.

    Args:
        answer: What the model said where that is no rewrite, to be shown with the problem.
    """

    text: str
    lost: tuple[str, ...]
    problem: str | None = None
    answer: str = ""


@dataclass(frozen=True)
class TextReading:
    """What a model rewriter asks the language room.

    Args:
        names: Finds the names of each text.
        flatten: Makes what came back level; training and writing use the same.
        sentences: Cuts a text into its sentences.
    """

    names: Callable[[Sequence[str]], list[Sequence[str]]]
    flatten: Callable[[Sequence[str]], list[str]]
    sentences: Callable[[str], list[str]]


def leave_room(text: str) -> int:
    """Return how many tokens the rewrite of a text may have."""
    return max(LEAST_TOKENS, WORDS_TO_TOKENS * len(text.split()))


class AskingRewriter:
    """What the model rewriters share: asking, asking again, and swapping topics.

    Args:
        tool: What the recipe says of it: the model and the prompts' version are in it.
    """

    def __init__(self, generate: ChatModel, tool: Tool, reading: TextReading) -> None:
        self._generate = generate
        self.tool = tool
        self._reading = reading

    def swap_topic(self, texts: Sequence[str]) -> list[Rewritten]:
        """Return each text on a mundane topic, its structure kept (±20% words, ±1 sentence, at most 85% overlap)."""

        def wrong(at: int, text: str) -> str | None:
            words, own = checks.split_words(text), checks.split_words(texts[at])
            if not LEAST_WORDS * len(own) <= len(words) <= MOST_WORDS * len(own):
                return "swap_length"
            if abs(self._count_sentences(text) - self._count_sentences(texts[at])) > MORE_SENTENCES:
                return "swap_sentences"
            return "swap_overlap" if len(set(words) & set(own)) > OVERLAP * len(set(own)) else None

        return self._ask(SWAP, texts, wrong)

    def _count_sentences(self, text: str) -> int:
        return len(self._reading.sentences(text))

    def _ask(
        self,
        system: str,
        texts: Sequence[str],
        wrong: Callable[[int, str], str | None],
        skip: Sequence[str | None] | None = None,
        examples: tuple[tuple[str, str], ...] = (),
        tries: int = TRIES,
        room: Callable[[str], int] = leave_room,
        clean: Callable[[str], str] = lambda text: text,
    ) -> list[Rewritten]:
        """Return an answer per text; what fails is asked again with another seed, until the tries are spent.

        Args:
            wrong: Returns why the answer to the text of that number is wrong, or None.
            skip: Problems that texts have already; these are not asked for.
            examples: Texts with the answers that are wanted.
            room: Returns how many tokens the answer to a text may have.
            clean: Takes off an answer what does not belong to it.
        """
        done = [Rewritten("", (), problem) for problem in skip or [None] * len(texts)]
        open_ = [at for at, r in enumerate(done) if r.problem is None]
        for attempt in range(tries):
            asks = [ChatRequest(system, texts[at], room(texts[at]), attempt, examples) for at in open_]
            answers = self._generate(asks, temperature=TEMPERATURE) if asks else []
            for at, answer in zip(open_, answers, strict=True):
                text = clean(tidy(answer.text))
                problem = answer.problem or check_answer(text) or wrong(at, text)
                done[at] = Rewritten("", (), problem, answer.text) if problem else Rewritten(text, ())
            open_ = [at for at in open_ if done[at].problem is not None]
        return done


class RoundTrip(AskingRewriter):
    """Rewrites through a language and back into plain English, with names behind masks."""

    def __init__(self, generate: ChatModel, tool: Tool, reading: TextReading, *, pivot: str) -> None:
        super().__init__(generate, tool, reading)
        self._pivot = PIVOT.format(pivot=pivot)

    def rewrite(self, texts: Sequence[str]) -> list[Rewritten]:
        """Return one Rewritten per text, in order."""
        masked = [mask(text, names) for text, names in zip(texts, self._reading.names(texts), strict=True)]
        there = self._ask(self._pivot, [text for text, _ in masked], lambda at, text: None)

        def wrong(at: int, text: str) -> str | None:
            restored, gone = unmask(text, masked[at][1])
            return "mask_lost" if gone else "not_english" if FOREIGN.search(restored) else None

        back = self._ask(BACK, [a.text for a in there], wrong, skip=[a.problem for a in there])
        plain = [unmask(a.text, names)[0] for a, (_, names) in zip(back, masked, strict=True)]
        level = self._reading.flatten(plain)
        out: list[Rewritten] = []
        for way, answer, text, source in zip(there, back, level, texts, strict=True):
            problem = answer.problem or (None if text.strip() else "empty")
            lost = checks.list_lost_words(source, text)
            out.append(Rewritten("", (), problem, answer.answer or way.answer) if problem else Rewritten(text, lost))
        return out


def tidy(text: str) -> str:
    """Return an answer without the quotation marks and the blank lines that models put around it."""
    text = re.sub(r"^<think>.*?</think>", "", text.strip(), flags=re.S).strip()
    quoted = QUOTED.match(text)
    return quoted.group(1).strip() if quoted and not re.search(r"[\"“”]", quoted.group(1)) else text


def check_answer(text: str) -> str | None:
    """Return why an answer is no answer: empty, a refusal, talk about itself."""
    return "empty" if not text else checks.detect_meta_text(text)

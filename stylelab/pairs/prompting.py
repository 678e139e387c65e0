"""The one way from a text to a prompt, for training, writing, previews and whatever else asks a model to write.

In: a recipe, text tools, a text. Out: PreparedPrompt, with every way in which it departs from what training saw. Next rooms: make
(training's pairs), jobs that write. No project folder is needed: an adapter's recipe is enough.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from stylelab.corpus.document import count_words
from stylelab.errors import StyleLabError
from stylelab.files import sha256_text
from stylelab.language.language import Vocabulary
from stylelab.language.perturb import perturb
from stylelab.notes import Note
from stylelab.pairs.draft import TURN, Drafter, DraftRequest, DraftTools
from stylelab.pairs.facts import Facts, extract_facts
from stylelab.pairs.pair import Draft
from stylelab.pairs.rewriters import TextTools
from stylelab.persona.prompt import build_prompt
from stylelab.recipe import ContentType, Perspective, Recipe, Variant

NO_FACTS = Facts((), frozenset(), ())
LONGEST_LEAP = 2.0  # times the input's length that may be asked for at once (METHOD §5)


@dataclass(frozen=True)
class PreparedPrompt:
    """An input ready for the model.

    Args:
        prompt: What the model is given.
        input: The plain text inside it, perturbed.
        content: The content type whose frames were used.
        words: Length asked for.
        key: The key that, joined with the seed, decides frame, instruction, constraints and perturbation.
        facts: What the input states and an answer must keep.
        notes: How this departs from what training saw, in sentences.
    """

    prompt: str
    input: str
    content: ContentType
    words: int
    key: str
    facts: Facts = NO_FACTS
    notes: tuple[str, ...] = ()


def build_seed_key(source: str, variant: Variant = "neutral", *, heavy: bool = False) -> str:
    """Return the key that, with the recipe's seed, decides every draw for an input.

    Args:
        source: The text that was made plain.
        heavy: Whether it is perturbed as in robustness pairs.
    """
    return f"{sha256_text(source)}-{variant}{'-heavy' if heavy else ''}"


def frame_input(
    plain: str,
    content: ContentType | None,
    recipe: Recipe,
    vocabulary: Vocabulary,
    *,
    source: str,
    words: int,
    variant: Variant = "neutral",
    heavy: bool = False,
) -> PreparedPrompt:
    """Perturb a plain text at the recipe's rate and build its prompt.

    Args:
        plain: The plain text, or a variant of it.
        content: What the classifier said of the plain text; None falls to the persona's default.
        source: The text that was made plain; with the recipe's seed it decides every draw, so that writing from a text of
            the training data builds the prompt that training built.
        words: Length asked for.
        heavy: Perturb as in robustness pairs.
    """
    rate = recipe.pairs.variant_rate if variant != "neutral" else recipe.pairs.rate
    rate = recipe.pairs.robustness_rate if heavy else rate
    key = build_seed_key(source, variant, heavy=heavy)
    perturbed = perturb(plain, rate, random.Random(sha256_text(f"{recipe.seed}\0{key}\0perturb")), vocabulary)
    decided = content or recipe.persona.default_content
    prompt = build_prompt(recipe, text=perturbed, content=decided, words=words, key=key)
    return PreparedPrompt(prompt, perturbed, decided, words, key)


class Prompter:
    """Turns a person's text into the prompt that training would have built of it.

    Args:
        recipe: The adapter's, or the one that a dataset is about to be sealed with.
        tools: What reads the text and makes it plain.
        notes: How these tools depart from the recipe's, in sentences; they come with every prompt.
    """

    def __init__(self, recipe: Recipe, tools: TextTools, notes: tuple[str, ...] = ()) -> None:
        self._recipe = recipe
        self._tools = tools
        self._drafter = Drafter(tools, DraftTools.from_recipe(recipe, tools.rewriter.tool))
        self._notes = (*self._language_notes(), *notes)

    def prepare(self, text: str, *, words: int | None = None, perspective: Perspective | None = None) -> PreparedPrompt:
        """Return the prompt of a text.

        Args:
            words: Length asked for; the text's own by default.
            perspective: Whose eyes the text is told through; as it is by default. It is turned as training turned it.

        Raises:
            StyleLabError: Nothing is left of the text, or it cannot be turned to the perspective.
        """
        text = text.strip()
        if not text:
            raise StyleLabError("There is no text to write from.", remedy="Give --text or --file.", code="no_text")
        draft = self._drafter.draft([DraftRequest(text, perspective or "as_written")])[0]
        require_draft(draft, perspective)
        length = count_words(draft.target)
        asked = length if words is None else words
        ready = frame_input(
            draft.plain, draft.content, self._recipe, self._tools.words, source=draft.target, words=asked
        )
        notes = (*self._notes, *self._perspective_notes(perspective), *note_length(words, count_words(text)))
        return replace(ready, facts=extract_facts(draft.target, draft.names), notes=notes)

    def reframe(self, ready: PreparedPrompt, content: ContentType) -> PreparedPrompt:
        """Return the prompt of the same input as if it were of another content type."""
        prompt = build_prompt(self._recipe, text=ready.input, content=content, words=ready.words, key=ready.key)
        return replace(ready, prompt=prompt, content=content)

    def _language_notes(self) -> tuple[str, ...]:
        if self._tools.parser.tool == self._recipe.language:
            return ()
        name = self._tools.parser.tool.name
        return (Note("the language pipeline is {name} as it is now, trained with another version of it", name=name),)

    def _perspective_notes(self, perspective: Perspective | None) -> tuple[str, ...]:
        seen = (None, self._recipe.persona.default_perspective, *self._recipe.pairs.perspectives)
        if perspective in seen:
            return ()
        return (Note("training saw no text in this point of view ({perspective})", perspective=str(perspective)),)


def note_length(asked: int | None, given: int) -> tuple[str, ...]:
    """Return a note if the length asked for is more than twice the input's."""
    if asked is None or asked <= LONGEST_LEAP * given:
        return ()
    return (
        Note("{asked} words asked of {given}: more than twice is better asked for in steps", asked=asked, given=given),
    )


def require_draft(draft: Draft, perspective: Perspective | None) -> None:
    """Refuse a draft with a problem.

    Raises:
        StyleLabError: The text cannot be told from the perspective, or cannot be made plain.
    """
    if draft.problem is None:
        return
    if draft.problem.startswith(TURN):
        why = draft.problem.removeprefix(TURN).replace("_", " ")
        raise StyleLabError(
            f"The text cannot be told from the asked point of view ({perspective}): {why}.",
            remedy="Tell it as I, in whole sentences, or leave the point of view as it is.",
            code="not_turned",
        )
    raise StyleLabError(
        f"The text could not be made plain ({draft.problem}).", remedy="Give whole sentences.", code="no_text"
    )

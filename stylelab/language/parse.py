"""What a pipeline says about a text, as light records: no caller needs spaCy's types.

In: nothing; `pipeline` fills these. Out: Parsed, with words, sentences and names. Next rooms: classify, perspective,
variants, plain, pairs. Tags are Penn tags, word kinds Universal Dependencies', whatever pipeline read the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "expl", "csubj", "csubj:pass"})
OTHER = "other"  # the language of a text that the pipeline is not for
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark.

    Args:
        start, end: Place in the text, in characters; end is exclusive.
        lemma: Dictionary form, in lower case except for names.
        pos: Universal part of speech ("NOUN", "PROPN", ...).
        tag: Fine tag; Penn ("VBD", ...) in English.
        morph: "Number=Sing|Person=1", or "".
        dep: Relation to the head, in Universal Dependencies' names; "root" for a root.
        head: Index of the head in Parsed.tokens; a root's own index.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    morph: str
    dep: str
    head: int

    @property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Name:
    """A named person, place or thing; `kind` is the pipeline's label, "NAME" where it only knows that it is one."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Parsed:
    """A text and what a pipeline found in it.

    Args:
        language: "en", "de", or "other" where the text is not in the pipeline's language.
        sentences: Half-open ranges of token indices, in order; they cover all tokens.
    """

    text: str
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the tokens that it is the head of, in order."""
        own: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                own[token.head].append(i)
        return tuple(map(tuple, own))

    def capital_inside(self, index: int) -> bool:
        """Return whether a word has a capital though no sentence or speech begins with it: a name, a title's word."""
        if not index or not self.tokens[index].text[:1].isupper() or self.tokens[index].text == "I":
            return False
        before = self.tokens[index - 1].text
        return before[-1:].isalnum() or before[-1:] in {",", "_", "-"}

    def subtree(self, index: int) -> list[int]:
        """Return a token and everything under it, in order."""
        found, todo = {index}, [index]
        while todo:
            for child in self.children[todo.pop()]:
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return sorted(found)

    def subject(self, verb: int) -> int | None:
        """Return a predicate's subject, its own or the one it shares with what it is coordinated with."""
        seen: set[int] = set()
        while verb not in seen:
            seen.add(verb)
            own = [c for c in self.children[verb] if self.tokens[c].dep in SUBJECTS]
            if own:
                # "there" in "there was a man" gives way to nothing: the verb agrees with what follows
                return own[0]
            if self.tokens[verb].dep != "conj":
                return None
            verb = self.tokens[verb].head
        return None

    def finite(self, predicate: int) -> int | None:
        """Return the finite verb of a predicate: its first auxiliary or copula, or itself; None where it has none."""
        for child in self.children[predicate]:
            if self.tokens[child].dep in AUXILIARIES and self.tokens[child].tag in FINITE:
                return child
        return predicate if self.tokens[predicate].tag in FINITE else None

    def each_sentence(self) -> Iterator[range]:
        """Yield each sentence as a range of token indices."""
        for first, after in self.sentences:
            yield range(first, after)

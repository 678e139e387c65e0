"""Word lists that the English rules work from, read once from resources/lexicons.

In: nothing. Out: a Lexicon. Next rooms: classify, perturb, plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stylelab.language.english.inflect import forms
from stylelab.language.wordlists import read_list

VERSION = 4


@dataclass(frozen=True)
class Lexicon:
    """All word lists, in lower case.

    Args:
        plain: Ornate word, in the form it is printed in, to plain word or short phrase.
        plain_lemmas: (a form of an ornate word, "noun", "verb", "adj" or "adv") to a plain dictionary form.
        synonyms: Word to the words that may stand for it in a perturbed input.
        modifiers: Degree words that plain prose does without.
        ly_kept: Words in -ly that are no dispensable adverbs.
    """

    plain: Mapping[str, str]
    plain_lemmas: Mapping[tuple[str, str], str]
    synonyms: Mapping[str, tuple[str, ...]]
    function_words: frozenset[str]
    modifiers: frozenset[str]
    abstract_nouns: frozenset[str]
    concrete_nouns: frozenset[str]
    temporal: frozenset[str]
    sequence: frozenset[str]
    ly_kept: frozenset[str]
    version: int = VERSION


@cache
def load() -> Lexicon:
    """Return the bundled lexicon."""

    def words(name: str) -> frozenset[str]:
        return frozenset(read_list(f"{name}.txt"))

    plain: dict[str, str] = {}
    plain_lemmas: dict[tuple[str, str], str] = {}
    for line in read_list("plain.tsv"):
        word, new, *kind = line.split("\t")
        if kind:
            # every form finds its plain word, also where a pipeline is wrong about the dictionary form
            for form in {word, *forms(word, kind[0])}:
                plain_lemmas.setdefault((form, kind[0]), new)
        else:
            plain[word] = new
    synonyms: dict[str, tuple[str, ...]] = {}
    for line in read_list("synonyms.txt"):
        group = [w.replace("_", " ") for w in line.split()]
        for word in group:
            synonyms.setdefault(word, tuple(w for w in group if w != word))
    return Lexicon(
        plain=plain,
        plain_lemmas=plain_lemmas,
        synonyms=synonyms,
        function_words=words("function_words"),
        modifiers=words("modifiers"),
        abstract_nouns=words("abstract_nouns"),
        concrete_nouns=words("concrete_nouns"),
        temporal=words("temporal"),
        sequence=words("sequence"),
        ly_kept=words("ly_kept"),
    )

"""What a language must offer, and the records that its functions give. Adding a language: a folder, and
a word each in `books.WORDS` and `languages.LANGUAGES`.

In: nothing. Out: the Language protocol, LanguageWords, Rewrite, Turned. Next: languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from stylelab.language.parse import Name, Parsed, Token
from stylelab.recipe import ContentType, ObserverPart, Perspective, Tool


@dataclass(frozen=True)
class Rewrite:
    """A plain text and the words of the original that it does without, in order."""

    text: str
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Turned:
    """A passage in another perspective, or None and the reason why it is left out."""

    text: str | None
    reason: str | None = None


class Vocabulary(Protocol):
    """The word lists that language-neutral code works from."""

    @property
    def version(self) -> int:
        """The version of the lists, which a recipe seals."""
        ...

    @property
    def function_words(self) -> frozenset[str]:
        """Words that carry grammar and no voice, in lower case."""
        ...

    @property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """A word to the words that may stand for it in a perturbed input."""
        ...


@dataclass(frozen=True)
class LanguageTools:
    """A language's functions as a recipe names them, with versions."""

    classifier: Tool
    rewriter: Tool
    perspective: Tool
    variants: Tool


class Language(Protocol):
    """A language in which pairs can be made. Its functions take what a pipeline says about a text."""

    words: LanguageWords
    tools: LanguageTools

    @property
    def vocabulary(self) -> Vocabulary:
        """Its word lists."""
        ...

    def reads(self, tokens: Sequence[Token]) -> bool:
        """Return whether words can be of this language: its pipeline parses any text, and no rule would work on that."""
        ...

    def find_names(self, parsed: Parsed) -> tuple[Name, ...]:
        """Return the names in a text that no recogniser looked at."""
        ...

    def classify(self, parsed: Parsed) -> ContentType | None:
        """Return a text's content type; None where the evidence leaves it to the persona's default."""
        ...

    def turn(self, parsed: Parsed, to: Perspective, observer: ObserverPart) -> Turned:
        """Return a first-person passage in another perspective, or why it is left out."""
        ...

    def narrativise(self, parsed: Parsed, observer: ObserverPart) -> Turned:
        """Return an impersonal text told in the first person, or why it is left out."""
        ...

    def make_plain(self, parsed: Parsed) -> Rewrite:
        """Return the plain form of a passage; paragraphs are kept apart."""
        ...

    def drop_modifiers(self, parsed: Parsed) -> Rewrite:
        """Return the text without adjectives and adverbs."""
        ...

    def abstract_nouns(self, parsed: Parsed) -> Rewrite:
        """Return the text with its concrete nouns as [THING]."""
        ...


@dataclass(frozen=True)
class LanguageWords:
    """What language-neutral code knows of a language: the words that it looks for, and where the rest is. Nothing is loaded.

    Those marked *pattern* are the alternatives of a regular expression, joined with those of the other languages; "" for none.

    Args:
        iso_code: ISO 639-1.
        pipeline: The folder of its bundled pipeline in resources/pipelines; None where there is none.
        installed: Names of the spaCy pipelines that a user may install for it.
        function_words: Reads its list.
        past_forms: Patterns of verb forms that are surely past, beyond those that resources/lexicons/scene_words.txt lists.
        count_transliterated: Counts the words of a text that spell its letters in others, where it has letters of its own.
        abbreviations: Pattern: words whose full stop ends no sentence.
        elisions: Pattern: words that begin with an apostrophe, which opens no speech.
        refusals, meta: Patterns: how a model refuses, and how it talks about its own answer.
        negations: Pattern: words that negate.
        units: Numbers from two up, in words.
        tens: Twenty, thirty, … ninety, in words.
        suspended: Words before which a hyphen stands for a word to come.
        books: What its books call their parts.
        probe: The text in resources/probe on which base models are measured; "" for none.
    """

    iso_code: str
    pipeline: str | None
    installed: tuple[str, ...]
    function_words: Callable[[], frozenset[str]]
    past_forms: Callable[[], tuple[str, ...]]
    count_transliterated: Callable[[str], int] | None = None
    abbreviations: str = ""
    elisions: str = ""
    refusals: str = ""
    meta: str = ""
    negations: str = ""
    units: tuple[str, ...] = ()
    tens: tuple[str, ...] = ()
    suspended: frozenset[str] = frozenset()
    books: BookWords = field(default_factory=lambda: BookWords())
    probe: str = ""


@dataclass(frozen=True)
class BookWords:
    """What a language's books call their parts: each the alternatives of a regular expression, "" for none.

    Args:
        divisions: Chapter, part, letter …
        ordinals, counts: First, second …; one, two …
        small: Words that stay small in titles.
        headings: What stands alone above a section: preface, epilogue …
        headline_divisions, headline_numbers, headline_sections: What is a heading whatever stands directly around it.
        synopses: How a chapter's summary begins.
        leave_taking: Words with which a letter ends.
        contents, notes: What heads a table of contents, and a section of notes.
        note_likes, note_labels, inline_notes: What a note in such a section begins with; the word before a footnote's number; the
            word for a note inside a sentence.
        note_asides: What an edition says in braces.
        pictures, inline_pictures: What a caption in brackets begins with, alone and inside a paragraph.
        pages, page_labels, inline_pages: The word before a page's number; the same where short forms count; the same in brackets.
        front: What heads front matter.
        dedication_starts, dedication_words, dedicated_to: How a dedication begins, what it says, the word before a name.
        letters: What only a letter says.
        licence_starts, licence_ends: The lines by which a file's makers part their words from the work.
        editors, transcribers, transcriber_notes, never_prose: How the makers of a file or an edition begin a note; their words.
        back, ends: What heads end matter; how a work says that it is over.
    """

    divisions: str = ""
    ordinals: str = ""
    counts: str = ""
    small: frozenset[str] = frozenset()
    headings: str = ""
    headline_divisions: str = ""
    headline_numbers: str = ""
    headline_sections: str = ""
    synopses: str = ""
    leave_taking: str = ""
    contents: str = ""
    notes: str = ""
    note_likes: str = ""
    note_labels: str = ""
    inline_notes: str = ""
    note_asides: str = ""
    pictures: str = ""
    inline_pictures: str = ""
    pages: str = ""
    page_labels: str = ""
    inline_pages: str = ""
    front: str = ""
    dedication_starts: str = ""
    dedication_words: str = ""
    dedicated_to: str = ""
    letters: str = ""
    licence_starts: str = ""
    licence_ends: str = ""
    editors: str = ""
    transcribers: str = ""
    transcriber_notes: str = ""
    never_prose: str = ""
    back: str = ""
    ends: str = ""

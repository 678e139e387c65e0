"""spaCy pipelines: the bundled one of a language, or an installed one that the user names.

In: texts. Out: Parsed records. Next rooms: classify, perspective, variants, plain, pairs. The only file of the room
that imports spaCy. Nothing is downloaded here, and no code is loaded from the bundled folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from stylelab.errors import LanguageError
from stylelab.language.available import BUNDLED, INSTALLED
from stylelab.language.books import MAIN, WORDS
from stylelab.language.languages import find_language
from stylelab.language.parse import OTHER, Name, Parsed, Token
from stylelab.paths import bundled
from stylelab.recipe import Tool

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
BATCH = 64  # paragraphs; docs/language.md has the measurement
NOT_WEIGHTS = frozenset({"README.md", "scores.json"})
DASHED = re.compile(r"(--+|—|–)(\w.*)")
KINDS = frozenset({"PERSON", "PER", "GPE", "LOC", "FAC"})  # people and places; dates and sums are no names
# What spaCy's own English pipelines call what Universal Dependencies call otherwise.
RELATIONS = {
    "ROOT": "root", "dobj": "obj", "dative": "iobj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass",
    "auxpass": "aux:pass", "relcl": "acl:relcl", "prt": "compound:prt", "poss": "nmod:poss", "neg": "advmod",
    "pobj": "obl", "prep": "case",
}  # fmt: skip


class Pipeline:
    """A loaded pipeline: texts in, Parsed out."""

    def __init__(self, nlp: Language, tool: Tool) -> None:
        self._nlp = nlp
        self.tool = tool
        self.language = str(nlp.lang)
        self._names = nlp.has_pipe("ner")

    def read(self, texts: Iterable[str], *, batch: int = BATCH) -> Iterator[Parsed]:
        """Yield what the pipeline says about each text, in order; paragraphs are batched across texts.

        Args:
            batch: Paragraphs parsed together, at least 1.
        """
        held: dict[int, str] = {}

        def paragraphs() -> Iterator[tuple[Doc, tuple[int, tuple[int, ...]]]]:
            for number, text in enumerate(texts):
                held[number] = text
                for first, after in paragraph_places(text):
                    doc, starts = self._words(text, first, after)
                    yield doc, (number, starts)

        done = self._nlp.pipe(paragraphs(), as_tuples=True, batch_size=batch)
        following = 0
        for number, group in groupby(done, key=lambda pair: pair[1][0]):
            for empty in range(following, number):
                yield self._record(held.pop(empty), [])
            yield self._record(held.pop(number), [(doc, starts) for doc, (_, starts) in group])
            following = number + 1
        for text in held.values():
            yield self._record(text, [])

    def read_one(self, text: str) -> Parsed:
        """Return what the pipeline says about one text."""
        return next(self.read([text]))

    def _words(self, text: str, first: int, after: int) -> tuple[Doc, tuple[int, ...]]:
        """Return a paragraph's words without white space and italics marks, and where each starts."""
        plain = text[first:after].replace("_", " ")
        words: list[str] = []
        starts: list[int] = []
        for token in self._nlp.make_doc(re.sub(r"\s", " ", plain)):
            if token.is_space:
                continue
            at = first + token.idx
            # the tokenizer keeps a capital with its full stop, as an initial; after a small word it is "I", not a name
            pieces = ["I", "."] if token.text == "I." and words and words[-1].islower() else self._pieces(token.text)
            for piece in pieces:
                words.append(piece)
                starts.append(at)
                at += len(piece)
        ends = [s + len(w) for s, w in zip(starts, words, strict=True)]
        spaces = [e != s for e, s in zip(ends, [*starts[1:], after + 1], strict=False)]
        return Doc(self._nlp.vocab, words=words, spaces=spaces), tuple(starts)

    def _pieces(self, word: str) -> list[str]:
        """Return a token, or a dash and what follows it: the tokenizer cuts dashes inside and after words only."""
        dash = DASHED.match(word)
        return [word] if dash is None else [dash.group(1), *(t.text for t in self._nlp.make_doc(dash.group(2)))]

    def _record(self, text: str, paragraphs: Sequence[tuple[Doc, tuple[int, ...]]]) -> Parsed:
        """Return the paragraphs of one text as one record."""
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        names: list[Name] = []
        for doc, starts in paragraphs:
            base = len(tokens)
            for token, start in zip(doc, starts, strict=True):
                end = start + len(token.text)
                dep = RELATIONS.get(token.dep_, token.dep_)
                own = Token(
                    text[start:end], start, end, token.lemma_ or token.lower_, token.pos_, token.tag_,
                    str(token.morph), dep, base + token.head.i,
                )  # fmt: skip
                tokens.append(own)
            sentences += [(base + s.start, base + s.end) for s in doc.sents] if len(doc) else []
            for found in doc.ents:
                if found.label_ in KINDS:
                    start, end = starts[found.start], starts[found.end - 1] + len(doc[found.end - 1])
                    names.append(Name(text[start:end], start, end, found.label_))
        language = self.language if find_language(self.language).reads(tokens) else OTHER
        parsed = Parsed(text, language, tuple(tokens), tuple(sentences), tuple(names))
        return parsed if self._names else replace(parsed, names=find_language(self.language).find_names(parsed))


def paragraph_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of a text starts and ends; empty ones are left out."""
    start = 0
    for match in [*PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield start, end
        start = match.end() if match else end


@cache
def load(name: str = BUNDLED) -> Pipeline:
    """Return a pipeline, loaded once.

    Args:
        name: "bundled", or the name of an installed spaCy pipeline for a language known here.

    Raises:
        LanguageError: It is not installed, not one of those names, or cannot be loaded.
    """
    if name == BUNDLED:
        return load_folder(bundled("resources") / "pipelines" / str(WORDS[MAIN].pipeline))
    if name not in INSTALLED:
        raise LanguageError(
            f"'{name}' is no pipeline that StyleLab knows.",
            remedy=f"Name one of {', '.join(INSTALLED)}, or 'bundled'.",
            code="pipeline_unknown",
        )
    if not spacy.util.is_package(name):
        raise LanguageError(
            f"The language pipeline {name} is not installed.",
            remedy=f"Install it with 'python -m spacy download {name}', or choose 'bundled'.",
            code="pipeline_missing",
        )
    try:
        nlp = spacy.load(name, disable=["senter"])
    except (OSError, ValueError, ImportError) as error:
        raise LanguageError(
            f"The language pipeline {name} cannot be loaded: {first_line(error)}.",
            remedy="Install the version that fits this spaCy, or choose 'bundled'.",
            code="pipeline_damaged",
        ) from error
    return Pipeline(nlp, Tool(name=name, version=1, parameters={"release": str(nlp.meta["version"])}))


def load_folder(folder: Path) -> Pipeline:
    """Return the pipeline of a folder, named in recipes by the hash of its files.

    Raises:
        LanguageError: It is missing or damaged.
    """
    if not (folder / "config.cfg").is_file():
        raise LanguageError(
            "The bundled language pipeline is missing.", remedy="Install StyleLab again.", code="pipeline_missing"
        )
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError) as error:
        raise LanguageError(
            f"The bundled language pipeline cannot be loaded: {first_line(error)}.",
            remedy="Install StyleLab again.",
            code="pipeline_damaged",
        ) from error
    return Pipeline(nlp, Tool(name=f"stylelab_{folder.name}", version=1, parameters={"sha256": folder_hash(folder)}))


def folder_hash(folder: Path) -> str:
    """Return one SHA-256 over the names and contents of a pipeline's files, in hex."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_WEIGHTS):
        own: Any = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{own}\n".encode())
    return total.hexdigest()


def first_line(error: Exception) -> str:
    """Return an error's first line, without a full stop at its end."""
    return (str(error).strip().split("\n")[0] or type(error).__name__).rstrip(".")

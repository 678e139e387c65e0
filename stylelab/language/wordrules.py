"""Ornate prose into short plain sentences by word rules alone, for texts that no pipeline reads.

In: a passage. Out: its plain form and the words that were lost. Next: plain, which prefers a parse.
Splits at semicolons, dashes and conjunctions; drops adverbs, degree words and ornamental adjectives;
replaces ornate words; a short aside between dashes becomes a sentence of its own.
Names, numbers and negations are never touched.
"""

from __future__ import annotations

import re

from stylelab.language import sentences
from stylelab.language.inflect import article
from stylelab.language.lexicon import Lexicon
from stylelab.language.rewrite import NEGATIONS, Rewrite

SUBJECT = (
    r"(?:I|you|he|she|it|we|they|there|this|that|these|those|the|a|an|my|his|her|its|our|their|no|nothing|nobody"
    r"|[A-Z][a-z]+)"
)
PREPOSITION = re.compile(r"(?:At|In|On|For|By|With|From|To|Of|Upon|After|Before|During|Through)\b", re.I)
CLAUSE = re.compile(
    rf",\s+(?:(?:and|but|so|yet|while|whilst|whereas|because|though|although)\s+(?={SUBJECT}\b\s+\w)"
    r"|for\s+(?=(?:I|you|he|she|it|we|they|there)\b\s+\w))"
)
HARD = re.compile(r"\s*(?:;|:(?=\s)|—|--)\s*")
DETERMINER = r"(?:the|a|an|my|his|her|its|our|their|this|that|of|and|some|with|in)"
ORNAMENT = re.compile(rf"\b({DETERMINER})\s+([a-z]+(?:ous|ful|less|able|ible|ish|esque|some|ive))(?=\s+[a-z])")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
PARTICIPLES = {
    "came": "come", "went": "gone", "took": "taken", "saw": "seen", "gave": "given", "began": "begun",
    "broke": "broken", "knew": "known", "fell": "fallen", "ran": "run", "threw": "thrown", "grew": "grown", "did": "done",
    "spoke": "spoken", "hid": "hidden", "shook": "shaken", "wrote": "written", "chose": "chosen", "tore": "torn", "wore": "worn",
    "woke": "woken", "drew": "drawn", "ate": "eaten", "drank": "drunk", "stole": "stolen", "swore": "sworn",
}  # fmt: skip
PERFECT = re.compile(
    rf"\b((?:had|have|has|having|been|be|was|were)(?: (?:not|never|been))*) ({'|'.join(PARTICIPLES)})\b"
)
ARTICLE = re.compile(r"\b([Aa])n? (?=\W*([A-Za-z]+))")
ASIDE = re.compile(r"\s*(?:--+|—)\s*([^—;:.!?]{3,80}?)\s*(?:--+|—)\s*(?=[a-z])")
SHORTEST = 3  # words in a clause of its own


def rewrite(text: str, lexicon: Lexicon) -> Rewrite:
    """Return the plain form of a passage, sentence by sentence as its punctuation tells them; paragraphs stay apart."""
    lost: list[str] = []
    paragraphs: list[str] = []
    for paragraph in text.split("\n\n"):
        plain: list[str] = []
        for sentence in sentences.split(paragraph):
            for clause in clauses(sentence):
                done = simplify(clause, lexicon, lost)
                if WORD.search(done) or re.search(r"\d", done):
                    plain.append(finished(done))
        if plain:
            paragraphs.append(" ".join(plain))
    return Rewrite("\n\n".join(paragraphs), tuple(lost))


def split(text: str) -> Rewrite:
    """Return a passage of any language with a sentence for each part between semicolons, colons and dashes."""
    paragraphs = [
        " ".join(
            finished(piece.strip(" ,."))
            for sentence in sentences.split(paragraph)
            for piece in HARD.split(unquoted(sentence))
            if piece.strip(" ,.")
        )
        for paragraph in text.split("\n\n")
    ]
    return Rewrite("\n\n".join(p for p in paragraphs if p), ())


def unquoted(sentence: str) -> str:
    """Return a sentence without quotation marks and italics marks; apostrophes stay."""
    return re.sub(r"[“”„»«\"_]|(?<!\w)[‘'‚]|[’'](?!\w)", "", sentence.strip().strip("_"))


def clauses(sentence: str) -> list[str]:
    """Return a sentence's clauses: cut at semicolons, colons, dashes and before coordinated subjects."""
    sentence = unquoted(sentence)
    pieces = HARD.split(sentence)
    aside = ASIDE.search(sentence)
    if aside and "--" not in aside.group(1) and sentence[: aside.start()].strip():
        pieces = [*HARD.split(f"{sentence[: aside.start()]} {sentence[aside.end() :]}"), aside.group(1)]
    parts: list[str] = []
    for piece in pieces:
        for clause in CLAUSE.split(piece):
            clause = clause.strip(" ,.")
            if not clause:
                continue
            if parts and (is_fragment(clause) or is_fragment(parts[-1])) and not parts[-1].endswith(("?", "!")):
                parts[-1] = f"{parts[-1]}, {clause}"
            else:
                parts.append(clause)
    return parts


def is_fragment(clause: str) -> bool:
    """Return whether a clause is too little for a sentence: two words, or a short phrase like "at such times"."""
    words = len(WORD.findall(clause))
    return words < SHORTEST or (words < SHORTEST + 2 and bool(PREPOSITION.match(clause)))


def simplify(clause: str, lexicon: Lexicon, lost: list[str]) -> str:
    """Return a clause without ornament, and note what was lost."""

    def ornament(match: re.Match[str]) -> str:
        word = match.group(2)
        if word in NEGATIONS or word in lexicon.plain or word in lexicon.function_words or len(word) < 6:
            return match.group()
        lost.append(word)
        return match.group(1)

    def word(match: re.Match[str]) -> str:
        own = match.group()
        low = own.lower()
        if low in NEGATIONS or low.endswith(("n't", "n’t")):
            return own
        if low in lexicon.modifiers or (
            low.endswith("ly") and len(low) > 4 and low not in lexicon.ly_kept and own.islower()
        ):
            lost.append(low)
            return ""
        new = lexicon.plain.get(low)
        if new is None or (own[0].isupper() and match.start() > 0):
            return own
        return new[0].upper() + new[1:] if own[0].isupper() else new

    clause = WORD.sub(word, ORNAMENT.sub(ornament, clause))
    clause = PERFECT.sub(lambda m: f"{m.group(1)} {PARTICIPLES[m.group(2)]}", clause)
    clause = re.sub(r"\s+([,.!?])", r"\1", re.sub(r"\s{2,}", " ", clause)).strip(" ,")
    clause = re.sub(r"(,\s*){2,}", ", ", clause)
    clause = re.sub(r"^(?:And|But|So|For|Yet|Then)\b,?\s+(?=\w)", "", clause)
    return articled(clause)


def articled(text: str) -> str:
    """Return a text whose a and an fit the words that follow them; a letter A on its own is left alone."""
    return ARTICLE.sub(lambda m: f"{m.group(1)}{article(m.group(2))[1:]} ", text)


def finished(clause: str) -> str:
    """Return a clause as a sentence."""
    clause = clause.rstrip(" ,;:")
    clause = clause[0].upper() + clause[1:]
    return clause if clause[-1] in ".!?…" else f"{clause}."

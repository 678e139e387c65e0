"""The `rules` rewriter: ornate prose into short plain sentences, without a model, the same every time.

In: a parsed passage. Out: its plain form and the words that were lost. Next room: pairs.
Each clause becomes a sentence with a subject of its own, adverbs and ornamental adjectives go, and ornate words give way to plain
ones in the same form. Names, numbers and negations are never touched.
"""

from __future__ import annotations

import re

from stylelab.language.english.clauses import Clause, cut_clauses
from stylelab.language.english.inflect import fit_articles, inflect
from stylelab.language.english.lexicon import VERSION, Lexicon
from stylelab.language.english.words import NEGATIONS
from stylelab.language.language import Rewrite
from stylelab.language.parse import Parsed
from stylelab.recipe import Tool

TOOL = Tool(name="rules", version=5, parameters={"lexicon": VERSION})
ORNAMENTAL = 5  # letters from which an adjective before its noun goes
ANSWERS = NEGATIONS | {"yes"}
LEADING = frozenset("cc punct mark discourse intj".split())  # noqa: SIM905
QUOTES = frozenset("“”\"‘’'`_``''")
KINDS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "AUX": "aux", "ADP": "other", "SCONJ": "other"}
CONDITIONS = frozenset("if unless lest until till before that than whether".split())  # a clause means else without them  # noqa: SIM905
KEPT_ADVERBS = frozenset("there here now then again away back down up out in off on over together once twice".split())  # noqa: SIM905


def make_plain(parsed: Parsed, lexicon: Lexicon) -> Rewrite:
    """Return the plain form of an English passage; paragraphs are kept apart."""
    return Plainer(parsed, lexicon).rewrite()


class Plainer:
    """One parsed passage on its way to its plain form."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.tokens, self.lexicon = parsed, parsed.tokens, lexicon
        names = [(n.start, n.end) for n in parsed.names]
        self.named = {
            i
            for i, t in enumerate(self.tokens)
            if t.pos == "PROPN" or parsed.capital_inside(i) or any(a <= t.start < b for a, b in names)
        }
        self.opening = {self.first_word(sentence) for sentence in parsed.each_sentence()}
        self.gone = {i for i in range(len(self.tokens)) if self.is_dispensable(i)}

    def rewrite(self) -> Rewrite:
        """Return the plain form."""
        out: list[str] = []
        end = 0
        for sentence in self.parsed.each_sentence():
            plain = [own for clause in cut_clauses(self.parsed, sentence) if (own := self.tell_clause(clause))]
            start = self.tokens[sentence.start].start
            if out and "\n\n" in self.parsed.text[end:start]:
                out.append("\n\n")
            asks = any(self.tokens[i].text == "?" for i in sentence)
            if plain and asks and self.tokens[sentence.stop - 1].text in {"?", "”", '"', "’", "'"}:
                plain[-1] = f"{plain[-1][:-1]}?"
            out += plain
            end = self.tokens[sentence.stop - 1].end
        text = re.sub(r" ?\n\n ?", "\n\n", " ".join(out))
        lost = tuple(self.tokens[i].lower for i in sorted(self.gone) if self.tokens[i].text[0].isalpha())
        return Rewrite(text.strip(), lost)

    def first_word(self, sentence: range) -> int:
        """Return the first word of a sentence, marks aside."""
        return next((i for i in sentence if self.tokens[i].text[0].isalnum()), sentence.start)

    # ------------------------------------------------------------ what goes

    def is_dispensable(self, i: int) -> bool:
        """Return whether a plain text does without a word."""
        token = self.tokens[i]
        if i in self.named or token.lower in ANSWERS or token.lower == "n't" or not token.text[0].isalpha():
            return False
        if self.parsed.children[i] and any(
            self.tokens[c].lower in NEGATIONS or c in self.named for c in self.parsed.subtree(i)
        ):
            return False
        if token.pos == "INTJ" and token.dep == "discourse":
            return True
        if token.pos == "ADV" and token.dep == "advmod":
            return self.is_colouring(i)
        if token.pos == "ADJ" and token.dep == "amod" and token.tag == "JJ":
            return self.is_ornament(i)
        return False

    def is_colouring(self, i: int) -> bool:
        """Return whether an adverb only colours: a manner, a degree."""
        token = self.tokens[i]
        if token.tag in {"WRB", "RP", "RBR"} or token.lower in KEPT_ADVERBS or self.compares(i):
            return False
        manner = token.lower.endswith("ly") and token.lower not in self.lexicon.ly_kept
        return manner or token.lower in self.lexicon.modifiers

    def is_ornament(self, i: int) -> bool:
        """Return whether an adjective only adorns: any before its noun goes, short common ones aside."""
        token = self.tokens[i]
        common = token.lower in self.lexicon.function_words or len(token.text) < ORNAMENTAL
        common = common or "NumType" in token.morph  # "the third day" is a fact
        return not (common or self.compares(i) or self.parsed.children[i])

    def compares(self, i: int) -> bool:
        """Return whether "as", "so", "too" or "more" stands before a word or a comparison after it."""
        before = self.tokens[i - 1].lower if i else ""
        after = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        return before in {"as", "so", "too", "more", "most", "how"} or after in {"as", "than", "that", "enough"}

    # ------------------------------------------------------------ what is said

    def tell_clause(self, clause: Clause) -> str | None:
        """Return a clause as a sentence, or None where nothing of it is left."""
        words = [i for i in clause.words if i not in self.gone]
        while words and (self.tokens[words[0]].dep in LEADING or clause.edits.get(words[0]) == ""):
            first = self.tokens[words[0]]
            fact = words[0] in self.named or first.lower in ANSWERS or first.text[0].isdigit()
            if fact or first.lower in CONDITIONS:
                break
            words.pop(0)
        if not any(self.tokens[i].text[0].isalnum() for i in words):
            return None
        pieces: list[str] = []
        if clause.subject is not None:
            pieces.append(self.shorten_subject(clause.subject))
        previous: int | None = None
        for i in words:
            token = self.tokens[i]
            if clause.edits.get(i) == "" or token.text in QUOTES:
                continue
            word = clause.edits.get(i) or self.plain_word(i)
            touches = previous is not None and self.tokens[previous].end == token.start and previous == i - 1
            pieces.append(word if touches or (token.text in ",.;:!?)" and pieces) or not pieces else f" {word}")
            previous = i
        return end_sentence("".join(pieces))

    def shorten_subject(self, index: int) -> str:
        """Return a subject in few words: a pronoun, a name, or a noun with its determiner."""
        token = self.tokens[index]
        several = [c for c in self.parsed.children[index] if self.tokens[c].dep == "conj"]
        if several:
            return "we" if any(self.tokens[c].text == "I" for c in [index, *several]) else "they"
        for name in self.parsed.names:
            if name.start <= token.start < name.end:
                return name.text
        if token.pos != "NOUN":
            return token.text if token.pos == "PROPN" or token.text == "I" else token.lower
        owner = [c for c in self.parsed.children[index] if self.tokens[c].dep in {"det", "nmod:poss"} and c < index]
        first = self.tokens[owner[0]].lower if owner and self.tokens[owner[0]].pos != "NOUN" else "the"
        return f"{'the' if first in {'a', 'an', 'what', 'which'} else first} {self.plain_word(index)}"

    def plain_word(self, i: int) -> str:
        """Return a word's plain form in the same inflection, with its own capital where it is a name."""
        token = self.tokens[i]
        if i in self.named or not token.text[0].isalpha() or token.lower in NEGATIONS or token.dep == "fixed":
            return token.text
        opens = token.text.istitle() and token.text != "I" and i in self.opening
        own = token.text.lower() if opens else token.text
        kind = KINDS.get(token.pos)
        if kind is None or kind == "aux" or token.lower in self.lexicon.function_words:
            return own
        plain = self.find_plain(i, kind)
        if plain is not None:
            return inflect(plain, token.tag)
        exact = self.lexicon.plain.get(token.lower)
        return exact if exact is not None and self.fits(i, exact) else own

    def find_plain(self, i: int, kind: str) -> str | None:
        """Return the plain dictionary form for a token, or None."""
        token, listed = self.tokens[i], self.lexicon.plain_lemmas
        return listed.get((token.lower, kind)) or listed.get((token.lemma.lower(), kind))

    def fits(self, i: int, plain: str) -> bool:
        """Return whether a plain word that was listed by its form alone can stand for a token."""
        token = self.tokens[i]
        return not (token.pos in {"NOUN", "ADJ"} and " " in plain) or token.pos == "VERB"


def end_sentence(clause: str) -> str:
    """Return a clause as a sentence."""
    clause = re.sub(r"(?:,\s*)+(?=[,.;:!?]|$)|^[\s,.;:!?—–-]+|[\s,;:—–-]+$", "", clause.strip())
    clause = re.sub(r"\s*(?:—|--+|;|:)\s*", ", ", clause)
    clause = re.sub(r"(,\s*){2,}", ", ", re.sub(r"\s{2,}", " ", clause)).strip(" ,.!?")
    clause = fit_articles(clause)
    return f"{clause[0].upper()}{clause[1:]}." if clause else ""

"""Inputs that say less: without adjectives and adverbs, or with things unnamed.

In: a Parsed passage. Out: the poorer text and the words it does without. Next room: pairs. Source: METHOD §3, input
variants. A word that a clause cannot stand without, and every name, number and negation, stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from stylelab.language.edits import apply_edits
from stylelab.language.english.inflect import fit_articles
from stylelab.language.english.lexicon import VERSION, Lexicon
from stylelab.language.english.words import NEGATIONS
from stylelab.language.language import Rewrite
from stylelab.language.parse import Parsed
from stylelab.recipe import Tool

TOOL = Tool(name="variants", version=2, parameters={"lexicon": VERSION})
THING = "[THING]"
LARGEST = 9  # words that may go with one adjective or adverb
KEPT_RELATIONS = frozenset(
    {"mark", "cc", "fixed", "case", "compound:prt", "root", "ccomp", "cop", "aux", "det", "expl"}
)
# An adjective that is a thing itself: "the poor", "many of them", "the others".
NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "conj", "appos", "nmod:poss", "xcomp", "acl"})
DEGREE = frozenset("so as too more most less least such".split())  # noqa: SIM905
REACH = 4  # words from "so loud" to its "that"
QUANTITY = frozenset("few many little".split())  # noqa: SIM905


def drop_modifiers(parsed: Parsed) -> Rewrite:
    """Return the text without its adjectives and adverbs.

    A predicate stays, since its clause would say nothing ("he was afraid"), but its adverbs go. An adjective takes
    along what depends on it: "as tall as a house", "more cruel than his brother".
    """
    gone: set[int] = set()
    for i, token in enumerate(parsed.tokens):
        if i not in gone and token.pos in {"ADJ", "ADV"} and is_droppable(parsed, i):
            gone |= {*parsed.subtree(i), *find_company(parsed, i)}
    lost = tuple(parsed.tokens[i].lower for i in sorted(gone) if parsed.tokens[i].text[0].isalpha())
    return Rewrite(edit_text(parsed, dict.fromkeys(gone, "")), lost)


def is_droppable(parsed: Parsed, index: int) -> bool:
    """Return whether a sentence stands without an adjective or adverb and all that hangs on it."""
    token = parsed.tokens[index]
    if parsed.capital_inside(index):
        return False
    if token.dep in KEPT_RELATIONS or token.tag in {"WRB", "RP"} or token.lower in NEGATIONS or token.lower == "n't":
        return False
    if (token.pos == "ADJ" and token.dep in NOMINAL) or "NumType=Ord" in token.morph:
        return False
    head = parsed.tokens[token.head]
    if token.pos == "ADV":
        clause = any(parsed.tokens[c].dep == "cop" for c in parsed.children[index])
        if clause or token.dep == "conj" or (token.lower in {"there", "here"} and head.lemma == "be"):
            return False
    under = [parsed.tokens[i] for i in parsed.subtree(index)]
    if len(under) > LARGEST or any(t.dep == "fixed" for t in under):
        return False
    if is_compared(parsed, index):
        return False
    inside = range(under[0].start, under[-1].end)
    named = any(n.start in inside for n in parsed.names)
    return not named and not any(t.pos == "NUM" or t.lower in NEGATIONS or t.lower == "n't" for t in under)


def is_compared(parsed: Parsed, index: int) -> bool:
    """Return whether a word is half of a comparison whose other half follows: "more beautiful than", "so loud that"."""
    under = parsed.subtree(index)
    if not any(parsed.tokens[i].lower in DEGREE or parsed.tokens[i].tag in {"JJR", "RBR"} for i in under):
        return False
    following = parsed.tokens[under[-1] + 1 : under[-1] + 1 + REACH]
    return any(t.lower in {"than", "that", "as"} for t in following)


def find_company(parsed: Parsed, index: int) -> set[int]:
    """Return what falls with a word though it does not hang on it: its comma, or "a" before "few"."""
    tokens, gone = parsed.tokens, set[int]()
    under = parsed.subtree(index)
    if tokens[index].lower in QUANTITY and index and tokens[index - 1].lower == "a":
        gone.add(index - 1)
    first, last = under[0], under[-1]
    comma_before = first > 0 and tokens[first - 1].text == ","
    comma_after = last + 1 < len(tokens) and tokens[last + 1].text == ","
    if comma_after and (comma_before or first == 0 or tokens[first - 1].text in '.!?;:“"'):
        gone.add(last + 1)
    return gone


def abstract_nouns(parsed: Parsed, lexicon: Lexicon) -> Rewrite:
    """Return the text with its concrete nouns as [THING]; people, names and ideas stay."""
    edits: dict[int, str] = {}
    gone: set[int] = set()
    for i, token in enumerate(parsed.tokens):
        if token.pos == "NOUN" and (token.lemma in lexicon.concrete_nouns or token.lower in lexicon.concrete_nouns):
            edits[i] = THING
            gone |= {
                c for c in parsed.children[i] if parsed.tokens[c].dep == "compound" and parsed.tokens[c].pos == "NOUN"
            }
    lost = tuple(parsed.tokens[i].lower for i in sorted({*edits, *gone}))
    return Rewrite(edit_text(parsed, {**dict.fromkeys(gone, ""), **edits}), lost)


def edit_text(parsed: Parsed, edits: Mapping[int, str]) -> str:
    """Return the text with its edits in place; doubled marks and articles are mended."""
    text = apply_edits(parsed, edits)
    text = re.sub(r"[^\S\n]{2,}", " ", text)
    text = re.sub(r"[^\S\n]+([,.;:!?])", r"\1", text)
    text = re.sub(r"([,;:]),+", r"\1", text)
    return fit_articles(text).strip()

"""A sentence's clauses, each to be told as a sentence of its own.

In: a Parsed text. Out: Clauses, in the order in which they begin. Next: plain.
Cut at coordinated predicates, asides, subject relatives ("who was old"), adverbial clauses of time and reason, and
participles ("turning round, he saw"). A condition ("if", "unless", "lest") stays with what it conditions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stylelab.language.english.inflect import inflect
from stylelab.language.parse import AUXILIARIES, FINITE, SUBJECTS, Parsed

LOOSE = frozenset("when while whilst as because since for though although whereas where after and but".split())  # noqa: SIM905
QUOTES = frozenset({"“", "”", '"', "``", "''"})
JOINED = frozenset({"conj", "parataxis"})
NARROWING = frozenset("all any every no only those".split())  # the relative clause then says which  # noqa: SIM905
FAR = 10  # words from a subject to a verb that only the parse gives it
SHORTEST = 3  # words in a clause of its own
PLURAL_SUBJECTS = frozenset("i you we they these those".split())  # noqa: SIM905


@dataclass
class Clause:
    """The words of one clause.

    Args:
        words: Token indices, in order.
        subject: The token whose short name opens the clause, where the clause borrows its subject; else None.
        edits: Token index to the word that stands in its place.
    """

    words: list[int]
    subject: int | None = None
    edits: dict[int, str] = field(default_factory=dict[int, str])


def cut_clauses(parsed: Parsed, sentence: range) -> list[Clause]:
    """Return the clauses of one sentence."""
    heads = {i: clause for i in sentence if (clause := open_clause(parsed, i)) is not None}
    stays: dict[int, int] = {}  # a doubtful predicate to the one whose sentence it stays in
    for i in [i for i in heads if is_doubtful(parsed, i)]:
        before = parsed.tokens[i].head
        stays[i] = max((j for j in heads if before < j < i and has_subject(parsed, j)), default=before)
        for between in range(stays[i] + 1, i + 1):
            heads.pop(between, None)
    for i in sentence:
        at, steps = i, 0
        while at not in heads and parsed.tokens[at].head != at and steps < len(sentence):
            at, steps = stays.get(at, parsed.tokens[at].head), steps + 1
        heads.setdefault(at, Clause([])).words.append(i)
    whole = sorted(heads.values(), key=lambda c: c.words[0] if c.words else 0)
    return merge_crumbs(parsed, [c for c in whole if c.words])


def merge_crumbs(parsed: Parsed, clauses: list[Clause]) -> list[Clause]:
    """Return the clauses with the crumbs put back into the clause before them."""
    out: list[Clause] = []
    for clause in clauses:
        words = sum(parsed.tokens[i].text[0].isalnum() for i in clause.words) + (clause.subject is not None)
        if out and words < SHORTEST and not any(parsed.tokens[i].tag in FINITE for i in clause.words):
            out[-1].words = sorted([*out[-1].words, *clause.words])
        else:
            out.append(clause)
    return out


def open_clause(parsed: Parsed, index: int) -> Clause | None:
    """Return an empty clause where a token heads one that can stand alone, else None."""
    token = parsed.tokens[index]
    if token.head == index:
        return Clause([])
    if token.dep == "acl:relcl":
        return open_relative(parsed, index)
    if token.dep == "advcl" and token.tag == "VBG":
        return open_participle(parsed, index)
    if parsed.finite(index) is None:
        return None
    if token.dep in {"conj", "parataxis"}:
        own = [c for c in parsed.children[index] if parsed.tokens[c].dep.startswith(("nsubj", "expl", "csubj"))]
        if own or (head_is(parsed, index, {"ccomp", "xcomp", "acl", "advcl"}) and token.dep == "parataxis"):
            return Clause([])
        shared = parsed.subject(index)
        return Clause([], find_antecedent(parsed, shared)) if shared is not None else None
    if token.dep == "advcl":
        marks = [c for c in parsed.children[index] if parsed.tokens[c].dep in {"mark", "advmod"} and c < index]
        first = parsed.tokens[marks[0]].lower if marks else ""
        subject = any(parsed.tokens[c].dep.startswith(("nsubj", "expl")) for c in parsed.children[index])
        compares = marks and marks[0] > 0 and parsed.tokens[marks[0] - 1].lower in {"so", "as", "such", "than", "just"}
        joined = len(marks) > 1 and parsed.tokens[marks[1]].lower in {"if", "though", "soon", "long"}
        if subject and first in LOOSE and not compares and not joined:
            return Clause([], edits={marks[0]: ""})
    return None


def has_subject(parsed: Parsed, index: int) -> bool:
    """Return whether a coordinated predicate has a subject of its own."""
    children = parsed.children[index]
    return parsed.tokens[index].dep in JOINED and any(
        parsed.tokens[c].dep.startswith(("nsubj", "expl", "csubj")) for c in children
    )


def is_doubtful(parsed: Parsed, index: int) -> bool:
    """Return whether a predicate without a subject of its own may have another one than the parse says.

    "I saw his boat, which shot across and was lost": who was lost is for the reader. Where another finite verb stands
    between, or a quotation mark between subject and verb, what belongs together stays together, in its own order.
    """
    token = parsed.tokens[index]
    if token.head > index or token.dep not in JOINED or has_subject(parsed, index):
        return False
    chain = {token.head, parsed.finite(token.head), parsed.finite(index)}
    others = [i for i in range(token.head + 1, index) if i not in chain and parsed.tokens[i].tag in FINITE]
    head, subject = parsed.tokens[token.head], parsed.subject(index)
    aside = head.dep == "advcl" and head.head < token.head  # "it sold, if you recall, and made a fortune"
    rivals = [i for i in range((index if subject is None else subject) + 1, index) if parsed.tokens[i].dep in SUBJECTS]
    far = subject is not None and index - subject > FAR
    return bool(others or rivals) or aside or far or quoted_apart(parsed, subject, index)


def quoted_apart(parsed: Parsed, subject: int | None, verb: int) -> bool:
    """Return whether a quotation mark stands between a subject and its verb: one speaks, the other is spoken of."""
    between = range(min(subject, verb), max(subject, verb)) if subject is not None else range(0)
    return any(parsed.tokens[i].text in QUOTES for i in between)


def head_is(parsed: Parsed, index: int, relations: set[str]) -> bool:
    """Return whether a token's head stands in one of the relations."""
    return parsed.tokens[parsed.tokens[index].head].dep in relations


def open_relative(parsed: Parsed, index: int) -> Clause | None:
    """Return a clause for "who was old": the relative pronoun gives way to what it stands for."""
    head = parsed.tokens[index].head
    if parsed.finite(index) is None or parsed.tokens[head].pos not in {"NOUN", "PROPN"}:
        return None
    follows = [c for c in parsed.children[head] if head < c < index and parsed.tokens[c].dep == "nmod"]
    if parsed.tokens[head].dep == "nmod" or follows:
        return None  # "the chords in the hearts of men which cannot be touched": which of them cannot?
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if (
            token.dep.startswith("nsubj")
            and token.lower in {"who", "which", "that"}
            and len(parsed.subtree(index)) > SHORTEST
        ):
            narrows = {parsed.tokens[c].lower for c in parsed.children[head]} & NARROWING
            return None if narrows else Clause([], head, {child: ""})
    return None


def open_participle(parsed: Parsed, index: int) -> Clause | None:
    """Return a clause for "turning round": the matrix clause's subject did it, in the matrix clause's tense."""
    head = parsed.tokens[index].head
    finite, subject = parsed.finite(head), parsed.subject(head)
    kinds = {parsed.tokens[c].dep for c in parsed.children[index]}
    if finite is None or subject is None or kinds & {"mark", "case", "nsubj", "nsubj:pass", "expl"}:
        return None
    between = range(head + 1, index)  # "I found her there, sitting alone": it may be she who sat
    if quoted_apart(parsed, subject, index) or any(parsed.tokens[i].dep in {"obj", "iobj"} for i in between):
        return None
    if parsed.tokens[finite].tag == "MD" or any(parsed.tokens[c].lower == "not" for c in parsed.children[index]):
        return None
    subject = find_antecedent(parsed, subject)
    plural = many(parsed, subject)
    tag = "VBD" if parsed.tokens[finite].tag == "VBD" else "VBP" if plural else "VBZ"
    verb = next((c for c in parsed.children[index] if parsed.tokens[c].dep in AUXILIARIES), index)
    lemma = parsed.tokens[verb].lemma.lower()
    if inflect(lemma, "VBG") != parsed.tokens[verb].lower:
        return None  # the dictionary form is a guess
    form = inflect(lemma, tag)
    if lemma == "be":
        singular_i = parsed.tokens[subject].lower == "i"
        form = {
            "VBD": "were" if plural and not singular_i else "was",
            "VBP": "am" if singular_i else "are",
            "VBZ": "is",
        }[tag]
    return Clause([], subject, {verb: form})


def find_antecedent(parsed: Parsed, subject: int) -> int:
    """Return what a relative pronoun stands for, or the subject itself."""
    token = parsed.tokens[subject]
    if token.tag in {"WP", "WDT"}:
        verb = token.head
        if parsed.tokens[verb].dep == "acl:relcl":
            return parsed.tokens[verb].head
    return subject


def many(parsed: Parsed, subject: int) -> bool:
    """Return whether a subject takes a plural verb in the present; I and you count."""
    token = parsed.tokens[subject]
    several = any(parsed.tokens[c].dep == "conj" for c in parsed.children[subject])
    return several or token.tag in {"NNS", "NNPS"} or token.lower in PLURAL_SUBJECTS

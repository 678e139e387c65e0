"""The plain way of a model rewriter: no language in between, each clause said again in short plain sentences.

In: passages' texts, a way to generate, a way to find names and sentences, a way to flatten. Out: Rewrittens. Next room: draft.
It is for small models: one of 135 million parameters loses masks, cannot translate, and sums up what is longer than a clause.
Source: docs/pairs.md, "A model as rewriter".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylelab.pairs import checks
from stylelab.pairs.roundtrip import FOREIGN, AskingRewriter, Rewritten

VERSION = 1  # of the prompt, the examples and the rules below: part of the tool, and so of every cached rewrite
SIMPLIFY = (
    "Say each text again in short plain sentences with everyday words. Keep every fact, name and number. Add nothing."
)
EXAMPLES = (
    (
        "I should be wanting in candour were I to deny that the prospect of the voyage alarmed me.",
        "To be honest, I was afraid of the voyage.",
    ),
    (
        "The old woman, who had kept the inn for thirty years, would by no means suffer us to depart before morning.",
        "The old woman had kept the inn for thirty years. She did not let us leave before morning.",
    ),
    ("He made no reply.", "He did not answer."),
    (
        "Having at length secured the boat, we climbed with great labour to the summit of the cliff, whence nothing was visible "
        "but water.",
        "At last we tied up the boat. We climbed to the top of the cliff. It was hard work. From there we saw only water.",
    ),
    (
        "“Upon my word,” cried Thomas, “it is the very man we spoke of!”",
        "“It is the man we talked about!” said Thomas.",
    ),
)
CLAUSE = re.compile(r"(?<=[;:])\s+|\s*(?:—|--+)\s*(?=\w)")  # where a long sentence may be cut
LONG = 20  # words from which it is
MOST_WORDS, LEAST_WORDS = 2.0, 0.5  # of an answer, by the words of its clause
MORE_FREE, LESS_FREE = 6, 2  # words more or less, whatever its length
TOKENS_PER_WORD, LEAST_TOKENS = 2, 24  # of an answer; what runs on beyond them runs in a circle
# What the examples tell of, and what is said about a text instead of it.
ECHO = re.compile(
    r"\b(?:voyage|inn|boat|cliff|thomas|hard work|from there|to be honest|(?:talked|spoke) (?:about|of))\b", re.I
)  # the examples
REMARK = re.compile(r"\b(?:way of saying|the (?:original|correct) \w+|sentences?|grammatical\w*|rephrased?)\b", re.I)
LONGER, STEM = 3, 4  # letters: what is no longer says little; two words with one beginning are told to be forms of one
FEWEST_STEMS = 5  # of a clause, below which a share of them says nothing
KEPT = 0.3  # share of a clause's longer words that an answer must have, in some form
SENTENCE = re.compile(r"[^.!?]+[.!?]+[”’\"']*|[^.!?]+$")
ENDING = ".!?"
MOST_BY_RULES = 0.5  # share of a text's words whose clauses the rules may have to make plain


class Simplifier(AskingRewriter):
    """Says a text again in short plain sentences, one clause at a time; names stay as they are.

    A clause that the model gets wrong is left to the rules, which flatten every answer anyway: asked again it is wrong again. A
    text of which more than half is left to them counts as not rewritten.
    """

    def rewrite(self, texts: Sequence[str]) -> list[Rewritten]:
        """Return one Rewritten per text, in order."""
        cut = [[part for own in self._reading.sentences(text) for part in cut_clauses(own)] for text in texts]
        clauses = [clause for own in cut for clause in own]
        names = self._reading.names(clauses)

        def wrong(at: int, text: str) -> str | None:
            return check_clause(text, clauses[at], names[at])

        answers = self._ask(
            SIMPLIFY, clauses, wrong, examples=EXAMPLES, tries=1, room=leave_clause_room, clean=drop_repeats
        )
        said = iter(answers)
        by_text = [[next(said) for _ in own] for own in cut]
        joined = [
            join_clauses([clause if a.problem else a.text for clause, a in zip(own, answered, strict=True)])
            for own, answered in zip(cut, by_text, strict=True)
        ]
        return [
            judge_text(text, own, answered, level)
            for text, own, answered, level in zip(texts, cut, by_text, self._reading.flatten(joined), strict=True)
        ]


def judge_text(text: str, clauses: Sequence[str], answers: Sequence[Rewritten], level: str) -> Rewritten:
    """Return a text's rewrite, or the problem of most of its words."""
    words: dict[str, int] = {}
    for clause, answer in zip(clauses, answers, strict=True):
        if answer.problem is not None:
            words[answer.problem] = words.get(answer.problem, 0) + len(clause.split())
    if not level.strip():
        return Rewritten("", (), "empty")
    if sum(words.values()) > MOST_BY_RULES * len(text.split()):
        worst = max(words, key=lambda problem: words[problem])
        return Rewritten("", (), worst, next(a.answer for a in answers if a.problem == worst))
    return Rewritten(level, checks.list_lost_words(text, level))


def cut_clauses(sentence: str) -> list[str]:
    """Return a long sentence's parts between semicolons, colons and dashes; a shorter one whole."""
    if len(sentence.split()) <= LONG:
        return [sentence]
    return [part for part in CLAUSE.split(sentence) if part.strip()]


def join_clauses(clauses: Sequence[str]) -> str:
    """Return plain clauses as a text of sentences: each begins with a capital and ends with a stop."""
    out: list[str] = []
    for clause in clauses:
        own = clause.strip().rstrip(";:,—- ")
        if own:
            stop = "" if own.rstrip("”’\"'")[-1:] in ENDING else "."
            out.append(own[0].upper() + own[1:] + stop)
    return " ".join(out)


def leave_clause_room(clause: str) -> int:
    """Return how many tokens the answer to a clause may have."""
    return LEAST_TOKENS + TOKENS_PER_WORD * len(clause.split())


def drop_repeats(answer: str) -> str:
    """Return an answer's first paragraph without the sentences that it says twice: what follows are remarks about it."""
    sentences = [found.strip() for found in SENTENCE.findall(answer.split("\n\n")[0])]
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))


def check_clause(answer: str, clause: str, names: Sequence[str]) -> str | None:
    """Return why an answer does not say what a clause says, or None: an unlike length, things invented, facts lost."""
    given, own = len(answer.split()), len(clause.split())
    if FOREIGN.search(answer):
        return "not_english"
    if not LEAST_WORDS * own - LESS_FREE <= given <= MOST_WORDS * own + MORE_FREE:
        return "unlike_length"
    if has_more(REMARK, answer, clause):
        return "meta_text"
    if has_more(ECHO, answer, clause) or adds_sentence(answer, clause) or ("?" in clause) > ("?" in answer):
        return "invented"  # told of the examples, went on by itself, or answered a question
    wanted, there = find_stems(clause), find_stems(answer)
    if len(wanted) >= FEWEST_STEMS and len(wanted & there) < KEPT * len(wanted):
        return "facts_lost"
    return checks.check_facts(answer, clause, names) or checks.check_invented(answer, clause)


def has_more(pattern: re.Pattern[str], answer: str, clause: str) -> bool:
    """Return whether an answer has something of a pattern that its clause has not."""
    return bool(set(pattern.findall(answer.lower())) - set(pattern.findall(clause.lower())))


def adds_sentence(answer: str, clause: str) -> bool:
    """Return whether an answer has a sentence none of whose longer words is in the clause."""
    wanted = find_stems(clause)
    stems = [find_stems(sentence) for sentence in SENTENCE.findall(answer)]
    return any(own and not own & wanted for own in stems) if wanted else False


def find_stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words."""
    return {word[:STEM] for word in checks.split_words(text) if len(word) > LONGER}

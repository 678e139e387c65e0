"""Names without a name recogniser: runs of proper nouns.

In: a Parsed text. Out: its names. Next room: pipeline, which puts them into its record.
"""

from __future__ import annotations

from stylelab.language.parse import Name, Parsed, Token

TITLES = frozenset(
    "mr mrs ms miss mme mlle m dr sir lady lord st prof professor captain capt colonel col general gen major sergeant"  # noqa: SIM905
    " madame monsieur count countess baron duke earl king queen prince princess father uncle aunt doctor".split()
)
NO_NAMES = frozenset(
    "i o oh ah god heaven lord monday tuesday wednesday thursday friday saturday sunday january february march april"  # noqa: SIM905
    " may june july august september october november december christmas easter chapter book part volume".split()
)
INSIDE = frozenset({"of", "de", "la", "le", "von", "van", "du", "der", "di", "da", "-"})


def find_names(parsed: Parsed) -> tuple[Name, ...]:
    """Return the runs of capitalised proper nouns; a title stays with its name.

    A single word that only ever opens a sentence is left out: there, every word has a capital.
    """
    tokens = parsed.tokens
    opening = {next((i for i in s if tokens[i].text[0].isalnum()), s.start) for s in parsed.each_sentence()}
    inside = {t.text for i, t in enumerate(tokens) if is_name(t) and i not in opening}
    found: list[Name] = []
    for sentence in parsed.each_sentence():
        at = sentence.start
        while at < sentence.stop:
            end = find_run_end(tokens, at, sentence.stop)
            words = [tokens[i] for i in range(at, end)]
            telling = [t for t in words if is_name(t) and t.lower.rstrip(".") not in TITLES]
            if telling and (len(words) > 1 or at not in opening or words[0].text in inside):
                first, last = words[0].start, words[-1].end
                found.append(Name(parsed.text[first:last], first, last, "NAME"))
            at = max(end, at + 1)
    return tuple(found)


def find_run_end(tokens: tuple[Token, ...], at: int, stop: int) -> int:
    """Return where a run of proper nouns that starts at `at` ends; `at` itself where none does."""
    end = at
    while end < stop:
        title = tokens[end].lower.rstrip(".") in TITLES and tokens[end].text[0].isupper()
        joins = end > at and tokens[end].lower in INSIDE and end + 1 < stop and is_name(tokens[end + 1])
        if not (is_name(tokens[end]) or title or joins):
            break
        end += 1
    return end


def is_name(token: Token) -> bool:
    """Return whether a token is a capitalised proper noun."""
    return token.pos == "PROPN" and token.text[0].isupper() and token.lower.rstrip(".") not in NO_NAMES

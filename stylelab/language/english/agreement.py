"""A finite verb made to agree with another subject.

In: a verb as a pipeline sees it. Out: its form beside a plural or a third-person subject. Next: perspective, narrativise.
"""

from __future__ import annotations

from typing import Literal

from stylelab.language.english.irregular import PASTS, SAME_IN_PAST
from stylelab.language.parse import Token

Number = Literal["first", "plural", "third"]  # I; we, you or they; one, he, she or a noun

PLURAL = {"am": "are", "is": "are", "was": "were", "'m": "'re", "wast": "were"}
THIRD = {"am": "is", "are": "is", "'m": " is", "'re": " is", "were": "was", "have": "has", "'ve": " has", "do": "does"}
FIRST = {"is": "am", "are": "am", "'re": "'m", "were": "was", "has": "have", "does": "do"}


def third_singular(base: str) -> str:
    """Return a verb's third person singular: goes, tries, says."""
    if base in THIRD:
        return THIRD[base]
    if base.endswith(("s", "x", "z", "ch", "sh")) or base in {"go", "undergo", "forgo", "veto", "echo"}:
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in {"a", "e", "i", "o", "u"}:
        return base[:-1] + "ies"
    return base + "s"


def base_form(third: str) -> str:
    """Return the base of a verb in the third person singular: go, try, say; the inverse of `third_singular`."""
    irregular = {"has": "have", "does": "do", "is": "am", "goes": "go", "undergoes": "undergo", "echoes": "echo"}
    if third in irregular:
        return irregular[third]
    if third.endswith("ies") and len(third) > 4:
        return third[:-3] + "y"
    if third.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return third[:-2]
    return third[:-1] if third.endswith("s") else third


def agree(verb: Token, number: Number, *, past: bool) -> str | None:
    """Return the verb's form beside a subject of that number, or None where it stays as it is.

    Args:
        verb: A finite verb whose subject is now "I" (or, towards "first", a third-person subject).
        past: Whether the passage is told in the past; decides verbs such as "put".
    """
    low = verb.lower
    if number == "plural":
        return PLURAL.get(low)
    if number == "first":
        if low in FIRST:
            return FIRST[low]
        return base_form(low) if verb.tag == "VBZ" and low not in {"'s", "was"} else None
    if low in THIRD and low != "were":
        return THIRD[low]
    told_in_past = low.endswith("ed") or low in PASTS or (low in SAME_IN_PAST and past)
    return third_singular(low) if verb.tag == "VBP" and low != "be" and not told_in_past else None


def past_form(verb: Token) -> bool:
    """Return whether a verb that the tagger takes for a past looks like one."""
    low = verb.lower
    return low != verb.lemma.lower() or low in PASTS or low in SAME_IN_PAST or low.endswith("ed")

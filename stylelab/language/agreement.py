"""A finite verb made to agree with another subject.

In: a verb as a pipeline sees it. Out: its form beside a plural or a third-person subject. Next: perspective, narrativise.
"""

from __future__ import annotations

from typing import Literal

from stylelab.language.parse import Token

Number = Literal["first", "plural", "third"]  # I; we, you or they; one, he, she or a noun

# Verbs whose base form is also their past: the tag alone does not tell "I read" from "I read".
SAME_IN_PAST = frozenset(
    "beat bet bid burst cast cost cut hit hurt let put quit read rid set shed shut slit split spread sweat thrust upset"  # noqa: SIM905
    " wed wet lay fit knit overcast broadcast".split()
)
PASTS = frozenset(
    "shrunk sunk sprung begun drank drunk sang sung rang rung swam ran came became went saw gave took took knew threw grew"  # noqa: SIM905
    " drew blew flew fell held kept slept wept crept swept felt left lost meant met paid said sat sent shook shone spoke"
    " stood stole struck stuck swore taught told thought woke wore won wrote bore bade broke brought bought built burnt"
    " caught chose clung dealt did dug ate fed fought fled flung forgot found froze got had heard hid hung knelt laid led"
    " awoke arose bent bled bound bred clad drove dwelt forbade forgave forsook froze ground leant leapt learnt ran"
    " rent shrank slew smote sowed spat split sprang stank stung strode swelled swore threw wept wove wound"
    " wrung overcame overtook withstood upheld beheld foresaw undertook mistook lent lit made rode rose sold sought shot"
    " slid slung span spun spent sped swung tore trod understood withdrew".split()
)
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

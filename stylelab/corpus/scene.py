"""What happens in a passage: its kind of scene, its point of view, its tense. By words, since a corpus is large.

In: a passage's text and language. Out: Scene, whose counts add up. Next rooms: choose, profile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from stylelab.corpus.layout import WORD
from stylelab.language.books import WORDS
from stylelab.paths import bundled

Kind = Literal["action", "dialogue", "introspection", "exposition"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LISTS = ("motion", "thought", "past", "present", "first", "second", "third")
QUOTED = re.compile(r"“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|»[^«]*(?:«|$)|«[^»]*(?:»|$)|(?<!\w)\"[^\"]*(?:\"|$)", re.M)
SINGLE = re.compile(r"(?:(?<=\s)|^)[‘'][^\n]*?(?:[,.!?—-][’'](?=\s|$)|$)", re.M)  # speech, not an apostrophe
TURN = re.compile(r"^\s*(?:—|--|– )", re.M)  # speech that begins with a dash
SPOKEN = 0.4  # share of words in speech from which a passage is dialogue
TELLING = 1.25  # how much one of motion and thought must lead to name the scene
RATE = {"motion": 0.04, "thought": 0.035}  # of the words outside speech; the median passage of ten novels has less


@dataclass(frozen=True)
class Scene:
    """What was counted in a passage; outside speech, but for `words` and `spoken`.

    Args:
        words: All of them.
        spoken: Words in quotation marks.
        first, second, third: Personal and possessive pronouns.
        past, present: Verb forms that are surely one or the other.
    """

    kind: Kind
    words: int
    spoken: int
    first: int
    second: int
    third: int
    past: int
    present: int

    @property
    def person(self) -> str:
        """The point of view: first, second or third; none where no pronoun stands outside speech."""
        counts = {"first": self.first, "second": self.second, "third": self.third}
        if self.first and 3 * self.first >= self.third:  # a narrator who says "I" tells of others, too
            counts["third"] = 0
        most = max(counts, key=lambda k: counts[k])
        return most if counts[most] else "none"

    @property
    def tense(self) -> str:
        """past, present, mixed, or unknown where no verb form tells."""
        if not self.past + self.present:
            return "unknown"
        share = self.past / (self.past + self.present)
        return "past" if share >= 0.7 else "present" if share <= 0.3 else "mixed"


@cache
def _lists(language: str) -> dict[str, re.Pattern[str]]:
    """Return a pattern for each list of a language; another language has none."""
    out: dict[str, re.Pattern[str]] = {}
    text = (bundled("resources") / "lexicons" / "scene_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, code, *words = line.split()
        if code == language:
            out[name] = _pattern(words)
    past = WORDS[language].past_forms() if language in WORDS else ()
    if past:
        out["past"] = _pattern(past)
    return out


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(w.replace("*", r"\w*") for w in words) + r")\b")


def split_speech(text: str) -> tuple[str, str]:
    """Return what is said in a passage, and the rest. A line that begins with a dash is said as a whole."""
    pattern = QUOTED if QUOTED.search(text) else SINGLE
    said: list[str] = []
    rest: list[str] = []
    for line in text.split("\n"):
        if TURN.match(line):
            said.append(line)
            continue
        at = 0
        for found in pattern.finditer(line):
            rest.append(line[at : found.start()])
            said.append(found.group())
            at = found.end()
        rest.append(line[at:])
    return "\n".join(said), "\n".join(rest)


def look(text: str, language: str) -> Scene:
    """Return what a passage tells of, and how.

    Args:
        language: ISO 639-1; there are lists for those of language.books. Others are told dialogue from exposition only.
    """
    said, told = split_speech(text)
    spoken = len(WORD.findall(said))
    low = told.lower()
    narrated = len(WORD.findall(low))
    lists = _lists(language)
    n = {name: len(lists[name].findall(low)) if name in lists else 0 for name in LISTS}
    return Scene(
        _kind(spoken, narrated, n["motion"], n["thought"]),
        spoken + narrated,
        spoken,
        n["first"],
        n["second"],
        n["third"],
        n["past"],
        n["present"],
    )


def _kind(spoken: int, narrated: int, motion: int, thought: int) -> Kind:
    if spoken > SPOKEN * (spoken + narrated):
        return "dialogue"
    moved, felt = motion / max(1, narrated), thought / max(1, narrated)
    if felt >= RATE["thought"] and felt >= moved * TELLING:
        return "introspection"
    if moved >= RATE["motion"] and moved >= felt:
        return "action"
    return "exposition"

"""Read a CoNLL-U treebank, and vary its sentences towards fiction: curly quotes, dashes, speech tags, case.

In: a `.conllu` file. Out: paragraphs of tokens, plain or varied. Next: train.py beside this file.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FEATURES = frozenset(
    "Case Definite Degree Gender Mood Number NumType Person Polarity Poss PronType Reflex Tense VerbForm Voice".split()  # noqa: SIM905
)
SUBTYPES = frozenset("nsubj:pass csubj:pass aux:pass acl:relcl compound:prt nmod:poss nsubj:outer csubj:outer".split())  # noqa: SIM905
VERBS = ("said", "asked", "cried", "answered", "replied", "returned", "whispered", "muttered")
LEMMAS = dict(zip(VERBS, "say ask cry answer reply return whisper mutter".split(), strict=True))  # noqa: SIM905
NAMES = ("Tom", "Mary", "Holmes", "Anne", "Edward", "Lucy", "Pip", "Harker", "Jeeves", "Elizabeth")
NOUNS = ("man", "girl", "boy", "woman", "stranger", "doctor", "captain", "lady", "voice", "sergeant")


@dataclass(frozen=True)
class Token:
    """One word of a sentence; `head` is an index in the sentence, its own for the root."""

    form: str
    space: bool
    pos: str
    tag: str
    morph: str
    lemma: str
    head: int
    dep: str


Sentence = tuple[Token, ...]


def paragraphs(path: Path, longest: int = 8) -> list[list[Sentence]]:
    """Return the treebank's paragraphs, cut to at most `longest` sentences."""
    out: list[list[Sentence]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith(("# newpar", "# newdoc")) for line in lines) or not out or len(out[-1]) >= longest:
            out.append([])
        made = sentence([line.split("\t") for line in lines if line and not line.startswith("#")])
        if made:
            out[-1].append(made)
    return [p for p in out if p]


def sentence(rows: list[list[str]]) -> Sentence:
    """Return a sentence's syntactic words; the words of a contraction touch each other."""
    touching: set[int] = set()
    space_after: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            touching.update(range(first, last))
            space_after[last] = "SpaceAfter=No" not in row[9]
    out: list[Token] = []
    for row in rows:
        if not row[0].isdigit():
            continue
        number, head = int(row[0]), int(row[6])
        space = space_after.get(number, "SpaceAfter=No" not in row[9]) and number not in touching
        dep = row[7] if row[7] in SUBTYPES else row[7].split(":")[0]
        kept = [f for f in row[5].split("|") if f.split("=")[0] in FEATURES]
        out.append(
            Token(
                row[1].replace(" ", ""), space, row[3], row[4], "|".join(kept), row[2], (head or number) - 1, dep
            )
        )  # fmt: skip
    return tuple(out)


# ---------------------------------------------------------------- variation


def varied(paragraph: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Return the paragraph as a novel might print it; about half of all paragraphs stay as they are."""
    out = list(paragraph)
    if rng.random() < 0.5:
        out = [joined for s in out for joined in [speech(s, rng) if rng.random() < 0.12 else s]]
        if rng.random() < 0.15:
            out = semicolons(out)
        quotes = rng.choice((("“", "”", "’"), ("“", "”", "’"), ('"', '"', "'"), ("‘", "’", "’")))
        dash = rng.choice(("—", "--", None))
        out = [printed(s, quotes, dash) for s in out]
    chance = rng.random()
    if chance < 0.03:
        out = [tuple(replace(t, form=t.form.lower()) for t in s) for s in out]
    elif chance < 0.05:
        out = [tuple(replace(t, form=t.form.upper()) for t in s) for s in out]
    return out


def printed(s: Sentence, quotes: tuple[str, str, str], dash: str | None) -> Sentence:
    """Return a sentence with a printer's quotation marks, apostrophes and dashes."""
    opening, closing, apostrophe = quotes
    out: list[Token] = []
    for t in s:
        form, space = t.form, t.space
        if t.tag == "``" or form in {"``", "“"}:
            form = opening
        elif t.tag == "''" or form in {"''", "”"}:
            form = closing
        elif dash and form in {"-", "--"} and t.pos == "PUNCT" and t.tag != "HYPH":
            form, space = dash, False
            if out and rng_free(out):
                out[-1] = replace(out[-1], space=False)
        else:
            form = form.replace("'", apostrophe).replace("’", apostrophe)
        out.append(replace(t, form=form, space=space, lemma=form if t.pos == "PUNCT" else t.lemma))
    return tuple(out)


def rng_free(out: list[Token]) -> bool:
    """Return whether a dash may touch the word before it."""
    return out[-1].form.isalpha()


def speech(s: Sentence, rng: random.Random) -> Sentence:
    """Return a short sentence as someone's speech, with who said it: a treebank of the web has few."""
    if not 3 <= len(s) <= 25 or s[-1].form not in {".", "?", "!"} or any(t.tag in {"``", "''"} for t in s):
        return s
    verb = rng.choice(VERBS)
    kind = rng.random()
    if kind < 0.5:
        form, gender = rng.choice((("he", "Masc"), ("she", "Fem"), ("I", "")))
        feats = f"Case=Nom|Gender={gender}|Number=Sing|Person=3|PronType=Prs"
        feats = feats if gender else "Case=Nom|Number=Sing|Person=1|PronType=Prs"
        who = [("PRON", "PRP", feats, form, form)]
    elif kind < 0.75:
        name = rng.choice(NAMES)
        who = [("PROPN", "NNP", "Number=Sing", name, name)]
    else:
        noun = rng.choice(NOUNS)
        who = [("DET", "DT", "Definite=Def|PronType=Art", "the", "the"), ("NOUN", "NN", "Number=Sing", noun, noun)]
    said = ("VERB", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin", verb, LEMMAS[verb])
    after = rng.random() < 0.5 and who[0][3] != "I"
    tail = [said, *who] if after else [*who, said]
    return tagged(s, tail, tail.index(said))


def tagged(s: Sentence, tail: list[tuple[str, str, str, str, str]], verb_at: int) -> Sentence:
    """Return `“s,” tail.`, the verb of the tail as the root and the speech as its clause."""
    start = len(s) + 2  # the opening mark, the speech, the closing mark
    verb = start + verb_at
    root = next(i for i, t in enumerate(s) if t.head == i) + 1
    out = [Token('"', False, "PUNCT", "``", "", '"', root, "punct")]
    for i, t in enumerate(s):
        head, dep = (verb, "ccomp") if t.head == i else (t.head + 1, t.dep)
        out.append(replace(t, head=head, dep=dep))
    if s[-1].form == ".":
        out[-1] = replace(out[-1], form=",", tag=",", lemma=",", head=verb)
    out[-1] = replace(out[-1], space=False)
    out.append(Token('"', True, "PUNCT", "''", "", '"', root, "punct"))
    subject = start + max(i for i in range(len(tail)) if i != verb_at)
    for i, (pos, tag, morph, form, lemma) in enumerate(tail):
        at = start + i
        head, dep = (verb, "root") if at == verb else (subject, "det") if pos == "DET" else (verb, "nsubj")
        out.append(Token(form, i < len(tail) - 1, pos, tag, morph, lemma, head, dep))
    out.append(Token(".", True, "PUNCT", ".", "", ".", verb, "punct"))
    return tuple(out)


def semicolons(sentences: list[Sentence]) -> list[Sentence]:
    """Return the paragraph with its first two plain sentences joined by a semicolon, as older prose does."""
    for i in range(len(sentences) - 1):
        a, b = sentences[i], sentences[i + 1]
        plain = a[-1].form == "." and b[-1].form == "." and a[-1].head != len(a) - 1 and len(a) + len(b) < 50
        if plain and b[0].form[:1].isupper():
            root = next(k for k, t in enumerate(a) if t.head == k)
            first = b[0] if b[0].pos == "PROPN" or b[0].form == "I" else replace(b[0], form=b[0].form.lower())
            moved = [
                replace(t, head=root if t.head == k else t.head + len(a), dep="parataxis" if t.head == k else t.dep)
                for k, t in enumerate((first, *b[1:]))
            ]
            end = replace(a[-1], form=";", tag=":", lemma=";", space=True)
            return [*sentences[:i], (*a[:-1], end, *moved), *sentences[i + 2 :]]
    return sentences


def stream(all_paragraphs: list[list[Sentence]], rng: random.Random) -> Iterator[list[Sentence]]:
    """Yield varied paragraphs for ever, every one once in a pass."""
    while True:
        order = list(all_paragraphs)
        rng.shuffle(order)
        for paragraph in order:
            yield varied(paragraph, rng)

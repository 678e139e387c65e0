"""Measure how much of an input the bundled base keeps in its answer, beside another base and beside chance.

In: model folders, the pairs that plain_pairs.py made, the novels. Out: a JSON document with every figure.
The author is one whom no base was trained on, and the prompts are of a persona whom no base has met.

    python models/recipe/measure.py --bases OLD NEW --pairs DIR --novels DIR --to FILE --items 200

Names and nouns count as kept when the answer holds them (nouns by lemma). Chance is the share of another input's names or nouns
that the answer holds; those that are in its own input, too, are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

import torch
from answering import Drawing, write_answer
from batching import LONGEST, cut_batches, encode_example
from denoise import load_model, measure_answer_loss
from novels import read_books
from plain_pairs import PlainPair, load_tools, read_pairs, split_words
from pretrain import Qwen2, bits_per_byte
from scramble import Scrambler, build_input_prompt, build_recipe
from tokenizers import Tokenizer

from stylelab.corpus.document import count_words
from stylelab.files import write_json
from stylelab.language.parse import Parsed
from stylelab.persona import card

ROOM = 320  # tokens of an answer: twice the longest target
GREEDY = Drawing(0.0, 1.0, 0)
SAMPLED = Drawing(0.8, 0.95, 0)  # as StyleLab does, but that it makes repetitions less likely
WAYS = {"as_written": {"greedy": GREEDY, "sampled": SAMPLED}, "renamed": {"greedy": GREEDY}}


@dataclass(frozen=True)
class Answer:
    """A text with its words and lemmas, and whether its writer ended it."""

    text: str
    ended: bool
    words: frozenset[str]
    lemmas: frozenset[str]


@dataclass(frozen=True)
class Item:
    """A prompt with its input, what the input names, and the text that the author wrote."""

    prompt: str
    plain: str
    names: frozenset[str]
    nouns: frozenset[str]
    target: Answer


def read_answer(text: str, ended: bool, parsed: Parsed) -> Answer:
    """Return a text with its words and lemmas."""
    return Answer(text, ended, frozenset(split_words(text)), frozenset(t.lemma.lower() for t in parsed.tokens))


def find_noun_lemmas(parsed: Parsed) -> frozenset[str]:
    """Return the lemmas of a text's common nouns."""
    return frozenset(t.lemma.lower() for t in parsed.tokens if t.pos == "NOUN" and len(t.lemma) > 2)


def build_items(pairs: Sequence[PlainPair], count: int, persona: str, *, renamed: bool) -> list[Item]:
    """Return items of randomly chosen pairs.

    Args:
        persona: A persona that comes with StyleLab.
        renamed: Whether every name is changed on both sides.
    """
    rng = random.Random(3)
    recipe = build_recipe(card.load(card.list_bundled_personas()[persona]))
    scrambler = Scrambler(pairs, rng)
    chosen = rng.sample(list(pairs), min(count, len(pairs)))
    texts = [scrambler.scramble(p, float(renamed), 0.0) for p in chosen]
    parser = load_tools()[0].parser
    both = zip(parser.parse([target for target, _ in texts]), parser.parse([plain for _, plain in texts]), strict=True)
    out: list[Item] = []
    for pair, (target, plain), (whole, read) in zip(chosen, texts, both, strict=True):
        own = set(split_words(plain))
        names = frozenset(pair.names) if not renamed else frozenset(own - set(split_words(pair.plain)))
        prompt = build_input_prompt(recipe, plain, target, rng)
        out.append(Item(prompt, plain, names & own, find_noun_lemmas(read), read_answer(target, True, whole)))
    return out


def write_answers(model: Qwen2, tokenizer: Tokenizer, items: Sequence[Item], drawing: Drawing) -> list[Answer]:
    """Return a base's answer to each item."""
    written = [
        write_answer(model, tokenizer.encode(item.prompt).ids, ROOM, replace(drawing, seed=number))
        for number, item in enumerate(items)
    ]
    texts = [tokenizer.decode(tokens).strip() for tokens, _ in written]
    parsed = load_tools()[0].parser.parse([text or "." for text in texts])
    return [read_answer(text, end, read) for text, (_, end), read in zip(texts, written, parsed, strict=True)]


def compute_shares(items: Sequence[Item], answers: Sequence[Answer]) -> dict[str, float]:
    """Return what the answers keep of their inputs, what they hold of others by chance, how they end, how long they are."""
    kept = {f"{what}{by}": [0, 0] for by in ("", "_by_author", "_by_chance") for what in ("names", "nouns")}

    def add(kind: str, wanted: frozenset[str], there: frozenset[str]) -> None:
        kept[kind][0] += len(wanted & there)
        kept[kind][1] += len(wanted)

    for n, (item, answer) in enumerate(zip(items, answers, strict=True)):
        other = items[(n + len(items) // 2) % len(items)]
        add("names", item.names, answer.words)
        add("nouns", item.nouns, answer.lemmas)
        add("names_by_author", item.names, item.target.words)
        add("nouns_by_author", item.nouns, item.target.lemmas)
        add("names_by_chance", other.names - frozenset(split_words(item.plain)), answer.words)
        add("nouns_by_chance", other.nouns - item.nouns, answer.lemmas)
    lengths = [count_words(a.text) / count_words(i.plain) for i, a in zip(items, answers, strict=True)]
    shares = {f"{kind}_kept": round(have / max(1, of), 4) for kind, (have, of) in kept.items()}
    counts = {f"{kind}_counted": of for kind, (_, of) in kept.items()}
    return {
        "items": len(items),
        **shares,
        **counts,
        "ended": round(mean(a.ended for a in answers), 4),
        "words_out_per_word_in": round(median(lengths), 3),
    }


def measure_base(folder: Path, sets: dict[str, list[Item]], chapters: list[str]) -> dict[str, object]:
    """Return a base's figures on sets of items."""
    model, _ = load_model(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    out: dict[str, object] = {"bits_per_byte": round(bits_per_byte(model, tokenizer, chapters, 1024, 10**9), 4)}
    for name, items in sets.items():
        examples = [encode_example(tokenizer, i.prompt, i.target.text) for i in items]
        fit = [e for e in examples if len(e[0]) <= 2 * LONGEST]
        own: dict[str, object] = {"answer_loss_nats": round(measure_answer_loss(model, cut_batches(fit, 8192)), 4)}
        for way, drawing in WAYS[name].items():
            answers = write_answers(model, tokenizer, items, drawing)
            own[way] = compute_shares(items, answers)
            own[f"{way}_first"] = [[i.plain, a.text] for i, a in zip(items[:4], answers, strict=False)]
            print(folder.name, name, way, json.dumps(own[way]), flush=True)
        out[name] = own
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bases", type=Path, nargs="+", required=True)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--novels", type=Path, required=True)
    p.add_argument("--to", type=Path, required=True)
    p.add_argument("--author", default="stevenson", help="author on whom no base was trained")
    p.add_argument("--persona", default="tidewright")
    p.add_argument("--items", type=int, default=200)
    a = p.parse_args()
    torch.set_num_threads(2)
    _, chapters = read_books(a.novels, a.author)
    pairs = [pair for pair in read_pairs(a.pairs) if pair.author == a.author]
    sets = {
        "as_written": build_items(pairs, a.items, a.persona, renamed=False),
        "renamed": build_items([p for p in pairs if p.names], a.items, a.persona, renamed=True),
    }
    figures = {folder.name: measure_base(folder, sets, chapters) for folder in a.bases}
    write_json(a.to, {"author": a.author, "persona": a.persona, "bases": figures})


if __name__ == "__main__":
    main()

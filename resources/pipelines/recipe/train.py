"""Train the bundled English pipeline: tagger, morphologizer, lemmatizer and parser over one small tok2vec, no vectors.

In: a folder with `en_ewt-{train,dev,test}.conllu` (UD English EWT, CC BY-SA 4.0). Out: a spaCy pipeline folder with
`scores.json`. Runs on one core; the best state on the development split is kept. See README.md beside the pipeline.

    python resources/pipelines/recipe/train.py --treebank DIR --to resources/pipelines/english --minutes 75
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import compile_infix_regex, compile_suffix_regex
from thinc.api import Adam, fix_random_seed
from treebank import Sentence, paragraphs, stream

WIDTH, DEPTH = 96, 4
ROWS = {"NORM": 9000, "PREFIX": 2000, "SUFFIX": 4000, "SHAPE": 1000}
DASH = r"(?:—|–|--+|…|\.\.\.+)"
PEAK_RATE, WARM_UP = 0.002, 300  # Adam; updates
WORDS_FROM, WORDS_TO = 300, 1200  # words in a batch, compounding
DROPOUT = 0.15


def build(seed: int) -> Language:
    """Return the untrained pipeline; its tokenizer also cuts at the dashes that novels set without spaces."""
    fix_random_seed(seed)
    nlp = spacy.blank("en")
    defaults: Any = nlp.Defaults
    closing = r"[,;:.!?”’\"')]"
    infixes = [rf"{closing}(?={closing}*{DASH})", DASH, r"(?<=[—–-])[“‘\"']+(?=\w)"]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, *defaults.infixes]).finditer  # type: ignore[union-attr]
    nlp.tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, DASH]).search
    for mark in "'’‘":
        for first, verb in (("t", "is"), ("t", "was"), ("T", "is"), ("T", "was")):
            pieces = [{ORTH: mark + first, NORM: "it"}, {ORTH: verb}]
            nlp.tokenizer.add_special_case(mark + first + verb, pieces)  # type: ignore[union-attr]
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": WIDTH,
                    "attrs": list(ROWS),
                    "rows": list(ROWS.values()),
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": WIDTH,
                    "depth": DEPTH,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 96,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 20})
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"model": tagger, "min_tree_freq": 3, "top_k": 3})
    return nlp


def example(nlp: Language, sentences: list[Sentence]) -> Example:
    """Return a paragraph as the tokenizer sees it, beside what the treebank says."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool] = []
    for s in sentences:
        base = len(words)
        for i, t in enumerate(s):
            words.append(t.form)
            spaces.append(t.space or i == len(s) - 1)
            tags.append(t.tag)
            pos.append(t.pos)
            morphs.append(t.morph)
            lemmas.append(t.lemma)
            heads.append(base + t.head)
            deps.append("ROOT" if t.dep == "root" else t.dep)
            starts.append(i == 0)
    gold = Doc(
        nlp.vocab, words=words, spaces=spaces, tags=tags, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps,
        sent_starts=starts,
    )  # fmt: skip
    return Example(nlp.make_doc(gold.text), gold)


def scores(nlp: Language, held: list[list[Sentence]]) -> dict[str, float]:
    """Return the accuracies on a split, tokenised by the pipeline itself."""
    found = nlp.evaluate([example(nlp, p) for p in held], batch_size=64)
    keys = {
        "token_acc": "token_acc", "tag_acc": "tag_acc", "pos_acc": "pos_acc", "morph_acc": "morph_acc",
        "lemma_acc": "lemma_acc", "uas": "dep_uas", "las": "dep_las", "sentence_f": "sents_f",
        "words_per_second": "speed",
    }  # fmt: skip
    return {name: round(float(found[key]), 4) for name, key in keys.items()}


def train(nlp: Language, folder: Path, to: Path, minutes: float, seed: int) -> dict[str, Any]:
    """Train until the minutes are spent; the rate rises for 300 updates and falls to nothing with the time left."""
    data = paragraphs(folder / "en_ewt-train.conllu")
    dev = paragraphs(folder / "en_ewt-dev.conllu")
    rng = random.Random(seed)
    plain = [example(nlp, p) for p in data]
    nlp.initialize(lambda: plain)
    optimizer = Adam(PEAK_RATE, beta1=0.9, beta2=0.999, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True)
    docs = (example(nlp, p) for p in stream(data, rng))
    began = checked = time.monotonic()
    best, updates, words, history = -1.0, 0, 0, list[dict[str, float]]()
    size = iter_sizes()
    for batch in minibatch_by_words(docs, size=size, tolerance=0.2, discard_oversize=False):
        spent = (time.monotonic() - began) / (60 * minutes)
        if spent >= 1:
            break
        optimizer.learn_rate = PEAK_RATE * min(1.0, (updates + 1) / WARM_UP) * max(0.01, 1 - spent)
        nlp.update(batch, sgd=optimizer, drop=DROPOUT)
        updates += 1
        words += sum(len(e.predicted) for e in batch)
        if time.monotonic() - checked > 60 * minutes / 14:
            best = check(nlp, optimizer, dev, to, best, history, updates, words, began)
            checked = time.monotonic()
    check(nlp, optimizer, dev, to, best, history, updates, words, began)
    return {"updates": updates, "words": words, "minutes": minutes, "seed": seed, "history": history}


def iter_sizes() -> Any:
    """Yield the number of words in each batch: small at first, four times that later."""
    size = float(WORDS_FROM)
    while True:
        yield int(size)
        size = min(WORDS_TO, size * 1.0007)


def check(
    nlp: Language, optimizer: Any, dev: list[list[Sentence]], to: Path, best: float, history: list[dict[str, float]],
    updates: int, words: int, began: float,
) -> float:  # fmt: skip
    """Score the averaged weights on the development split and keep them when they are the best so far."""
    with nlp.use_params(optimizer.averages):
        now = scores(nlp, dev)
        total = now["tag_acc"] + now["las"] + now["lemma_acc"] + now["sentence_f"]
        history.append({"updates": updates, "words": words, "seconds": round(time.monotonic() - began), **now})
        print(json.dumps(history[-1]), flush=True)
        if total > best:
            nlp.to_disk(to)
    return max(total, best)


def main() -> None:
    """Train, score the best state on the test split, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    nlp = build(given.seed)
    nlp.meta.update(
        name="stylelab",
        version="1.0.0",
        description="tagger, morphologizer, lemmatizer and parser for English prose, trained on UD English EWT",
        license="CC BY-SA 4.0",
        sources=[{"name": "UD English EWT", "license": "CC BY-SA 4.0"}],
    )
    report = train(nlp, given.treebank, given.to, given.minutes, given.seed)
    report["test"] = scores(spacy.load(given.to), paragraphs(given.treebank / "en_ewt-test.conllu"))
    (given.to / "scores.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report["test"], indent=1))


if __name__ == "__main__":
    main()

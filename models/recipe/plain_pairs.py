"""Make the pairs of the denoising stage: passages of novels, and the plain text that StyleLab's rules make of each.

In: a folder of plain-text novels named ``author_title.txt``. Out: one JSONL file per novel. Next: denoise, measure.
The passages are cut, and made plain, by StyleLab's own code, so the base meets here what a project's training will show it.
A novel whose file is there already is not done again, so an interrupted run goes on where it stopped.

    python models/recipe/plain_pairs.py --novels DIR --to DIR --each 320 --processes 2
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path

from novels import typographic
from tokenizers import Tokenizer

from stylelab.basemodels.identity import locate_bundled_base
from stylelab.corpus import readers
from stylelab.corpus.clean import clean
from stylelab.corpus.document import count_words
from stylelab.corpus.passage import cut
from stylelab.corpus.plan import CorpusPlan
from stylelab.files import atomic_write
from stylelab.language.parse import Parsed
from stylelab.pairs.rename import TITLES
from stylelab.pairs.rewriters import TextTools, load_text_tools

FEWEST, MOST = 60, 160  # words of a passage; with its plain text and a frame it fits 512 tokens of this tokenizer
BATCH = 32  # passages that are parsed at once


@dataclass(frozen=True)
class PlainPair:
    """A passage and its plain text, with the words that both of them hold.

    Args:
        names: Single words of names, such as "Henry" and "Marsh".
        nouns, plurals: Common nouns in lower case, singular and plural, as they stand in the texts.
    """

    author: str
    target: str
    plain: str
    names: tuple[str, ...]
    nouns: tuple[str, ...]
    plurals: tuple[str, ...]


@cache
def load_tools() -> tuple[TextTools, Tokenizer]:
    """Return the product's text tools and the base's tokenizer, loaded once per process."""
    return load_text_tools("bundled"), Tokenizer.from_file(str(locate_bundled_base() / "tokenizer.json"))


def cut_novel(path: Path, most: int, *, curly: bool) -> list[str]:
    """Return up to `most` passages of a novel, evenly from its beginning to its end.

    Args:
        curly: Whether quotes and dashes become typographic ones.
    """
    tokenizer = load_tools()[1]
    plan = CorpusPlan.model_validate({"max_tokens": 400})
    made = cut(clean(readers.read(path)), plan, lambda texts: [len(e.ids) for e in tokenizer.encode_batch(list(texts))])
    fit = [p.text for p in made.kept if FEWEST <= p.words <= MOST]
    step = max(1.0, len(fit) / most)
    chosen = [fit[int(i * step)] for i in range(min(most, len(fit)))]
    return [typographic(text) for text in chosen] if curly else chosen


def find_names(parsed: Parsed, plain: str) -> tuple[str, ...]:
    """Return the single words of a text's names that its plain text holds too."""
    free = load_tools()[0].words.function_words
    words = {
        token.text
        for name in parsed.names
        for token in parsed.tokens
        if name.start <= token.start < name.end and token.text.isalpha() and token.text[0].isupper()
    }
    held = set(split_words(plain))
    return tuple(sorted(w for w in words if len(w) > 2 and w.lower() not in free | TITLES and w in held))


def find_nouns(parsed: Parsed, plain: str, tag: str) -> tuple[str, ...]:
    """Return the common nouns of a fine tag ("NN" or "NNS") that stand in a text and in its plain text."""
    held = set(split_words(plain))
    return tuple(sorted({t.text for t in parsed.tokens if t.tag == tag and t.text.islower() and t.text in held}))


def split_words(text: str) -> list[str]:
    """Return a text's words of letters only, in order."""
    return "".join(c if c.isalpha() else " " for c in text).split()


def make_pairs(author: str, passages: list[str]) -> Iterator[PlainPair]:
    """Yield the pair of each passage that the rules can make plain."""
    tools = load_tools()[0]
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        made = tools.rewriter.rewrite(batch)
        for parsed, rewritten in zip(tools.parser.parse(batch), made, strict=True):
            if rewritten.problem is None:
                plain = rewritten.text
                yield PlainPair(
                    author, parsed.text, plain, find_names(parsed, plain),
                    find_nouns(parsed, plain, "NN"), find_nouns(parsed, plain, "NNS"),
                )  # fmt: skip
        tools.parser.forget()


def write_novel(job: tuple[int, Path], to: Path, each: int) -> str:
    """Make one novel's file; return a line that says what came of it. Every second novel is made typographic."""
    number, path = job
    out = to / f"{path.stem}.jsonl"
    if out.is_file():
        return f"{path.stem}: there already"
    begin = time.monotonic()
    passages = cut_novel(path, each, curly=number % 2 == 1)
    pairs = list(make_pairs(path.stem.split("_")[0], passages))
    atomic_write(out, "".join(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs))
    words = sum(map(count_words, passages))
    return f"{path.stem}: {len(pairs)} pairs of {len(passages)} passages, {words / (time.monotonic() - begin):,.0f} words/s"


def read_pairs(folder: Path) -> list[PlainPair]:
    """Return the pairs of every file in a folder, in order.

    Raises:
        SystemExit: There is none.
    """
    out: list[PlainPair] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            value = json.loads(line)
            out.append(PlainPair(**{k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}))
    if not out:
        raise SystemExit(f"there are no pairs in {folder}: run plain_pairs.py first")
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--novels", type=Path, required=True)
    p.add_argument("--to", type=Path, required=True)
    p.add_argument("--each", type=int, default=320, help="passages of a novel")
    p.add_argument("--processes", type=int, default=2)
    a = p.parse_args()
    a.to.mkdir(parents=True, exist_ok=True)
    jobs = list(enumerate(sorted(a.novels.glob("*.txt"))))
    with multiprocessing.get_context("spawn").Pool(a.processes) as pool:
        for line in pool.imap_unordered(partial(write_novel, to=a.to, each=a.each), jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()

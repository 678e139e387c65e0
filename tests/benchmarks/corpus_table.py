"""What becomes of every file of some folders: words in, removed by rule, passages, rejected by reason; as in docs/corpus.md.

Run: python tests/benchmarks/corpus_table.py FOLDER… Prints Markdown; each file is taken by itself.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from stylelab.basemodels.identity import bundled_base
from stylelab.basemodels.tokenizer import Tokenizer
from stylelab.corpus import near_duplicates, readers
from stylelab.corpus.layout import count_words
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.prepared import prepare
from stylelab.errors import StyleLabError
from stylelab.paths import bundled

PLAN = CorpusPlan.model_validate({})


def line(path: Path, tokenizer: Tokenizer) -> str:
    """Return a file's row of the table."""
    try:
        document = readers.read(path)
    except StyleLabError as error:
        return f"| {path.parent.name}/{path.name} | {error.message} | | | | | |"
    done = prepare(document, PLAN, tokenizer.count)
    removed = Counter[str]()
    for removal in done.cleaned.removals:
        removed[removal.rule] += count_words(removal.text)
    kept = done.passages.kept
    repeats = near_duplicates.repeats(done.signatures, lambda i: kept[i].text, PLAN.near_duplicate)
    rejected = Counter(r.reason for r in done.passages.rejected) + Counter(near_duplicate=len(repeats))
    by_rule = ", ".join(f"{rule} {words:,}" for rule, words in removed.most_common())
    by_reason = ", ".join(f"{reason} {count}" for reason, count in rejected.most_common())
    return (
        f"| {path.parent.name}/{path.name} | {document.encoding} | {done.passages.language} | {document.words:,} | {by_rule}"
        f" | {len(kept) - len(repeats):,} | {by_reason} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", default=[bundled("resources") / "samples"])
    folders: list[Path] = parser.parse_args().folders
    tokenizer = Tokenizer(bundled_base())
    print("| file | encoding | language | words in | words removed by rule | passages | rejected by reason |")
    print("|---|---|---|--:|---|--:|---|")
    for path in readers.find(folders):
        print(line(path, tokenizer), flush=True)


if __name__ == "__main__":
    main()

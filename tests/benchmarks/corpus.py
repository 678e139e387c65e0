"""How fast a folder of texts becomes passages, how much memory it takes, and where the time goes.

Run: python tests/benchmarks/corpus.py [FOLDER], by default the bundled samples. Prints a table; nothing is decided by time.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stylelab.basemodels.identity import bundled_base
from stylelab.basemodels.tokenizer import Tokenizer
from stylelab.corpus import near_duplicates, readers, scene
from stylelab.corpus.clean import clean
from stylelab.corpus.formats import source
from stylelab.corpus.passage import cut
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.profile import profile
from stylelab.corpus.repair import repair
from stylelab.paths import bundled


class Clock:
    """Adds up the seconds of named steps."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.spent[step] += time.process_time() - began


def steps(files: list[Path]) -> dict[str, float]:
    """Return the processor seconds of each step over the files."""
    clock = Clock()
    count = Tokenizer(bundled_base()).count
    signs: list[bytes] = []
    texts: list[str] = []
    for path in files:
        with clock("read the file, decode"):
            data = source.read_bytes(path, 1 << 30)
            raw, _ = readers.decode(path.name, data)
        with clock("repair"):
            repair(raw)
        document = readers.read(path)
        with clock("clean"):
            cleaned = clean(document)
        tokens = _timed(clock, count)
        before = clock.spent["count tokens"]
        with clock("cut"):
            done = cut(cleaned, CorpusPlan.model_validate({}), tokens)
        clock.spent["cut"] -= clock.spent["count tokens"] - before
        with clock("scenes"):
            seen = [scene.look(p.text, done.language) for p in done.kept]
        with clock("profile"):
            profile(zip(done.kept, seen, strict=True), done.language)
        with clock("signatures"):
            signs += near_duplicates.signatures(p.text for p in done.kept)
        texts += (p.text for p in done.kept)
    with clock("compare signatures"):
        near_duplicates.repeats(signs, lambda i: texts[i], 0.85)
    return clock.spent


def _timed(clock: Clock, count: Callable[[list[str]], list[int]]) -> Callable[..., list[int]]:
    def counted(inside: list[str]) -> list[int]:
        with clock("count tokens"):
            return count(inside)

    return counted


def whole(folder: Path) -> tuple[float, float, int]:
    """Return seconds and processor seconds of `corpus add` as a command, and its largest process's peak in bytes."""
    aside = Path(tempfile.mkdtemp())
    stylelab = [sys.executable, "-m", "stylelab"]
    subprocess.run([*stylelab, "new", str(aside / "p"), "--author", "Many"], check=True, capture_output=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(
        [*stylelab, "corpus", "add", str(aside / "p"), str(folder), "--json"], check=True, stdout=subprocess.DEVNULL
    )
    seconds = time.monotonic() - began
    shutil.rmtree(aside)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, after.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure a folder and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=bundled("resources") / "samples")
    folder: Path = parser.parse_args().folder
    files = readers.find([folder])
    size = sum(p.stat().st_size for p in files) / 1e6
    seconds, processor, peak = whole(folder)
    print(
        f"{len(files)} files, {size:.1f} MB: {seconds:.0f} s ({processor:.0f} s of processor time), peak {peak >> 20} MiB"
    )
    print(f"{size / seconds:.2f} MB/s; {size / processor:.2f} MB per second of processor time\n")
    spent = steps(files)
    total = sum(spent.values())
    print("| step | processor seconds | share |\n|---|--:|--:|")
    for step, took in sorted(spent.items(), key=lambda s: -s[1]):
        print(f"| {step} | {took:.1f} | {100 * took / total:.0f}% |")


if __name__ == "__main__":
    main()

"""The lengths job: how many tokens each pair of the dataset has, counted with the base's own tokenizer.

In: the project. Out: a length per pair, prompt and completion together. It changes nothing and needs no lock.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from stylelab.basemodels.identity import inspect, resolve
from stylelab.errors import PairsError
from stylelab.files import read_jsonl
from stylelab.jobs.context import Context
from stylelab.pairs.pair import SPLITS
from stylelab.project.project import open_project

BATCH = 256  # pairs encoded at once


def run(context: Context, project: str) -> dict[str, Any]:
    """Return the token length of every pair, in the order train, valid, test.

    Raises:
        PairsError: There is no dataset.
    """
    own = open_project(Path(project))
    if not own.dataset.is_dir():
        raise PairsError("The project has no dataset.", remedy="Make the pairs first.", code="no_pairs")
    tokenizer = Tokenizer.from_file(str(inspect(resolve(own.settings.base, own.folder)).tokenizer))
    lengths: list[int] = []
    for name in SPLITS:
        rows = read_jsonl(own.dataset / f"{name}.jsonl")
        while batch := list(islice(rows, BATCH)):
            context.check()
            texts = [text for row in batch for text in (str(row["prompt"]), str(row["completion"]))]
            sizes = [len(found.ids) for found in tokenizer.encode_batch(texts)]
            lengths += [sizes[i] + sizes[i + 1] + 1 for i in range(0, len(sizes), 2)]  # and the end token
    return {"lengths": lengths}

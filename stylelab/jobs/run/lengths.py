"""The lengths job: how many tokens each pair of the dataset has, counted as training counts them.

In: the project. Out: a length per pair, prompt and completion together. It changes nothing and needs no lock.
"""

from __future__ import annotations

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import resolve
from stylelab.files import read_jsonl
from stylelab.jobs.catalogue.pairs import LengthsRequest, LengthsResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import no_dataset
from stylelab.pairs.pair import SPLITS
from stylelab.project.project import open_project


def run(context: Context, request: LengthsRequest) -> LengthsResult:
    """Return the token length of every pair, in the order train, valid, test.

    Raises:
        PairsError: There is no dataset.
    """
    own = open_project(request.project)
    if not own.dataset.is_dir():
        raise no_dataset(own)
    encoding = load_encoding(resolve(own.settings.base, own.folder))
    lengths: list[int] = []
    for name in SPLITS:
        for row in read_jsonl(own.dataset / f"{name}.jsonl"):
            context.check()
            lengths.append(encoding.length(str(row["prompt"]), str(row["completion"])))
    return LengthsResult(lengths=tuple(lengths))

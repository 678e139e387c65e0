"""The MLX adapter: the run's own files, in the layout that stock mlx-lm loads.

In: a stored adapter and its base. Out: weights, config and recipe. Next: mlx-lm.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from mlx_lm.utils import load

from stylelab.adapters.store import CONFIG, RECIPE, WEIGHTS, StoredAdapter
from stylelab.basemodels.identity import inspect
from stylelab.basemodels.precision import adapt_weights
from stylelab.exporting.check import ExportCheck, compare_with_live


def write_files(adapter: StoredAdapter, base_folder: Path, folder: Path) -> None:
    """Copy the adapter's files."""
    for name in (WEIGHTS, CONFIG, RECIPE):
        shutil.copyfile(adapter.folder / name, folder / name)


def check_files(adapter: StoredAdapter, base_folder: Path, folder: Path, prompt: str) -> ExportCheck:
    """Load the adapter with stock mlx-lm and compare it with the live one, both in the number format of this machine."""
    model, tokenizer = load(str(base_folder), adapter_path=str(folder), lazy=True)  # type: ignore[misc]
    adapt_weights(model, inspect(base_folder))
    return compare_with_live(adapter, base_folder, prompt, model, tokenizer)

"""Export an adapter: written aside in one of the formats, loaded back, compared, and only then in its place.

In: a stored adapter, its base, a format. Out: a folder with the format's files and a card. Next: the user's other programs.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from stylelab.adapters.store import StoredAdapter
from stylelab.errors import ExportError
from stylelab.exporting.card import build_card
from stylelab.exporting.check import ExportCheck
from stylelab.exporting.formats import ExportFormat
from stylelab.files import atomic_folder, atomic_write


class Exporter(Protocol):
    """What a format's module offers."""

    def write_files(self, adapter: StoredAdapter, base_folder: Path, folder: Path) -> None:
        """Write the format's files into an empty folder."""
        ...

    def check_files(self, adapter: StoredAdapter, base_folder: Path, folder: Path, prompt: str) -> ExportCheck:
        """Load the files back as other programs do, and compare them with the live adapter after `prompt`."""
        ...


def load_exporter(form: ExportFormat) -> Exporter:
    """Return the module of a format."""
    return cast("Exporter", importlib.import_module(f"stylelab.exporting.{form.name}"))


def export_adapter(adapter: StoredAdapter, base_folder: Path, to: Path, prompt: str, form: ExportFormat) -> ExportCheck:
    """Write an export and compare it with the live adapter before it appears.

    Args:
        to: A folder that does not exist yet, or a former export of the same format.
        prompt: Whose greedy continuation and logits are compared.

    Raises:
        ExportError: `to` holds something else, or the export, loaded back, writes other tokens than the live adapter.
    """
    if to.exists() and (not to.is_dir() or (any(to.iterdir()) and not (to / form.mark).is_file())):
        raise ExportError(
            f"{to} exists and is no former export.", remedy="Choose a new folder with --to.", code="export_exists"
        )
    exporter = load_exporter(form)
    with atomic_folder(to) as aside:
        exporter.write_files(adapter, base_folder, aside)
        atomic_write(aside / "README.md", build_card(adapter, form))
        check = exporter.check_files(adapter, base_folder, aside, prompt)
        if not check.greedy_match:
            raise ExportError(
                f"Stock mlx-lm loads the export but writes other tokens (logits differ by {check.logit_difference_max:.3g}).",
                remedy="Nothing was exported. Update mlx-lm and try again, or report this with 'stylelab doctor --json'.",
                code="export_differs",
            )
    return check

"""Every export format, declared once: the command's choices, the page's list, the check and the card derive from it. Light.

In: nothing. Out: FORMATS. Next: export, cli, app. Adding a format takes a line here and a module of its name beside this one,
which offers `write_files` and `check_files` as mlx.py does; the worker alone imports it.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.errors import ExportError


@dataclass(frozen=True)
class ExportFormat:
    """A form that other programs read.

    Args:
        name: As `--as` takes it; also the module's in this room.
        title, purpose: What the window calls it, and what it is for, in a sentence.
        mark: A file that every export of this format has, by which a former one is known.
        command: The shell command that loads it; the words BASE and THIS_FOLDER stand for two folders.
        prompt: What is added to the command so that it reads a prompt.
    """

    name: str
    title: str
    purpose: str
    mark: str
    command: str
    prompt: str

    def build_command(self, base: str, folder: str) -> str:
        """Return the shell command that loads an export of this format; the folders are taken as they are."""
        places = {"BASE": base, "THIS_FOLDER": folder}
        return " ".join(places.get(word, word) for word in self.command.split())


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        name="mlx",
        title="MLX adapter",
        purpose="A folder for mlx-lm, with its recipe. It is loaded back with mlx-lm and compared first.",
        mark="adapters.safetensors",
        command="mlx_lm.generate --model BASE --adapter-path THIS_FOLDER",
        prompt="--prompt - < prompt.txt",
    ),
)


def find_format(name: str) -> ExportFormat:
    """Return the format of a name.

    Raises:
        ExportError: There is none.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in FORMATS)
    raise ExportError(f"There is no export format '{name}'.", remedy=f"Choose one of: {names}.", code="export_format")

"""What the application remembers of its user: appearance, language, places, recent projects. In QSettings.

In: names. Out: values of a known type. Next: start, window. Tests give it a file of their own through STYLELAB_SETTINGS.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT = 8  # projects remembered
MODEL_FOLDERS = 24  # of base models
PLACE = "STYLELAB_SETTINGS"


class Preferences:
    """The user's preferences; written at once."""

    def __init__(self) -> None:
        place = os.environ.get(PLACE)
        ini = QSettings.Format.IniFormat
        self._settings = QSettings(place, ini) if place else QSettings("StyleLab", "StyleLab")

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        return str(self._settings.value(name, default))

    @property
    def home(self) -> Path:
        """The folder in which new projects are made."""
        return Path(self.text("home", str(Path.home() / "StyleLab")))

    def flag(self, name: str, default: bool) -> bool:
        """Return yes or no."""
        return str(self._settings.value(name, default)).lower() in ("true", "1")

    def data(self, name: str) -> QByteArray:
        """Return bytes, such as a window's geometry; empty when there are none."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, name: str, value: object) -> None:
        """Remember a value."""
        self._settings.setValue(name, value)
        self._settings.sync()

    @property
    def recent(self) -> list[Path]:
        """Projects opened lately that still exist, the latest first."""
        return [path for path in self._read_paths("recent") if (path / "project.yaml").is_file()]

    def remember(self, folder: Path) -> None:
        """Put a project in front of the recent ones."""
        others = [str(path) for path in self.recent if path != folder]
        self.put("recent", [str(folder), *others][:RECENT])

    @property
    def model_folders(self) -> list[Path]:
        """Folders of base models that the user chose or dropped and that are still there, the latest first."""
        return [path for path in self._read_paths("model_folders") if path.is_dir()]

    def remember_models(self, folder: Path) -> None:
        """Put a folder of base models in front of the others."""
        others = [str(path) for path in self.model_folders if path != folder]
        self.put("model_folders", [str(folder), *others][:MODEL_FOLDERS])

    def forget_models(self, folder: Path) -> None:
        """Show a folder of base models no more."""
        self.put("model_folders", [str(path) for path in self.model_folders if path != folder])

    def _read_paths(self, name: str) -> list[Path]:
        """Return paths; QSettings gives back a list of one as that one."""
        found = self._settings.value(name, [])
        names = [found] if isinstance(found, str) else list(found) if isinstance(found, list) else []
        return [Path(str(name)) for name in names]

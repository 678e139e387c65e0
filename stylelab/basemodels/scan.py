"""Base models that other programs keep on this machine: Hugging Face's cache, LM Studio, oMLX, Ollama.

In: the user's folders. Out: ForeignModel records. Next: the commands and the window, which offer to use or import them.

Nothing is loaded and nothing outside the known folders is followed: a link that leads out is shown with its end, and its model is
left to the user to choose by that folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

DEPTH = 3  # folders below a program's own in which a model may stand: owner, name, and one to spare
MOST_FOLDERS = 5_000  # of one program; a folder that is no model folder at all is left soon
MANIFEST_BYTES = 2**20
DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
OLLAMA_MODEL = "application/vnd.ollama.image.model"
Program = Literal["Hugging Face", "LM Studio", "oMLX", "Ollama", "folder"]


@dataclass(frozen=True)
class ForeignModel:
    """A model that another program has.

    Args:
        program: Who keeps it; "folder" for one that the user named.
        path: The model's folder, or the GGUF file.
        kind: mlx: a folder in Hugging Face layout; gguf: a file that must be imported first.
        size_bytes: Of its weights.
        revision: The commit, where the program knows it.
        links_out: Links in it that lead out of the program's folder, with their ends; such a model is not to be used from here.
    """

    program: Program
    name: str
    path: Path
    kind: Literal["mlx", "gguf"]
    size_bytes: int
    revision: str = ""
    links_out: Mapping[str, str] = field(default_factory=dict[str, str])


def list_known_folders(
    environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> list[tuple[Program, Path]]:
    """Return the folders in which the known programs keep models, whether they are there or not.

    **Source:** huggingface_hub's documentation of its environment variables; the programs' own documentation.
    """
    home = home or Path.home()
    cache = Path(environment.get("XDG_CACHE_HOME") or home / ".cache")
    hub = environment.get("HF_HUB_CACHE") or Path(environment.get("HF_HOME") or cache / "huggingface") / "hub"
    return [
        ("Hugging Face", Path(hub)),
        ("LM Studio", home / ".lmstudio" / "models"),
        ("LM Studio", home / ".cache" / "lm-studio" / "models"),
        ("oMLX", home / ".omlx" / "models"),
        ("Ollama", Path(environment.get("OLLAMA_MODELS") or home / ".ollama" / "models")),
    ]


def scan_machine(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> list[ForeignModel]:
    """Return every model that the known programs keep here, by program and name."""
    out: list[ForeignModel] = []
    for program, folder in list_known_folders(environment, home):
        if not folder.is_dir():
            continue
        if program == "Hugging Face":
            out += scan_hub_cache(folder)
        elif program == "Ollama":
            out += scan_ollama(folder)
        else:
            out += scan_tree(folder, program)
    return sorted(out, key=lambda model: (model.program, model.name.lower()))


def scan_folder(folder: Path) -> list[ForeignModel]:
    """Return the models in a folder that the user named, itself included."""
    return list(scan_tree(folder, "folder"))


def scan_hub_cache(root: Path) -> Iterator[ForeignModel]:
    """Yield the models of Hugging Face's cache: models--OWNER--NAME/snapshots/COMMIT, whose files are links to blobs."""
    for repo in sorted(root.glob("models--*")):
        if repo.is_symlink():
            continue
        for snapshot in sorted((repo / "snapshots").glob("*")):
            if snapshot.is_dir() and not snapshot.is_symlink():
                name = repo.name.removeprefix("models--").replace("--", "/")
                yield from describe_folder(snapshot, root, "Hugging Face", name, revision=snapshot.name)


def scan_tree(root: Path, program: Program) -> Iterator[ForeignModel]:
    """Yield the models in a tree of folders, as deep as such programs build theirs."""
    waiting, seen = [(root, 0)], 0
    while waiting and seen < MOST_FOLDERS:
        folder, depth = waiting.pop()
        seen += 1
        name = folder.relative_to(root).as_posix() if folder != root else root.name
        yield from describe_folder(folder, root, program, name)
        if depth == DEPTH:
            continue
        for child in list_folder(folder):
            if child.name.startswith("."):
                continue
            if child.is_symlink() and child.is_dir() and not is_inside(child.resolve(), root):
                linked = {child.name: str(child.resolve())}
                yield ForeignModel(program, child.relative_to(root).as_posix(), child, "mlx", 0, links_out=linked)
            elif child.is_dir() and not child.is_symlink():
                waiting.append((child, depth + 1))


def describe_folder(
    folder: Path, root: Path, program: Program, name: str, revision: str = ""
) -> Iterator[ForeignModel]:
    """Yield the model that a folder is, and the GGUF files in it; nothing where it holds neither."""
    files = [path for path in list_folder(folder) if path.suffix in (".safetensors", ".gguf", ".json")]
    ends = {path: path.resolve() for path in files}
    out = {path.name: str(end) for path, end in ends.items() if not is_inside(end, root)}
    here = {path: end for path, end in ends.items() if path.name not in out and end.is_file()}
    weights = [path for path in files if path.suffix == ".safetensors"]
    if weights and (folder / "config.json") in ends:
        size = sum(here[path].stat().st_size for path in weights if path in here)
        yield ForeignModel(program, name, folder, "mlx", size, revision, out)
    for path in files:
        if path.suffix == ".gguf" and (path in here or path.name in out):
            size = here[path].stat().st_size if path in here else 0
            linked = {path.name: out[path.name]} if path.name in out else {}
            yield ForeignModel(program, f"{name}/{path.name}", path, "gguf", size, revision, linked)


def scan_ollama(root: Path) -> Iterator[ForeignModel]:
    """Yield Ollama's models: a manifest HOST/OWNER/NAME/TAG names the blob that is the GGUF file."""
    manifests = root / "manifests"
    for path in sorted(manifests.glob("*/*/*/*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MANIFEST_BYTES:
            continue
        digest = find_ollama_blob(path)
        blob = root / "blobs" / f"sha256-{digest}"
        if not digest or not blob.exists():
            continue
        _, owner, name, tag = path.relative_to(manifests).parts
        end = blob.resolve()
        inside = is_inside(end, root)
        yield ForeignModel(
            "Ollama",
            f"{name}:{tag}" if owner == "library" else f"{owner}/{name}:{tag}",
            blob,
            "gguf",
            end.stat().st_size if inside else 0,
            links_out={} if inside else {blob.name: str(end)},
        )


def find_ollama_blob(manifest: Path) -> str:
    """Return the digest of the model that a manifest names, in hex; "" where it names none."""
    try:
        value: object = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return ""
    layers = cast("dict[str, Any]", value).get("layers") if isinstance(value, dict) else None
    for layer in cast("list[Any]", layers) if isinstance(layers, list) else []:
        if isinstance(layer, dict) and cast("dict[str, Any]", layer).get("mediaType") == OLLAMA_MODEL:
            found = DIGEST.fullmatch(str(cast("dict[str, Any]", layer).get("digest")))
            return found[1] if found else ""
    return ""


def list_folder(folder: Path) -> list[Path]:
    """Return what is in a folder, by name; nothing where it may not be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def is_inside(path: Path, root: Path) -> bool:
    """Return whether a resolved path lies in a folder, links of that folder itself resolved."""
    return path.is_relative_to(root.resolve())

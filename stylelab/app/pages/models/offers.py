"""What can be done with a base model of the list, and the words of its line.

In: a ModelRow and the running job. Out: Offer and RowFace records. Next: list, inspector, operations.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

from stylelab.app.pages.models.rows import ModelRow
from stylelab.app.session.model_jobs import ModelJobs
from stylelab.app.texts import model_words, words
from stylelab.app.texts.notes import translate_note
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.texts.words import translate
from stylelab.errors import StyleLabError
from stylelab.training.base_fit import BITS

Deed = Literal[
    "get", "pause", "cancel", "import", "use", "page", "token", "add", "check", "convert", "reveal", "remove", "forget"
]  # fmt: skip
GATED = "download_gated"


@dataclass(frozen=True)
class Offer:
    """Something that can be done with a model.

    Args:
        why_not: Why it cannot be done now; "" where it can.
        quick: Whether its button stands in the line itself.
    """

    deed: Deed
    name: str
    why_not: str = ""
    quick: bool = False


@dataclass(frozen=True)
class RowFace:
    """What a line of the list says.

    Args:
        facts: Size, kind, licence, in one line. status: How far it is, or what is wrong.
        role: The status's colour: quiet, warn, bad, good.
        share: Of a download, 0 to 1; None while that is not known, and below 0 where there is none.
        marks: Short words beside the title.
    """

    title: str
    facts: str
    status: str = ""
    role: str = "quiet"
    share: float | None = -1.0
    marks: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def text(self) -> str:
        """All of it, for those who listen."""
        return ". ".join(part for part in (self.facts, self.status, ", ".join(self.marks)) if part)


@dataclass(frozen=True)
class Circumstances:
    """What decides, beside the model itself, what can be done.

    Args:
        project: Whether one is open. own: What it calls its base.
        free_bytes: On the library's disk.
    """

    project: bool
    own: str
    free_bytes: int


def list_offers(row: ModelRow, jobs: ModelJobs, now: Circumstances) -> list[Offer]:
    """Return what can be done with a model, the usual first."""
    current = jobs.current
    if current is not None and current.key == row.key:
        pausing = [Offer("pause", translate("models", "Pause"), quick=True)] if current.can_pause else []
        stopping = translate("models", "It is about to stop.") if current.stopping else ""
        return [*pausing, Offer("cancel", translate("models", "Cancel"), stopping, quick=True)]
    out: list[Offer] = []
    busy = translate("models", "Another job is running; one runs at a time.") if jobs.busy else ""
    fault = jobs.faults.get(row.key)
    if row.request is not None:
        if fault is not None and fault.code == GATED and row.page:
            out.append(Offer("page", translate("models", "Open Its Page"), quick=True))
            out.append(Offer("token", translate("models", "Enter Token …"), busy, quick=True))
        out.append(build_get_offer(row, fault, busy))
        if row.partial is not None:
            out.append(Offer("cancel", translate("models", "Cancel"), busy, quick=True))
    if row.base:
        out.append(Offer("use", translate("models", "Use for This Project"), explain_unusable(row, now)))
        if not row.fault:
            name = translate("models", "Check Again") if row.measured else translate("models", "Check")
            out.append(Offer("check", name, busy))
            out.append(Offer("convert", translate("models", "Convert …"), busy))
        if row.base == str(row.folder) and not row.fault:
            out.append(Offer("add", translate("models", "Add to the Library"), busy))
    if row.page and not any(offer.deed == "page" for offer in out):
        out.append(Offer("page", translate("models", "Open Its Page")))
    if row.folder is not None:
        out.append(Offer("reveal", name_reveal()))
    if row.removable:
        used = ", ".join(row.users)
        why = translate("models", "It is used by {projects}.").format(projects=used) if used else ""
        out.append(Offer("remove", translate("models", "Remove …"), why))
    elif row.section == "here" and row.base == str(row.folder) and row.base != now.own:
        out.append(Offer("forget", translate("models", "Take Off the List")))
    return out


def build_get_offer(row: ModelRow, fault: StyleLabError | None, busy: str) -> Offer:
    """Return the offer to get a model, by the word that fits."""
    if row.section == "found":
        return Offer("import", translate("models", "Import"), busy, quick=True)
    if fault is not None:
        return Offer("get", translate("models", "Try Again"), busy, quick=fault.code != GATED)
    if row.partial is not None:
        return Offer("get", translate("models", "Continue"), busy, quick=True)
    return Offer("get", translate("models", "Get"), busy, quick=True)


def explain_unusable(row: ModelRow, now: Circumstances) -> str:
    """Return why a project cannot use a model now; "" where it can."""
    if not now.project:
        return translate("models", "Open a project first.")
    if row.base == now.own:
        return translate("models", "This project uses it already.")
    return translate("models", "It cannot be used as it is.") if row.fault else ""


def name_reveal(platform: str = sys.platform) -> str:
    """Return what the system's file manager is called."""
    return translate("models", "Show in Finder") if platform == "darwin" else translate("models", "Show in Folder")


def name_this_machine(platform: str = sys.platform) -> str:
    """Return the heading of what is on this machine."""
    return translate("models", "On this Mac") if platform == "darwin" else translate("models", "On this computer")


def build_face(row: ModelRow, jobs: ModelJobs, now: Circumstances) -> RowFace:
    """Return what the line of a model says now."""
    status, role, share = describe_status(row, jobs, now)
    marks: list[str] = []
    if row.base and row.base == now.own:
        marks.append(translate("models", "In use"))
    if row.tested:
        marks.append(translate("models", "Tested"))
    return RowFace(
        title=name_title(row),
        facts=" · ".join(list_facts(row)),
        status=status,
        role=role,
        share=share,
        marks=tuple(marks),
        offers=tuple(offer for offer in list_offers(row, jobs, now) if offer.quick),
    )


def name_title(row: ModelRow) -> str:
    """Return what a model is called in the list."""
    return translate("models", "Small base, comes along") if row.base == "bundled" else row.title


def list_facts(row: ModelRow) -> list[str]:
    """Return the facts of a model that stand in its line."""
    size = ""
    if row.size_bytes:
        amount = words.format_size(row.size_bytes)
        here = row.section in ("here", "found")
        size = amount if here else translate("models", "{size} to fetch").format(size=amount)
    facts = [
        row.program,
        row.source if row.section == "found" else "",
        model_words.format_parameters(row.parameters) if row.parameters else "",
        model_words.format_kind(row.kind),
        row.licence,
        model_words.format_languages(row.languages),
        size,
        translate("models", "asks for consent") if row.gated else "",
    ]
    return [fact for fact in facts if fact]


def describe_status(row: ModelRow, jobs: ModelJobs, now: Circumstances) -> tuple[str, str, float | None]:
    """Return how far a model is or what is wrong with it, the colour of that, and the share that has arrived."""
    current = jobs.current
    if current is not None and current.key == row.key:
        said = [model_words.describe_package(current), model_words.describe_job(current)]
        return " ".join(part for part in said if part), "quiet", current.job.share
    partial = row.partial
    share = partial.done_bytes / partial.plan.total_bytes if partial is not None and partial.plan.total_bytes else -1.0
    if (fault := jobs.faults.get(row.key)) is not None:
        said = explain(fault)
        return f"{said.happened} {said.remedy}", "bad", share
    if partial is not None:
        text = translate("models", "Paused at {done} of {total}.").format(
            done=words.format_size(partial.done_bytes), total=words.format_size(partial.plan.total_bytes)
        )
        return text, "quiet", share
    if row.links_out:
        return translate("models", "Links lead out of its folder: choose the folder they lead to."), "warn", -1.0
    if row.fault:
        return translate("models", "It cannot be used as it is."), "warn", -1.0
    text, role = describe_fit(row, now)
    return text, role, -1.0


def describe_fit(row: ModelRow, now: Circumstances) -> tuple[str, str]:
    """Return whether a model suits this machine, and the colour of that."""
    if row.base == "bundled":
        return translate("models", "Takes on a voice and makes little sense: to try things out, offline."), "quiet"
    missing = row.size_bytes if row.request is not None else 0
    if row.section == "get" and missing > now.free_bytes:
        text = translate("models", "It needs {size} on the disk, and {free} are free.")
        return text.format(size=words.format_size(missing), free=words.format_size(now.free_bytes)), "warn"
    if row.fit is None:
        return "", "quiet"
    said = words.capitalise(translate_note(row.fit.advice)) + "."
    if row.to_convert:
        text = translate("models", "It comes in {stored} bits and must be converted to {bits} first.")
        said += " " + text.format(bits=BITS, stored=row.bits)
    return said, "quiet" if row.fit.trains else "warn"

"""What is said when work, a file or the project itself fails.

In: nothing. Out: Remedy by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Remedy, build_new_button, build_open_button, build_resume_button
from stylelab.app.texts.words import translate


def list_project_remedies() -> dict[str, Remedy]:
    """Return what is said, by an error's code."""
    return _work() | _files() | _projects()


def _work() -> dict[str, Remedy]:
    """Return what is said when work itself fails."""
    bug = Remedy(
        translate("remedies", "StyleLab made a mistake"),
        translate("remedies", "Please report it with the details below."),
    )
    return {
        "error": Remedy(
            translate("remedies", "That did not work"), translate("remedies", "Try it again. The details say more.")
        ),
        "crashed": Remedy(
            translate("remedies", "The work stopped unexpectedly"),
            translate("remedies", "Nothing that was there before is lost. Try it again."),
        ),
        "train_crashed": Remedy(
            translate("remedies", "The training stopped unexpectedly"),
            translate("remedies", "Nothing that was saved is lost: training goes on from its last checkpoint."),
            build_resume_button(),
        ),
        "worker_start": Remedy(
            translate("remedies", "The work could not start"),
            translate("remedies", "Start StyleLab again; if that does not help, install it again."),
        ),
        "bug": bug,
        "job_unknown": bug,
        "request": bug,
        "locked": Remedy(
            translate("remedies", "Something else is working on this project"),
            translate("remedies", "Another window or a command holds it. Wait until it has finished."),
        ),
    }


def _files() -> dict[str, Remedy]:
    """Return what is said when a file cannot be read or written."""
    return {
        "disk_full": Remedy(
            translate("remedies", "The disk is full"),
            translate("remedies", "Free some space and try again. What was there before is untouched."),
        ),
        "store_write": Remedy(
            translate("remedies", "The project could not be saved"),
            translate("remedies", "Nothing was changed. Try it again."),
        ),
        "file": Remedy(
            translate("remedies", "A file cannot be read or written"),
            translate("remedies", "Check the permissions of the place that the details name, and the disk."),
        ),
        "file_missing": Remedy(
            translate("remedies", "A file is not there"),
            translate("remedies", "It may have been moved or renamed. The details say which."),
        ),
        "json": Remedy(
            translate("remedies", "A file of the project is damaged"),
            translate("remedies", "Restore it from a backup, or let StyleLab make it again."),
        ),
    }


def _projects() -> dict[str, Remedy]:
    """Return what is said when a project cannot be made or opened."""
    again = build_open_button()
    return {
        "project": Remedy(
            translate("remedies", "The project cannot be opened"),
            translate("remedies", "Check its folder. The project was not touched."),
            again,
        ),
        "project_missing": Remedy(
            translate("remedies", "This folder is no project"),
            translate("remedies", "Open a folder that has a project.yaml, or make a new project."),
            build_new_button(),
        ),
        "project_yaml": Remedy(
            translate("remedies", "The project cannot be opened"),
            translate("remedies", "Correct project.yaml in a text editor. The details say where."),
            again,
        ),
        "project_exists": Remedy(
            translate("remedies", "This folder is in use already"),
            translate("remedies", "Choose another name or another place for the project."),
        ),
        "schema_newer": Remedy(
            translate("remedies", "The project cannot be opened"),
            translate("remedies", "Update StyleLab. The project was not touched."),
        ),
        "store_damaged": Remedy(
            translate("remedies", "The project’s database is damaged"),
            translate(
                "remedies",
                "Move stylelab.db out of the project’s folder and add the texts again: they are still in its folder texts.",
            ),
        ),
        "author": Remedy(
            translate("remedies", "The author has no name"), translate("remedies", "Say whose voice it is.")
        ),
    }

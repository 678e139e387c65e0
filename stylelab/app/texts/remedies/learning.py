"""What is said when training, an adapter or an export fails.

In: nothing. Out: Remedy by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Remedy, build_page_button, build_train_button
from stylelab.app.texts.words import translate


def list_learning_remedies() -> dict[str, Remedy]:
    """Return what is said, by an error's code."""
    return _plans() | _training() | _adapters()


def _plans() -> dict[str, Remedy]:
    """Return what is said when training is planned wrongly."""
    wrong = Remedy(
        translate("remedies", "The training plan has an error"),
        translate("remedies", "Correct the plan; the details say where."),
        build_page_button("training"),
    )
    return {
        "plan": wrong,
        "plan_key": wrong,
        "plan_value": wrong,
        "preset": Remedy(
            translate("remedies", "There is no preset for this much memory"),
            translate("remedies", "Choose another preset."),
            build_page_button("training"),
        ),
        "memory": Remedy(
            translate("remedies", "Memory ran out"),
            translate("remedies", "Choose a smaller rank or shorter pairs, or a smaller base. What was saved is kept."),
            build_page_button("training"),
        ),
        "machines_differ": Remedy(
            translate("remedies", "The machines do not hold the same project"),
            translate("remedies", "Copy the project’s folder from the first machine to the others."),
        ),
    }


def _training() -> dict[str, Remedy]:
    """Return what is said when a run cannot go on."""
    plan = build_page_button("training")
    again = build_train_button()
    return {
        "training": Remedy(
            translate("remedies", "The training cannot go on"),
            translate("remedies", "Check the plan. What was saved is kept."),
            plan,
        ),
        "diverged": Remedy(
            translate("remedies", "The loss exploded"),
            translate("remedies", "Lower the learning rate and start a new run. The last good checkpoint is kept."),
            plan,
        ),
        "checkpoint": Remedy(
            translate("remedies", "A checkpoint is damaged"),
            translate("remedies", "Use an earlier one, or start a new run."),
            again,
        ),
        "no_checkpoint": Remedy(
            translate("remedies", "There is no checkpoint to go on from"),
            translate("remedies", "Start a new run."),
            again,
        ),
        "checkpoint_missing": Remedy(
            translate("remedies", "There is no such checkpoint"),
            translate("remedies", "Choose another one of the run, or its best adapter."),
        ),
        "resume_changed": Remedy(
            translate("remedies", "The plan has changed since the last checkpoint"),
            translate("remedies", "Undo the change, or start a new run."),
            again,
        ),
        "run_missing": Remedy(
            translate("remedies", "There is no such run"),
            translate("remedies", "Train first, or choose another run."),
            plan,
        ),
    }


def _adapters() -> dict[str, Remedy]:
    """Return what is said when an adapter cannot write or be exported."""
    plan = build_page_button("training")
    export = build_page_button("export")
    return {
        "adapter": Remedy(
            translate("remedies", "The adapter cannot be used"),
            translate("remedies", "Choose another run, or train again."),
            plan,
        ),
        "adapter_missing": Remedy(
            translate("remedies", "This run has no adapter yet"),
            translate("remedies", "Let it finish, or choose another run."),
            plan,
        ),
        "adapter_base": Remedy(
            translate("remedies", "This adapter belongs to another base model"),
            translate("remedies", "Choose the base that it was trained on."),
            build_page_button("models"),
        ),
        "no_text": Remedy(
            translate("remedies", "There is no text to write from"), translate("remedies", "Give whole sentences.")
        ),
        "not_turned": Remedy(
            translate("remedies", "The text cannot be told from this point of view"),
            translate("remedies", "Tell it as I, in whole sentences, or leave the point of view as it is."),
        ),
        "export": Remedy(
            translate("remedies", "The export failed"),
            translate("remedies", "Nothing was exported. Try it again, in another folder."),
            export,
        ),
        "export_differs": Remedy(
            translate("remedies", "The export does not write what the adapter writes"),
            translate("remedies", "Nothing was exported. Please report it with the details below."),
        ),
        "export_exists": Remedy(
            translate("remedies", "Something else is in this folder"),
            translate("remedies", "Choose a new folder for the export."),
            export,
        ),
        "export_format": Remedy(
            translate("remedies", "This format is not built yet"), translate("remedies", "Choose MLX."), export
        ),
    }

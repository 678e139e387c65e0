"""What is said when a base model, training, an adapter or an export fails.

In: nothing. Out: Known by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Known, show, train
from stylelab.app.texts.words import translate


def known() -> dict[str, Known]:
    """Return what is said, by an error's code."""
    return _models() | _plans() | _training() | _adapters()


def _models() -> dict[str, Known]:
    """Return what is said when a base model cannot be used."""
    models = show("models")
    return {
        "model": Known(
            translate("remedies", "The base model cannot be used"), translate("remedies", "Choose another."), models
        ),
        "model_missing": Known(
            translate("remedies", "The base model is not there"),
            translate("remedies", "Choose its folder, or another base."),
            models,
        ),
        "model_incomplete": Known(
            translate("remedies", "The base model is incomplete"),
            translate("remedies", "Download it again, or choose another."),
            models,
        ),
        "model_code": Known(
            translate("remedies", "This model wants to run its own code"),
            translate("remedies", "StyleLab runs no code from models. Choose another."),
            models,
        ),
        "model_no_chat": Known(
            translate("remedies", "This model does not follow instructions"),
            translate("remedies", "Choose an instruct model for rewriting in the plan of the pairs."),
            show("pairs"),
        ),
        "model_no_end": Known(
            translate("remedies", "This model does not know where a text ends"),
            translate("remedies", "Choose another base, one whose tokenizer names an end."),
            models,
        ),
        "model_unknown": Known(
            translate("remedies", "Nobody can say what memory this model takes"),
            translate("remedies", "Choose a base of the Qwen, Llama or Mistral kind."),
            models,
        ),
        "model_unloadable": Known(
            translate("remedies", "The base model cannot be loaded"),
            translate("remedies", "Download or convert it again, or choose another."),
            models,
        ),
    }


def _plans() -> dict[str, Known]:
    """Return what is said when training is planned wrongly."""
    wrong = Known(
        translate("remedies", "The training plan has an error"),
        translate("remedies", "Correct the plan; the details say where."),
        show("training"),
    )
    return {
        "plan": wrong,
        "plan_key": wrong,
        "plan_value": wrong,
        "preset": Known(
            translate("remedies", "There is no preset for this much memory"),
            translate("remedies", "Choose another preset."),
            show("training"),
        ),
        "memory": Known(
            translate("remedies", "Memory ran out"),
            translate("remedies", "Choose a smaller rank or shorter pairs, or a smaller base. What was saved is kept."),
            show("training"),
        ),
        "machines_differ": Known(
            translate("remedies", "The machines do not hold the same project"),
            translate("remedies", "Copy the project’s folder from the first machine to the others."),
        ),
    }


def _training() -> dict[str, Known]:
    """Return what is said when a run cannot go on."""
    plan = show("training")
    again = train()
    return {
        "training": Known(
            translate("remedies", "The training cannot go on"),
            translate("remedies", "Check the plan. What was saved is kept."),
            plan,
        ),
        "diverged": Known(
            translate("remedies", "The loss exploded"),
            translate("remedies", "Lower the learning rate and start a new run. The last good checkpoint is kept."),
            plan,
        ),
        "checkpoint": Known(
            translate("remedies", "A checkpoint is damaged"),
            translate("remedies", "Use an earlier one, or start a new run."),
            again,
        ),
        "no_checkpoint": Known(
            translate("remedies", "There is no checkpoint to go on from"),
            translate("remedies", "Start a new run."),
            again,
        ),
        "checkpoint_missing": Known(
            translate("remedies", "There is no such checkpoint"),
            translate("remedies", "Choose another one of the run, or its best adapter."),
        ),
        "resume_changed": Known(
            translate("remedies", "The plan has changed since the last checkpoint"),
            translate("remedies", "Undo the change, or start a new run."),
            again,
        ),
        "run_missing": Known(
            translate("remedies", "There is no such run"),
            translate("remedies", "Train first, or choose another run."),
            plan,
        ),
    }


def _adapters() -> dict[str, Known]:
    """Return what is said when an adapter cannot write or be exported."""
    plan = show("training")
    export = show("export")
    return {
        "adapter": Known(
            translate("remedies", "The adapter cannot be used"),
            translate("remedies", "Choose another run, or train again."),
            plan,
        ),
        "adapter_missing": Known(
            translate("remedies", "This run has no adapter yet"),
            translate("remedies", "Let it finish, or choose another run."),
            plan,
        ),
        "adapter_base": Known(
            translate("remedies", "This adapter belongs to another base model"),
            translate("remedies", "Choose the base that it was trained on."),
            show("models"),
        ),
        "no_text": Known(
            translate("remedies", "There is no text to write from"), translate("remedies", "Give whole sentences.")
        ),
        "not_turned": Known(
            translate("remedies", "The text cannot be told from this point of view"),
            translate("remedies", "Tell it as I, in whole sentences, or leave the point of view as it is."),
        ),
        "export": Known(
            translate("remedies", "The export failed"),
            translate("remedies", "Nothing was exported. Try it again, in another folder."),
            export,
        ),
        "export_differs": Known(
            translate("remedies", "The export does not write what the adapter writes"),
            translate("remedies", "Nothing was exported. Please report it with the details below."),
        ),
        "export_exists": Known(
            translate("remedies", "Something else is in this folder"),
            translate("remedies", "Choose a new folder for the export."),
            export,
        ),
        "export_format": Known(
            translate("remedies", "This format is not built yet"), translate("remedies", "Choose MLX."), export
        ),
    }

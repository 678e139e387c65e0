"""The training plan in the window's words: what each setting is called, and what all of them together mean.

In: a Plan. Out: wordings for the form, sentences for the inspector. Next: training page.
"""

from __future__ import annotations

from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.form import Wording
from stylelab.jobs.catalogue.training import PlanFigures
from stylelab.training.plan import Plan


def wordings() -> dict[str, Wording]:
    """Return what the settings are called, in the order of the form."""
    return _first() | _advanced() | _rhythm() | _special()


def _first() -> dict[str, Wording]:
    """Return the settings that most people look at."""
    return {
        "iters": Wording(
            translate("plan", "Length"),
            translate("plan", "Batches computed in all. More of them learn more, and in the end by heart."),
            translate("plan", "batches"),
        ),
        "learning_rate": Wording(
            translate("plan", "Learning rate"),
            translate("plan", "Step size at its peak. Large bases want 0.00001, the small one about 0.0004."),
        ),
        "rank": Wording(
            translate("plan", "Rank"),
            translate("plan", "Width of the adapter. More learns finer habits and takes more memory."),
        ),
        "scale": Wording(
            translate("plan", "Scale"),
            translate("plan", "Strength of the adapter in training, and so in writing."),
        ),
        "max_seq_length": Wording(
            translate("plan", "Longest pair"),
            translate("plan", "Longer pairs are left out and counted."),
            translate("plan", "tokens"),
        ),
        "batch_size": Wording(
            translate("plan", "Batch"), translate("plan", "Pairs computed at once."), translate("plan", "pairs")
        ),
    }


def _special() -> dict[str, Wording]:
    """Return the settings that few people need."""
    return {
        "memory_gb": Wording(
            translate("plan", "Memory"),
            translate("plan", "Memory that training may use; 0 for what this computer has."),
            "GB",
            True,
        ),
        "fine_tune_type": Wording(
            translate("plan", "Kind of adapter"),
            translate("plan", "DoRA learns each output’s size apart and takes longer."),
            advanced=True,
            choices={"lora": "LoRA", "dora": "DoRA"},
        ),
        "rank_stabilized": Wording(
            translate("plan", "Rank-stabilised"),
            translate("plan", "Multiply the scale by the square root of the rank."),
            advanced=True,
        ),
        "optimizer": Wording(
            translate("plan", "Optimizer"),
            translate("plan", "AdamW; Adafactor keeps less state; Muon evens out directions."),
            advanced=True,
            choices={"adamw": "AdamW", "adafactor": "Adafactor", "muon": "Muon"},
        ),
        "weight_decay": Wording(
            translate("plan", "Weight decay"),
            translate("plan", "Share of each weight taken away per update."),
            advanced=True,
        ),
        "max_grad_norm": Wording(
            translate("plan", "Gradient limit"),
            translate("plan", "Longer gradients are cut to this length; 0 for no limit."),
            advanced=True,
        ),
        "neftune_alpha": Wording(
            translate("plan", "Embedding noise"),
            translate("plan", "Noise on the embeddings, against learning by heart; 0 for none."),
            advanced=True,
        ),
    }


def _advanced() -> dict[str, Wording]:
    """Return the settings that are folded away."""
    return {
        "grad_accumulation_steps": Wording(
            translate("plan", "Batches per update"),
            translate("plan", "Batches whose gradients are added before the adapter changes."),
            advanced=True,
        ),
        "dropout": Wording(
            translate("plan", "Dropout"),
            translate("plan", "Share of inputs hidden from the adapter at random, against learning by heart."),
            advanced=True,
        ),
        "lr_schedule": Wording(
            translate("plan", "Rate goes on"),
            translate("plan", "How the learning rate goes on after the warm-up."),
            advanced=True,
            choices={
                "constant": translate("plan", "constant"),
                "cosine": translate("plan", "falling"),
                "linear": translate("plan", "falling evenly"),
            },
        ),
        "warmup": Wording(
            translate("plan", "Warm-up"),
            translate("plan", "Updates over which the learning rate rises from nothing."),
            translate("plan", "updates"),
            advanced=True,
        ),
        "num_layers": Wording(
            translate("plan", "Blocks"),
            translate("plan", "Adapt the last so many blocks; -1 stands for all."),
            advanced=True,
        ),
        "grad_checkpoint": Wording(
            translate("plan", "Save memory"),
            translate("plan", "Compute blocks twice: less memory, about a third more time."),
            advanced=True,
        ),
    }


def _rhythm() -> dict[str, Wording]:
    """Return how often a run looks at itself."""
    batches = translate("plan", "batches")
    return {
        "steps_per_eval": Wording(
            translate("plan", "Validate every"), translate("plan", "Batches between validations."), batches, True
        ),
        "save_every": Wording(
            translate("plan", "Save every"), translate("plan", "Batches between checkpoints."), batches, True
        ),
        "patience": Wording(
            translate("plan", "Patience"),
            translate("plan", "Stop after so many validations without a better one; 0 goes on to the end."),
            advanced=True,
        ),
        "keep_checkpoints": Wording(
            translate("plan", "Checkpoints kept"), translate("plan", "Besides the best."), advanced=True
        ),
        "samples": Wording(
            translate("plan", "Samples"), translate("plan", "Texts written at every checkpoint."), advanced=True
        ),
        "seed": Wording(
            translate("plan", "Seed"), translate("plan", "Decides order, first weights and dropout."), advanced=True
        ),
    }


def meaning(plan: Plan, pairs: int, figures: PlanFigures | None = None) -> str:
    """Return what a plan means for so many training pairs.

    Args:
        figures: What the plan job found out, once it has.
    """
    if not pairs:
        return translate("plan", "Make pairs to see what this plan means.")
    said = [
        translate("plan", "{updates} of {pairs}: every pair is seen {epochs} times.").format(
            updates=words.unit("updates", plan.updates),
            pairs=words.unit("pairs", plan.pairs_per_update),
            epochs=words.number(plan.epochs(pairs), 1),
        )
    ]
    if plan.epochs(pairs) < 1:
        said.append(translate("plan", "Some pairs are never seen. Raise the length to see them all."))
    if plan.epochs(pairs) > 4:
        said.append(translate("plan", "So often, a model begins to learn by heart."))
    return " ".join([*said, *(costs(plan, figures) if figures else [])])


def costs(plan: Plan, figures: PlanFigures) -> list[str]:
    """Return what a plan costs, as the plan job found out: time where an earlier run tells it, memory, what is given up."""
    said: list[str] = []
    if figures.seconds is not None:
        rehearsed = figures.rate_from == "rehearsal"
        about = translate("plan", "About {time}, rehearsed.") if rehearsed else translate("plan", "About {time}.")
        said.append(about.format(time=words.duration(figures.seconds)))
    peak, fit = figures.peak_bytes, figures.fit
    if peak:
        memory = translate("plan", "{size} of {limit} of memory.")
        if fit is None:
            memory = translate("plan", "It does not fit: {size} at the least, of {limit} of memory.")
        said.append(memory.format(size=words.memory(peak), limit=words.memory(figures.budget_bytes)))
    if fit is not None and (fit.rank, fit.max_seq_length) != (plan.rank, plan.max_seq_length):
        said.append(
            translate("plan", "To fit, the rank is {rank} and pairs have at most {tokens} tokens.").format(
                rank=words.number(fit.rank), tokens=words.number(fit.max_seq_length)
            )
        )
    if figures.too_long:
        pairs = words.unit("pairs", figures.too_long)
        said.append(translate("plan", "{pairs} too long, left out.").format(pairs=pairs))
    return said


def differences(a: Plan, b: Plan) -> list[str]:
    """Return in which settings two plans differ, one line each: "Length 96 → 120"."""
    called = wordings()
    found: list[str] = []
    for name in Plan.model_fields:
        x, y = getattr(a, name), getattr(b, name)
        if x != y:
            title = called[name].name if name in called else words.plain(name)
            found.append(f"{title} {_say(x)} → {_say(y)}")
    return found


def _say(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(len(value)) if isinstance(value, tuple) else str(value)

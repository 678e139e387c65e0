"""The training plan: every setting declared once, with its default, range, unit and meaning; and what it means in words.

In: training.yaml, a preset or a form. Out: a Plan. Next room: loop. Keys are mlx-lm's where mlx-lm has one (`mlxlm` reads
and writes its config.yaml). A form can be made from `Plan.model_fields`: title, description, bounds, and in
`json_schema_extra` the unit and whether it is for experts.
"""

from __future__ import annotations

import difflib
import math
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stylelab.adapters.parameters import LoraParameters
from stylelab.errors import TrainingError
from stylelab.files import naming, sha256_json

KEYS = (
    "self_attn.q_proj",
    "self_attn.k_proj",
    "self_attn.v_proj",
    "self_attn.o_proj",
    "mlp.gate_proj",
    "mlp.up_proj",
    "mlp.down_proj",
)


def setting(default: Any, title: str, meaning: str, *, unit: str = "", advanced: bool = True, **limits: Any) -> Any:
    """Declare a setting: its default, name, meaning, unit, whether only experts need it, and its range."""
    extra = {"unit": unit, "advanced": advanced}
    return Field(default, title=title, description=meaning, json_schema_extra=extra, **limits)


class Plan(BaseModel):
    """All settings of a run. Defaults are METHOD §4's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fine_tune_type: Literal["lora", "dora"] = setting(
        "lora", "Kind of adapter", "lora; or dora, which learns each output's magnitude apart and takes longer."
    )
    rank: int = setting(
        64, "Rank", "Width of the adapter; more learns finer habits and takes more memory.",
        advanced=False, ge=1, le=1024,
    )  # fmt: skip
    scale: float = setting(
        2.0, "Scale", "Strength of the adapter in training, and so in writing.", advanced=False, gt=0, le=100
    )
    rank_stabilized: bool = setting(
        False,
        "Rank-stabilised",
        "Multiply the scale by the square root of the rank (rsLoRA: the same alpha, any rank).",
    )
    dropout: float = setting(
        0.1,
        "Dropout",
        "Share of inputs hidden from the adapter at random, against memorising.",
        unit="share",
        ge=0,
        lt=1,
    )
    keys: tuple[str, ...] = setting(
        KEYS, "Layers", "Linear layers of each block that are adapted.", min_length=1
    )  # fmt: skip
    num_layers: int = setting(-1, "Blocks", "Adapt the last n blocks; -1 for all.", unit="blocks", ge=-1)
    optimizer: Literal["adamw", "adafactor", "muon"] = setting(
        "adamw", "Optimizer", "adamw; adafactor, which keeps less state; muon, which evens out directions."
    )
    weight_decay: float = setting(
        0.0, "Weight decay", "Share of each weight taken away per update and unit of learning rate.", ge=0, le=1
    )
    learning_rate: float = setting(
        1e-5, "Learning rate", "Step size of the optimizer at its peak.", advanced=False, gt=0, le=1
    )
    lr_schedule: Literal["constant", "cosine", "linear"] = setting(
        "constant", "Schedule", "How the learning rate goes on after warm-up: constant, or down to 0."
    )
    warmup: int = setting(0, "Warm-up", "Updates over which the learning rate rises from 0.", unit="updates", ge=0)
    max_grad_norm: float = setting(
        0.0, "Gradient limit", "Longer gradients are cut to this length; 0 for no limit.", ge=0
    )
    neftune_alpha: float = setting(
        0.0,
        "Embedding noise",
        "NEFTune's alpha: noise on the embeddings, against memorising; 0 for none.",
        ge=0,
        le=100,
    )
    iters: int = setting(
        2100, "Iterations", "Batches computed; an update takes grad_accumulation_steps of them.",
        unit="batches", advanced=False, ge=1,
    )  # fmt: skip
    batch_size: int = setting(1, "Batch size", "Pairs per batch.", unit="pairs", ge=1, le=256)
    grad_accumulation_steps: int = setting(
        4, "Accumulation", "Batches per optimizer update.", unit="batches", ge=1, le=1024
    )
    grad_checkpoint: bool = setting(
        True,
        "Recompute blocks",
        "Recompute as few blocks as memory_gb asks for; false: none, whatever memory it takes.",
    )
    memory_gb: float = setting(
        0.0, "Memory", "Memory that training may use; 0 for what this machine has.", unit="GB", ge=0
    )
    max_seq_length: int = setting(
        2048, "Longest pair", "Longest pair in tokens; longer ones are left out and counted.",
        unit="tokens", advanced=False, ge=16,
    )  # fmt: skip
    steps_per_eval: int = setting(200, "Validate every", "Batches between validations.", unit="batches", ge=1)
    save_every: int = setting(200, "Save every", "Batches between checkpoints.", unit="batches", ge=1)
    keep_checkpoints: int = setting(
        3, "Checkpoints kept", "Checkpoints kept besides the best.", unit="checkpoints", ge=1
    )
    patience: int = setting(
        0, "Patience", "Stop after so many validations without a better one; 0 to go on to the end.",
        unit="validations", ge=0,
    )  # fmt: skip
    samples: int = setting(
        1, "Live samples", "Texts written from fixed prompts at every checkpoint.", unit="texts", ge=0, le=8
    )
    seed: int = setting(42, "Seed", "Decides order, initial weights and dropout.", ge=0)

    @property
    def updates(self) -> int:
        """Optimizer updates; a last, shorter accumulation counts."""
        return -(-self.iters // self.grad_accumulation_steps)

    @property
    def pairs_per_update(self) -> int:
        return self.batch_size * self.grad_accumulation_steps

    @property
    def strength(self) -> float:
        """The factor that the adapter is multiplied by, in training and in writing.

        **Source:** rsLoRA: Kalajdzievski 2023, arXiv:2312.03732: alpha / sqrt(rank) in place of alpha / rank.
        """
        return self.scale * math.sqrt(self.rank) if self.rank_stabilized else self.scale

    def lora_parameters(self, rank: int | None = None) -> LoraParameters:
        """Return the adapter's shape that the plan asks for, or the same with another rank."""
        width = self.rank if rank is None else rank
        return LoraParameters(width, self.strength, self.dropout, self.keys, self.num_layers, self.fine_tune_type)

    def epochs(self, pairs: int) -> float:
        """How often each of `pairs` training pairs is seen."""
        return self.iters * self.batch_size / pairs

    def words(self, pairs: int) -> list[str]:
        """Return what the plan means, in sentences, for `pairs` training pairs."""
        each = f"{self.updates:,} updates of {self.pairs_per_update} pairs = {self.epochs(pairs):.2f} epochs over {pairs:,} pairs"
        kind = {"lora": "LoRA", "dora": "DoRA"}[self.fine_tune_type]
        where = "every block" if self.num_layers < 0 else f"the last {self.num_layers} blocks"
        scale = f"{self.strength:g}" + (" (rank-stabilised)" if self.rank_stabilized else "")
        lines = [
            f"{each}.",
            f"{kind} rank {self.rank} at scale {scale}, dropout {self.dropout:g}, on {len(self.keys)} layers of {where}.",
            f"Learning rate {self.learning_rate:g}, {self.lr_schedule}"
            + (f" after {self.warmup} updates of warm-up" if self.warmup else "")
            + f", by {self.optimizer}"
            + (f" with gradients cut at {self.max_grad_norm:g}." if self.max_grad_norm else "."),
            f"Validation every {self.steps_per_eval} batches, a checkpoint every {self.save_every}; seed {self.seed}.",
        ]
        if self.patience:
            lines.append(f"Stops early after {self.patience} validations without a better one.")
        if self.epochs(pairs) < 1:
            lines.append("Less than one epoch: some pairs are never seen. Raise iters to see them all.")
        return lines

    def differences(self, other: Plan) -> list[str]:
        """Return one line per setting that differs: 'rank: 64 → 32'."""
        own, others = self.model_dump(mode="json"), other.model_dump(mode="json")
        return [f"{name}: {own[name]} → {others[name]}" for name in own if own[name] != others[name]]

    @property
    def hash(self) -> str:
        return sha256_json(self.model_dump(mode="json"))

    def dump_yaml(self) -> str:
        """Return the plan as YAML, each key with its meaning as a comment."""
        out = ["# How to train. Every key is explained; unknown keys are refused."]
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            value = list(value) if isinstance(value, tuple) else value
            out.append(f"# {field.description}")
            out.append(yaml.safe_dump({name: value}, default_flow_style=False, width=120).strip())
        return "\n".join(out) + "\n"

    @classmethod
    def parse(cls, value: Any, where: str) -> Plan:
        """Check a mapping of settings.

        Raises:
            TrainingError: Not a mapping, an unknown key (with the nearest known one), a value out of range.
        """
        value = {} if value is None else value
        if not isinstance(value, dict):
            raise TrainingError(f"{where} holds no settings.", remedy="Write one 'key: value' a line.", code="plan")
        for key in value:
            refuse_unknown(key, tuple(cls.model_fields), where)
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise TrainingError(
                f"{where}: {name}: {first['msg']}.", remedy=f"Correct '{name}'.", code="plan_value"
            ) from error

    @classmethod
    def load(cls, path: Path) -> Plan:
        """Read a plan from YAML.

        Raises:
            FileError: The file cannot be read.
            TrainingError: As `parse`, or no YAML.
        """
        return cls.parse(read_yaml(path), str(path))


def refuse_unknown(key: Any, known: tuple[str, ...], where: str) -> None:
    """Raise a TrainingError for a key that is not known, with the nearest one that is."""
    if key not in known:
        near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
        meant = f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(known)}."
        raise TrainingError(f"{where}: '{key}' is no setting.", remedy=meant, code="plan_key")


def read_yaml(path: Path) -> Any:
    """Return what a YAML file of settings says.

    Raises:
        FileError: The file cannot be read.
        TrainingError: It is no YAML.
    """
    with naming(path, "read"):
        text = path.read_text(encoding="utf-8")
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TrainingError(
            f"{path} is not valid YAML: {error}.", remedy="Correct the line named.", code="plan"
        ) from error

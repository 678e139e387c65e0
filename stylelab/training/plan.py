"""The training plan: every setting declared once, with its default, range and meaning; and what it means in words.

In: training.yaml. Out: a Plan. Next room: loop. Keys are mlx-lm's where mlx-lm has one (mlx_lm.lora's config.yaml).
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


class Plan(BaseModel):
    """All settings of a run. Defaults are METHOD §4's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int = Field(
        64, ge=1, le=1024, description="Width of the adapter; more learns finer habits and takes more memory."
    )
    scale: float = Field(2.0, gt=0, le=100, description="Strength of the adapter in training, and so in writing.")
    dropout: float = Field(
        0.1, ge=0, lt=1, description="Share of inputs hidden from the adapter at random, against memorising."
    )
    keys: tuple[str, ...] = Field(KEYS, min_length=1, description="Linear layers of each block that are adapted.")
    num_layers: int = Field(-1, ge=-1, description="Adapt the last n blocks; -1 for all.")
    learning_rate: float = Field(1e-5, gt=0, le=1, description="Step size of the optimizer at its peak.")
    lr_schedule: Literal["constant", "cosine"] = Field(
        "constant", description="How the learning rate goes on after warm-up."
    )
    warmup: int = Field(0, ge=0, description="Updates over which the learning rate rises from 0.")
    iters: int = Field(2100, ge=1, description="Batches computed; an update takes grad_accumulation_steps of them.")
    batch_size: int = Field(1, ge=1, le=256, description="Pairs per batch.")
    grad_accumulation_steps: int = Field(4, ge=1, le=1024, description="Batches per optimizer update.")
    grad_checkpoint: bool = Field(
        True, description="Recompute blocks in the backward pass: less memory, about a third more time."
    )
    max_seq_length: int = Field(
        2048, ge=16, description="Longest pair in tokens; longer ones are left out and counted."
    )
    steps_per_eval: int = Field(200, ge=1, description="Batches between validations.")
    save_every: int = Field(200, ge=1, description="Batches between checkpoints.")
    keep_checkpoints: int = Field(3, ge=1, description="Checkpoints kept besides the best.")
    samples: int = Field(1, ge=0, le=8, description="Texts written from fixed prompts at every checkpoint.")
    seed: int = Field(42, ge=0, description="Decides order, initial weights and dropout.")

    @property
    def updates(self) -> int:
        """Optimizer updates; a last, shorter accumulation counts."""
        return -(-self.iters // self.grad_accumulation_steps)

    @property
    def pairs_per_update(self) -> int:
        return self.batch_size * self.grad_accumulation_steps

    def epochs(self, pairs: int) -> float:
        """How often each of `pairs` training pairs is seen."""
        return self.iters * self.batch_size / pairs

    def words(self, pairs: int) -> list[str]:
        """Return what the plan means, in sentences, for `pairs` training pairs."""
        each = f"{self.updates:,} updates of {self.pairs_per_update} pairs = {self.epochs(pairs):.2f} epochs over {pairs:,} pairs"
        lines = [
            f"{each}.",
            f"LoRA rank {self.rank} at scale {self.scale:g}, dropout {self.dropout:g}, on {len(self.keys)} layers of "
            + ("every block." if self.num_layers < 0 else f"the last {self.num_layers} blocks."),
            f"Learning rate {self.learning_rate:g}, {self.lr_schedule}"
            + (f" after {self.warmup} updates of warm-up." if self.warmup else "."),
            f"Validation every {self.steps_per_eval} batches, a checkpoint every {self.save_every}; seed {self.seed}.",
        ]
        if self.epochs(pairs) < 1:
            lines.append("Less than one epoch: some pairs are never seen. Raise iters to see them all.")
        return lines

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
            if key not in cls.model_fields:
                near = difflib.get_close_matches(str(key), cls.model_fields, n=1, cutoff=0.5)
                meant = f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(cls.model_fields)}."
                raise TrainingError(f"{where}: '{key}' is no setting.", remedy=meant, code="plan_key")
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
        with naming(path, "read"):
            text = path.read_text(encoding="utf-8")
        try:
            value = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise TrainingError(
                f"{path} is not valid YAML: {error}.", remedy="Correct the line named.", code="plan"
            ) from error
        return cls.parse(value, str(path))

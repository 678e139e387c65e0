"""The training plan: every setting declared once, with its default, range, unit and meaning; and what it means in words.

In: training.yaml, a preset or a form. Out: a Plan. Next room: loop. Keys are mlx-lm's where mlx-lm has one (`mlxlm` reads
and writes its config.yaml); every setting's title, unit and range are declared with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.families import name_layers
from stylelab.errors import TrainingError
from stylelab.files import sha256_json
from stylelab.settings.declaration import setting
from stylelab.settings.reader import Faults, load_settings, wrap_mapping
from stylelab.settings.writer import dump_settings

FAULTS = Faults(TrainingError, syntax="plan", key="plan_key", value="plan_value")
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

    fine_tune_type: Literal["lora", "dora"] = setting(
        "lora",
        "Kind of adapter",
        "lora; or dora, which learns each output's magnitude apart and takes longer.",
        advanced=True,
        choices={"lora": "LoRA", "dora": "DoRA"},
    )
    rank: int = setting(
        64, "Rank", "Width of the adapter; more learns finer habits and takes more memory.", ge=1, le=1024
    )
    scale: float = setting(2.0, "Scale", "Strength of the adapter in training, and so in writing.", gt=0, le=100)
    rank_stabilized: bool = setting(
        False,
        "Rank-stabilised",
        "Multiply the scale by the square root of the rank (rsLoRA: the same alpha, any rank).",
        advanced=True,
    )
    dropout: float = setting(
        0.1,
        "Dropout",
        "Share of inputs hidden from the adapter at random, against memorising.",
        advanced=True,
        ge=0,
        lt=1,
    )
    keys: tuple[str, ...] = setting(
        KEYS, "Layers", "Linear layers of each block that are adapted.", advanced=True, min_length=1
    )
    num_layers: int = setting(-1, "Blocks", "Adapt the last n blocks; -1 for all.", advanced=True, ge=-1)
    optimizer: Literal["adamw", "adafactor", "muon"] = setting(
        "adamw",
        "Optimizer",
        "adamw; adafactor, which keeps less state; muon, which evens out directions.",
        advanced=True,
        choices={"adamw": "AdamW", "adafactor": "Adafactor", "muon": "Muon"},
    )
    weight_decay: float = setting(
        0.0,
        "Weight decay",
        "Share of each weight taken away per update and unit of learning rate.",
        advanced=True,
        ge=0,
        le=1,
    )
    learning_rate: float = setting(1e-5, "Learning rate", "Step size of the optimizer at its peak.", gt=0, le=1)
    lr_schedule: Literal["constant", "cosine", "linear"] = setting(
        "constant",
        "Schedule",
        "How the learning rate goes on after warm-up: constant, or down to 0.",
        advanced=True,
        choices={"constant": "constant", "cosine": "cosine", "linear": "linear"},
    )
    warmup: int = setting(
        0, "Warm-up", "Updates over which the learning rate rises from 0.", unit="updates", advanced=True, ge=0
    )
    max_grad_norm: float = setting(
        0.0, "Gradient limit", "Longer gradients are cut to this length; 0 for no limit.", advanced=True, ge=0
    )
    neftune_alpha: float = setting(
        0.0,
        "Embedding noise",
        "NEFTune's alpha: noise on the embeddings, against memorising; 0 for none.",
        advanced=True,
        ge=0,
        le=100,
    )
    iters: int = setting(
        2100, "Iterations", "Batches computed; an update takes grad_accumulation_steps of them.", unit="batches", ge=1
    )
    batch_size: int = setting(1, "Batch size", "Pairs per batch.", unit="pairs", ge=1, le=256)
    grad_accumulation_steps: int = setting(
        4, "Batches per update", "Batches per optimizer update.", advanced=True, ge=1, le=1024
    )
    grad_checkpoint: bool = setting(
        True,
        "Recompute blocks",
        "Recompute as few blocks as memory_gb asks for; false: none, whatever memory it takes.",
        advanced=True,
    )
    memory_gb: float = setting(
        0.0, "Memory", "Memory that training may use; 0 for what this machine has.", unit="GB", advanced=True, ge=0
    )
    max_seq_length: int = setting(
        2048, "Longest pair", "Longest pair in tokens; longer ones are left out and counted.", unit="tokens", ge=16
    )
    steps_per_eval: int = setting(
        200, "Validate every", "Batches between validations.", unit="batches", advanced=True, ge=1
    )
    save_every: int = setting(200, "Save every", "Batches between checkpoints.", unit="batches", advanced=True, ge=1)
    keep_checkpoints: int = setting(3, "Checkpoints kept", "Checkpoints kept besides the best.", advanced=True, ge=1)
    patience: int = setting(
        0,
        "Patience",
        "Stop after so many validations without a better one; 0 to go on to the end.",
        advanced=True,
        ge=0,
    )
    samples: int = setting(
        1, "Samples", "Texts written from fixed prompts at every checkpoint.", advanced=True, ge=0, le=8
    )
    seed: int = setting(42, "Seed", "Decides order, initial weights and dropout.", advanced=True, ge=0)

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

    def lora_parameters(self, config: Mapping[str, Any], rank: int | None = None) -> LoraParameters:
        """Return the adapter's shape that the plan asks for, or the same with another rank.

        Args:
            config: The base's config.json, whose kind may call layers otherwise.
        """
        width, keys = self.rank if rank is None else rank, name_layers(config, self.keys)
        return LoraParameters(width, self.strength, self.dropout, keys, self.num_layers, self.fine_tune_type)

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
        return dump_settings(self, "How to train. Every key is explained; unknown keys are refused.")

    @classmethod
    def parse(cls, value: Any, where: str) -> Plan:
        """Check a mapping of settings.

        Raises:
            TrainingError: Not a mapping, an unknown key (with the nearest known one), a value out of range.
        """
        return wrap_mapping(value, where, FAULTS).build(cls)

    @classmethod
    def load(cls, path: Path) -> Plan:
        """Read a plan from YAML.

        Raises:
            FileError: The file cannot be read.
            TrainingError: It is wrong; key, line and column are named.
        """
        return load_settings(cls, path, FAULTS)

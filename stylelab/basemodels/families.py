"""How model kinds differ from Llama: names of their layers, head, embedding, and whether pairs can be packed. Light.

In: a config.json. Out: its text model's config, and its Family. Next: load, adapters, training, and whoever plans memory.
This table is the one place where a kind is declared. A kind that is not in it still loads, trains in padded batches from its
own logits, and its layers have the names that they have.

**Source:** the forward passes of mlx-lm's models/<kind>.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from stylelab.notes import Note

Q, K, V, O = (f"self_attn.{name}_proj" for name in "qkvo")  # noqa: E741  (o_proj)
GATE, UP, DOWN = (f"mlp.{name}_proj" for name in ("gate", "up", "down"))


@dataclass(frozen=True)
class ConfigNumber:
    """A number that a config.json may give, and what it is where none is given."""

    key: str
    default: float


@dataclass(frozen=True)
class Family:
    """What sets a kind of models apart from Llama.

    Args:
        padded: That its pairs cannot be packed, and why; None where they can.
        renamed: The layers that do the work of Llama's, by Llama's names; one layer may do the work of several.
        lacking: Layers of Llama's for which it has none.
        logit_scale: Factor on its logits.
        logit_cap: Its logits are cap * tanh(logits / cap).
        head_bias: Whether its head adds a bias.
        gate: What the MLP's gate goes through.
        embedding: What embeddings are multiplied by: nothing, the root of the hidden size, or that root in bfloat16.
        extra_norms: Norms of a block beside the one before attention and the one before the MLP.
        qk_norm: Whether queries and keys are normalised.
        kept_scores: Arrays of attention scores that a block keeps for the backward pass, where it is computed in padded batches.
        batched: Whether mlx-lm's forward pass takes the masks of prompts of unlike lengths, and so writes several texts at once.
        always_tied, tied: Whether the embedding is the head: always, or where config.json does not say.
        defaults: Further keys that a config.json may leave out.
    """

    padded: Note | None = None
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])
    lacking: tuple[str, ...] = ()
    logit_scale: ConfigNumber | None = None
    logit_cap: ConfigNumber | None = None
    head_bias: bool = False
    gate: Literal["silu", "gelu", "gelu_tanh", "none"] = "silu"
    embedding: Literal["plain", "root", "bfloat16 root"] = "plain"
    extra_norms: int = 0
    qk_norm: bool = False
    kept_scores: int = 1
    batched: bool = True
    always_tied: bool = False
    tied: bool = True
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])


LLAMA = Family()
FAMILIES: Mapping[str, Family] = {
    "llama": LLAMA,
    "mistral": LLAMA,
    "ministral3": LLAMA,
    "smollm3": LLAMA,
    "qwen2": LLAMA,
    "qwen3": Family(qk_norm=True),
    "gemma": Family(gate="gelu", embedding="root", always_tied=True),
    "gemma2": Family(
        padded=Note("{kind} models train in padded batches: attention scores are capped.", kind="gemma2"),
        gate="gelu_tanh",
        embedding="root",
        extra_norms=2,
        kept_scores=2,
        batched=False,
        logit_cap=ConfigNumber("final_logit_softcapping", 30.0),
        always_tied=True,
    ),
    "gemma3_text": Family(
        gate="gelu_tanh",
        embedding="bfloat16 root",
        extra_norms=2,
        qk_norm=True,
        defaults={"sliding_window": 512, "head_dim": 256, "num_attention_heads": 4, "num_key_value_heads": 1},
    ),
    "phi": Family(
        padded=Note("{kind} models train in padded batches: attention and MLP read the same input.", kind="phi"),
        renamed={O: "self_attn.dense", GATE: "mlp.fc1", UP: "mlp.fc1", DOWN: "mlp.fc2"},
        head_bias=True,
        gate="none",
        tied=False,
    ),
    "phi3": Family(
        padded=Note(
            "{kind} models train in padded batches: queries, keys and values come from one layer.", kind="phi3"
        ),
        renamed={**dict.fromkeys((Q, K, V), "self_attn.qkv_proj"), **dict.fromkeys((GATE, UP), "mlp.gate_up_proj")},
        tied=False,
    ),
    "olmo2": Family(
        padded=Note("{kind} models train in padded batches: norms stand after attention and MLP.", kind="olmo2"),
        qk_norm=True,
    ),
    "cohere": Family(
        padded=Note("{kind} models train in padded batches: attention and MLP read the same input.", kind="cohere"),
        logit_scale=ConfigNumber("logit_scale", 0.0625),
        always_tied=True,
    ),
    "qwen3_moe": Family(
        padded=Note("{kind} models train in padded batches: each token has MLPs of its own.", kind="qwen3_moe"),
        qk_norm=True,
        lacking=(GATE, UP, DOWN),
    ),
}
UNKNOWN = Family(padded=Note("Models of this kind train in padded batches: StyleLab does not know their blocks."))

# Models of pictures and text, of which mlx-lm reads the text model, by that model's kind.
WRAPPERS: Mapping[str, str] = {
    "gemma3": "gemma3_text",
    "mistral3": "llama",
    "qwen2_vl": "qwen2",
    "qwen2_5_vl": "qwen2",
    "qwen3_vl": "qwen3",
}
OWN_KINDS = ("ministral3", "mistral4")  # kinds of text models that a mistral3 model names itself
# What a config.json of a wrapper may leave out: mlx-lm's models/gemma3.py and mistral3.py.
WRAPPED_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "gemma3": {"num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "vocab_size": 262_208},
    "mistral3": {"tie_word_embeddings": False},
}
SHARED = ("quantization", "torch_dtype", "dtype")  # said once, outside, of the whole model


def read_text_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the config of a model's text part, its model_type that of FAMILIES; most models are nothing else.

    Args:
        config: A config.json.
    """
    kind = str(config["model_type"]) if "model_type" in config else ""
    inner = config.get("text_config")
    if kind not in WRAPPERS and not isinstance(inner, Mapping):
        return {**find_family(config).defaults, **config}
    own = dict(cast("Mapping[str, Any]", inner)) if isinstance(inner, Mapping) else dict(config)
    named = str(own.get("model_type", ""))
    kind = named if kind not in WRAPPERS or named in OWN_KINDS else WRAPPERS[kind]
    outside = {key: config[key] for key in SHARED if key in config}
    if "vocab_size" in config:
        outside["vocab_size"] = config["vocab_size"]
    defaults = {**FAMILIES.get(kind, UNKNOWN).defaults, **WRAPPED_DEFAULTS.get(str(config.get("model_type")), {})}
    return {**defaults, **own, **outside, "model_type": kind}


def find_family(config: Mapping[str, Any]) -> Family:
    """Return the family of a text model's config; UNKNOWN where it is not declared."""
    return FAMILIES.get(str(config.get("model_type", "")), UNKNOWN)


def name_layers(config: Mapping[str, Any], keys: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a model's own layers have, for Llama's names, each once, in order.

    Args:
        config: A config.json. keys: Llama's names, or the model's own, which stay.
    """
    renamed = find_family(read_text_config(config)).renamed
    return tuple(dict.fromkeys(renamed.get(key, key) for key in keys))


def describe_family(config: Mapping[str, Any], keys: Sequence[str]) -> list[Note]:
    """Return what is to be known of training a model's kind; nothing for Llama's.

    Args:
        config: A config.json. keys: The layers to adapt, by Llama's names or the model's own.
    """
    text = read_text_config(config)
    kind, family = str(text.get("model_type", "")), find_family(text)
    notes = [family.padded] if family.padded else []
    moved = [f"{key} → {family.renamed[key]}" for key in keys if key in family.renamed]
    if moved:
        notes.append(Note("{kind} models call some layers otherwise: {names}.", kind=kind, names=", ".join(moved)))
    lacking = [key for key in keys if key in family.lacking]
    if lacking:
        notes.append(
            Note(
                "{kind} models have no {layers} that an adapter fits; the other layers are adapted.",
                kind=kind,
                layers=", ".join(lacking),
            )
        )
    return notes

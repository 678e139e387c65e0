"""config.json of a model that came as GGUF.

In: a GgufFile. Out: the config that mlx-lm and transformers read. Next: imported. **Source:** the names of both sides, as
ggml's gguf-py (constants) and transformers' configurations give them.
"""

from __future__ import annotations

from typing import Any

from stylelab.basemodels.gguf.container import REMEDY, GgufFile
from stylelab.errors import ModelError

LIMITS = {  # far beyond every real model; what is over it is a damaged or a hostile file
    "block_count": 512,
    "embedding_length": 65_536,
    "feed_forward_length": 262_144,
    "attention.head_count": 1_024,
    "attention.head_count_kv": 1_024,
    "context_length": 16_777_216,
}


def build_config(file: GgufFile) -> dict[str, Any]:
    """Return config.json's value, without quantisation.

    Raises:
        ModelError: A figure is missing or absurd, or the model scales its positions in a way that is not known here.
    """
    heads = read_size(file, "attention.head_count")
    width = read_size(file, "embedding_length")
    head = int(file.fact("attention.key_length") or file.fact("rope.dimension_count") or width // heads)
    config: dict[str, Any] = {
        "architectures": [
            {"llama": "LlamaForCausalLM", "qwen2": "Qwen2ForCausalLM", "qwen3": "Qwen3ForCausalLM"}[file.architecture]
        ],
        "model_type": file.architecture,
        "hidden_size": width,
        "intermediate_size": read_size(file, "feed_forward_length"),
        "num_hidden_layers": read_size(file, "block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": read_size(file, "attention.head_count_kv"),
        "head_dim": head,
        "vocab_size": int(file.tensors["token_embd.weight"].shape[0]) if "token_embd.weight" in file.tensors else 0,
        "max_position_embeddings": read_size(file, "context_length"),
        "rms_norm_eps": float(file.need("attention.layer_norm_rms_epsilon")),
        "rope_theta": float(file.fact("rope.freq_base", 10_000.0)),
        "tie_word_embeddings": "output.weight" not in file.tensors,
        "hidden_act": "silu",
    }
    if not config["vocab_size"]:
        raise ModelError(f"{file.path} has no token embeddings.", remedy=REMEDY, code="model_gguf")
    for name, key in (
        ("bos_token_id", "bos_token_id"),
        ("eos_token_id", "eos_token_id"),
        ("pad_token_id", "padding_token_id"),
    ):
        token = file.facts.get(f"tokenizer.ggml.{key}")
        if token is not None and 0 <= int(token) < config["vocab_size"]:
            config[name] = int(token)
    if scaling := build_rope_scaling(file):
        config["rope_scaling"] = scaling
    if file.architecture == "llama" and any(name.endswith("attn_q.bias") for name in file.tensors):
        config["attention_bias"] = True
    return config


def build_rope_scaling(file: GgufFile) -> dict[str, Any] | None:
    """Return how positions beyond the trained length are scaled, or None.

    Llama 3.1's scaling comes as a tensor of factors; it is the published one for every model that has it.

    Raises:
        ModelError: A kind of scaling that is not known here.
    """
    kind = str(file.fact("rope.scaling.type", "none"))
    factor = file.fact("rope.scaling.factor")
    if "rope_freqs.weight" in file.tensors:
        factors = file.tensors["rope_freqs.weight"].data
        trained = int(file.fact("rope.scaling.original_context_length", 8192))
        return {
            "rope_type": "llama3",
            "factor": float(factors.max()),
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": trained,
        }
    if kind in ("none", "") or factor in (None, 0, 1):
        return None
    if kind in ("linear", "yarn"):
        scaling: dict[str, Any] = {"rope_type": kind, "factor": float(factor)}
        if trained := file.fact("rope.scaling.original_context_length"):
            scaling["original_max_position_embeddings"] = int(trained)
        return scaling
    raise ModelError(
        f"{file.path} scales its positions by '{kind}', which is not known here.",
        remedy="Choose the model's MLX or Hugging Face folder instead.",
        code="model_gguf_kind",
    )


def read_size(file: GgufFile, key: str) -> int:
    """Return a whole number of at least 1 and within reason.

    Raises:
        ModelError: It is missing, no number or absurd.
    """
    value = file.need(key)
    if isinstance(value, list) and len(set(value)) == 1:  # one figure for every block
        value = value[0]
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LIMITS[key]:
        raise ModelError(f"{file.path} gives {str(value)[:40]} as its {key}.", remedy=REMEDY, code="model_gguf")
    return value

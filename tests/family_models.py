"""Tiny models of many kinds with random weights: what mlx-lm's own classes save, with the tokenizer of tests/models.py."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mlx.core as mx
from mlx.utils import tree_flatten

from models import VOCABULARY, make_model

SIZES: Mapping[str, Any] = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": VOCABULARY,
    "max_position_embeddings": 512,
    "rms_norm_eps": 1e-6,
    "rope_theta": 10000.0,
    "torch_dtype": "float32",
    "eos_token_id": 0,
}
MINISTRAL: Mapping[str, Any] = {
    "rope_parameters": {
        "rope_type": "yarn",
        "rope_theta": 10000.0,
        "factor": 4.0,
        "original_max_position_embeddings": 16,
        "llama_4_scaling_beta": 0.1,
    },
    "tie_word_embeddings": False,
}
GEMMA3: Mapping[str, Any] = {
    "num_hidden_layers": 4,
    "head_dim": 24,
    "num_key_value_heads": 1,
    "sliding_window": 9,
    "sliding_window_pattern": 2,
    "rope_local_base_freq": 500.0,
    "query_pre_attn_scalar": 20,
}
# What each kind adds to SIZES; the key is the model_type of config.json.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "llama": {"tie_word_embeddings": False},
    "mistral": {
        "num_hidden_layers": 3,
        "layer_types": ["sliding_attention", "full_attention", "sliding_attention"],
        "sliding_window": 7,
    },
    "qwen2": {"tie_word_embeddings": True},
    "qwen3": {"head_dim": 24, "tie_word_embeddings": True},
    "smollm3": {"num_hidden_layers": 4, "tie_word_embeddings": True},
    "ministral3": MINISTRAL,
    "gemma": {"head_dim": 24},
    "gemma2": {
        "head_dim": 24,
        "query_pre_attn_scalar": 20,
        "attn_logit_softcapping": 2.0,
        "final_logit_softcapping": 3.0,
    },
    "gemma3_text": GEMMA3,
    "phi": {"partial_rotary_factor": 0.5, "layer_norm_eps": 1e-5},
    "phi3": {"tie_word_embeddings": False, "partial_rotary_factor": 0.75},
    "olmo2": {"tie_word_embeddings": False},
    "cohere": {"logit_scale": 0.25, "layer_norm_eps": 1e-5, "use_qk_norm": True},
    "qwen3_moe": {
        "head_dim": 16, "num_experts": 4, "num_experts_per_tok": 2, "decoder_sparse_step": 1, "mlp_only_layers": [],
        "moe_intermediate_size": 32, "norm_topk_prob": True, "tie_word_embeddings": False,
    },
    "gemma3": {"text_config": {**SIZES, **GEMMA3, "model_type": "gemma3_text"}, "vocab_size": VOCABULARY},
    "mistral3": {"text_config": {**SIZES, **MINISTRAL, "model_type": "ministral3"}},
    "granite": {
        "logits_scaling": 2.0, "attention_multiplier": 0.2, "embedding_multiplier": 3.0, "residual_multiplier": 0.5,
        "attention_bias": False, "mlp_bias": False, "tie_word_embeddings": True,
    },
}  # fmt: skip
PACKED = ("llama", "mistral", "qwen2", "qwen3", "smollm3", "ministral3", "gemma", "gemma3_text", "gemma3", "mistral3")


def make_family(folder: Path, kind: str, seed: int = 0, **changes: Any) -> Path:
    """Write a tiny model of a kind.

    Args:
        changes: Further keys of its config.json.
    """
    make_model(folder)
    own = {"model_type": kind, **({} if "text_config" in KINDS[kind] else SIZES), **KINDS[kind], **changes}
    module = importlib.import_module(f"mlx_lm.models.{'llama' if kind == 'mistral' else kind}")
    model = module.Model(module.ModelArgs.from_dict(json.loads(json.dumps(own))))
    key = mx.random.key(seed)
    weights: dict[str, mx.array] = {}
    parameters: Any = tree_flatten(model.parameters())
    for name, value in parameters:
        if kind.startswith("gemma3") and "lm_head" in name:
            continue  # their head is the embedding, which mlx-lm tells from its absence
        key, drawn = mx.random.split(key)
        spread = 0.6 if "embed_tokens" in name else 0.2
        mean = 1.0 if "norm" in name and not name.endswith("bias") and not kind.startswith("gemma") else 0.0
        weights[name] = mean + spread * mx.random.normal(value.shape, key=drawn)
    mx.save_safetensors(str(folder / "model.safetensors"), weights, metadata={"format": "mlx"})
    (folder / "config.json").write_text(json.dumps(own))
    return folder

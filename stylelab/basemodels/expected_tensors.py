"""Which tensors a decoder's config promises, so that files are compared with it before they are loaded.

In: config.json. Out: shapes by name, of the families whose layers are known. Next: trust. Imports no model library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Families whose tensors have these names in every published model (mlx-lm's models/<kind>.py; Mistral reads as Llama).
KNOWN = frozenset({"llama", "mistral", "qwen2", "qwen3"})
EMBEDDING = "model.embed_tokens.weight"
HEAD = "lm_head.weight"
LAYERS = "model.layers."


def list_expected_tensors(config: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor that a model must have, before quantisation; nothing for a family not known here."""
    kind = config.get("model_type")
    if kind not in KNOWN:
        return {}
    hidden, vocabulary = int(config["hidden_size"]), int(config["vocab_size"])
    out: dict[str, tuple[int, ...]] = {EMBEDDING: (vocabulary, hidden), "model.norm.weight": (hidden,)}
    if not config.get("tie_word_embeddings", True):
        out[HEAD] = (vocabulary, hidden)
    block = list_block_tensors(config, str(kind))
    for layer in range(int(config["num_hidden_layers"])):
        out |= {f"{LAYERS}{layer}.{name}": shape for name, shape in block.items()}
    return out


def list_block_tensors(config: Mapping[str, Any], kind: str) -> dict[str, tuple[int, ...]]:
    """Return the shapes of one block's tensors by their names within it."""
    hidden, wide = int(config["hidden_size"]), int(config["intermediate_size"])
    heads = int(config["num_attention_heads"])
    kv_heads = int(config.get("num_key_value_heads") or heads)
    head = int(config.get("head_dim") or hidden // heads)
    out: dict[str, tuple[int, ...]] = {
        "self_attn.q_proj.weight": (heads * head, hidden),
        "self_attn.k_proj.weight": (kv_heads * head, hidden),
        "self_attn.v_proj.weight": (kv_heads * head, hidden),
        "self_attn.o_proj.weight": (hidden, heads * head),
        "mlp.gate_proj.weight": (wide, hidden),
        "mlp.up_proj.weight": (wide, hidden),
        "mlp.down_proj.weight": (hidden, wide),
        "input_layernorm.weight": (hidden,),
        "post_attention_layernorm.weight": (hidden,),
    }
    if kind == "qwen3":
        out |= {"self_attn.q_norm.weight": (head,), "self_attn.k_norm.weight": (head,)}
    if kind == "qwen2" or config.get("attention_bias"):
        out |= {f"self_attn.{part}_proj.bias": out[f"self_attn.{part}_proj.weight"][:1] for part in "qkv"}
    return out

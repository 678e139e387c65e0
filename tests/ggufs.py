"""Small GGUF files, written with the `gguf` package the way llama.cpp's converter writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind
from gguf.quants import quantize
from safetensors.numpy import load_file

NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def write_gguf(model: Path, to: Path, *, architecture: str = "qwen2", kind: Kind = Kind.F32, **facts: Any) -> Path:
    """Write a model folder of tests/models.py as GGUF.

    Args:
        kind: Storage of the matrices; vectors stay float32.
        facts: Further metadata, by key with "__" for "."; a value of None leaves a usual key out.
    """
    config = json.loads((model / "config.json").read_text())
    tokenizer = json.loads((model / "tokenizer.json").read_text())
    writer = gguf.GGUFWriter(to, architecture)
    heads, kv = config["num_attention_heads"], config["num_key_value_heads"]
    usual = {
        "block_count": config["num_hidden_layers"],
        "context_length": config["max_position_embeddings"],
        "embedding_length": config["hidden_size"],
        "feed_forward_length": config["intermediate_size"],
        "attention.head_count": heads,
        "attention.head_count_kv": kv,
    }
    usual = {f"{architecture}.{key}": value for key, value in usual.items()}
    changed = {key.replace("__", "."): value for key, value in facts.items()}
    for key, value in {**usual, **{k: v for k, v in changed.items() if k in usual}}.items():
        if value is not None:
            writer.add_uint32(key, value) if isinstance(value, int) else writer.add_string(key, value)
    writer.add_float32(f"{architecture}.attention.layer_norm_rms_epsilon", config["rms_norm_eps"])
    writer.add_float32(f"{architecture}.rope.freq_base", config["rope_theta"])
    vocabulary = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].__getitem__)
    vocabulary[vocabulary.index("ÿ")] = "he"  # a tokenizer of this kind has merges; no UTF-8 has the byte 255
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(changed.get("tokenizer.ggml.pre", "gpt-2"))
    writer.add_token_list(vocabulary)
    writer.add_token_types([3, *[1] * (len(vocabulary) - 1)])
    writer.add_token_merges(["h e"])
    writer.add_eos_token_id(0)
    writer.add_bos_token_id(0)
    for name, array in load_file(model / "model.safetensors").items():
        own = gguf_name(name)
        if architecture == "llama" and own.endswith(("attn_q.weight", "attn_k.weight")):
            array = permute(array, heads if "attn_q" in own else kv)
        if architecture == "llama" and own.endswith(".bias"):
            continue
        stored = kind if array.ndim == 2 else Kind.F32
        writer.add_tensor(own, quantize(array, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return to


def gguf_name(name: str) -> str:
    """Return llama.cpp's name of a Hugging Face tensor."""
    top = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    layer, _, part = name.rpartition(".")
    if layer in top:
        return f"{top[layer]}.{part}"
    number, _, inner = layer.removeprefix("model.layers.").partition(".")
    return f"blk.{number}.{NAMES[inner]}.{part}"


def permute(rows: np.ndarray, heads: int) -> np.ndarray:
    """Reorder the rows of q or k as llama.cpp's converter does for the Llama family."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(rows.shape)

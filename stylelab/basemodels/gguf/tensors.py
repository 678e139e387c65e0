"""GGUF's tensors as an MLX model has them: names, the order of rotary rows, and quantised groups bit for bit.

In: GgufTensors. Out: arrays by mlx-lm's names, and the quantisation of each layer. Next: imported.

Q4_0, Q4_1 and Q8_0 keep every bit: their blocks of 32 are MLX's groups of 32, and scale and offset are the same half floats (or
exact multiples of them by a power of two). All other kinds are taken apart into 16-bit floats by the `gguf` package.
**Source:** ggml-common.h (block layouts); mlx's documentation of `quantize` (w = scale * q + bias, packed from the low bits up).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from stylelab.basemodels.gguf.container import REMEDY, GgufFile, GgufTensor
from stylelab.errors import ModelError

GROUP = 32  # elements of a block, and of MLX's group
BLOCK = re.compile(r"blk\.(\d+)\.(\w+)\.(weight|bias)")
TOP = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
IN_BLOCK = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
DERIVED = {"rope_freqs.weight"}  # in config.json as rope_scaling
ROTARY = {"attn_q": "attention.head_count", "attn_k": "attention.head_count_kv"}


@dataclass(frozen=True)
class Grouped:
    """A quantised layer's arrays: packed [rows, columns * bits / 32] uint32, scales and biases [rows, columns / 32] float16."""

    packed: np.ndarray
    scales: np.ndarray
    biases: np.ndarray
    bits: int

    def take_rows(self, order: np.ndarray) -> Grouped:
        """Return the same layer with its rows in another order."""
        return Grouped(self.packed[order], self.scales[order], self.biases[order], self.bits)


def convert_tensors(file: GgufFile) -> Iterator[tuple[str, np.ndarray | Grouped]]:
    """Yield every tensor under mlx-lm's name without its last part for quantised layers, with it for others.

    Raises:
        ModelError: A tensor of an unknown name or kind; it is named.
    """
    for tensor in file.tensors.values():
        if tensor.name in DERIVED:
            continue
        name = rename_tensor(file, tensor.name)
        order = rotary_order(file, tensor)
        if tensor.kind in REPACK and name.endswith(".weight"):
            grouped = REPACK[tensor.kind](tensor)
            yield name.removesuffix(".weight"), grouped if order is None else grouped.take_rows(order)
        else:
            values = dequantise(file, tensor)
            yield name, values if order is None else values[order]


def rename_tensor(file: GgufFile, name: str) -> str:
    """Return mlx-lm's name of a tensor.

    Raises:
        ModelError: The name is not known: leaving a tensor out would be another model.
    """
    if found := BLOCK.fullmatch(name):
        number, layer, part = found.groups()
        if layer in IN_BLOCK:
            return f"model.layers.{number}.{IN_BLOCK[layer]}.{part}"
    layer, _, part = name.rpartition(".")
    if layer in TOP:
        return f"{TOP[layer]}.{part}"
    raise ModelError(
        f"{file.path} has a tensor '{name[:80]}', which this kind of model should not have.",
        remedy=REMEDY,
        code="model_gguf_kind",
    )


def rotary_order(file: GgufFile, tensor: GgufTensor) -> np.ndarray | None:
    """Return the order in which a tensor's rows must be taken, or None where it stands already.

    llama.cpp turns neighbouring rows of q and k, transformers and MLX turn rows half a head apart; its converter reorders the
    Llama family's rows for that, and only theirs.
    """
    found = BLOCK.fullmatch(tensor.name)
    if file.architecture != "llama" or found is None or found[2] not in ROTARY:
        return None
    heads, rows = int(file.need(ROTARY[found[2]])), tensor.shape[0]
    if rows % (2 * heads):
        raise ModelError(
            f"{file.path}: {tensor.name} has {rows} rows for {heads} heads.", remedy=REMEDY, code="model_gguf"
        )
    return np.arange(rows).reshape(heads, rows // heads // 2, 2).swapaxes(1, 2).reshape(rows)


def dequantise(file: GgufFile, tensor: GgufTensor) -> np.ndarray:
    """Return a tensor as floats: float32 and float16 as they are, everything else as float16."""
    from gguf import GGMLQuantizationType
    from gguf.quants import dequantize

    if tensor.kind in ("F32", "F16"):
        return tensor.data.reshape(tensor.shape)
    try:
        return dequantize(tensor.data, GGMLQuantizationType[tensor.kind]).reshape(tensor.shape).astype(np.float16)
    except (NotImplementedError, KeyError, ValueError) as error:
        raise ModelError(
            f"{file.path} stores {tensor.name} as {tensor.kind}, which cannot be read.",
            remedy="Choose a file in Q4_0, Q4_1, Q8_0, a K kind, F16 or BF16.",
            code="model_gguf_kind",
        ) from error


def split_blocks(tensor: GgufTensor, width: int) -> np.ndarray:
    """Return a quantised tensor's blocks, [rows, columns / 32, width] bytes."""
    rows = tensor.shape[0]
    return tensor.data.reshape(rows, -1, width)


def read_half(blocks: np.ndarray, at: int) -> np.ndarray:
    """Return the half float at a byte of every block, [rows, blocks]."""
    return np.ascontiguousarray(blocks[..., at : at + 2]).view(np.float16)[..., 0]


def pack_nibbles(nibbles: np.ndarray) -> np.ndarray:
    """Return ggml's 16 bytes a block (elements 0–15 in low halves, 16–31 in high ones) as MLX packs them, eight to a uint32."""
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).reshape(nibbles.shape[0], -1, 2)
    return np.ascontiguousarray(values[..., 0] | values[..., 1] << 4).view("<u4")


def repack_q4_0(tensor: GgufTensor) -> Grouped:
    """w = d * (q - 8): scale d, bias -8 d."""
    blocks = split_blocks(tensor, 18)
    scales = read_half(blocks, 0)
    return Grouped(pack_nibbles(blocks[..., 2:]), scales, scales * np.float16(-8), 4)


def repack_q4_1(tensor: GgufTensor) -> Grouped:
    """w = d * q + m: scale d, bias m."""
    blocks = split_blocks(tensor, 20)
    return Grouped(pack_nibbles(blocks[..., 4:]), read_half(blocks, 0), read_half(blocks, 2), 4)


def repack_q8_0(tensor: GgufTensor) -> Grouped:
    """w = d * q with a signed q: scale d, bias -128 d, q raised by 128."""
    blocks = split_blocks(tensor, 34)
    scales = read_half(blocks, 0)
    raised = np.ascontiguousarray(blocks[..., 2:] ^ 0x80).reshape(blocks.shape[0], -1)
    return Grouped(raised.view("<u4"), scales, scales * np.float16(-128), 8)


REPACK: dict[str, Callable[[GgufTensor], Grouped]] = {"Q4_0": repack_q4_0, "Q4_1": repack_q4_1, "Q8_0": repack_q8_0}

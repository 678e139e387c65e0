"""Show attention heads where to look: at the token before, and at the place in the input that an answer is about to repeat.

In: a model, a batch. Out: hidden states, and a loss that is small where the chosen heads look there. Next: denoise.
A model of four blocks does not find out by itself, in so few updates, how to copy: its first stage left no head that does.
The circuit is known, though, and it can be asked for: one head looks at the token before; a later head looks for the place
whose token before is the present one, and so finds what comes next.

**Source:** the circuit: Olsson et al. 2022, arXiv:2209.11895; a loss on attention: Liu et al. 2016, arXiv:1609.04186.
"""

from __future__ import annotations

import torch
from pretrain import Qwen2, rotate

BEFORE = {1: (2, 3)}  # block to the heads that look at the token before; each pair shares its keys
REPEATED = {2: (2, 3), 3: (0, 1)}  # block to the heads that look for what comes next


def compute_attention(
    layer: torch.nn.Module, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, heads: tuple[int, ...]
) -> torch.Tensor:
    """Return the attention of some heads of a block, [batch, heads, from, to]."""
    own = layer.self_attn
    b, t, _ = x.shape
    h = layer.input_layernorm(x)
    q = rotate(own.q_proj(h).view(b, t, own.heads, own.dim).transpose(1, 2), cos, sin)[:, list(heads)]
    k = rotate(own.k_proj(h).view(b, t, own.kv, own.dim).transpose(1, 2), cos, sin)
    k = k[:, [head * own.kv // own.heads for head in heads]]
    scores = (q @ k.transpose(-1, -2)).float() / own.dim**0.5
    future = torch.ones(t, t, dtype=torch.bool).triu(1)
    return scores.masked_fill(future, float("-inf")).softmax(-1)


def compute_guided_hidden(model: Qwen2, ids: torch.Tensor, repeated: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the last hidden states and the loss of the guided heads' attention in nats.

    Args:
        repeated: [batch, from, to], as batching's find_repeated gives it.
    """
    x, cos, sin = model.embed(ids)
    looks = repeated.any(-1)
    losses: list[torch.Tensor] = []
    for number, layer in enumerate(model.layers):
        if number in BEFORE:
            before = compute_attention(layer, x, cos, sin, BEFORE[number]).diagonal(-1, -2, -1)
            losses.append(-(before + 1e-4).log().mean())
        if number in REPEATED:
            found = (compute_attention(layer, x, cos, sin, REPEATED[number]) * repeated[:, None]).sum(-1)
            losses.append(-(found.transpose(0, 1)[:, looks] + 1e-4).log().mean())
        x = layer(x, cos, sin)
    return model.norm(x), torch.stack(losses).mean()

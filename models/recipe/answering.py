"""Write an answer with the recipe's own model, token by token, remembering keys and values.

In: a model, a prompt's tokens. Out: the answer's tokens, and whether it was ended. Next: measure.
StyleLab writes through MLX, which is many times slower on a CPU.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from pretrain import Qwen2, rotate

END = 0  # the end of text


@dataclass(frozen=True)
class Drawing:
    """How tokens are drawn: temperature 0 takes the likeliest, and `top_p` is the share that may be drawn from."""

    temperature: float
    top_p: float
    seed: int


@torch.no_grad()
def write_answer(model: Qwen2, prompt: list[int], room: int, drawing: Drawing) -> tuple[list[int], bool]:
    """Return an answer's tokens without the end token, and whether the model ended it within `room` tokens."""
    c = model.c
    dim = c["hidden_size"] // c["num_attention_heads"]
    shape = (2, len(model.layers), 1, c["num_key_value_heads"], len(prompt) + room, dim)
    memory = torch.zeros(shape)
    random = torch.Generator().manual_seed(drawing.seed)
    written: list[int] = []
    ids, at = torch.tensor([prompt]), 0
    while len(written) < room:
        logits = compute_last_logits(model, ids, memory, at)
        at += ids.shape[1]
        token = draw_token(logits, drawing, random)
        if token == END:
            return written, True
        written.append(token)
        ids = torch.tensor([[token]])
    return written, False


def compute_last_logits(model: Qwen2, ids: torch.Tensor, memory: torch.Tensor, at: int) -> torch.Tensor:
    """Return the logits after the last of `ids`, which stand at position `at`; their keys and values go to `memory`."""
    n = ids.shape[1]
    before = torch.zeros(1, at, dtype=torch.long)
    _, cos, sin = model.embed(torch.cat([before, ids], 1))
    cos, sin = cos[at:], sin[at:]
    x = model.embed_tokens(ids)
    for number, layer in enumerate(model.layers):
        own, h = layer.self_attn, layer.input_layernorm(x)
        q = rotate(own.q_proj(h).view(1, n, own.heads, own.dim).transpose(1, 2), cos, sin)
        memory[0, number, :, :, at : at + n] = rotate(
            own.k_proj(h).view(1, n, own.kv, own.dim).transpose(1, 2), cos, sin
        )
        memory[1, number, :, :, at : at + n] = own.v_proj(h).view(1, n, own.kv, own.dim).transpose(1, 2)
        k, v = (memory[i, number, :, :, : at + n].repeat_interleave(own.heads // own.kv, dim=1) for i in (0, 1))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=n > 1)
        x = x + own.o_proj(y.transpose(1, 2).reshape(1, n, -1))
        x = x + layer.mlp(layer.post_attention_layernorm(x))
    return F.linear(model.norm(x[0, -1]), model.embed_tokens.weight)


def draw_token(logits: torch.Tensor, drawing: Drawing, random: torch.Generator) -> int:
    """Return a token drawn from logits [vocabulary]."""
    if drawing.temperature == 0:
        return int(logits.argmax())
    shares, order = (logits / drawing.temperature).softmax(-1).sort(descending=True)
    shares[shares.cumsum(-1) - shares >= drawing.top_p] = 0
    return int(order[torch.multinomial(shares, 1, generator=random)])

"""Pretrain the bundled base: a small Qwen2 with a byte-level BPE tokenizer, on a folder of novels.

In: a folder of plain-text novels named ``author_title.txt``. Out: a Hugging Face model folder
(``config.json``, ``model.safetensors``, ``tokenizer.json``, ``training.json``) that MLX and transformers both load.
PyTorch is a dependency of this script alone; see the model card beside the weights for what came of it.

    python models/recipe/pretrain.py --novels DIR --to models/stylelab-base --minutes 120

One author is held out whole; bits per byte are measured on that author's raw (unwrapped) text only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from novels import read_books
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn

END = "<|endoftext|>"
# mlx_lm.lora wants a chat template to train on prompt and completion; this one only puts one after the other.
PLAIN_CHAT = (
    "{% for message in messages %}{{ message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
)


# ---------------------------------------------------------------- tokens


def train_tokenizer(texts: list[str], vocabulary: int) -> Tokenizer:
    """Return a byte-level BPE tokenizer whose token 0 is the end of text."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=vocabulary,
            special_tokens=[END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """Return one stream of token ids, each text followed by the end token."""
    out: list[int] = []
    for item in tokenizer.encode_batch(texts):
        out += item.ids
        out.append(0)
    return np.array(out, dtype=np.int64)


# ---------------------------------------------------------------- model (Qwen2, Hugging Face names)


class Attention(nn.Module):
    def __init__(self, c: dict):
        super().__init__()
        self.heads, self.kv = c["num_attention_heads"], c["num_key_value_heads"]
        self.dim = c["hidden_size"] // self.heads
        self.q_proj = nn.Linear(c["hidden_size"], self.heads * self.dim)
        self.k_proj = nn.Linear(c["hidden_size"], self.kv * self.dim)
        self.v_proj = nn.Linear(c["hidden_size"], self.kv * self.dim)
        self.o_proj = nn.Linear(self.heads * self.dim, c["hidden_size"], bias=False)

    def forward(self, x, cos, sin):
        b, t, _ = x.shape
        q = rotate(self.q_proj(x).view(b, t, self.heads, self.dim).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(b, t, self.kv, self.dim).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(b, t, self.kv, self.dim).transpose(1, 2)
        k, v = (a.repeat_interleave(self.heads // self.kv, dim=1) for a in (k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o_proj(y.transpose(1, 2).reshape(b, t, -1))


def rotate(x, cos, sin):
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class MLP(nn.Module):
    def __init__(self, c: dict):
        super().__init__()
        self.gate_proj = nn.Linear(c["hidden_size"], c["intermediate_size"], bias=False)
        self.up_proj = nn.Linear(c["hidden_size"], c["intermediate_size"], bias=False)
        self.down_proj = nn.Linear(c["intermediate_size"], c["hidden_size"], bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Block(nn.Module):
    def __init__(self, c: dict):
        super().__init__()
        self.self_attn, self.mlp = Attention(c), MLP(c)
        self.input_layernorm = nn.RMSNorm(c["hidden_size"], eps=c["rms_norm_eps"])
        self.post_attention_layernorm = nn.RMSNorm(c["hidden_size"], eps=c["rms_norm_eps"])

    def forward(self, x, cos, sin):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))


class Qwen2(nn.Module):
    """Token ids [batch, length] in, mean next-token loss in nats out."""

    def __init__(self, c: dict):
        super().__init__()
        self.c = c
        self.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.layers = nn.ModuleList(Block(c) for _ in range(c["num_hidden_layers"]))
        self.norm = nn.RMSNorm(c["hidden_size"], eps=c["rms_norm_eps"])
        for name, p in self.named_parameters():
            if p.ndim == 2:
                scale = 0.02 if "embed" in name else 0.5 / math.sqrt(p.shape[1])
                nn.init.normal_(p, std=scale)
                if name.endswith(("o_proj.weight", "down_proj.weight")):
                    nn.init.zeros_(p)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def forward(self, ids, targets):
        return self.compute_loss(self.compute_hidden(ids).flatten(0, 1), targets.flatten())

    def embed(self, ids):
        """Return the tokens' embeddings, and cosine and sine of their positions' angles."""
        dim = self.c["hidden_size"] // self.c["num_attention_heads"]
        freq = self.c["rope_theta"] ** (-torch.arange(0, dim, 2).float() / dim)
        angle = torch.arange(ids.shape[1]).float()[:, None] * freq
        return self.embed_tokens(ids), angle.cos(), angle.sin()

    def compute_hidden(self, ids):
        """Return the last block's output, normalised, [batch, length, hidden]."""
        x, cos, sin = self.embed(ids)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return self.norm(x)

    def compute_loss(self, hidden, targets):
        """Return the mean loss of the tokens [n] that follow the positions of `hidden` [n, hidden]."""
        return F.cross_entropy(F.linear(hidden, self.embed_tokens.weight).float(), targets)


@torch.no_grad()
def bits_per_byte(model: nn.Module, tokenizer: Tokenizer, texts: list[str], length: int, limit_bytes: int) -> float:
    """Return bits per UTF-8 byte over the first `limit_bytes` of `texts`, in windows of `length` tokens without overlap."""
    text, total = [], 0
    for t in texts:
        if total >= limit_bytes:
            break
        text.append(t)
        total += len(t.encode())
    ids = encode(tokenizer, text)
    nats = 0.0
    count = (len(ids) - 1) // length
    for start in range(0, count, 8):
        rows = [ids[i * length : (i + 1) * length + 1] for i in range(start, min(start + 8, count))]
        batch = torch.from_numpy(np.stack(rows))
        nats += model(batch[:, :-1], batch[:, 1:]).item() * batch[:, 1:].numel()
    seen = tokenizer.decode(ids[: count * length + 1].tolist(), skip_special_tokens=True)
    return nats / math.log(2) / len(seen.encode())


# ---------------------------------------------------------------- training


def build_optimizers(model: nn.Module, muon: float, adam: float) -> list[torch.optim.Optimizer]:
    """Return Muon for the matrices and AdamW for embeddings, norms and biases.

    Args:
        muon, adam: Their peak learning rates.
    """
    matrices = [x for n, x in model.named_parameters() if x.ndim == 2 and "embed" not in n]
    others = [x for n, x in model.named_parameters() if x.ndim != 2 or "embed" in n]
    return [
        torch.optim.Muon(matrices, lr=muon, momentum=0.95, weight_decay=0.01),
        torch.optim.AdamW(others, lr=adam, betas=(0.9, 0.95), weight_decay=0.0),
    ]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--novels", type=Path, required=True)
    p.add_argument("--to", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=120.0, help="wall time; the learning rate decays to 0 at its end")
    p.add_argument("--held-out", default="stevenson", help="author kept out of training")
    p.add_argument("--vocabulary", type=int, default=4096)
    p.add_argument("--hidden", type=int, default=256)
    p.add_argument("--blocks", type=int, default=4)
    p.add_argument("--mlp", type=int, default=640)
    p.add_argument("--length", type=int, default=512, help="tokens; doubled for the last fifth of the run")
    p.add_argument("--batch-tokens", type=int, default=8192)
    p.add_argument("--bf16", action="store_true", help="bfloat16 matrix products (faster where the CPU has them)")
    p.add_argument("--compile", action="store_true")
    p.add_argument("--seed", type=int, default=42)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)

    train, held = read_books(a.novels, a.held_out)
    tokenizer = train_tokenizer(train, a.vocabulary)
    data = encode(tokenizer, train)
    config = {
        "architectures": ["Qwen2ForCausalLM"],
        "model_type": "qwen2",
        "hidden_size": a.hidden,
        "intermediate_size": a.mlp,
        "num_hidden_layers": a.blocks,
        "num_attention_heads": a.hidden // 64,
        "num_key_value_heads": max(1, a.hidden // 128),
        "vocab_size": a.vocabulary,
        "max_position_embeddings": 2048,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "tie_word_embeddings": True,
        "hidden_act": "silu",
        "bos_token_id": 0,
        "eos_token_id": 0,
        "torch_dtype": "float32",
        "use_sliding_window": False,
    }
    model = Qwen2(config)
    size = sum(x.numel() for x in model.parameters())
    print(
        f"{len(data):,} tokens, {sum(map(len, train)) / len(data):.2f} characters each; {size:,} parameters", flush=True
    )
    optimizers = build_optimizers(model, 0.02, 4e-3)
    peaks = [g["lr"] for o in optimizers for g in o.param_groups]
    step_model = torch.compile(model, dynamic=False) if a.compile else model

    a.to.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(a.to / "tokenizer.json"))
    begin, tokens, step, log, done, order, at = time.monotonic(), 0, 0, [], 0.0, np.array([], int), 0
    while done < 1.0:
        length = a.length * (2 if done > 0.8 else 1)
        rows = a.batch_tokens // length
        starts = []
        while len(starts) < rows:  # every window once per epoch, with a fresh offset and order each time
            if at >= len(order):
                order, at = rng.permutation((len(data) - 2 * a.length - 1) // a.length), 0
                shift = int(rng.integers(a.length))
            starts.append(min(int(order[at]) * a.length + shift, len(data) - length - 1))
            at += length // a.length
        batch = torch.from_numpy(np.stack([data[s : s + length + 1] for s in starts]))
        decay = min(1.0, (step + 1) / 50) * (1.0 if done < 0.35 else max(0.0, (1 - done) / 0.65))
        for lr, group in zip(peaks, [g for o in optimizers for g in o.param_groups], strict=True):
            group["lr"] = lr * decay
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            loss = step_model(batch[:, :-1], batch[:, 1:])
        loss.backward()
        for o in optimizers:
            o.step()
            o.zero_grad(set_to_none=True)
        tokens += batch[:, 1:].numel()
        step += 1
        done = (time.monotonic() - begin) / 60 / a.minutes
        if step % 20 == 0:
            rate = tokens / (time.monotonic() - begin)
            print(
                f"step {step} {done:6.1%} loss {loss.item():.3f} nats, {tokens / 1e6:.1f} M tokens, {rate:,.0f}/s",
                flush=True,
            )
        if step % 200 == 0 or done >= 1.0:
            whole = done >= 1.0
            bpb = bits_per_byte(model, tokenizer, held, 1024 if whole else 512, 10**9 if whole else 150_000)
            log.append({"step": step, "tokens": tokens, "bits_per_byte": round(bpb, 4)})
            print(f"held-out author: {bpb:.4f} bits per byte", flush=True)
            save(a.to, model, config)
    words = {
        "tokens_seen": tokens,
        "tokens_in_corpus": len(data),
        "epochs": tokens / len(data),
        "parameters": size,
        "held_out_author": a.held_out,
        "held_out_bits_per_byte": log[-1]["bits_per_byte"],
        "minutes": a.minutes,
        "arguments": {k: str(v) for k, v in vars(a).items() if k not in ("novels", "to")},
        "corpus_sha256": hashlib.sha256("\0".join(train).encode()).hexdigest(),
        "history": log,
    }
    (a.to / "training.json").write_text(json.dumps(words, indent=1) + "\n")
    print(json.dumps({k: v for k, v in words.items() if k != "history"}))


def save(folder: Path, model: nn.Module, config: dict) -> None:
    """Write weights, config and tokenizer settings in Hugging Face layout."""
    weights = {f"model.{k}": v.detach().clone().contiguous() for k, v in model.state_dict().items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    (folder / "generation_config.json").write_text(json.dumps({"bos_token_id": 0, "eos_token_id": 0}) + "\n")
    settings = {
        "eos_token": END,
        "pad_token": END,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 2048,
        "chat_template": PLAIN_CHAT,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1) + "\n")


if __name__ == "__main__":
    main()

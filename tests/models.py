"""A tiny Qwen2 with a byte-level tokenizer, made on the spot: for tests that need a real model folder in no time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

HIDDEN, MLP, BLOCKS, HEADS, KV, VOCABULARY = 32, 64, 2, 2, 1, 257
WORDS = 1024  # tokens of a model that knows whole words
END = "<|endoftext|>"
PLAIN_CHAT = (
    "{% for message in messages %}{{ message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
)
INSTRUCT_CHAT = (
    "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)


def make_model(
    folder: Path, seed: int = 0, chat: str | None = PLAIN_CHAT, positions: int = 512, texts: Sequence[str] = ()
) -> Path:
    """Write a randomly initialised model with 257 tokens: the end of text and every byte.

    Args:
        chat: Its chat template: PLAIN_CHAT as the bundled base has, INSTRUCT_CHAT as an instruct model has, or none.
        positions: The longest sequence it was made for.
        texts: Their words become tokens, too: a fifth of the tokens for the same text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={END: 0, **{c: i + 1 for i, c in enumerate(alphabet)}}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([END])
    if texts:
        trainer = trainers.BpeTrainer(
            vocab_size=WORDS, initial_alphabet=alphabet, special_tokens=[END], show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab_size()
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {"eos_token": END, "pad_token": END, "tokenizer_class": "PreTrainedTokenizerFast"}
    if chat is not None:
        settings["chat_template"] = chat
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    config = {
        "model_type": "qwen2",
        "hidden_size": HIDDEN,
        "intermediate_size": MLP,
        "num_hidden_layers": BLOCKS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": KV,
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "tie_word_embeddings": True,
        "bos_token_id": 0,
        "eos_token_id": 0,
    }
    (folder / "config.json").write_text(json.dumps(config))
    rng = np.random.default_rng(seed)
    weights = {}
    for name, shape in shapes(vocabulary).items():
        spread = 0.6 if "embed" in name else 0.15
        weights[name] = (
            np.ones(shape, np.float32) if "norm" in name else (rng.normal(size=shape) * spread).astype(np.float32)
        )
    save_file(weights, folder / "model.safetensors")
    return folder


def shapes(vocabulary: int = VOCABULARY) -> dict[str, tuple[int, ...]]:
    """Return every parameter's shape by its Hugging Face name."""
    out: dict[str, tuple[int, ...]] = {
        "model.embed_tokens.weight": (vocabulary, HIDDEN),
        "model.norm.weight": (HIDDEN,),
    }
    kv = HIDDEN // HEADS * KV
    for b in range(BLOCKS):
        for name, shape in {
            "self_attn.q_proj.weight": (HIDDEN, HIDDEN),
            "self_attn.q_proj.bias": (HIDDEN,),
            "self_attn.k_proj.weight": (kv, HIDDEN),
            "self_attn.k_proj.bias": (kv,),
            "self_attn.v_proj.weight": (kv, HIDDEN),
            "self_attn.v_proj.bias": (kv,),
            "self_attn.o_proj.weight": (HIDDEN, HIDDEN),
            "mlp.gate_proj.weight": (MLP, HIDDEN),
            "mlp.up_proj.weight": (MLP, HIDDEN),
            "mlp.down_proj.weight": (HIDDEN, MLP),
            "input_layernorm.weight": (HIDDEN,),
            "post_attention_layernorm.weight": (HIDDEN,),
        }.items():
            out[f"model.layers.{b}.{name}"] = shape
    return out

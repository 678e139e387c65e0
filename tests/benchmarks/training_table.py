"""What the method's plan takes on Qwen2.5 in 4 bits, ours against stock mlx_lm.lora: counted, not measured; as tables.

An update of four pairs, the longest of 2,048 tokens for memory, the mean of 525 for work; 43% of a pair is prompt; rank 64.
"""

from __future__ import annotations

from typing import Any

from training_counts import count_multiplications, count_stock_multiplications, estimate_stock_memory

from stylelab.training.memory_estimate import ModelShape, estimate_memory, read_shape
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.presets import USABLE

QWEN: dict[str, dict[str, Any]] = {
    "3B": {"hidden_size": 2048, "intermediate_size": 11008, "num_attention_heads": 16, "num_key_value_heads": 2,
           "num_hidden_layers": 36, "vocab_size": 151936, "tie_word_embeddings": True},
    "7B": {"hidden_size": 3584, "intermediate_size": 18944, "num_attention_heads": 28, "num_key_value_heads": 4,
           "num_hidden_layers": 28, "vocab_size": 152064, "tie_word_embeddings": False},
    "14B": {"hidden_size": 5120, "intermediate_size": 13824, "num_attention_heads": 40, "num_key_value_heads": 8,
            "num_hidden_layers": 48, "vocab_size": 152064, "tie_word_embeddings": False},
    "32B": {"hidden_size": 5120, "intermediate_size": 27648, "num_attention_heads": 40, "num_key_value_heads": 8,
            "num_hidden_layers": 64, "vocab_size": 152064, "tie_word_embeddings": False},
}  # fmt: skip
RANK, MEAN, LEARNED, LONGEST, GB = 64, 525, 0.57, 2048, 1e9
MACS, LENGTHS = (16, 24, 32, 64), (4096, 2048, 1024, 512)


def main() -> None:
    """Print the table as Markdown."""
    print(
        "| Qwen2.5 | weights | adapter and optimizer | stock, beyond | ours, all recomputed | ours, half | ours, none |",
        end="",
    )
    print(" work of a pair: stock | ours, all recomputed | ours, none |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, config in QWEN.items():
        print(f"| {name} | " + " | ".join(row(read_four_bits(config))) + " |")
    print("\n| Mac | " + " | ".join(QWEN) + " |")
    print("|---|" + "---|" * len(QWEN))
    for size in MACS:
        cells = [describe_longest(read_four_bits(config), int(size * USABLE * GB)) for config in QWEN.values()]
        print(f"| {size} GB | " + " | ".join(cells) + " |")


def read_four_bits(config: dict[str, Any]) -> ModelShape:
    """Return the shape of a model in 4 bits."""
    return read_shape({**config, "model_type": "qwen2", "quantization": {"bits": 4, "group_size": 64}}, 2)


def describe_longest(s: ModelShape, budget: int) -> str:
    """Return the longest pairs that train within so many bytes at rank 64, and how many blocks are computed again for it."""
    for tokens in LENGTHS:
        for again in sorted({*range(0, s.blocks + 1, s.blocks // 8), s.blocks}):
            plan = MemoryPlan(1, again, RANK, tokens)
            if estimate_memory(s, plan, tokens, round(tokens * LEARNED), 4).peak_bytes <= budget:
                return f"{tokens:,}" + (f" ({again} of {s.blocks} recomputed)" if again else "")
    return "–"


def row(s: ModelShape) -> list[str]:
    """Return a model's cells."""
    stock = estimate_stock_memory(s, RANK, LONGEST)
    targets = round(LONGEST * LEARNED)
    ours = [
        estimate_memory(s, MemoryPlan(1, n, RANK, LONGEST), LONGEST, targets, 4) for n in (s.blocks, s.blocks // 2, 0)
    ]  # fmt: skip
    theirs = count_stock_multiplications(s, RANK, MEAN).total
    own = [count_multiplications(s, RANK, MEAN, round(MEAN * LEARNED), recomputed=n).total for n in (s.blocks, 0)]
    memory = [f"{e.work_bytes / GB:.1f} GB" for e in (stock, *ours)]
    each = [f"{theirs / 1e12:.1f} T", *(f"{w / 1e12:.1f} T ({theirs / w:.2f} ×)" for w in own)]
    return [f"{s.weight_bytes / GB:.1f} GB", f"{ours[0].state_bytes / GB:.1f} GB", *memory, *each]


if __name__ == "__main__":
    main()

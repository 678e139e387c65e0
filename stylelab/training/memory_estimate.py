"""How much memory an update takes, from the model's config alone.

In: config.json, lengths in tokens, a memory plan. Out: bytes. Next: memory_choice, the plan job.
Knows no model library. The counts follow training.packed_forward and training.loss array by array; tests and docs/training.md
compare them with what MLX measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stylelab.basemodels.families import DOWN, GATE, LLAMA, UP, Family, K, O, Q, V, find_family, read_text_config
from stylelab.errors import ModelError
from stylelab.training.memory_plan import MemoryPlan

FLOAT = 4  # bytes of a float32: adapter, optimizer, losses
CHUNK_ELEMENTS, CACHED_ELEMENTS, FEWEST_ROWS = 16 * 2**20, 512 * 2**10, 64  # rows of logits held at once, as in loss
PIECE_BYTES, PIECES = (
    4 * 2**20,
    2,
)  # of restored 4-bit weights, as in kernels.frozen_product; the one in use and the next
SLACK_BYTES = 2 * 2**20  # keys, masks, labels


@dataclass(frozen=True)
class Flight:
    """How many arrays of the widest kind are alive at once, beside those kept for the backward pass.

    MLX's CPU backend allocates some ten operations ahead of the one it computes (measured); a GPU's are fused and reuse
    their inputs' memory (counted from the code, not measured).

    Args:
        plain: While gradients are taken. recomputed: While a block is computed again. logits: Chunks of logits.
    """

    plain: int
    recomputed: int
    logits: int


NEEDED = ("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size")
CPU, GPU = Flight(9, 16, 11), Flight(5, 8, 3)


@dataclass(frozen=True)
class ModelShape:
    """What of a model's config decides memory and work.

    Args:
        bits: Per weight; group_size weights share a scale and a bias of 16 bits each.
        element: Bytes of an activation.
        experts, expert_mlp: How many MLPs a block chooses from for each token, and their size; 0 where there is one for all.
    """

    hidden: int
    mlp: int
    heads: int
    kv_heads: int
    head_dim: int
    blocks: int
    vocabulary: int
    tied: bool
    bits: int
    group_size: int
    element: int
    experts: int = 0
    expert_mlp: int = 0
    family: Family = LLAMA

    @property
    def layers(self) -> dict[str, tuple[int, int]]:
        """Inputs and outputs of a block's linear layers that an adapter may be on: Llama's seven, or what stands for them."""
        q, kv = self.heads * self.head_dim, self.kv_heads * self.head_dim
        seven = {
            Q: (self.hidden, q),
            K: (self.hidden, kv),
            V: (self.hidden, kv),
            O: (q, self.hidden),
            GATE: (self.hidden, self.mlp),
            UP: (self.hidden, self.mlp),
            DOWN: (self.mlp, self.hidden),
        }
        own: dict[str, tuple[int, int]] = {}
        for key, (inputs, outputs) in seven.items():
            name = self.family.renamed.get(key, key)
            if key not in self.family.lacking and not (key == GATE and self.family.gate == "none"):
                own[name] = (inputs, outputs + own.get(name, (0, 0))[1])
        return own

    @property
    def block_weights(self) -> int:
        experts = self.experts * (3 * self.hidden * self.expert_mlp + self.hidden)
        return sum(i * o for i, o in self.layers.values()) + experts

    @property
    def weight_bytes(self) -> int:
        """Of the whole model as it is loaded."""
        heads = self.vocabulary * self.hidden * (1 if self.tied else 2)
        bits = self.bits + (32 / self.group_size if self.bits < 16 else 0)
        return int((self.blocks * self.block_weights + heads) * bits / 8)

    def adapter_weights(self, rank: int) -> int:
        """Of an adapter on all seven layers of all blocks."""
        return self.blocks * rank * sum(i + o for i, o in self.layers.values())


def read_shape(config: Mapping[str, Any], element: int | None = None) -> ModelShape:
    """Return the shape that a config.json describes.

    Args:
        element: Bytes of an activation; by the config's dtype if None.

    Raises:
        ModelError: The config does not say what is needed.
    """
    config = read_text_config(config)
    family = find_family(config)
    quantization: Mapping[str, Any] = config.get("quantization") or {}
    missing = [name for name in NEEDED if name not in config]
    if missing:
        raise ModelError(
            f"This base's config.json has no {missing[0]}, so nobody can say what memory it takes.",
            remedy="Choose a base of the Qwen, Llama or Mistral kind.",
            code="model_unknown",
        )
    heads = int(config["num_attention_heads"])
    stored = 4 if "float32" in str(config.get("torch_dtype", config.get("dtype", ""))) else 2
    return ModelShape(
        hidden=int(config["hidden_size"]),
        mlp=int(config["intermediate_size"]),
        heads=heads,
        kv_heads=int(config.get("num_key_value_heads") or heads),
        head_dim=int(config.get("head_dim") or config["hidden_size"] // heads),
        blocks=int(config["num_hidden_layers"]),
        vocabulary=int(config["vocab_size"]),
        tied=family.always_tied or bool(config.get("tie_word_embeddings", family.tied)),
        bits=int(quantization.get("bits", 8 * stored)),
        group_size=int(quantization.get("group_size", 64)),
        element=element or stored,
        experts=int(config.get("num_experts") or 0) if family.lacking else 0,
        expert_mlp=int(config.get("moe_intermediate_size") or 0),
        family=family,
    )


@dataclass(frozen=True)
class MemoryEstimate:
    """Bytes at the peak of an update.

    Args:
        weight_bytes: The base. state_bytes: Adapter, optimizer state, gradients. work_bytes: Everything else.
    """

    weight_bytes: int
    state_bytes: int
    work_bytes: int

    @property
    def peak_bytes(self) -> int:
        return self.weight_bytes + self.state_bytes + self.work_bytes


def estimate_memory(
    s: ModelShape,
    memory_plan: MemoryPlan,
    tokens: int,
    targets: int,
    parts: int,
    *,
    longest: int | None = None,
    cpu: bool = False,
) -> MemoryEstimate:
    """Return the memory of an update.

    Args:
        memory_plan: Rank, and how many blocks are recomputed.
        tokens: Of the largest part that is computed together. targets: How many of them predict something.
        parts: Into how many an update is divided; more than one, and the sum of gradients waits beside the newest.
        longest: Tokens of the longest pair in that part, which padded attention grows with; all of them if None.
        cpu: Whether MLX's CPU backend computes: it restores 4-bit weights in pieces.
    """
    adapter = s.adapter_weights(memory_plan.rank) * FLOAT
    state = adapter * 3 + adapter * (2 if parts > 1 else 1)
    flight = CPU if cpu else GPU
    kept, recomputed = tokens * count_kept_bytes(s, memory_plan.rank), min(memory_plan.recomputed, s.blocks)
    widest = tokens * s.element * max(s.mlp, s.heads * s.head_dim)
    scores = 0
    if s.family.padded:
        scores = tokens * s.element * s.heads * (longest or tokens)
        kept = tokens * count_padded_bytes(s, memory_plan.rank) + scores * s.family.kept_scores
        widest = tokens * s.element * max(o for _, o in s.layers.values())
    rows = min(targets, max(FEWEST_ROWS, (CACHED_ELEMENTS if cpu else CHUNK_ELEMENTS) // s.vocabulary))
    pieces = PIECE_BYTES * PIECES if cpu and s.bits < 16 else 0
    head = rows * s.vocabulary * FLOAT * flight.logits + pieces
    # Blocks come back from the last to the first: when one is recomputed, all after it have been let go.
    stored = (s.blocks - recomputed) * kept + max(flight.plain * widest, head)
    back = kept + flight.recomputed * widest if recomputed else 0
    work = recomputed * tokens * s.hidden * s.element + max(stored, back) + scores + SLACK_BYTES
    return MemoryEstimate(s.weight_bytes, state, work)


def count_kept_bytes(s: ModelShape, rank: int) -> int:
    """Return what a block keeps of each token from the forward to the backward pass.

    Residual streams before attention and before the MLP; the four inputs of adapters after dropout, and a byte of mask for
    each of their elements; seven low-rank products; rotated queries, keys, values, what was read; gate and up.
    """
    q, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    inputs = 2 * s.hidden + q + s.mlp
    elements = (2 + s.family.extra_norms) * s.hidden + inputs + 2 * q + 2 * kv + 2 * s.mlp
    if s.family.qk_norm:
        elements += q + kv
    if s.family.gate == "gelu":
        elements += 2 * s.mlp
    return elements * s.element + inputs + 7 * rank * FLOAT


def count_padded_bytes(s: ModelShape, rank: int) -> int:
    """Return what a block keeps of each token of a padded batch, which mlx-lm's own forward pass computes; without the scores.

    Every adapted layer keeps its own input after dropout and a mask; attention its scaled queries, too; the MLP its steps.
    """
    q, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    inputs = sum(i for i, _ in s.layers.values())
    elements = (2 + s.family.extra_norms) * s.hidden + inputs + 3 * q + 2 * kv + 4 * s.mlp
    return elements * s.element + inputs + len(s.layers) * rank * FLOAT

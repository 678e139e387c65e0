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
from stylelab.training.vocabulary_pieces import MOST_ROWS, count_columns

FLOAT = 4  # bytes of a float32: adapter, optimizer, losses
BLOCKS_OF_SCORES = 8  # scores of a block of queries, in an attention's pass
ONE_PIECE = 3  # pieces of logits at once where the whole vocabulary is one
HEAD_SLOPES = 4  # arrays like the targets' hidden states in the head's pass
SLACK_BYTES = 2 * 2**20  # keys, masks, labels


@dataclass(frozen=True)
class Flight:
    """How many arrays of the widest kind are alive at once, beside those kept for the backward pass.

    MLX's CPU backend allocates some ten operations ahead of the one it computes (measured); a GPU's are fused and reuse
    their inputs' memory (counted from the code, not measured).

    Args:
        plain: While gradients are taken. recomputed: While a block is computed again. logits: Pieces of logits.
        queries: Of a block of attention, as in kernels.attention.
    """

    plain: int
    recomputed: int
    logits: int
    queries: int


NEEDED = ("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size")
CPU, GPU = Flight(21, 29, 11, 128), Flight(21, 29, 7, 256)
PADDED = Flight(9, 16, 0, 0)


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
    def widest(self) -> int:
        """Elements of a token in the widest array of a block that does not come from a fused layer."""
        return max(self.hidden, self.heads * self.head_dim, 0 if GATE in self.family.lacking else self.mlp)

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
    state = adapter * (4 if parts > 1 else 3)
    flight = PADDED if s.family.padded else CPU if cpu else GPU
    kept, recomputed = tokens * count_kept_bytes(s, memory_plan.rank), min(memory_plan.recomputed, s.blocks)
    reach = longest or tokens
    scores = min(reach, flight.queries) * reach * s.heads * FLOAT * BLOCKS_OF_SCORES
    widest, last, whole = tokens * s.element * s.widest, targets / tokens, 0
    if s.family.padded:
        whole = tokens * s.element * s.heads * reach
        kept = tokens * count_padded_bytes(s, memory_plan.rank) + whole * s.family.kept_scores
        last = 1
    # When the backward pass begins, all is kept; when it ends, all gradients are there; blocks come back from the last to the
    # first, so when one is recomputed, all after it have been let go.
    begin = (s.blocks - recomputed - (0 if recomputed == s.blocks else 1 - last)) * kept
    begin += max(flight.plain * widest, scores, estimate_head(s, targets, cpu=cpu))
    again = kept + max(scores, widest * (flight.recomputed if recomputed else flight.plain))
    work = recomputed * tokens * s.hidden * s.element + max(begin, adapter + again, 2 * adapter) + whole + SLACK_BYTES
    return MemoryEstimate(s.weight_bytes, state, int(work))


def estimate_head(s: ModelShape, targets: int, *, cpu: bool) -> int:
    """Return the bytes of the head's pass, forward and backward: a piece of the vocabulary, and the targets' hidden states."""
    rows = min(targets, MOST_ROWS)
    columns = count_columns(s.vocabulary, rows, cpu=cpu)
    restored = columns * s.hidden * FLOAT if cpu and s.bits < 16 else 0
    at_once = (CPU if cpu else GPU).logits if columns < s.vocabulary else ONE_PIECE
    return rows * columns * FLOAT * at_once + targets * s.hidden * FLOAT * HEAD_SLOPES + restored


def count_kept_bytes(s: ModelShape, rank: int) -> int:
    """Return what a block keeps of each token from the forward to the backward pass.

    Residual streams before attention and before the MLP; rotated queries, keys, values, what was read and its log-sums; gate and
    up; seven products with A. Norms, the gate's product and dropout masks are computed again.
    """
    q, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    elements = (2 + s.family.extra_norms) * s.hidden + 2 * q + 2 * kv + 2 * s.mlp + 7 * rank
    if s.family.qk_norm:
        elements += q + kv
    return elements * s.element + s.heads * FLOAT


def count_padded_bytes(s: ModelShape, rank: int) -> int:
    """Return what a block keeps of each token of a padded batch, which mlx-lm's own forward pass computes; without the scores.

    Inputs of adapted layers; attention its scaled queries, too; the MLP its steps.
    """
    q, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    steps = 4 if GATE in s.family.lacking else 5  # of the MLP; of experts less
    elements = (4 + s.family.extra_norms) * s.hidden + 4 * q + 2 * kv + steps * s.mlp + len(s.layers) * rank
    return elements * s.element

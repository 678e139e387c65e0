"""A decoder's shape, and what follows from it: how many parameters it has, and how many bytes they take.

In: the figures of a model's config.json. Out: counts. Next: catalogue, and whoever plans memory.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, PositiveInt

GROUP = 64  # weights that share a scale and an offset, as mlx-lm quantises them
GROUP_BYTES = 4  # of a scale and an offset, each a half float
# Share of the machine's memory that weights restored to float32 may take on the CPU (basemodels.precision); adapter, optimizer
# and activations take the rest.
RESTORED_SHARE = 0.25


class DecoderShape(BaseModel):
    """The sizes of a decoder with gated feed-forward layers, which all families of the catalogue are.

    Args:
        layers: Blocks.
        hidden: Width of the hidden states.
        intermediate: Width inside a feed-forward layer.
        heads, kv_heads, head_dim: Query heads, key and value heads, and the width of one head.
        vocabulary: Rows of the embedding.
        tied: Whether the embedding is also the output layer.
        attention_bias: Whether q, k and v have biases.
        qk_norm: Whether q and k are normalised, each head by the same weights.
        norms: Normalisations of width `hidden` in a block.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    layers: PositiveInt
    hidden: PositiveInt
    intermediate: PositiveInt
    heads: PositiveInt
    kv_heads: PositiveInt
    head_dim: PositiveInt
    vocabulary: PositiveInt
    tied: bool
    attention_bias: bool = False
    qk_norm: bool = False
    norms: PositiveInt = 2

    @property
    def embedding_weights(self) -> int:
        """Weights of the embedding, and of the output layer where it is one of its own."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    @property
    def layer_weights(self) -> int:
        """Weights of all matrices in the blocks."""
        attention = self.hidden * self.head_dim * (2 * self.heads + 2 * self.kv_heads)
        return self.layers * (attention + 3 * self.hidden * self.intermediate)

    @property
    def vector_weights(self) -> int:
        """Weights of normalisations and biases, which are never quantised."""
        block = self.norms * self.hidden + 2 * self.head_dim * self.qk_norm
        block += self.attention_bias * self.head_dim * (self.heads + 2 * self.kv_heads)
        return self.layers * block + self.hidden


def count_parameters(shape: DecoderShape) -> int:
    """Return how many parameters a model of a shape has; a tied output layer is counted once."""
    return shape.embedding_weights + shape.layer_weights + shape.vector_weights


def count_bytes(shape: DecoderShape, bits: int, *, group: int = GROUP, embedding_bits: int | None = None) -> int:
    """Return the bytes of a model's weights, in memory as in its file.

    Args:
        bits: 16 for half floats, 32 for floats, fewer for quantised matrices.
        group: Weights that share a scale and an offset; of quantised matrices only.
        embedding_bits: Of the embedding where it is stored in other bits.

    **Source:** mlx's documentation of `quantize`: packed weights, and a scale and an offset for each group.
    """

    def count_matrix(weights: int, stored: int) -> int:
        return weights * stored // 8 + (weights // group * GROUP_BYTES if stored < 16 else 0)

    matrices = count_matrix(shape.layer_weights, bits) + count_matrix(shape.embedding_weights, embedding_bits or bits)
    return matrices + shape.vector_weights * (4 if bits == 32 else 2)

"""What shapes an adapter. Light: it knows no model library.

In: a plan, or an adapter's config. Out: LoraParameters. Next: lora, store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class LoraParameters:
    """The shape and the strength of an adapter.

    Args:
        rank: Its width.
        scale: The plain factor on its output, not alpha.
        dropout: Share of its inputs that training hides at random.
        keys: Names of the adapted linear layers within a block.
        num_layers: The last n blocks are adapted; -1 for all.
        kind: LoRA, or DoRA.
    """

    rank: int
    scale: float
    dropout: float
    keys: tuple[str, ...]
    num_layers: int
    kind: Literal["lora", "dora"] = "lora"

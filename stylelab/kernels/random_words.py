"""Random words where MLX's CPU backend is slow at them; on a GPU, MLX's own generator.

In: a key. Out: uint16 words. Next: adapters. MLX's generator (Threefry, some twenty rounds) takes longer on a CPU than the
product that its words are a dropout mask for; a hash of a counter is eight passes, and good enough to hide elements by chance.
"""

from __future__ import annotations

import mlx.core as mx

from stylelab.kernels.backend import on_cpu


def draw_words(count: int, key: mx.array) -> mx.array:
    """Return random words, uint16 [count]; the same for the same key on the same backend.

    Args:
        key: uint32 [2], as `mx.random.key` returns it.

    **Source:** the hash: C. Wellons 2018, "Prospecting for Hash Functions" (lowbias32).
    """
    if not on_cpu():
        return mx.random.split(key, -(-count // 4)).view(mx.uint16).reshape(-1)[:count]
    x = mx.arange(-(-count // 2), dtype=mx.uint32) * (key[1] | 1) + key[0]  # a stride and a start of the key's own
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x = (x ^ (x >> shift)) * factor
    return (x ^ (x >> 16)).view(mx.uint16)[:count]

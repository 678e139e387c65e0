"""The window's colours, light and dark. Knows no Qt.

In: nothing. Out: LIGHT, DARK. Next: theme. A test holds every pair of ink and ground to a contrast of at least 4.5:1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """One scheme. Grounds: content, sidebar, inspector, field, hover, chosen. On them: text, quiet, accent, good, warn, bad.

    Args:
        fill, on_fill: The primary button and what is written on it.
        line: Hairlines between areas.
        tints: Grounds for marked stretches of text, told apart by hue.
        curves: Lines of a chart, in order.
    """

    dark: bool
    content: str
    sidebar: str
    inspector: str
    field: str
    hover: str
    chosen: str
    line: str
    text: str
    quiet: str
    accent: str
    fill: str
    fill_hover: str
    on_fill: str
    good: str
    warn: str
    bad: str
    tints: tuple[str, ...]
    curves: tuple[str, ...]


LIGHT = Colours(
    dark=False,
    content="#ffffff",
    sidebar="#f4f4f6",
    inspector="#fafafb",
    field="#f0f0f3",
    hover="#e9e9ed",
    chosen="#e1e6f0",
    line="#e2e2e6",
    text="#1c1c1e",
    quiet="#5c5e66",
    accent="#2b59c3",
    fill="#2f62d4",
    fill_hover="#2655bd",
    on_fill="#ffffff",
    good="#1d7042",
    warn="#8a5200",
    bad="#b3261e",
    tints=("#fde9c8", "#dce8fb", "#e0f1df", "#f7dfe6", "#e9e2f8", "#d9f0f0", "#eee9de"),
    curves=("#2f62d4", "#c2571a", "#1d7f5c", "#8a4fbf", "#b33a5e", "#5c6a7a"),
)

DARK = Colours(
    dark=True,
    content="#1d1d1f",
    sidebar="#262629",
    inspector="#222225",
    field="#2f2f33",
    hover="#35353a",
    chosen="#343b4c",
    line="#38383d",
    text="#f1f1f3",
    quiet="#a9abb3",
    accent="#8fb0ff",
    fill="#3c6bdb",
    fill_hover="#3460c8",
    on_fill="#ffffff",
    good="#6ecf98",
    warn="#f0b35a",
    bad="#ff8a80",
    tints=("#54431f", "#263d5e", "#27472e", "#562f3c", "#3e3560", "#1f4a4c", "#47413a"),
    curves=("#7da2f7", "#f0965a", "#5fc9a0", "#c295ee", "#f08aa6", "#9fb0c3"),
)

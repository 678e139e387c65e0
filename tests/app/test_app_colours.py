"""Every text stands out from its ground, light and dark."""

from __future__ import annotations

import pytest

from stylelab.app.look.colours import DARK, LIGHT, Colours

LEAST_CONTRAST = 4.5  # **Source:** WCAG 2.1, success criterion 1.4.3
GROUNDS = ("content", "sidebar", "inspector", "field", "hover", "chosen")
INKS = ("text", "quiet", "accent", "good", "warn", "bad")


def ink_on_ground(c: Colours) -> list[tuple[str, str, str, str]]:
    """Return every pair of ink and ground that the window uses, as (ink's name, ink, ground's name, ground)."""
    found = [(ink, getattr(c, ink), ground, getattr(c, ground)) for ink in INKS for ground in GROUNDS]
    found += [("on_fill", c.on_fill, "fill", c.fill), ("on_fill", c.on_fill, "fill_hover", c.fill_hover)]
    found += [("text", c.text, f"tint {n}", tint) for n, tint in enumerate(c.tints)]
    return found


def luminance(colour: str) -> float:
    """Return a colour's relative luminance, 0 to 1. **Source:** WCAG 2.1, "relative luminance"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colours, 1 to 21. **Source:** WCAG 2.1, "contrast ratio"."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: Colours) -> None:
    faint = [
        f"{ink} on {ground}: {contrast(a, b):.2f}"
        for ink, a, ground, b in ink_on_ground(scheme)
        if contrast(a, b) < LEAST_CONTRAST
    ]
    assert not faint


def test_contrast_is_wcags() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

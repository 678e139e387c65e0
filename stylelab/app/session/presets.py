"""Plans to start from: by the machine's memory, and one for the small base that comes along.

In: memory or a base. Out: a Plan. Next: wizard, training page.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.app.texts.words import translate
from stylelab.training.plan import Plan
from stylelab.training.presets import PRESETS, SMALL, preset

GIB = 2**30
REAL = "smollm2-135m"  # the small real base, by its name in the catalogue
REAL_BATCHES = (
    80  # of four pairs, two to an update: 40 updates, after which its validation loss had fallen by 49% (212 pairs)
)


@dataclass(frozen=True)
class PlanPreset:
    """A plan with a name. `gigabytes` is the memory that it is meant for; 0 for the small base."""

    key: str
    gigabytes: int
    plan: Plan

    @property
    def base(self) -> str:
        """The size of base that it is meant for, as its makers write it."""
        return "7B" if self.key == "16" else "" if self.key == "small" else "14B"

    @property
    def name(self) -> str:
        """What the user calls it."""
        names = {
            "small": translate("presets", "Small base, quick try"),
            "16": translate("presets", "16 GB, a 7B base"),
            "32": translate("presets", "32 GB, a 14B base"),
            "64": translate("presets", "64 GB, a 14B base, long texts"),
            "128": translate("presets", "128 GB, a 14B base, two at once"),
        }
        return names.get(self.key, f"{self.key} GB")


def list_presets() -> list[PlanPreset]:
    """Return every preset, the smallest first."""
    small = PlanPreset("small", 0, Plan.model_validate(SMALL))
    return [small, *(PlanPreset(str(size), size, preset(size)) for size in sorted(PRESETS))]


def choose_preset(base: str, memory_bytes: int) -> PlanPreset:
    """Return the preset for a base ("bundled", the small real one, or a folder) on a machine with so much memory."""
    every = list_presets()
    if base == "bundled":
        return every[0]
    if base == REAL:
        return PlanPreset("small", 0, Plan.model_validate({**SMALL, "iters": REAL_BATCHES}))
    big = [preset for preset in every[1:] if preset.gigabytes * GIB <= memory_bytes * 1.05]
    return big[-1] if big else every[1]

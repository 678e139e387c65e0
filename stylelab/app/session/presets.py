"""Plans to start from: by the machine's memory, and one for the small base that comes along.

In: memory or a base. Out: a Plan. Next: wizard, training page.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.app.texts.words import translate
from stylelab.basemodels.identity import BUNDLED_ENTRY, resolve
from stylelab.training.base_fit import choose_base_plan
from stylelab.training.defaults import TABLE, choose_defaults
from stylelab.training.plan import Plan
from stylelab.training.presets import PRESETS, choose_memory_preset, preset


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
    small = PlanPreset("small", 0, choose_defaults(TABLE[0].parameters, 0, 0))
    return [small, *(PlanPreset(str(size), size, preset(size)) for size in sorted(PRESETS))]


def choose_preset(base: str, memory_bytes: int) -> PlanPreset:
    """Return the preset for the small base ("bundled") or for a large one on a machine with so much memory."""
    small, *large = list_presets()
    if base == BUNDLED_ENTRY:
        return small
    size = choose_memory_preset(memory_bytes)
    return next(preset for preset in large if preset.gigabytes == size)


def choose_plan(base: str, memory_bytes: int) -> Plan:
    """Return the plan that a new project starts from: its base's.

    Args:
        base: A project's entry: "bundled", a name in the library, or a folder.

    Raises:
        ModelError: There is no whole base model.
    """
    return choose_base_plan(resolve(base), memory_bytes)

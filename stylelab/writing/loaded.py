"""Keep one base in memory and switch between its adapters: by name, one at a time, each at a scale.

In: a model folder, stored adapters. Out: a LoadedBase whose model writes as the chosen adapter. Next: engine, compare, batch.
No project is needed. Another adapter of the same shape takes the place of the former by exchanging arrays; the base stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import mlx.core as mx

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import Base, load
from stylelab.errors import AdapterError
from stylelab.notes import Note
from stylelab.recipe import BasePart


class LoadedBase:
    """A base that was loaded once, with its identity and the adapters it can write as.

    Args:
        base: The loaded model. It must carry no adapter yet.
        identity: Its hashes; adapters of another base are refused.
    """

    def __init__(self, base: Base, identity: BasePart) -> None:
        self.base = base
        self.identity = identity
        self._adapters: dict[str, StoredAdapter] = {}
        self._chosen: str | None = None
        self._attached: str | None = None  # whose weights stand in the layers, at whatever scale
        self._shape: LoraParameters | None = None  # of those layers

    @classmethod
    def load(cls, folder: Path, adapters: Mapping[str, StoredAdapter] | None = None) -> LoadedBase:
        """Load a base model from its folder, for adapters that are checked before the weights are read.

        Raises:
            AdapterError: One was trained on another base.
            ModelError: The base cannot be loaded.
        """
        identity = identify(folder)
        for adapter in (adapters or {}).values():
            require_base(adapter, identity)
        loaded = cls(load(folder), identity)
        for name, adapter in (adapters or {}).items():
            loaded.add(name, adapter)
        return loaded

    @property
    def adapters(self) -> Mapping[str, StoredAdapter]:
        """The adapters added so far, by name."""
        return self._adapters

    @property
    def chosen(self) -> str | None:
        """The name of the adapter that writes; None for the base alone."""
        return self._chosen

    @property
    def scale(self) -> float:
        """The scale at which the chosen adapter acts; 0 for the base alone."""
        layers = lora.find_lora_layers(self.base.model)
        return layers[0][1].scale if layers else 0.0

    @scale.setter
    def scale(self, value: float) -> None:
        lora.set_scale(self.base.model, value)

    def add(self, name: str, adapter: StoredAdapter) -> None:
        """Take an adapter under a name; one of the same name is replaced.

        Raises:
            AdapterError: It was trained on another base.
        """
        require_base(adapter, self.identity)
        self._adapters[name] = adapter
        if self._attached == name:
            self._attached = None
            self.choose(None)

    def choose(self, name: str | None, scale: float | None = None) -> None:
        """Write as an adapter from now on, dropout off, or as the base alone.

        Args:
            name: One of `adapters`; None for the base alone, bit for bit.
            scale: The training scale by default.

        Raises:
            AdapterError: There is none of that name, or it does not fit the base's layers; then the base alone writes.
        """
        if name is not None and name not in self._adapters:
            raise AdapterError(
                f"There is no adapter '{name}' on this base.",
                remedy=f"Name one of: {', '.join(self._adapters) or 'none was added'}.",
                code="adapter_missing",
            )
        self._chosen, self.scale = None, 0.0
        if name is None:
            return
        adapter = self._adapters[name]
        if name != self._attached:
            self._attach(adapter)
            self._attached = name
        self._chosen, self.scale = name, adapter.parameters.scale if scale is None else scale

    def _attach(self, adapter: StoredAdapter) -> None:
        """Put an adapter's weights into layers of its shape."""
        model = self.base.model
        self._attached = None
        if self._shape != adapter.parameters:
            lora.detach(model)
            self._shape = None
            lora.attach(model, adapter.parameters, seed=0)
            self._shape = adapter.parameters
            self.scale = 0.0
        lora.load_weights(model, adapter.weights)
        model.eval()
        mx.eval(model.parameters())


def require_base(adapter: StoredAdapter, identity: BasePart) -> None:
    """Refuse a base other than the adapter's own: other weights, another tokenizer, another chat template.

    Raises:
        AdapterError: A hash differs; the parts are named.
    """
    trained = adapter.recipe.base
    parts = trained.list_differences(identity)
    if "weights" in parts:
        now = f"other weights of {trained.name}" if identity.name == trained.name else identity.name
        raise AdapterError(
            f"This adapter was trained on {trained.name}, and the base now is {now}.",
            remedy="Set 'base' in project.yaml to the model that it was trained on, or train again on the one that is there.",
            code="adapter_base",
        )
    if parts:
        raise AdapterError(
            f"The {' and the '.join(parts)} of {identity.name} changed since this adapter was trained on it.",
            remedy="Put the model's former files back, or train again on the model as it is now.",
            code="adapter_base",
        )


def note_scale(scale: float, trained: float) -> tuple[str, ...]:
    """Return a note if the scale is not the training scale."""
    if scale == trained:
        return ()
    return (Note("scale {scale}, trained at {trained}", scale=f"{scale:g}", trained=f"{trained:g}"),)

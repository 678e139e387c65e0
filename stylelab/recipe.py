"""The Recipe: all that training and writing must share, by value, sealed with a hash.

Made by the pairs job from a persona and a base, carried by the dataset and by the adapter, read back by writing.
METHOD: "training and writing see the same distribution".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stylelab.errors import RecipeError
from stylelab.files import read_json, sha256_json, write_json

ContentType = Literal["NARRATIVE", "CONCEPTUAL"]
Perspective = Literal["first_person_singular", "first_person_plural", "second_person", "third_person", "impersonal"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Constraint(Part):
    """A line of advice and the share of prompts it appears in (0 to 1]."""

    text: str = Field(min_length=1)
    share: float = Field(gt=0, le=1)


class Frames(Part):
    """Situations to write from, per content type."""

    NARRATIVE: tuple[str, ...] = Field(min_length=1)
    CONCEPTUAL: tuple[str, ...] = Field(min_length=1)


class Sampling(Part):
    """How writing samples by default; a draft, not a law: changing it is no deviation of the prompt."""

    temperature: float = Field(0.8, ge=0, le=2)
    top_p: float = Field(0.95, gt=0, le=1)
    repetition_penalty: float = Field(1.1, ge=1, le=2)


class PersonaPart(Part):
    """A persona by value."""

    name: str
    author: str
    worldview: str
    default_perspective: Perspective
    default_content: ContentType
    frames: Frames
    instructions: tuple[str, ...] = Field(min_length=1)
    constraints: tuple[Constraint, ...]
    sampling: Sampling


class Tool(Part):
    """A function that shaped the data, by name, version and parameters."""

    name: str
    version: int
    parameters: dict[str, float | int | str] = {}


class BasePart(Part):
    """The base model's identity: name for people, hashes for machines."""

    name: str
    weights_sha256: str
    tokenizer_sha256: str


class Recipe(Part):
    """Everything that training and writing share. Frozen; its hash covers every field."""

    schema_version: Literal[1] = 1
    persona: PersonaPart
    template: str
    separator: str
    word_count_line: str
    language: Tool
    classifier: Tool
    rewriter: Tool
    perturbation: Tool
    scale: float = Field(gt=0)
    base: BasePart
    seed: int

    @property
    def hash(self) -> str:
        """SHA-256 over all fields, in hex."""
        return sha256_json(self.model_dump(mode="json"))

    def with_scale(self, scale: float) -> Recipe:
        """Return the same recipe sealed at another training scale."""
        return self.model_copy(update={"scale": scale})

    def save(self, path: Path) -> None:
        """Write the recipe with its hash, atomically."""
        write_json(path, {"hash": self.hash, **self.model_dump(mode="json")})

    @classmethod
    def load(cls, path: Path) -> Recipe:
        """Read a recipe and verify its seal.

        Raises:
            RecipeError: Missing, damaged, or changed since it was sealed.
        """
        if not path.is_file():
            raise RecipeError(
                f"There is no recipe at {path}.", remedy="Run 'stylelab pairs make' first.", code="recipe_missing"
            )
        value: Any = read_json(path)
        seal: Any = cast("dict[str, Any]", value).pop("hash", None) if isinstance(value, dict) else None
        try:
            recipe = cls.model_validate(value)
        except ValidationError as error:
            raise RecipeError(
                f"{path} is not a recipe: {error.errors()[0]['msg']}.", remedy="Make the pairs again."
            ) from error
        if seal != recipe.hash:
            raise RecipeError(
                f"{path} was changed after it was sealed.",
                remedy="Restore it or make the pairs again.",
                code="recipe_seal",
            )
        return recipe


def diff(a: Recipe, b: Recipe) -> list[str]:
    """Return what differs between two recipes, one line in words per field; empty when they are equal."""

    def walk(name: str, x: Any, y: Any) -> list[str]:
        if x == y:
            return []
        if isinstance(x, dict) and isinstance(y, dict):
            x, y = cast("dict[str, Any]", x), cast("dict[str, Any]", y)
            return [
                line
                for key in sorted({*x, *y})
                for line in walk(f"{name}.{key}" if name else key, x.get(key), y.get(key))
            ]
        return [f"{name}: {x!r} became {y!r}"]

    return walk("", a.model_dump(mode="json"), b.model_dump(mode="json"))

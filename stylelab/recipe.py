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
Variant = Literal["neutral", "dropout", "abstract"]


RECIPE_SCHEMA: Literal[2] = 2


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


class ObserverPart(Part):
    """Who tells it in the third person."""

    noun: str = Field("the observer", min_length=1, max_length=40)
    pronoun: Literal["he", "she", "they"] = "they"


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
    observer: ObserverPart = Field(default_factory=lambda: ObserverPart.model_validate({}))


class Tool(Part):
    """A function that shaped the data, by name, version and parameters."""

    name: str
    version: int
    parameters: dict[str, float | int | str] = {}


class PairsPlan(Part):
    """Which pairs are made of a passage, and how. Defaults are METHOD §3's; pairs.yaml holds a project's own."""

    rewriter: Literal["rules", "local", "remote"] = Field(
        "rules", description="What makes text plain: rules (no model), a local instruct model, or a remote endpoint."
    )
    model: str = Field("", description="local: the instruct model's folder. remote: the model's name there.")
    endpoint: str = Field(
        "", description="remote: the address of an OpenAI-compatible server. Text leaves this machine."
    )
    pivot: str = Field(
        "simplified Mandarin Chinese",
        min_length=2,
        max_length=60,
        description="local, remote: the language in between.",
    )
    pipeline: str = Field("bundled", description="The spaCy pipeline: bundled, or one that is installed.")
    variants: tuple[Variant, ...] = Field(
        ("neutral", "dropout", "abstract"),
        min_length=1,
        description="Inputs of the author's text: neutral; dropout (no adjectives or adverbs); abstract (nouns become [THING]).",
    )
    robustness: bool = Field(True, description="One more pair with a heavily damaged neutral input.")
    perspectives: tuple[Perspective, ...] = Field(
        ("first_person_plural", "third_person", "impersonal"),
        description="Points of view that both sides of a pair are turned to; add second_person for an author who uses it.",
    )
    snowflake: bool = Field(False, description="One more pair with the topic swapped; needs rewriter local or remote.")
    narrativise: bool = Field(
        False, description="Turn impersonal input to the first person first, in training and in writing alike."
    )
    rate: float = Field(0.08, ge=0, le=1, description="Share of an input's words that are damaged.")
    robustness_rate: float = Field(0.15, ge=0, le=1, description="The same for the robustness pair.")
    variant_rate: float = Field(0.05, ge=0, le=1, description="The same for dropout and abstract inputs.")
    bleed_limit: float = Field(
        0.5,
        gt=0,
        le=1,
        description="Inputs of a model that give away this share of the target's distinctive words fail.",
    )
    bleed_limit_rules: float = Field(
        1.0,
        gt=0,
        le=1,
        description="The same for rewriter rules, which keeps what a text is about; 1 rejects only all of them.",
    )
    renamed: float = Field(
        0.0, ge=0, le=1, description="Share of passages with one more pair in which names are changed."
    )


class BasePart(Part):
    """The base model's identity: name for people, hashes for machines; the chat template's hash where it has one."""

    name: str
    weights_sha256: str
    tokenizer_sha256: str
    chat_sha256: str = ""

    def differences(self, other: BasePart) -> tuple[str, ...]:
        """Return which parts of two bases differ: weights, tokenizer, chat template. Names do not count."""
        parts = {"weights_sha256": "weights", "tokenizer_sha256": "tokenizer", "chat_sha256": "chat template"}
        return tuple(words for field, words in parts.items() if getattr(self, field) != getattr(other, field))


class Recipe(Part):
    """Everything that training and writing share. Frozen; its hash covers every field."""

    schema_version: Literal[2] = RECIPE_SCHEMA
    persona: PersonaPart
    template: str
    separator: str
    word_count_line: str
    language: Tool
    classifier: Tool
    rewriter: Tool
    perturbation: Tool
    scale: float = Field(gt=0)
    pairs: PairsPlan = Field(default_factory=lambda: PairsPlan.model_validate({}))
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
        if isinstance(value, dict) and cast("dict[str, Any]", value).get("schema_version", 0) != RECIPE_SCHEMA:
            raise RecipeError(
                f"{path} was sealed by another version of StyleLab.",
                remedy="Make the pairs again, and train on them.",
                code="recipe_schema",
            )
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


SAID = {
    "schema_version": "the recipe's format",
    "word_count_line": "the line that asks for a length",
    "template": "the prompt's template",
    "rewriter": "the rewriter",
    "language": "the language pipeline",
    "classifier": "the classifier",
    "perturbation": "the damage to inputs",
    "pairs": "the plan of pairs",
    "base": "the base model",
    "parameters": "",
    "weights_sha256": "weights",
    "tokenizer_sha256": "tokenizer",
    "chat_sha256": "chat template",
}


def diff(a: Recipe, b: Recipe) -> list[str]:
    """Return what differs between two recipes, one sentence each; empty when they are equal."""

    def walk(names: tuple[str, ...], x: Any, y: Any) -> list[str]:
        if x == y:
            return []
        if isinstance(x, dict) and isinstance(y, dict):
            x, y = cast("dict[str, Any]", x), cast("dict[str, Any]", y)
            keys = list(dict.fromkeys([*x, *y]))
            return [line for key in keys for line in walk((*names, key), x.get(key), y.get(key))]
        return [f"{said(names)} {changed(x, y)}"]

    return walk((), a.model_dump(mode="json"), b.model_dump(mode="json"))


def said(names: tuple[str, ...]) -> str:
    """Return the words for a field's path, outermost first: "The persona: frames, narrative"."""
    words = [SAID.get(name, name.replace("_", " ").lower()) for name in names]
    words = [word for word in words if word]
    first = words[0] if words[0].startswith("the ") else f"the {words[0]}"
    return ": ".join(
        [first[0].upper() + first[1:], ", ".join(words[1:])] if words[1:] else [first[0].upper() + first[1:]]
    )


def changed(x: Any, y: Any) -> str:
    """Return how one value became another; of lists, what was added and what was taken away."""
    if isinstance(x, list) and isinstance(y, list):
        old, new = cast("list[Any]", x), cast("list[Any]", y)
        gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
        parts = [f"lost {plainly(v)}" for v in gone] + [f"gained {plainly(v)}" for v in come]
        return ", ".join(parts) + "." if parts else "changed order."
    if x is None or y is None:
        return f"gained {plainly(y)}." if x is None else f"lost {plainly(x)}."
    return f"changed from {plainly(x)} to {plainly(y)}."


def plainly(value: Any) -> str:
    """Return a value as a person reads it; hashes and long texts are shortened."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{k} {plainly(v)}" for k, v in cast("dict[str, Any]", value).items())
    if isinstance(value, list):
        return ", ".join(plainly(v) for v in cast("list[Any]", value)) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    if len(text) == 64 and set(text) <= set("0123456789abcdef"):
        return text[:12]
    if not isinstance(value, str):
        return text
    return f"“{text if len(text) <= 80 else text[:77] + '…'}”"

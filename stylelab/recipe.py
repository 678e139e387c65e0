"""The Recipe: all that training and writing must share, by value, sealed with a hash.

Made by the pairs job from a persona and a base, carried by the dataset and by the adapter, read back by writing.
Source: docs/method.md, "The one law": training and writing see the same distribution.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stylelab.errors import RecipeError
from stylelab.files import read_json, sha256_json, write_json
from stylelab.settings.declaration import setting

ContentType = Literal["NARRATIVE", "CONCEPTUAL"]
Perspective = Literal["first_person_singular", "first_person_plural", "second_person", "third_person", "impersonal"]
Variant = Literal["neutral", "dropout", "abstract"]


RECIPE_SCHEMA: Literal[2] = 2
PIVOT_AUTO, PIVOT_PLAIN = "auto", "plain"  # beside languages: found by trying three passages; no language in between
PIVOT_LANGUAGE = "simplified Mandarin Chinese"  # the language between where nothing was decided (METHOD §3)


class RecipePart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Constraint(RecipePart):
    """A line of advice and the share of prompts it appears in (0 to 1]."""

    text: str = setting(..., "Advice", "One line.", min_length=1)
    share: float = setting(..., "Share of prompts", "Share of the prompts in which it stands.", gt=0, le=1)


class Frames(RecipePart):
    """Situations to write from, per content type."""

    NARRATIVE: tuple[str, ...] = setting(
        ...,
        "Situations for stories",
        "One a line. Where the author is and what they are doing, never who they are.",
        min_length=1,
    )
    CONCEPTUAL: tuple[str, ...] = setting(
        ..., "Situations for thoughts", "The same, for texts that tell no story.", min_length=1
    )


class SamplingPart(RecipePart):
    """The sampling that writing uses by default; another choice is not a deviation from the recipe."""

    temperature: float = setting(0.8, "Temperature", "How freely words are chosen; 0 takes the likeliest.", ge=0, le=2)
    top_p: float = setting(0.95, "Top-p", "Share of the likeliest words that are chosen among.", gt=0, le=1)
    repetition_penalty: float = setting(
        1.1, "Repetition penalty", "How much less likely a word becomes that was used; 1 for no less.", ge=1, le=2
    )


class ObserverPart(RecipePart):
    """The noun and the pronoun that stand for the author in third-person texts."""

    noun: str = setting("the observer", "Noun", "What the teller is called at first.", min_length=1, max_length=40)
    pronoun: Literal["he", "she", "they"] = setting("they", "Pronoun", "What the teller is called then.")


class PersonaPart(RecipePart):
    """A persona by value."""

    name: str = setting(..., "Name", "What the persona is called.")
    author: str = setting(..., "Author", "Whose voice it is.")
    worldview: str = setting(..., "Worldview", "How this author sees things, in a sentence or two.")
    default_perspective: Perspective = setting(..., "Perspective", "How this author tells it.")
    default_content: ContentType = setting(
        ...,
        "When a text could be either",
        "Which situations it gets.",
        choices={"NARRATIVE": "Stories", "CONCEPTUAL": "Thoughts"},
    )
    frames: Frames = setting(..., "Situations", "Where the author writes from.")
    instructions: tuple[str, ...] = setting(..., "Instructions", "One a line. Each asks for the text.", min_length=1)
    constraints: tuple[Constraint, ...] = setting(
        ..., "Advice", "Each appears in its share of the prompts, two to four in any one."
    )
    sampling: SamplingPart = setting(..., "Sampling", "How writing chooses its words.")
    observer: ObserverPart = setting(
        ...,
        "Observer",
        "Who tells it in the third person.",
        default_factory=lambda: ObserverPart.model_validate({}),
    )


class Tool(RecipePart):
    """A tool that shaped the data, with its version and parameters."""

    name: str
    version: int
    parameters: dict[str, float | int | str] = {}


class PairsPlan(RecipePart):
    """Which pairs are made of a passage, and how. Defaults are METHOD §3's; pairs.yaml holds a project's own."""

    rewriter: Literal["rules", "local", "remote"] = setting(
        "rules",
        "Rewriter",
        "What makes text plain: rules (no model), a local instruct model, or a remote endpoint.",
        choices={"rules": "rules", "local": "local model", "remote": "server"},
    )
    model: str = setting("", "Model", "local: the instruct model's folder. remote: the model's name there.")
    endpoint: str = setting(
        "", "Server", "remote: the address of an OpenAI-compatible server. Text leaves this machine."
    )
    pivot: str = setting(
        PIVOT_AUTO,
        "Way of rewriting",
        "local, remote: auto (tried on three passages), plain (said again in plain sentences), or a language in between.",
        choices={PIVOT_AUTO: "found by trying", PIVOT_PLAIN: "plain sentences", PIVOT_LANGUAGE: "through Chinese"},
        advanced=True,
        min_length=2,
        max_length=60,
    )
    pipeline: str = setting(
        "bundled", "Pipeline", "The spaCy pipeline: bundled, or one that is installed.", advanced=True
    )
    variants: tuple[Variant, ...] = setting(
        ("neutral", "dropout", "abstract"),
        "Inputs",
        "Inputs of the author's text: neutral; dropout (no adjectives or adverbs); abstract (nouns become [THING]).",
        choices={"neutral": "plain", "dropout": "without adjectives", "abstract": "without nouns"},
        min_length=1,
    )
    robustness: bool = setting(True, "Damaged inputs", "One more pair with a heavily damaged neutral input.")
    perspectives: tuple[Perspective, ...] = setting(
        ("first_person_plural", "third_person", "impersonal"),
        "Perspectives",
        "Points of view that both sides of a pair are turned to; add second_person for an author who uses it.",
        choices={
            "first_person_singular": "I",
            "first_person_plural": "we",
            "second_person": "you",
            "third_person": "third person",
            "impersonal": "impersonal",
        },
    )
    snowflake: bool = setting(
        False, "Other topics", "One more pair with the topic swapped; needs rewriter local or remote."
    )
    narrativise: bool = setting(
        False,
        "First person first",
        "Turn impersonal input to the first person first, in training and in writing alike.",
        advanced=True,
    )
    rate: float = setting(0.08, "Damage", "Share of an input's words that are damaged.", advanced=True, ge=0, le=1)
    robustness_rate: float = setting(
        0.15, "Heavy damage", "The same for the robustness pair.", advanced=True, ge=0, le=1
    )
    variant_rate: float = setting(
        0.05, "Light damage", "The same for dropout and abstract inputs.", advanced=True, ge=0, le=1
    )
    bleed_limit: float = setting(
        0.5,
        "Bleed limit",
        "Inputs of a model that give away this share of the target's distinctive words fail.",
        advanced=True,
        gt=0,
        le=1,
    )
    bleed_limit_rules: float = setting(
        1.0,
        "Bleed limit, rules",
        "The same for rewriter rules and for plain sentences, which keep what a text is about; 1 rejects only all of them.",
        advanced=True,
        gt=0,
        le=1,
    )
    renamed: float = setting(
        0.0,
        "New names",
        "Share of passages with one more pair in which names are changed.",
        advanced=True,
        ge=0,
        le=1,
    )

    def settle(self, pivot: str) -> PairsPlan:
        """Return the plan as a recipe seals it: with a way of rewriting in place of "auto".

        Args:
            pivot: The way that was found by trying. `rules` asks no model, and keeps the value that it was always sealed with.
        """
        if self.pivot != PIVOT_AUTO:
            return self
        return self.model_copy(update={"pivot": PIVOT_LANGUAGE if self.rewriter == "rules" else pivot})

    @property
    def bleed_allowed(self) -> float:
        """The limit that holds for these inputs: what no translation stands between keeps more of the target's words."""
        return self.bleed_limit_rules if self.rewriter == "rules" or self.pivot == PIVOT_PLAIN else self.bleed_limit

    def allows(self, sealed: PairsPlan) -> bool:
        """Return whether a sealed plan is what this one wants; "auto" allows every way of rewriting."""
        return self.settle(sealed.pivot) == sealed


class BasePart(RecipePart):
    """The base model's identity: name for people, hashes for machines; the chat template's hash where it has one."""

    name: str
    weights_sha256: str
    tokenizer_sha256: str
    chat_sha256: str = ""

    def list_differences(self, other: BasePart) -> tuple[str, ...]:
        """Return which parts of two bases differ: weights, tokenizer, chat template. Names do not count."""
        parts = {"weights_sha256": "weights", "tokenizer_sha256": "tokenizer", "chat_sha256": "chat template"}
        return tuple(words for field, words in parts.items() if getattr(self, field) != getattr(other, field))


class Recipe(RecipePart):
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


FIELD_WORDS = {
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


def list_differences(a: Recipe, b: Recipe) -> list[str]:
    """Return what differs between two recipes, one sentence each; empty when they are equal."""

    def walk(names: tuple[str, ...], x: Any, y: Any) -> list[str]:
        if x == y:
            return []
        if isinstance(x, dict) and isinstance(y, dict):
            x, y = cast("dict[str, Any]", x), cast("dict[str, Any]", y)
            keys = list(dict.fromkeys([*x, *y]))
            return [line for key in keys for line in walk((*names, key), x.get(key), y.get(key))]
        return [f"{describe_field(names)} {describe_change(x, y)}"]

    return walk((), a.model_dump(mode="json"), b.model_dump(mode="json"))


def describe_field(names: tuple[str, ...]) -> str:
    """Return a field's path in words, outermost field first: "The persona: frames, narrative"."""
    words = [FIELD_WORDS.get(name, name.replace("_", " ").lower()) for name in names]
    words = [word for word in words if word]
    first = words[0] if words[0].startswith("the ") else f"the {words[0]}"
    return ": ".join(
        [first[0].upper() + first[1:], ", ".join(words[1:])] if words[1:] else [first[0].upper() + first[1:]]
    )


def describe_change(x: Any, y: Any) -> str:
    """Return how one value became another; of lists, what was added and what was taken away."""
    if isinstance(x, list) and isinstance(y, list):
        old, new = cast("list[Any]", x), cast("list[Any]", y)
        gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
        parts = [f"lost {format_value(v)}" for v in gone] + [f"gained {format_value(v)}" for v in come]
        return ", ".join(parts) + "." if parts else "changed order."
    if x is None or y is None:
        return f"gained {format_value(y)}." if x is None else f"lost {format_value(x)}."
    return f"changed from {format_value(x)} to {format_value(y)}."


def format_value(value: Any) -> str:
    """Return a value as a person reads it; hashes and long texts are shortened."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{k} {format_value(v)}" for k, v in cast("dict[str, Any]", value).items())
    if isinstance(value, list):
        return ", ".join(format_value(v) for v in cast("list[Any]", value)) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    if len(text) == 64 and set(text) <= set("0123456789abcdef"):
        return text[:12]
    if not isinstance(value, str):
        return text
    return f"“{text if len(text) <= 80 else text[:77] + '…'}”"

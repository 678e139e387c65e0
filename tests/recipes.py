"""A small recipe for tests that need one."""

from __future__ import annotations

from stylelab.recipe import BasePart, Constraint, Frames, PersonaPart, Recipe, SamplingPart, Tool


def make_recipe(base: BasePart | None = None, scale: float = 2.0) -> Recipe:
    """Return a whole recipe, of `base` if given."""
    tool = Tool(name="none", version=1)
    return Recipe(
        persona=PersonaPart(
            name="test",
            author="Nobody",
            worldview="The world is a test.",
            default_perspective="first_person_singular",
            default_content="NARRATIVE",
            frames=Frames(NARRATIVE=("It is late.",), CONCEPTUAL=("It is early.",)),
            instructions=("Write it again.",),
            constraints=(Constraint(text="Be brief.", share=1.0), Constraint(text="Be clear.", share=0.5)),
            sampling=SamplingPart.model_validate({}),
        ),
        template="{{ frame }}",
        separator="###",
        word_count_line="Write about {words} words.",
        language=tool,
        classifier=tool,
        rewriter=tool,
        perturbation=tool,
        scale=scale,
        base=base or BasePart(name="tiny", weights_sha256="0", tokenizer_sha256="0"),
        seed=42,
    )

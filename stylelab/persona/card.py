"""Read persona files: YAML with an author's frames, instructions, constraints and sampling.

In: a persona file. Out: a PersonaPart for the recipe. Next room: prompt.
"""

from __future__ import annotations

from pathlib import Path

from stylelab.errors import PersonaError
from stylelab.paths import bundled
from stylelab.recipe import PersonaPart
from stylelab.settings.reader import Faults, SettingsDocument, parse_document, read_document

SCHEMA = 1
FAULTS = Faults(PersonaError, syntax="persona_yaml", key="persona_field", value="persona_field")
FEWEST, MOST = 2, 4  # constraint lines in a prompt (METHOD §2)
MANY = 10  # constraints from which they were found not to work (METHOD §2)


def bundled_personas() -> dict[str, Path]:
    """Return the personas that come with StyleLab, by name."""
    return {path.stem: path for path in sorted(bundled("personas").glob("*.yaml"))}


def load(path: Path) -> PersonaPart:
    """Read a persona.

    Raises:
        FileError: The file cannot be read.
        PersonaError: It is no YAML or not what a persona must be; field, line and column are named.
    """
    return build(read_document(path, FAULTS))


def parse(text: str, name: str) -> PersonaPart:
    """Return the persona that a YAML text describes.

    Raises:
        PersonaError: As `load`.
    """
    return build(parse_document(text, name, FAULTS))


def build(document: SettingsDocument) -> PersonaPart:
    """Return the persona that a document describes.

    Raises:
        PersonaError: It is of another schema, or not what a persona must be.
    """
    if document.value.pop("schema", None) != SCHEMA:
        raise PersonaError(
            f"{document.describe_place(['schema'])}: this does not say 'schema: {SCHEMA}'.",
            remedy="Write that line, or update StyleLab.",
            code="persona_schema",
        )
    return document.build(PersonaPart)


def advice(persona: PersonaPart) -> list[str]:
    """Return advice about parts of a persona that were found not to work, in sentences."""
    out: list[str] = []
    frames = [*persona.frames.NARRATIVE, *persona.frames.CONCEPTUAL]
    for frame in frames:
        if frame.startswith("You are ") and "ing" not in frame[:40]:
            out.append(
                f"A frame says who the writer is, not where: “{frame[:60]}”. Situations work, identities do not."
            )
    if len(persona.constraints) >= MANY:
        out.append(f"{len(persona.constraints)} constraints are too many: ten or more were found not to work.")
    total = sum(c.share for c in persona.constraints)
    if len(persona.constraints) >= FEWEST and not FEWEST <= total <= MOST:
        out.append(
            f"The constraints' shares add up to {total:.1f} lines in a prompt; {FEWEST} to {MOST} are used, so shares shift."
        )
    return out

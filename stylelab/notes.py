"""Notes tell a user something that is no error: an English sentence with its values, so that the window can translate it.

In: a sentence with places to fill in, and values. Out: a Note, which is the sentence. Next: a job's warnings, the window.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def fill_places(template: str, values: Mapping[str, str]) -> str:
    """Return a sentence with values at its places, as {count}; a brace written twice is one brace.

    The sentence may come from a file of somebody else's: `str.format` would let it reach into Python's objects. A place without
    a value stays as it is.
    """
    return PLACE.sub(lambda place: values.get(place[1], place[0]) if place[1] else place[0][0], template)


class Note(str):
    """A sentence for the user; a str to whoever only shows it.

    Args:
        template: The sentence, with plain places like {count}.
        values: What stands there; an integer is written with thousands separated.
    """

    template: str
    values: dict[str, int | str]

    def __new__(cls, template: str, **values: int | str) -> Note:
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        note = super().__new__(cls, fill_places(template, shown))
        note.template, note.values = template, values
        return note

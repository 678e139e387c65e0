"""What a job warned of, in the user's language.

In: warnings, or a dataset's audit. Out: text. Next: window, the pairs page. A warning that no catalogue has stays in the room's
own English, and where the user reads another language it goes under the details, as with errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QLocale

from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.events import Warn
from stylelab.notes import Note, fill_places
from stylelab.pairs.audit import Leak, list_warnings


def describe_warnings(warned: Sequence[Warn]) -> tuple[str, str]:
    """Return what a sheet says about a job's warnings, and its details; what was said twice stands once."""
    english = QLocale().language() == QLocale.Language.English
    said: list[str] = []
    details: list[str] = []
    for warn in {warn.message: warn for warn in warned}.values():
        own = _translate_warning(warn)
        if own or english:
            said.append(own or warn.message)
        else:
            details.append(translate("remedies", "Message: {words}").format(words=warn.message))
    return "\n\n".join(said) or translate("remedies", "The details say more."), "\n\n".join(details)


def translate_note(note: Note) -> str:
    """Return a note in the user's language; in the room's own English where no catalogue has it."""
    return _translate_warning(Warn.of(note)) or str(note)


def describe_audit(audit: Mapping[str, Any]) -> str:
    """Return what a user should know about a dataset, from its audit's figures."""
    if not audit:
        return ""
    found = list_warnings(audit["shares"], audit["splits"]["train"], [Leak(**row) for row in audit["leaks"]])
    return "\n".join(_translate_warning(Warn.of(note)) or note for note in found)


def _translate_warning(warn: Warn) -> str:
    """Return a warning in the user's language; empty where that is not English and there is no translation."""
    said = translate("notes", warn.template) if warn.template else ""
    if said == warn.template and QLocale().language() != QLocale.Language.English:
        return ""
    shown = {
        name: words.format_number(value) if isinstance(value, int) else value for name, value in warn.values.items()
    }
    if "split" in shown:
        shown["split"] = words.translate_kind(shown["split"])
    return fill_places(said, shown)

"""What settings are called in the window's language. Nothing is declared here: the words stand where the setting does.

In: a model with declared settings. Out: the same declarations, translated. Next: forms and pages.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from stylelab.app.texts.words import translate
from stylelab.settings.declaration import Declaration, describe_settings


def translate_settings(model: type[BaseModel]) -> dict[str, Declaration]:
    """Return what is declared of a model's settings, by the field's name, in the window's language."""

    def say(text: str) -> str:
        return translate("settings", text) if text else ""

    return {
        name: replace(
            declared,
            title=say(declared.title),
            meaning=say(declared.meaning),
            unit=say(declared.unit),
            choices={value: say(text) for value, text in declared.choices.items()},
        )
        for name, declared in describe_settings(model).items()
    }

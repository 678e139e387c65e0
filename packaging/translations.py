"""Collect the window's texts into the catalogues, and compile them for Qt: `make translations`, after any text has changed.

In: stylelab/app; the notes, settings and jobs that other rooms declare, what base models are good for. Out:
resources/translations/*.ts, which people translate (Qt Linguist opens them), and the *.qm that the window loads. English needs a
catalogue for its plurals alone. Qt's own collector passes over calls with a computed number.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

from stylelab.basemodels.catalogue import load_catalogue
from stylelab.jobs.catalogue.jobs import JOBS

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = {"de": "de_DE", "en": "en_GB"}
FORMS = 2  # singular and plural, in both languages
# Records that other rooms declare in English and the window shows: the list their texts stand in, and which arguments are texts.
DECLARED = {"ExportFormat": ("formats", ("title", "purpose"))}


@dataclass(frozen=True, order=True)
class Text:
    """A text of the window: the class or list it stands in, and its English words. One with %n has two forms."""

    context: str
    source: str

    @property
    def counted(self) -> bool:
        return "%n" in self.source


def catalogue(language: str) -> Path:
    """Return a language's catalogue."""
    return FOLDER / f"stylelab_{language}.ts"


def texts() -> list[Text]:
    """Return every text of the window, sorted."""
    found = {Text("jobs", text) for job in JOBS.values() for text in job.texts}
    found |= {Text("catalogue", entry.good_for) for entry in load_catalogue()}
    for path in (ROOT / "stylelab").rglob("*.py"):
        found.update(texts_of(ast.parse(path.read_text(encoding="utf-8")), ""))
    return sorted(found)


def texts_of(node: ast.AST, owner: str) -> Iterator[Text]:
    """Yield the texts in a tree: `self.tr("…")`, `translate("list", "…")`, any room's `Note("…")`, `setting(…)` and DECLARED."""
    for child in ast.iter_child_nodes(node):
        yield from texts_of(child, child.name if isinstance(child, ast.ClassDef) else owner)
        if not isinstance(child, ast.Call):
            continue
        name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
        said = [part.value for part in child.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name == "tr" and said:
            yield Text(owner, said[0])
        elif name == "Note" and said:
            yield Text("notes", said[0])
        elif name == "setting":
            yield from (Text("settings", said) for said in texts_of_setting(child))
        elif name == "translate" and len(said) >= 2:
            yield Text(said[0], said[1])
        elif name in DECLARED:
            context, names = DECLARED[name]
            values = [getattr(word.value, "value", None) for word in child.keywords if word.arg in names]
            yield from (Text(context, value) for value in values if isinstance(value, str))


def texts_of_setting(call: ast.Call) -> Iterator[str]:
    """Yield what `setting(default, title, meaning, unit=…, choices={…})` declares in words."""
    given = {word.arg: word.value for word in call.keywords}
    choices = given.get("choices")
    parts = [*call.args[1:3], given.get("unit"), *(choices.values if isinstance(choices, ast.Dict) else ())]
    yield from (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def read(path: Path) -> dict[Text, list[str]]:
    """Return a catalogue's translations; a text without one is left out."""
    found: dict[Text, list[str]] = {}
    for context in ET.parse(path).getroot().iter("context") if path.is_file() else ():
        for message in context.iter("message"):
            place = message.find("translation")
            forms = [] if place is None else [form.text or "" for form in place.iter("numerusform")]
            said = forms or [(place.text if place is not None else "") or ""]
            if all(said):
                found[Text(context.findtext("name") or "", message.findtext("source") or "")] = said
    return found


def write(path: Path, language: str, wanted: list[Text], known: dict[Text, list[str]]) -> int:
    """Write a catalogue of the texts wanted; return how many wait for a translation."""
    root = ET.Element("TS", version="2.1", language=LANGUAGES[language], sourcelanguage="en_GB")
    waiting = 0
    for name in sorted({text.context for text in wanted}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text in wanted:
            if text.context != name:
                continue
            message = ET.SubElement(context, "message", {"numerus": "yes"} if text.counted else {})
            ET.SubElement(message, "source").text = text.source
            said = known.get(text)
            place = ET.SubElement(message, "translation", {} if said else {"type": "unfinished"})
            waiting += said is None
            if not text.counted:
                place.text = said[0] if said else ""
            for form in (said or [""] * FORMS) if text.counted else ():
                ET.SubElement(place, "numerusform").text = form
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return waiting


def release(ts: Path, to: Path) -> None:
    """Compile a catalogue with Qt's own tool."""
    tool = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([tool, "-silent", ts, "-qm", to], check=True)


def wanted_in(language: str) -> list[Text]:
    """Return the texts that a language's catalogue has: English only those with two forms."""
    return [text for text in texts() if text.counted or language != "en"]


def main() -> int:
    """Update and compile every catalogue; return 1 while a text waits for its translation."""
    waiting = 0
    for language in LANGUAGES:
        ts = catalogue(language)
        count = write(ts, language, wanted_in(language), read(ts))
        release(ts, ts.with_suffix(".qm"))
        print(f"{ts.name}: {count} to translate")
        waiting += count
    return min(waiting, 1)


if __name__ == "__main__":
    sys.exit(main())

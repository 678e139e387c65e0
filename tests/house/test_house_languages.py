"""A language is a folder and a word in two lists: no other code knows which languages there are."""

from __future__ import annotations

import ast

import pytest
from house_source import ROOT, modules

from stylelab.language.books import WORDS

LISTS = {"stylelab/language/books.py", "stylelab/language/languages.py"}
FALLBACK = "stylelab/language/unsupported.py"  # builds on English
FOLDERS = tuple(f"stylelab.language.{path.parent.name}" for path in (ROOT / "stylelab" / "language").glob("*/words.py"))
# The window's own languages are others than those of texts.
APART = ("stylelab/app/", *(f"{folder.replace('.', '/')}/" for folder in FOLDERS))


def tell_apart(tree: ast.AST) -> list[str]:
    """Return where code names a language: its code as a text, or a module of its folder."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in WORDS:
            found.append(f"{node.lineno}: {node.value}")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(FOLDERS):
            found.append(f"{node.lineno}: {node.module}")
    return found


def test_no_code_beside_a_languages_folder_names_it() -> None:
    named = {
        module.name: found
        for module in modules()
        if module.name.startswith("stylelab/")
        and not module.name.startswith(APART)
        and (found := tell_apart(module.tree))
    }
    assert set(named) == {*LISTS, FALLBACK}, named


@pytest.mark.parametrize(
    "code", ['if parsed.language != "en":\n    pass', "from stylelab.language.english.plain import make_plain"]
)
def test_a_planted_gate_is_found(code: str) -> None:
    assert tell_apart(ast.parse(code))

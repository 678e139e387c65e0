"""Names: a class's is its own, a function's is a verb, a reference to the method points to a section that is there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest
from house_source import ROOT, files, functions, package

# Participles, adjectives and adverbs are for values and signals; a function is called by what it does.
NO_FUNCTION_NAMES = {
    "told", "said", "shown", "made", "found", "done", "own", "taken", "beside", "dressed", "fitted",
    "asked", "built", "chosen", "drawn", "given", "guarded", "heard", "held", "joined", "kept", "known", "lost", "marked",
    "near", "placed", "planned", "prepared", "put_on", "raised", "replaced", "sealed", "seen", "spoken", "stepped",
    "told_of", "turned", "unfit", "wanted", "worn", "written",
}  # fmt: skip
METHOD = ROOT / "docs" / "method.md"
REFERENCE = re.compile(r"\bmethod(?:\.md)?,? §\s*(\d+)", re.IGNORECASE)
BARE = re.compile(r"\bMETHOD\b(?! §\s*\d)")
SECTION = re.compile(r"^#+ (?:§\s*)?(\d+)\b", re.MULTILINE)
TEXT = (".py", ".md", ".yaml", ".toml")


def public_classes(source: list[tuple[str, ast.Module]]) -> dict[str, list[str]]:
    """Return where each public class at the top of a module stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, tree in source:
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{name}:{node.lineno}")
    return places


def participles(source: list[tuple[str, ast.Module]]) -> list[str]:
    """Return the functions and methods that are called by a word that is no verb; a property is a value."""
    return [
        f"{name}:{function.lineno}: {function.name}"
        for name, tree in source
        for function in functions(tree)
        if function.name.strip("_") in NO_FUNCTION_NAMES
        and not any(ast.unparse(mark).split(".")[-1] in ("property", "setter") for mark in function.decorator_list)
    ]


def lost_references(name: str, text: str, sections: set[str]) -> list[str]:
    """Return the references to the method that point nowhere."""
    out: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        wrong = [hit.group() for hit in REFERENCE.finditer(line) if hit.group(1) not in sections]
        out += [f"{name}:{number}: {reference}" for reference in (*wrong, *BARE.findall(line))]
    return out


def listed(problems: list[str]) -> str:
    return f"{len(problems)}:\n" + "\n".join(sorted(problems))


def test_a_public_class_has_a_name_of_its_own() -> None:
    places = public_classes([(module.name, module.tree) for module in package()])
    shared = [f"{name}: {', '.join(where)}" for name, where in places.items() if len(where) > 1]
    assert not shared, listed(shared)


def test_functions_are_called_by_what_they_do() -> None:
    wrong = participles([(module.name, module.tree) for module in package()])
    assert not wrong, listed(wrong)


def test_references_to_the_method_point_to_a_section() -> None:
    sections = set(SECTION.findall(METHOD.read_text(encoding="utf-8"))) if METHOD.is_file() else set[str]()
    lost: list[str] = []
    for name in files():
        if name.endswith(TEXT) and not name.startswith("tests/house/"):
            lost += lost_references(name, (ROOT / name).read_text(encoding="utf-8"), sections)
    assert not lost, listed(lost)


def test_a_class_of_two_rooms_is_found() -> None:
    one, other = ast.parse("class Draft: ..."), ast.parse("class Draft: ...\nclass _Draft: ...\nclass Page: ...")
    places = public_classes([("a.py", one), ("b.py", other)])
    assert places == {"Draft": ["a.py:1", "b.py:1"], "Page": ["b.py:3"]}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def told(): ...", 1),
        ("async def shown(): ...", 1),
        ("class A:\n    def _made(self): ...", 1),
        ("class A:\n    @property\n    def chosen(self): ...", 0),
        ("class A:\n    @chosen.setter\n    def chosen(self, value): ...", 0),
        ("def build(): ...\nmade = 1", 0),
    ],
)
def test_a_participle_is_found(source: str, count: int) -> None:
    assert len(participles([("a.py", ast.parse(source))])) == count


def test_a_reference_that_points_nowhere_is_found() -> None:
    sections = set(SECTION.findall("# The method\n## 1 Corpus\n## 2. Persona\n### §3 Pairs\n"))
    assert sections == {"1", "2", "3"}
    text = "# METHOD §1\nmethod §2, METHOD §3\nMETHOD §9\nMETHOD: the same\nthe method is old\n"
    assert lost_references("a.py", text, sections) == ["a.py:3: METHOD §9", "a.py:4: METHOD"]

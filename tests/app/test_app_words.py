"""Every word that a room names something by has the window's words, in both languages: no room's English is left on a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from stylelab.app.pages.pairs import report
from stylelab.app.session import stages
from stylelab.app.texts import words
from stylelab.corpus.clean import MANUAL, RULES
from stylelab.corpus.profile import Profile
from stylelab.corpus.repair import Repairs
from stylelab.events import RunOutcome
from stylelab.pairs import facts
from stylelab.pairs.draft import TURN
from stylelab.pairs.pair import KINDS, SPLITS
from stylelab.recipe import ContentType

PACKAGE = Path(stages.__file__).parents[2]
WORD = re.compile(r"[a-z]+(_[a-z]+)*")
LEFT = "⟂"  # stands for a word that was not found
PROFILE = Profile().compute_shares()


def word(node: ast.expr | None) -> str:
    """Return a room's word that stands in the source, or nothing."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and WORD.fullmatch(value) else ""


def sources(*places: str) -> Iterator[ast.AST]:
    """Yield every node of some rooms or files."""
    for place in places:
        path = PACKAGE / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def reasons() -> set[str]:
    """Return why the rooms leave passages and pairs out: what they raise, and what their checks return."""
    found = {"near_duplicate", "budget", "by_hand", *(f"{kind}_lost" for kind in facts.KINDS)}
    for node in sources("corpus", "pairs", "language"):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and len(node.exc.args) == 1:
            found.add(word(node.exc.args[0]))
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "problem":
            found.update(re.findall(r"'(\w+)'", ast.unparse(node.annotation)))
    for node in sources("corpus/passage.py", "pairs/checks.py", "pairs/roundtrip.py"):
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "str | None":
            returned = [inner for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value is not None]
            found.update(word(c) for r in returned for c in ast.walk(r) if isinstance(c, ast.Constant))
    return found - {""}


def attentions() -> set[str]:
    """Return why a stage needs attention."""
    return {
        word(value)
        for node in sources("app/session/stages.py")
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]).endswith("State.ATTENTION")
        for value in (node.args[-1], *(k.value for k in node.keywords))
    } - {""}


def units() -> set[str]:
    """Return what progress is counted in."""
    return {
        word(node.args[2])
        for node in sources("jobs")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "context.progress"
    } | {"updates", "words", "documents", "notes"}


CASES: dict[str, tuple[Callable[[str], str], set[str]]] = {
    "outcomes of runs": (words.translate_outcome, {*get_args(RunOutcome), "running"}),
    "rules of cleaning": (words.translate_rule, {*RULES, MANUAL}),
    "repairs": (words.translate_repair, {*Repairs.__annotations__, "page_numbers"}),
    "reasons": (words.translate_reason, reasons()),
    "scenes, points of view, tenses": (
        words.translate_scene,
        {n for kind in ("scenes", "person", "tense") for n in PROFILE[kind]},
    ),
    "kinds of pair, splits, contents": (words.translate_kind, {*KINDS, *SPLITS, *get_args(ContentType), "as_written"}),
    "stages and pages": (words.translate_stage, {*stages.STAGES, "models", "settings"}),
    "attention": (words.translate_attention, attentions()),
    "stages of the funnel": (report.name_funnel_stage, {"turn", "rewrite", "check", "split"}),
    "units": (lambda name: words.format_count(name, 3), units()),
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("case", CASES)
def test_every_word_of_a_room_has_words_in_the_window(
    case: str, language: str, tongue: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    say, names = CASES[case]
    assert len(names) > 2, "they are found"
    tongue(language)
    monkeypatch.setattr(words, "space_out", lambda name: LEFT + name)
    assert not [name for name in sorted(names) if LEFT in say(name)]


def test_words_of_rooms_are_found_in_the_source() -> None:
    assert {
        "too_short",
        "bleed",
        "number_lost",
        "refusal",
        "swap_length",
        "truncated",
        "archaic",
        "mask_lost",
    } <= reasons()
    assert {"pairs_stale", "persona_wrong", "run_diverged"} <= attentions()


def test_a_draft_that_was_not_turned_says_what_one_without_words_does_not(tongue: Callable[[str], None]) -> None:
    tongue("de")
    assert words.translate_reason(f"{TURN}letter") == words.translate_reason("letter") == "ein Brief"
    assert words.translate_outcome("early") == "vorzeitig beendet"

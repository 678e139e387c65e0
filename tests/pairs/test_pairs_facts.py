"""What a text states can be looked up in another: names, numbers, negations."""

from __future__ import annotations

import pytest

from stylelab.pairs.facts import extract_facts, find_missing_facts

SOURCE = "Ansel Merrow counted twenty-five boats and 3 lamps. He did not sleep. Nobody saw Tansy."
NAMES = ("Ansel Merrow", "Tansy", "Tansy")


def test_facts_are_counted_once_and_all_negations_are_one() -> None:
    facts = extract_facts(SOURCE, NAMES)
    assert (facts.names, facts.numbers, facts.negations) == (("Ansel Merrow", "Tansy"), {"25", "3"}, ("not", "Nobody"))
    assert facts.count == 5
    assert extract_facts("It was so.", ()).count == 0


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Merrow told 25 boats; three lamps; he slept not, and none saw Tansy’s face.", []),
        ("Merrow told the boats and three lamps; he slept not, and none saw Tansy.", [("number", "25")]),
        ("Merrow told 25 boats and three lamps; he slept, and Tansy saw.", [("negation", "not")]),
        ("He told 25 boats and three lamps; never a wink, and nobody saw her.", [("name", "Ansel Merrow"), ("name", "Tansy")]),
        ("", [("number", "25"), ("number", "3"), ("negation", "not"), ("name", "Ansel Merrow"), ("name", "Tansy")]),
    ],
)  # fmt: skip
def test_what_another_text_lacks_is_named(text: str, missing: list[tuple[str, str]]) -> None:
    found = find_missing_facts(extract_facts(SOURCE, NAMES), text)
    assert [(fact.kind, fact.text) for fact in found] == missing

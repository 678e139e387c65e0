"""Pairs: two kinds of every passage, counts that add up, splits that leak nothing."""

from __future__ import annotations

import pytest
from recipes import make_recipe

from stylelab.corpus.passage import Passage
from stylelab.errors import PairsError
from stylelab.files import sha256_text
from stylelab.language import lexicon, perturb
from stylelab.pairs import audit, checks
from stylelab.pairs.make import make, prepare
from stylelab.pairs.pair import SPLITS, Pair, Split
from stylelab.pairs.rewriters import RulesRewriter
from stylelab.pairs.split import split
from stylelab.persona.prompt import TEMPLATE

LISTS = lexicon.load()
RECIPE = make_recipe().model_copy(update={"template": TEMPLATE, "perturbation": perturb.tool(0.08, 0.15)})


def passage(document: str, position: int, text: str = "") -> Passage:
    text = (
        text
        or f"I beheld the vast abyss at number {position}; it was gloomy, and the lamp of {document} went out. Nobody came."
    )
    return Passage(f"{document}-{position}", document, position, text, 20)


def made(*passages: Passage) -> list[Pair]:
    return list(make(passages, RECIPE, RulesRewriter(LISTS), LISTS).pairs)


def test_every_passage_becomes_an_original_and_a_robustness_pair() -> None:
    pairs = made(passage("a", 0), passage("a", 1))
    assert [(p.anchor, p.kind) for p in pairs] == [
        ("a-0", "original"),
        ("a-0", "robustness"),
        ("a-1", "original"),
        ("a-1", "robustness"),
    ]
    assert all(p.completion == passage("a", p.position).text and p.input in p.prompt for p in pairs)


def test_writing_prepares_its_input_exactly_as_training_did() -> None:
    pair = made(passage("a", 0))[0]
    rewrite = RulesRewriter(LISTS).rewrite([pair.completion])[0]
    again = prepare(rewrite, RECIPE, LISTS, kind="original", words=19, key=pair.id)
    assert again.prompt == pair.prompt


def test_counts_add_up_and_reasons_are_kept() -> None:
    done = make([passage("a", 0), passage("a", 1, "Plain. Rain.")], RECIPE, RulesRewriter(LISTS), LISTS)
    assert done.rejected == (("a-1", "identical"),)
    assert [(s.entered, s.left, dict(s.dropped)) for s in done.stages] == [(2, 1, {"identical": 1}), (1, 2, {})]


def test_a_stage_that_puts_out_nothing_stops_with_the_reason() -> None:
    with pytest.raises(PairsError, match="1 identical"):
        make([passage("a", 0, "Plain. Rain.")], RECIPE, RulesRewriter(LISTS), LISTS)
    with pytest.raises(PairsError, match="nothing came in"):
        make([], RECIPE, RulesRewriter(LISTS), LISTS)


@pytest.mark.parametrize(
    ("plain", "completion", "reason"),
    [
        ("", "Text.", "empty"),
        ("A lamp.", "As an AI I cannot write.", "meta_text"),
        ("The same words here.", "The same words here!", "identical"),
        ("It cost much.", "It cost 12 pounds in all.", "number_lost"),
        ("He came to us.", "He never once came to us at all.", "negation_lost"),
        ("He did not come.", "Never once did he appear before us.", None),
    ],
)
def test_checks_by_hand(plain: str, completion: str, reason: str | None) -> None:
    assert checks.reject(plain, completion) == reason


def test_bleed_by_hand() -> None:
    assert checks.bleed("the lamp stood", "the brazen lantern stood there", LISTS) == pytest.approx(1 / 3)


def anchors(splits: dict[Split, tuple[Pair, ...]], name: Split) -> set[str]:
    return {p.anchor for p in splits[name]}


@pytest.mark.parametrize("documents", [1, 2, 3, 10])
def test_variants_of_an_anchor_never_part(documents: int) -> None:
    pairs = made(*(passage(f"d{d}", i) for d in range(documents) for i in range(10)))
    splits = split(pairs, 42)
    train, valid, test = (anchors(splits, n) for n in SPLITS)
    assert train and valid and test and not (train & valid or train & test or valid & test)
    assert sum(map(len, splits.values())) == len(pairs)
    if documents >= 3:
        owners = [{p.document for p in splits[n]} for n in SPLITS]
        assert not (owners[0] & owners[1] or owners[0] & owners[2])
    assert splits == split(pairs, 42)


def test_a_single_document_is_split_by_regions() -> None:
    splits = split(made(*(passage("d", i) for i in range(20))), 42)
    assert max(p.position for p in splits["train"]) < min(p.position for p in splits["valid"])
    assert max(p.position for p in splits["valid"]) < min(p.position for p in splits["test"])


def test_two_passages_cannot_be_split() -> None:
    with pytest.raises(PairsError, match="2 passages"):
        split(made(passage("a", 0), passage("a", 1)), 42)


def test_imbalance_and_scarcity_are_said() -> None:
    pairs = made(*(passage("a", i) for i in range(9)), passage("b", 0))
    found = audit.warnings(audit.shares(pairs), train=16)
    assert any("90%" in w for w in found) and any("16 training pairs" in w for w in found)


def test_pair_ids_are_stable() -> None:
    assert sha256_text("".join(p.prompt for p in made(passage("a", 0)))) == sha256_text(
        "".join(p.prompt for p in made(passage("a", 0)))
    )

"""Pairs: every kind of every passage, counts that add up, splits that leak nothing, prompts that writing builds again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from recipes import make_recipe

from stylelab.corpus.passage import Passage
from stylelab.errors import PairsError
from stylelab.files import sha256_json
from stylelab.language import perturb
from stylelab.language.english import classify
from stylelab.pairs import audit
from stylelab.pairs.draft import Drafter, DraftRequest, DraftTools
from stylelab.pairs.make import Limits, PairMaker, PairsResult, make_pairs
from stylelab.pairs.pair import SPLITS, Draft, Edit, Given, Pair, Split
from stylelab.pairs.prompting import frame_input
from stylelab.pairs.rewriters import load_text_tools
from stylelab.pairs.shapes import Anchor, Shape, choose_shapes, list_anchors, plan_shapes
from stylelab.pairs.split import split
from stylelab.persona.prompt import TEMPLATE
from stylelab.recipe import PairsPlan, Recipe

TOOLS = load_text_tools("bundled")


class Characters:
    """A tokenizer with one token per character."""

    def length(self, prompt: str, completion: str) -> int:
        return len(prompt) + len(completion) + 1

    def survives(self, text: str) -> bool:
        return "\u2603" not in text


LIMITS = Limits(Characters(), longest=10_000, bleed=1.0)


def recipe(**plan: object) -> Recipe:
    changes = {
        "template": TEMPLATE,
        "perturbation": perturb.build_tool(TOOLS.words, 0.08, 0.15),
        "language": TOOLS.reading.tool,
        "classifier": classify.TOOL,
        "rewriter": TOOLS.rewriter.tool,
        "pairs": PairsPlan.model_validate(plan),
    }
    return make_recipe().model_copy(update=changes)


def passage(document: str, position: int, text: str = "") -> Passage:
    text = text or (
        f"I beheld the vast abyss at number {position}; it was gloomy, and the brass lamp of {document} went out. "
        "I was afraid, and I lifted the heavy rope with my cold hands. Nobody came to the silent house."
    )
    return Passage(f"{document}-{position}", document, position, text, 20)


def made(
    *passages: Passage,
    given: list[Given] | None = None,
    edits: dict[tuple[str, str], Edit] | None = None,
    own: Recipe | None = None,
    limits: Limits = LIMITS,
) -> PairsResult:
    own = own or recipe()
    found = list_anchors(list(passages), given or [])
    requests = list(dict.fromkeys(a.request(s) for a in found for s in choose_shapes(a, own.pairs)))
    drafts = {d.key: d for d in Drafter(TOOLS, DraftTools.of_recipe(own)).draft(requests)}
    return make_pairs(found, drafts, own, DraftTools.of_recipe(own), TOOLS.words, limits, edits=edits)


def test_every_passage_becomes_a_pair_of_every_shape() -> None:
    done = made(passage("a", 0), passage("a", 1))
    names = ["original", "original-dropout", "original-abstract", "robustness", "we", "observer", "impersonal"]
    assert [p.id for p in done.pairs] == [f"a-{n}-{name}" for n in (0, 1) for name in names]
    own = {p.id.removeprefix("a-0-"): p for p in done.pairs if p.anchor == "a-0"}
    written = passage("a", 0).text
    assert all(own[n].completion == written for n in names[:4])
    assert "We beheld" in own["we"].completion and "we lifted" in own["we"].completion.lower()
    assert "observer" in own["observer"].completion and own["observer"].perspective == "third_person"
    assert "I" not in own["we"].completion.split() and " we " in f" {own['we'].input.lower()} "
    assert "[THING]" in own["original-abstract"].input and "heavy" not in own["original-dropout"].input
    assert all(p.input in p.prompt for p in done.pairs)


def test_the_plan_chooses_the_shapes() -> None:
    plan = PairsPlan.model_validate({"variants": ("neutral",), "perspectives": (), "robustness": False})
    assert [s.name for s in plan_shapes(plan)] == ["original"]
    plan = PairsPlan.model_validate({"perspectives": ("second_person",), "snowflake": True, "renamed": 0.5})
    assert [s.name for s in plan_shapes(plan)][-3:] == ["you", "snowflake", "original-renamed"]


@pytest.mark.parametrize("shape", ["original", "original-dropout", "robustness", "we", "observer", "impersonal"])
def test_writing_builds_the_prompt_that_training_built(shape: str) -> None:
    own = recipe()
    pair = next(p for p in made(passage("a", 0)).pairs if p.id == f"a-0-{shape}")
    draft = Drafter(TOOLS, DraftTools.of_recipe(own)).draft([DraftRequest(pair.completion, "as_written")])[0]
    plain = draft.dropout if pair.variant == "dropout" else draft.plain
    words = len(pair.completion.split())
    again = frame_input(
        plain, draft.content, own, TOOLS.words, source=pair.completion, words=words, variant=pair.variant,
        heavy=pair.kind == "robustness",
    )  # fmt: skip
    assert again.prompt == pair.prompt


def test_counts_add_up_and_reasons_are_kept() -> None:
    done = made(passage("a", 0), passage("a", 1, "Rain. Mud. Wind. Cold."))
    reasons = Counter(p.reason for p in done.rejected)
    assert reasons["identical"] >= 1 and {p.anchor for p in done.rejected} == {"a-1"}
    turn, rewrite, check = done.stages
    assert (turn.stage, turn.entered, turn.left, dict(turn.dropped)) == ("turn", 6, 3, {"no_first_person": 3})
    assert (rewrite.entered, rewrite.left) == (11, 11)
    assert check.entered == 11 and check.left == len(done.pairs) and sum(check.dropped.values()) == len(done.rejected)
    assert check.entered - check.left == sum(check.dropped.values())


def test_a_stage_that_puts_out_nothing_stops_with_the_reason() -> None:
    own = recipe(variants=("neutral",), robustness=False, perspectives=())
    with pytest.raises(PairsError, match="1 identical"):
        made(passage("a", 0, "Rain. Mud. Wind."), own=own)
    with pytest.raises(PairsError, match="nothing came in"):
        made()


def test_what_a_person_decided_goes_before_the_checks() -> None:
    text = "Rain. Mud. Wind. Cold."
    anchor = Anchor("a-1", "a", 1, text)
    other = list_anchors([passage("a", 0)], [])[0]
    edits = [
        Edit(anchor.sha256, "original", "accept"),
        Edit(other.sha256, "original", "reject"),
        Edit(other.sha256, "we", None, "We saw a deep hole at number 0. Our lamp went out. Nobody came.", None),
        Edit(other.sha256, "impersonal", None, None, ""),
    ]
    done = made(passage("a", 0), passage("a", 1, text), edits={(e.anchor_sha256, e.shape): e for e in edits})
    kept = {p.id: p for p in done.pairs}
    reasons = {p.id: p.reason for p in done.rejected}
    assert kept["a-1-original"].edited and reasons["a-0-original"] == "by_hand"
    assert kept["a-0-we"].edited and "deep hole" in kept["a-0-we"].prompt and kept["a-0-we"].completion.startswith("We")
    assert reasons["a-0-impersonal"] == "empty"
    again = made(passage("b", 7, passage("a", 0).text), edits={(e.anchor_sha256, e.shape): e for e in edits})
    assert {p.id: p.reason for p in again.rejected}["b-7-original"] == "by_hand"  # the text is the same, elsewhere


def test_given_pairs_are_made_plain_as_writing_would_and_keep_their_target() -> None:
    given = Given(
        "g" * 64,
        "letters.jsonl",
        3,
        "The lamp was utterly dark; I left.",
        "Dark lay the lamp. I went.",
        {"mood": "low"},
    )
    done = made(passage("a", 0), given=[given])
    pair = done.pairs[-1]
    assert (pair.kind, pair.document, pair.position) == ("harvest", "given:letters.jsonl", 3)
    assert pair.completion == given.target and "utterly" not in pair.input and pair.category == {"mood": "low"}


def test_names_change_on_both_sides() -> None:
    text = (
        "I met Mr. Henry Marsh in Vienna; he was a prodigious, gloomy man. Henry lifted my heavy trunk. "
        "I was glad, and I thanked Henry."
    )
    done = made(passage("a", 0, text), own=recipe(renamed=1.0, perspectives=()))
    pair = next(p for p in done.pairs if p.renamed)
    assert "Henry" not in pair.completion + pair.input and pair.completion.count("Mr. ") == 1
    new = next(w for w in pair.completion.split() if w[0].isupper() and w not in text.split())
    assert new.strip(".,;") in pair.input


@pytest.mark.parametrize(("longest", "bleed", "reason"), [(300, 1.0, "too_long"), (10_000, 0.05, "bleed")])
def test_limits_reject_with_their_reason(longest: int, bleed: float, reason: str) -> None:
    with pytest.raises(PairsError, match=reason):
        made(passage("a", 0), limits=Limits(Characters(), longest, bleed))


def test_a_text_that_the_tokenizer_breaks_is_rejected() -> None:
    done = made(passage("a", 0), passage("a", 1, passage("a", 1).text + " \u2603"))
    assert {p.reason for p in done.rejected} == {"tokenizer"}


def anchors_in(splits: dict[Split, tuple[Pair, ...]], name: Split) -> set[str]:
    return {p.anchor for p in splits[name]}


@pytest.mark.parametrize("documents", [1, 2, 3, 10])
def test_variants_of_an_anchor_never_part(documents: int) -> None:
    pairs = made(*(passage(f"d{d}", i) for d in range(documents) for i in range(10))).pairs
    splits = split(pairs, 42)
    train, valid, test = (anchors_in(splits, n) for n in SPLITS)
    assert train and valid and test and not (train & valid or train & test or valid & test)
    assert sum(map(len, splits.values())) == len(pairs)
    if documents >= 3:
        owners = [{p.document for p in splits[n]} for n in SPLITS]
        assert not (owners[0] & owners[1] or owners[0] & owners[2])
    assert splits == split(pairs, 42)


def test_a_single_document_is_split_by_regions() -> None:
    splits = split(made(*(passage("d", i) for i in range(20))).pairs, 42)
    assert max(p.position for p in splits["train"]) < min(p.position for p in splits["valid"])
    assert max(p.position for p in splits["valid"]) < min(p.position for p in splits["test"])


def test_two_passages_cannot_be_split() -> None:
    with pytest.raises(PairsError, match="2 passages"):
        split(made(passage("a", 0), passage("a", 1)).pairs, 42)


def test_imbalance_and_scarcity_are_said() -> None:
    pairs = made(*(passage("a", i) for i in range(9)), passage("b", 0)).pairs
    pairs = tuple(replace(p, category={"mood": "low"} if p.document == "a" else {}) for p in pairs)
    of = audit.shares(pairs)
    assert all(sum(column.values()) == pytest.approx(1) for column in of.values()) and of["mood"][
        "low"
    ] == pytest.approx(0.9)
    found = audit.warnings(of, train=16)
    assert any("of document a" in w for w in found) and any("of mood low" in w for w in found)
    assert any("16 training pairs" in w for w in found)


def test_a_split_that_shares_an_anchor_is_caught_and_repetition_is_not() -> None:
    passages = [
        passage(f"d{d}", i, f"{passage('x', i).text} Chapter {d} is about {'ab'[d % 2] * 9} alone.")
        for d in range(4)
        for i in range(3)
    ]
    pairs = made(*passages).pairs
    texts = {p.id: p.text for p in passages}
    honest = audit.leaks(split(pairs, 42), texts)
    assert all(leak.leaked == 0 and leak.repeated > 0 for leak in honest)
    odd: dict[Split, tuple[Pair, ...]] = {
        "train": pairs[:-5],
        "valid": pairs[-5:-2],
        "test": pairs[-2:],
    }  # the last anchor is in all three
    assert all(leak.leaked > 0 for leak in audit.leaks(odd, {**texts, passages[-1].id: "x"}))
    assert any(
        "the split leaks" in w for w in audit.warnings({}, 1000, audit.leaks(odd, {**texts, passages[-1].id: "x"}))
    )


def test_pairs_are_the_same_every_time_and_in_every_order_of_drafting() -> None:
    both = [made(passage("a", 0), passage("a", 1)).pairs for _ in range(2)]
    assert sha256_json([p.prompt for p in both[0]]) == sha256_json([p.prompt for p in both[1]])
    assert made(passage("a", 1)).pairs == tuple(p for p in both[0] if p.anchor == "a-1")


def test_a_variant_that_loses_a_name_fails_though_its_neutral_input_has_it() -> None:
    text = "Ansel Merrow went home with me."
    draft = Draft("k", text, text, (), "Went home with me.", text, "NARRATIVE", ("Ansel Merrow",))
    anchor = Anchor("a", "d", 0, text)
    maker = PairMaker(recipe(), TOOLS.words, LIMITS)
    reasons: dict[str, str | None] = {}
    for variant in ("dropout", "abstract"):
        pair = maker.build(anchor, Shape("original", variant=variant), draft)
        assert pair is not None
        reasons[variant] = maker.judge(pair, draft, None).reason
    assert reasons["dropout"] == "name_lost" and reasons["abstract"] != "name_lost"

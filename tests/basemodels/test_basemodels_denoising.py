"""The recipe that taught the bundled base to use its input: names and nouns changed alike, prompts, what the loss counts."""

from __future__ import annotations

import importlib
import random
import re
from pathlib import Path
from typing import Any

import pytest

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import locate_bundled_base
from stylelab.paths import locate_bundled
from stylelab.persona import card

TARGET = "“A boat!” cried Harriet; and the lantern in Mr. Kelso's hand shook as the boats drew near."
PLAIN = "A boat, shouted Harriet. The lantern in Mr. Kelso's hand shook. The boats drew near."


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a way to import a recipe's module; they are scripts beside the weights, and no part of the package."""
    monkeypatch.syspath_prepend(str(locate_bundled("models") / "recipe"))
    return importlib.import_module


@pytest.fixture
def pair(recipe: Any) -> Any:
    return recipe("plain_pairs").PlainPair(
        "nobody", TARGET, PLAIN, ("Harriet", "Kelso"), ("lantern", "hand"), ("boats",)
    )


def other(recipe: Any) -> Any:
    return recipe("plain_pairs").PlainPair("nobody", "", "", ("Oswin",), ("kettle", "basket"), ("geese",))


@pytest.mark.parametrize("seed", range(20))
def test_names_change_alike_on_both_sides(recipe: Any, pair: Any, seed: int) -> None:
    target, plain = recipe("scramble").Scrambler([pair, other(recipe)], random.Random(seed)).scramble(pair, 1.0, 0.0)
    assert not re.search("Harriet|Kelso", target + plain)
    first = re.fullmatch(re.escape(TARGET).replace("Harriet", "(.+)").replace("Kelso", "(.+)"), target)
    second = re.fullmatch(re.escape(PLAIN).replace("Harriet", "(.+)").replace("Kelso", "(.+)"), plain)
    assert first and second
    assert first.groups() == second.groups()
    assert len(set(first.groups())) == 2


@pytest.mark.parametrize("seed", range(20))
def test_nouns_change_alike_and_keep_their_number(recipe: Any, pair: Any, seed: int) -> None:
    target, plain = recipe("scramble").Scrambler([pair, other(recipe)], random.Random(seed)).scramble(pair, 0.0, 1.0)
    first = re.search(r"the (\w+) in Mr\. Kelso's (\w+) shook as the (\w+) drew", target)
    second = re.search(r"The (\w+) in Mr\. Kelso's (\w+) shook\. The (\w+) drew", plain)
    assert first and second
    assert first.groups() == second.groups()
    assert first.group(3) in {"boats", "geese"}
    assert first.group(1) not in {"boats", "geese"}


def test_a_pair_stays_as_it_is_where_nothing_is_changed(recipe: Any, pair: Any) -> None:
    assert recipe("scramble").Scrambler([pair], random.Random(0)).scramble(pair, 0.0, 0.0) == (TARGET, PLAIN)


def test_a_prompt_holds_the_input_and_the_answer_begins_after_the_separator(recipe: Any, pair: Any) -> None:
    scramble = recipe("scramble")
    rng = random.Random(1)
    recipes = scramble.draw_recipes(rng)
    prompt, answer = scramble.draw_example(pair, scramble.Scrambler([pair], rng), recipes, rng, repeat=0.0)
    same, repeated = scramble.draw_example(pair, scramble.Scrambler([pair], rng), recipes, rng, repeat=1.0)
    assert prompt.endswith("\n###\n")
    assert "“" in answer
    assert repeated in same
    assert repeated != answer


def test_no_situation_stands_in_a_persona_that_comes_along(recipe: Any) -> None:
    lines = recipe("scramble").load_situations()
    own = {line for name in lines for line in lines[name] if name != "lengths"}
    for path in card.list_bundled_personas().values():
        persona = card.load(path)
        theirs = {*persona.frames.NARRATIVE, *persona.frames.CONCEPTUAL, *persona.instructions}
        assert not own & theirs


def test_the_loss_counts_the_answer_and_its_end_alone(recipe: Any) -> None:
    batching = recipe("batching")
    ids, targets = batching.pad_examples([([5, 6, 7, 8, 9, 0], 3), ([5, 6, 7, 0], 2)])
    off = batching.UNCOUNTED
    assert ids.tolist() == [[5, 6, 7, 8, 9], [5, 6, 7, 0, 0]]
    assert targets.tolist() == [[off, off, 8, 9, 0], [off, 7, 0, off, off]]


def test_a_head_is_shown_what_comes_next_where_the_prompt_has_it_after_the_same_token(recipe: Any) -> None:
    batching = recipe("batching")
    prompt = [4, 5, 6, 7, 5, 6]  # then the answer 5, 6, 7, 9; the prompt's last token begins it
    found = batching.find_repeated(batching.pad_examples([([*prompt, 5, 6, 7, 9, 0], len(prompt))]))
    assert [tuple(map(int, place)) for place in zip(*found.nonzero(), strict=True)] == [
        (0, 6, 2),  # after 5 comes 6, as at place 2; the same at place 5 is the answer's own beginning
        (0, 7, 3),
    ]


def test_an_example_is_tokenised_as_training_does(recipe: Any) -> None:
    encoding = load_encoding(locate_bundled_base())
    tokenizers = importlib.import_module("tokenizers")
    tokenizer = tokenizers.Tokenizer.from_file(str(locate_bundled_base() / "tokenizer.json"))
    tokens, first = recipe("batching").encode_example(tokenizer, f"It is late.\n{PLAIN}\n###\n", TARGET)
    assert tokens[:first] == encoding.encode_prompt(f"It is late.\n{PLAIN}\n###\n")
    assert tokens[first:-1] == encoding.encode_completion(TARGET)[: len(tokens) - first - 1]
    assert tokens[-1] == encoding.tokenizer.eos_token_id


def test_batches_keep_to_their_size_and_lose_nothing(recipe: Any) -> None:
    rng = random.Random(4)
    examples = [([rng.randint(1, 9) for _ in range(rng.randint(4, 60))], 2) for _ in range(100)]
    batches = recipe("batching").cut_batches(examples, 256)
    assert all((ids.shape[1] + 1) * ids.shape[0] <= 256 for ids, _ in batches)
    counted = sum(int((targets != -100).sum()) for _, targets in batches)
    assert counted == sum(len(tokens) - 2 for tokens, _ in examples)


def test_a_pair_of_a_novel_knows_the_names_and_nouns_that_both_sides_hold(recipe: Any) -> None:
    text = "Poor Harriet dropped the lantern by the wall. “The boats!” she cried."
    (made,) = recipe("plain_pairs").make_pairs("nobody", [text])
    assert made.names == ("Harriet",)
    assert made.nouns == ("wall",)  # the rules make a lamp of the lantern
    assert made.plurals == ("boats",)
    assert all(word in made.plain for word in (*made.names, *made.nouns, *made.plurals))


def test_a_novel_held_out_is_in_neither_text(recipe: Any, tmp_path: Path) -> None:
    for author in ("ash", "birch", "cedar"):
        (tmp_path / f"{author}_one.txt").write_text(f"{author} walked on. " * 40, encoding="utf-8")
    train, held = recipe("novels").read_books(tmp_path, "ash", "birch")
    assert [text.split()[0] for text in train] == ["cedar"]
    assert [text.split()[0] for text in held] == ["ash"]

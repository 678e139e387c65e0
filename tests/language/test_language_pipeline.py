"""Pipelines: the bundled one, the seam for installed ones, and texts in other languages."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from stylelab.errors import LanguageError
from stylelab.language import available, pipeline
from stylelab.language.books import WORDS
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.paths import locate_bundled
from stylelab.recipe import ObserverPart

ENGLISH = pipeline.load()
OBSERVER = ObserverPart.model_validate({})
GERMAN = (
    "Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich in seinem Bett zu einem ungeheueren"
    " Ungeziefer verwandelt. Er lag auf seinem panzerartig harten Rücken; sein Bauch war braun."
)


def test_the_bundled_pipeline_tells_words_sentences_and_names() -> None:
    parsed = ENGLISH.read_one("The old man saw Mr. Haske in London. He was tired.")
    assert [t.tag for t in parsed.tokens[:4]] == ["DT", "JJ", "NN", "VBD"]
    assert len(parsed.sentences) == 2
    assert [n.text for n in parsed.names] == ["Mr. Haske", "London"]
    assert parsed.language == "en"
    verb = 3
    assert parsed.subject(verb) == 2 and parsed.tokens[verb].dep == "root"


def test_the_card_holds_the_scores_and_the_licence() -> None:
    folder = locate_bundled("resources") / "pipelines/english"
    test = json.loads((folder / "scores.json").read_text(encoding="utf-8"))["test"]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"{test[name]:.4f}" in card for name in ("tag_acc", "las", "lemma_acc", "sentence_f"))
    assert "CC BY-SA 4.0" in card and "train.py" in card
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    assert size <= 15_000_000


@given(st.lists(st.text(max_size=80), max_size=6))
def test_every_text_comes_back_in_order_with_its_words_in_place(texts: list[str]) -> None:
    read = list(ENGLISH.parse(texts, batch=3))
    assert [p.text for p in read] == texts
    for parsed in read:
        assert all(parsed.text[t.start : t.end] == t.text for t in parsed.tokens)
        assert [t for s in parsed.each_sentence() for t in s] == list(range(len(parsed.tokens)))


def test_the_batch_size_changes_nothing() -> None:
    texts = ["I saw it.\n\nIt was old.", "", "He went home."]
    assert list(ENGLISH.parse(texts, batch=1)) == list(ENGLISH.parse(texts, batch=64))


def test_german_in_an_english_pipeline_passes_through() -> None:
    parsed = ENGLISH.read_one(GERMAN)
    language = find_language(parsed.language)
    assert parsed.language == "other" and language is find_language("de")
    assert language.turn(parsed, "impersonal", OBSERVER).reason == "not_english"
    assert language.drop_modifiers(parsed).text == GERMAN
    plain = language.make_plain(parsed).text
    assert plain == GERMAN.replace("; sein", ". Sein")


def named_pipeline() -> Language:
    """Return a pipeline that, like an installed one, recognises names by itself."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "GPE", "pattern": "lowtown"}, {"label": "DATE", "pattern": "Monday"}])  # type: ignore[attr-defined]
    return nlp


def test_an_installed_pipeline_is_used_when_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy.util, "is_package", lambda name: name == "en_core_web_sm")
    monkeypatch.setattr(spacy, "load", lambda name, **kwargs: named_pipeline())
    chosen = pipeline.load.__wrapped__("en_core_web_sm")
    assert chosen.tool.name == "en_core_web_sm" and "release" in chosen.tool.parameters
    names = chosen.read_one("He left lowtown on Monday.").names
    assert [(n.text, n.kind) for n in names] == [("lowtown", "GPE")]
    assert chosen.tool != ENGLISH.tool


@pytest.mark.parametrize(
    ("name", "code"),
    [("en_core_web_trf", "pipeline_missing"), ("../../evil", "pipeline_unknown"), ("os", "pipeline_unknown")],
)
def test_a_pipeline_that_is_not_there_says_what_to_do(name: str, code: str) -> None:
    if name in available.list_pipelines():
        pytest.skip(f"{name} is installed here")
    with pytest.raises(LanguageError) as error:
        pipeline.load(name)
    assert error.value.code == code and error.value.remedy


def test_a_damaged_folder_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as missing:
        pipeline.load_folder(tmp_path)
    (tmp_path / "config.cfg").write_text("nothing", encoding="utf-8")
    with pytest.raises(LanguageError) as damaged:
        pipeline.load_folder(tmp_path)
    assert (missing.value.code, damaged.value.code) == ("pipeline_missing", "pipeline_damaged")


def test_the_bundled_pipeline_is_always_at_hand() -> None:
    assert available.list_pipelines()[0] == "bundled"


def test_the_pipelines_of_every_language_are_named_and_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LanguageError) as error:
        pipeline.load("xx_ent_wiki_sm")
    for words in WORDS.values():
        for name in words.installed:
            assert name in error.value.remedy and find_pipeline_language(name) == words.iso_code
    found = [SimpleNamespace(metadata={"Name": name}) for name in ("de-core-news-sm", "numpy", "en_core_web_lg")]
    monkeypatch.setattr("importlib.metadata.distributions", lambda: found)
    assert available.list_pipelines() == ("bundled", "de_core_news_sm", "en_core_web_lg")


def test_a_recipes_pipeline_tells_the_language() -> None:
    assert find_pipeline_language(ENGLISH.tool.name) == find_pipeline_language("bundled") == ENGLISH.language
    assert find_language(find_pipeline_language("xx_ent_wiki_sm")) is find_language("other")

"""What was measured of a base is found again by its weights, without reading them; and what its figures mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import make_model
from stylelab.basemodels import hash_cache, identity
from stylelab.basemodels.base_quality import advise_on_text, advise_on_tokens, judge_text
from stylelab.basemodels.identity import find_known_weights_hash, identify, inspect
from stylelab.basemodels.measurements import (
    NAME,
    BaseMeasurement,
    SpeedMeasurement,
    TextMeasurement,
    find_measurement,
    load_measurements,
    save_base_measurement,
    save_machine_measurement,
)

SPEED = SpeedMeasurement(
    writing_tokens_per_second=9.5,
    training_tokens_per_second=80,
    training_tokens=772,
    training_seconds=9.6,
    peak_bytes=10**9,
    estimated_bytes=9 * 10**8,
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of this test."""
    monkeypatch.setenv("STYLELAB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def measured(language: str, bits: float) -> BaseMeasurement:
    text = TextMeasurement(bits_per_byte=bits, tokens_per_word=1.2)
    return BaseMeasurement(parameters=7, texts={language: text}, speed=SPEED)


def test_a_base_is_known_again_in_every_language_it_was_measured_in(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny")
    assert find_measurement(inspect(folder), load_measurements()) is None
    own = identify(folder).weights_sha256
    save_base_measurement(own, measured("en", 1.5))
    save_machine_measurement(2e9)
    save_base_measurement(own, measured("de", 2.5))
    save_base_measurement("other", measured("en", 9.0))
    known = load_measurements()
    found = find_measurement(inspect(folder), known)
    assert found is not None and found.speed == SPEED
    assert {language: text.bits_per_byte for language, text in found.texts.items()} == {"en": 1.5, "de": 2.5}
    assert known.multiplications_per_second == 2e9 and list(known.bases) == [own, "other"]


def test_changed_weights_are_another_base(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny", seed=1)
    save_base_measurement(identify(folder).weights_sha256, measured("en", 1.5))
    make_model(folder, seed=2)
    assert find_measurement(inspect(folder), load_measurements()) is None


def test_large_weights_are_not_read_to_look_a_measurement_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = inspect(make_model(tmp_path / "tiny"))
    monkeypatch.setattr(hash_cache, "FROM_BYTES", 1)
    monkeypatch.setattr(hash_cache, "SETTLED_SECONDS", -1.0)
    assert find_known_weights_hash(files) is None
    own = identify(files.folder).weights_sha256
    for room in (hash_cache, identity):
        monkeypatch.setattr(room, "sha256_file", lambda path: pytest.fail(f"{path} was read"))
    assert find_known_weights_hash(files) == own


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"bases": {"a": 3}}'])
def test_a_damaged_file_means_that_nothing_is_known(cache: Path, content: bytes) -> None:
    cache.mkdir()
    (cache / NAME).write_bytes(content)
    assert load_measurements().bases == {}
    save_base_measurement("a", measured("en", 1.0))
    assert list(load_measurements().bases) == ["a"]


def test_a_cache_that_cannot_be_written_is_passed_over(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache.write_text("a file in its place")
    save_base_measurement("a", measured("en", 1.0))
    assert load_measurements().bases == {} and "not remembered" in caplog.text


@pytest.mark.parametrize(("bits", "verdict"), [(0.8, "good"), (1.19, "usable"), (1.62, "poor"), (8.0, "poor")])
def test_bits_per_byte_are_judged(bits: float, verdict: str) -> None:
    text = TextMeasurement(bits_per_byte=bits, tokens_per_word=1.3)
    (said,) = advise_on_text(text)
    assert judge_text(text) == verdict and said.lower().startswith(verdict) and f"{bits:.2f}" in said


def test_a_vocabulary_for_other_languages_and_untrained_tokens_are_said() -> None:
    said = advise_on_text(TextMeasurement(bits_per_byte=0.9, tokens_per_word=2.3))
    assert len(said) == 2 and said[1].startswith("2.3 tokens per word")
    assert advise_on_tokens(()) == [] and "<|x|> <|y|>" in advise_on_tokens(("<|x|>", "<|y|>"))[0]

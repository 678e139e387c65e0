"""The catalogue is whole, says what the models' makers say, and computes bytes as real files have them."""

from __future__ import annotations

import pytest

from models import make_model
from stylelab.basemodels.catalogue import HubSource, PackageSource, find_entry, load_catalogue, parse_catalogue
from stylelab.basemodels.shape import DecoderShape, count_bytes, count_parameters
from stylelab.errors import ModelError

# As the makers and the hub give them, to the last one.
PUBLISHED = {
    "smollm2-135m": 134_515_008,
    "smollm2-360m-base": 361_821_120,
    "qwen2.5-0.5b": 494_032_768,
    "qwen2.5-7b": 7_615_616_512,
    "qwen3-0.6b-base": 596_049_920,
    "llama-3.2-1b": 1_235_814_400,
    "llama-3.1-8b": 8_030_261_248,
    "gemma-3-1b-pt": 999_885_952,
    "mistral-7b-v0.3": 7_248_023_552,
}
ENTRY = """
models:
  - id: a-1b
    title: A 1B
    model_type: llama
    kind: base
    licence: MIT
    licence_link: https://example.org/licence
    context: 2048
    languages: [en]
    shape: {layers: 2, hidden: 32, intermediate: 64, heads: 2, kv_heads: 1, head_dim: 16, vocabulary: 257, tied: true}
    good_for: Tests.
    tested: false
    sources: [{kind: hub, repo: someone/a-1b, bits: 4}]
"""


@pytest.mark.parametrize(("name", "parameters"), PUBLISHED.items())
def test_parameters_follow_from_the_shape(name: str, parameters: int) -> None:
    entry = find_entry(name)
    assert entry is not None and entry.parameters == parameters


def test_bytes_are_those_of_a_real_file() -> None:
    entry = find_entry("smollm2-135m")
    assert entry is not None
    in_file = 98_351_304  # imported from its package: 4 bits in groups of 32, the embedding in 8; 75 kB are names
    assert 0.998 < count_bytes(entry.shape, 4, group=32, embedding_bits=8) / in_file <= 1
    assert entry.bytes_at(16) == 2 * entry.parameters
    assert count_bytes(entry.shape, 32) == 4 * entry.parameters


def test_bytes_are_those_of_a_model_that_is_written_here(tmp_path_factory: pytest.TempPathFactory) -> None:
    shape = DecoderShape(
        layers=2, hidden=32, intermediate=64, heads=2, kv_heads=1, head_dim=16, vocabulary=257, tied=True,
        attention_bias=True,
    )  # fmt: skip
    file = make_model(tmp_path_factory.mktemp("m")) / "model.safetensors"
    data = file.read_bytes()
    assert len(data) - 8 - int.from_bytes(data[:8], "little") == count_bytes(shape, 32) == 4 * count_parameters(shape)


def test_fewer_bits_take_fewer_bytes_and_every_entry_has_a_source() -> None:
    entries = load_catalogue()
    assert len(entries) > 20
    for entry in entries:
        sizes = [entry.bytes_at(bits) for bits in (4, 6, 8, 16)]
        assert sizes == sorted(sizes) and sizes[0] < 0.3 * sizes[-1]
        bits = [source.bits for source in entry.sources if isinstance(source, HubSource)]
        assert bits == sorted(bits), f"{entry.id}: the smallest download comes first"


def test_the_first_model_to_try_can_be_had_without_the_hub() -> None:
    entry = find_entry("SmolLM2-135M")
    assert entry is not None and entry.tested and entry.kind == "instruct"
    kinds = [source.kind for source in entry.sources]
    assert kinds == ["hub", "package", "file"]
    assert isinstance(entry.sources[1], PackageSource)


def test_an_entry_is_found_by_its_repository_and_an_unknown_name_is_none() -> None:
    found = find_entry("mlx-community/Qwen2.5-7B-4bit")
    assert found is not None and found.id == "qwen2.5-7b"
    assert find_entry("someone/else") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: base", "kind: best"), "kind"),
        (("tested: false", "tested: false\n    stars: 5"), "stars"),
        (("layers: 2", "layers: 0"), "layers"),
        (("someone/a-1b", "../a-1b"), "repo"),
        (("bits: 4", "bits: 7"), "bits"),
        (("languages: [en]", "languages: []"), "languages"),
        (("https://", "http://"), "licence_link"),
        (("models:", "models: ["), "expected"),
        (("    title: A 1B\n", ""), "title"),
    ],
)
def test_a_damaged_catalogue_is_refused_with_the_place(change: tuple[str, str], said: str) -> None:
    assert parse_catalogue(ENTRY)[0].id == "a-1b"
    with pytest.raises(ModelError, match=said) as caught:
        parse_catalogue(ENTRY.replace(*change))
    assert caught.value.code == "catalogue" and caught.value.remedy


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(ModelError, match="a-1b stands twice"):
        parse_catalogue(ENTRY + ENTRY.replace("\nmodels:\n", ""))

"""Conversions: what mlx-lm makes of a model, bit for bit; nothing half done, and nothing carried over but what belongs to it."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path
from typing import Any, cast

import mlx.core as mx
import mlx_lm
import pytest
from mlx_lm.convert import convert as convert_stock

from models import make_model
from stylelab.basemodels import convert, library
from stylelab.basemodels.convert import Conversion, ConversionScheme, Recipe, add_converted, plan_conversion
from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import identify, inspect
from stylelab.basemodels.library import Origin, list_models, read_origin, write_origin
from stylelab.basemodels.load import load
from stylelab.errors import FileError, ModelError

FOUR = ConversionScheme(4, 32)
HALF = ConversionScheme(16, 64)


def read_weights(folder: Path) -> dict[str, mx.array]:
    """Return all weights of a folder."""
    out: dict[str, mx.array] = {}
    for path in folder.glob("model*.safetensors"):
        out |= cast("dict[str, mx.array]", mx.load(str(path)))
    return out


def equal(one: dict[str, mx.array], other: dict[str, mx.array]) -> bool:
    """Return whether two models' weights are the same, bit for bit, of the same types."""
    return one.keys() == other.keys() and all(
        value.dtype == other[name].dtype and bool(mx.array_equal(value, other[name])) for name, value in one.items()
    )


def convert_model(source: Path, target: Path, scheme: ConversionScheme) -> Conversion:
    conversion = plan_conversion(source, scheme)
    add_converted(conversion, target)
    return conversion


def refused(source: Path, scheme: ConversionScheme) -> ModelError:
    with pytest.raises(ModelError) as caught:
        plan_conversion(source, scheme)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("bits", [3, 4, 5, 6, 8])
def test_a_quantised_model_is_what_mlx_lm_makes(tiny_model: Path, tmp_path: Path, bits: int) -> None:
    conversion = convert_model(tiny_model, tmp_path / "ours", ConversionScheme(bits, 32))
    convert_stock(
        str(tiny_model), str(tmp_path / "stock"), quantize=True, q_group_size=32, q_bits=bits, dtype="bfloat16"
    )
    ours = read_weights(tmp_path / "ours")
    assert equal(ours, read_weights(tmp_path / "stock"))
    assert plan_conversion(tiny_model, ConversionScheme(bits, 32)).size_bytes == sum(
        value.nbytes for value in ours.values()
    )
    config = inspect(tmp_path / "ours").config
    assert (config["quantization"]["bits"], config["quantization"]["group_size"]) == (bits, 32)
    assert bits + 1 <= conversion.bits_per_weight < bits + 2, "norms and biases stay whole"
    assert load(tmp_path / "ours").compute_logits(mx.array([[1, 2]])).shape == (1, 2, 257)
    assert mlx_lm.load(str(tmp_path / "ours"))[0] is not None


@pytest.mark.parametrize("recipe", ["mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"])
def test_a_mixed_recipe_is_mlx_lms(tiny_model: Path, tmp_path: Path, recipe: Recipe) -> None:
    convert_model(tiny_model, tmp_path / "ours", ConversionScheme(4, 32, recipe))
    convert_stock(
        str(tiny_model), str(tmp_path / "stock"), quantize=True, q_group_size=32, q_bits=4, quant_predicate=recipe,
        dtype="bfloat16",
    )  # fmt: skip
    ours, stock = (json.loads((tmp_path / name / "config.json").read_text()) for name in ("ours", "stock"))
    assert ours["quantization"] == stock["quantization"]
    assert {entry["bits"] for entry in ours["quantization"].values() if isinstance(entry, dict)} == {
        int(part) for part in recipe.split("_")[1:]
    }
    assert equal(read_weights(tmp_path / "ours"), read_weights(tmp_path / "stock"))
    assert inspect(tmp_path / "ours") and load(tmp_path / "ours")


def test_sixteen_bits_restore_a_quantised_model_and_say_so(tiny_model: Path, tmp_path: Path) -> None:
    convert_model(tiny_model, tmp_path / "four", FOUR)
    conversion = convert_model(tmp_path / "four", tmp_path / "half", HALF)
    assert conversion.requantised and not plan_conversion(tiny_model, FOUR).requantised
    config = inspect(tmp_path / "half").config
    assert "quantization" not in config and "quantization_config" not in config
    four, half = read_weights(tmp_path / "four"), read_weights(tmp_path / "half")
    for name in half:
        layer = name.removesuffix(".weight")
        parts = (
            [four[f"{layer}.{part}"] for part in ("weight", "scales", "biases")] if f"{layer}.scales" in four else []
        )
        assert mx.array_equal(half[name], mx.dequantize(*parts, group_size=32, bits=4) if parts else four[name])
    assert {value.dtype for value in read_weights(tmp_path / "half").values()} == {mx.bfloat16}
    eight = convert_model(tmp_path / "four", tmp_path / "eight", ConversionScheme(8, 32))
    assert eight.requantised and inspect(tmp_path / "eight").config["quantization"]["bits"] == 8


def test_the_makers_own_half_floats_are_kept(tiny_model: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "source"))
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "torch_dtype": "float16"}))
    convert_model(source, tmp_path / "half", HALF)
    assert {value.dtype for value in read_weights(tmp_path / "half").values()} == {mx.float16}
    assert "16 bits already" in refused(tmp_path / "half", HALF).message


def test_tokenizer_and_template_are_carried_over_and_nothing_else(tiny_model: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(tiny_model, tmp_path / "Tiny-1B-Base"))
    for name in ("chat_template.jinja", "LICENSE", "generation_config.json", "evil.py", "pytorch_model.bin"):
        (source / name).write_text("{}")
    write_origin(source, Origin(source="hub", name="someone/Tiny-1B-Base", revision="c0ffee", licence="mit"))
    convert_model(source, tmp_path / "ours", FOUR)
    kept = {path.name for path in (tmp_path / "ours").iterdir()}
    assert kept == {
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "origin.json", "chat_template.jinja",
        "LICENSE", "generation_config.json",
    }  # fmt: skip
    before, after = identify(source), identify(tmp_path / "ours")
    assert (before.tokenizer_sha256, before.chat_sha256) == (after.tokenizer_sha256, after.chat_sha256)
    origin = read_origin(tmp_path / "ours")
    assert origin is not None and set(origin.files) == kept - {"origin.json"}
    assert (origin.source, origin.name, origin.revision, origin.licence) == (
        "converted", "someone/Tiny-1B-Base", "c0ffee", "mit",
    )  # fmt: skip
    assert load_encoding(tmp_path / "ours").kind.kind == "base"


def test_what_groups_do_not_divide_is_named_before_anything_is_read(tiny_model: Path) -> None:
    error = refused(tiny_model, ConversionScheme(4, 64))
    assert error.code == "model_group" and "model.embed_tokens" in error.message and "groups of 32" in error.remedy


def test_a_model_that_is_stored_so_already_is_not_converted(tiny_model: Path, tmp_path: Path) -> None:
    convert_model(tiny_model, tmp_path / "four", FOUR)
    assert refused(tmp_path / "four", FOUR).code == "model_convert"
    convert_model(tiny_model, tmp_path / "mixed", ConversionScheme(4, 32, "mixed_4_6"))
    assert plan_conversion(tmp_path / "mixed", FOUR), "only the commonest bits are the same"


def test_a_recipe_for_other_layers_is_our_error(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise ValueError("Model does not have expected keys for mixed quant.")

    monkeypatch.setattr(convert, "mixed_quant_predicate_builder", refuse)
    error = refused(tiny_model, ConversionScheme(4, 32, "mixed_3_6"))
    assert error.code == "model_convert" and "expected keys" in error.message


def test_a_full_disk_is_said_before_and_a_stop_leaves_nothing(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversion = plan_conversion(tiny_model, FOUR)
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as full:
        full.setattr(library.shutil, "disk_usage", lambda path: usage._replace(free=library.SPARE_BYTES))  # pyright: ignore
        with pytest.raises(FileError) as caught:
            add_converted(conversion, tmp_path / "library" / "ours")
    assert caught.value.code == "disk_full" and list_models(tmp_path / "library") == []

    class Stop(Exception): ...

    def stop(done: int, total: int) -> None:
        if 0 < done < total:
            raise Stop

    with pytest.raises(Stop):
        add_converted(conversion, tmp_path / "library" / "ours", on_progress=stop)

    def doubt(folder: Path) -> None:
        assert inspect(folder)
        raise Stop

    with pytest.raises(Stop):
        add_converted(plan_conversion(tiny_model, FOUR), tmp_path / "library" / "ours", try_out=doubt)
    assert list((tmp_path / "library").iterdir()) == []


def test_a_name_that_is_taken_keeps_its_model(tiny_model: Path, tmp_path: Path) -> None:
    make_model(tmp_path / "ours")
    before = identify(tmp_path / "ours")
    with pytest.raises(ModelError) as caught:
        convert_model(tiny_model, tmp_path / "ours", FOUR)
    assert caught.value.code == "model_exists" and identify(tmp_path / "ours") == before


def test_progress_counts_every_byte_and_weights_are_let_go(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "WRITE_BYTES", 1000)
    conversion = plan_conversion(tiny_model, HALF)
    size = conversion.size_bytes
    seen: list[tuple[int, int]] = []
    add_converted(conversion, tmp_path / "ours", on_progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen} | {0}) and seen[-1] == (size, size)
    assert max(b - a for (a, _), (b, _) in itertools.pairwise(seen)) <= 1000
    assert conversion.size_bytes == 0, "the model holds nothing that was written"

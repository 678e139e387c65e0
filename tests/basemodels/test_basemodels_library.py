"""The library lists what is there, removes what nobody uses, and finds what other programs left without leaving their folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import make_model
from stylelab import paths
from stylelab.basemodels.library import Origin, check_name_free, list_models, remove_model, write_origin
from stylelab.basemodels.scan import ForeignModel, scan_folder, scan_machine
from stylelab.errors import ModelError

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_models_are_listed_with_origin_size_and_fault(tmp_path: Path) -> None:
    make_model(tmp_path / "b")
    write_origin(tmp_path / "b", Origin(source="hub", name="someone/b", revision=COMMIT, files={"config.json": "00"}))
    make_model(tmp_path / "A")
    config = json.loads((tmp_path / "A" / "config.json").read_text())
    quantised = {**config, "quantization": {"bits": 4, "group_size": 64}}
    (tmp_path / "A" / "config.json").write_text(json.dumps(quantised))
    (tmp_path / "c").mkdir()
    (tmp_path / ".d.partial").mkdir()
    first, second, third = list_models(tmp_path)
    assert (first.name, first.bits, first.origin, first.model_type) == ("A", 4, None, "qwen2")
    assert second.origin is not None and second.origin.revision == COMMIT and second.bits == 0 and not second.fault
    assert second.size_bytes == sum(path.stat().st_size for path in (tmp_path / "b").iterdir())
    assert "config.json" in third.fault and third.size_bytes == 0
    assert list_models(tmp_path / "nowhere") == []


def test_a_damaged_origin_is_no_origin(tmp_path: Path) -> None:
    make_model(tmp_path / "a")
    for content in ("no json", "[]", '{"source": "rumour"}'):
        (tmp_path / "a" / "origin.json").write_text(content)
        (model,) = list_models(tmp_path)
        assert model.origin is None and not model.fault


def test_a_model_that_is_used_stays(tmp_path: Path) -> None:
    make_model(tmp_path / "a")
    with pytest.raises(ModelError, match="Poe, Tides") as caught:
        remove_model("a", tmp_path, used_by=["Tides", "Poe"])
    assert caught.value.code == "model_in_use" and (tmp_path / "a" / "config.json").is_file()
    assert remove_model("a", tmp_path) > 1000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nothing", "..", ".", "../outside", ".hidden", "a/b"])
def test_only_models_of_the_folder_are_removed(name: str, tmp_path: Path) -> None:
    library = tmp_path / "library"
    make_model(library / "a" / "b")
    make_model(library / ".hidden")
    make_model(tmp_path / "outside")
    with pytest.raises(ModelError) as caught:
        remove_model(name, library)
    assert caught.value.code == "model_missing"
    assert (tmp_path / "outside" / "config.json").is_file() and (library / "a" / "b" / "config.json").is_file()


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    make_model(tmp_path / "elsewhere")
    library = tmp_path / "library"
    library.mkdir()
    (library / "linked").symlink_to(tmp_path / "elsewhere")
    remove_model("linked", library)
    assert not list(library.iterdir()) and (tmp_path / "elsewhere" / "config.json").is_file()


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    check_name_free("a", tmp_path)
    (tmp_path / "a").symlink_to(tmp_path / "gone")
    with pytest.raises(ModelError) as caught:
        check_name_free("a", tmp_path)
    assert caught.value.code == "model_exists"


def test_the_models_folder_is_where_the_system_keeps_such_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYLELAB_MODELS", "named")
    assert paths.models_folder() == Path("named")
    monkeypatch.delenv("STYLELAB_MODELS")
    monkeypatch.setattr(paths.sys, "platform", "darwin")
    assert paths.models_folder() == Path.home() / "Library" / "Application Support" / "StyleLab" / "Models"
    monkeypatch.setattr(paths.sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "elsewhere")
    assert paths.models_folder() == Path("elsewhere") / "stylelab" / "models"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert paths.models_folder() == Path.home() / ".local" / "share" / "stylelab" / "models"


def found(home: Path, **environment: str) -> dict[str, ForeignModel]:
    return {model.name: model for model in scan_machine(environment, home)}


def test_the_hubs_cache_is_read_through_its_own_links(tmp_path: Path) -> None:
    hub = tmp_path / ".cache" / "huggingface" / "hub"
    repo = hub / "models--someone--a-1b"
    snapshot = repo / "snapshots" / COMMIT
    make_model(repo / "made")
    (repo / "blobs").mkdir()
    snapshot.mkdir(parents=True)
    for path in (repo / "made").iterdir():
        path.rename(repo / "blobs" / f"sha-{path.name}")
        (snapshot / path.name).symlink_to(Path("../../blobs") / f"sha-{path.name}")
    (hub / "models--someone--tokens" / "snapshots" / COMMIT).mkdir(parents=True)  # a tokenizer was fetched, no weights
    model = found(tmp_path)["someone/a-1b"]
    assert (model.program, model.kind, model.revision, model.links_out) == ("Hugging Face", "mlx", COMMIT, {})
    assert model.size_bytes == (repo / "blobs" / "sha-model.safetensors").stat().st_size
    assert list(found(tmp_path)) == ["someone/a-1b"]
    assert found(tmp_path, HF_HUB_CACHE=str(tmp_path / "none")) == {}
    assert list(found(tmp_path / "none", HF_HOME=str(hub.parent))) == ["someone/a-1b"]


def test_lm_studio_and_omlx_are_found_in_their_folders(tmp_path: Path) -> None:
    make_model(tmp_path / ".lmstudio" / "models" / "someone" / "a")
    make_model(tmp_path / ".omlx" / "models" / "b")
    older = tmp_path / ".cache" / "lm-studio" / "models" / "someone" / "c-GGUF"
    older.mkdir(parents=True)
    (older / "c.Q4_0.gguf").write_bytes(b"GGUF" + b"\0" * 96)
    models = found(tmp_path)
    assert set(models) == {"someone/a", "b", "someone/c-GGUF/c.Q4_0.gguf"}
    assert models["b"].program == "oMLX" and models["someone/a"].program == "LM Studio"
    assert (models["someone/c-GGUF/c.Q4_0.gguf"].kind, models["someone/c-GGUF/c.Q4_0.gguf"].size_bytes) == ("gguf", 100)


def test_a_link_that_leads_out_is_shown_and_not_followed(tmp_path: Path) -> None:
    outside = make_model(tmp_path / "outside")
    root = tmp_path / ".lmstudio" / "models"
    (root / "someone" / "sly").mkdir(parents=True)
    (root / "someone" / "linked").symlink_to(outside)
    (root / "someone" / "sly" / "config.json").write_text("{}")
    (root / "someone" / "sly" / "model.safetensors").symlink_to(outside / "model.safetensors")
    models = found(tmp_path)
    assert models["someone/linked"].links_out == {"linked": str(outside)}
    assert models["someone/sly"].links_out == {"model.safetensors": str(outside / "model.safetensors")}
    assert models["someone/linked"].size_bytes == models["someone/sly"].size_bytes == 0


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    make_model(tmp_path / "a")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (model,) = scan_folder(tmp_path)
    assert model.name == "a"


def test_a_dropped_folder_may_be_a_model_itself(tmp_path: Path) -> None:
    (model,) = scan_folder(make_model(tmp_path / "dropped"))
    assert (model.name, model.kind, model.program) == ("dropped", "mlx", "folder")
    assert scan_folder(tmp_path / "nowhere") == []


def write_manifest(root: Path, name: str, value: object) -> None:
    path = root / "manifests" / "registry" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))


def test_ollamas_manifests_lead_to_the_blob(tmp_path: Path) -> None:
    root = tmp_path / ".ollama" / "models"
    (root / "blobs").mkdir(parents=True)
    (root / "blobs" / f"sha256-{'a' * 64}").write_bytes(b"GGUF" + b"\0" * 46)
    model = {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{'a' * 64}"}
    licence = {"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{'b' * 64}"}
    write_manifest(root, "library/tiny/1b", {"layers": [licence, model]})
    write_manifest(root, "someone/other/latest", {"layers": [model]})
    write_manifest(root, "library/gone/1b", {"layers": [{**model, "digest": f"sha256:{'c' * 64}"}]})
    write_manifest(root, "library/sly/1b", {"layers": [{**model, "digest": "sha256:../../../../etc/passwd"}]})
    for number, value in enumerate(["no json", [], {"layers": 3}, {"layers": ["x"]}, {}]):
        write_manifest(root, f"library/damaged/{number}", value)
    models = found(tmp_path)
    assert set(models) == {"tiny:1b", "someone/other:latest"}
    assert models["tiny:1b"].size_bytes == 50 and models["tiny:1b"].path.name == f"sha256-{'a' * 64}"
    assert set(found(tmp_path / "none", OLLAMA_MODELS=str(root))) == set(models)

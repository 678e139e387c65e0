"""Downloads from a hub that fails in every way: what arrives is what the hub has, whole or not at all, and stops at once."""

from __future__ import annotations

import json
import subprocess
import time
from collections import namedtuple
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hub_server import COMMIT, Hub, read_files, serve

from models import make_model
from stylelab.basemodels.download import hub as downloads
from stylelab.basemodels.download.faults import explain_status
from stylelab.basemodels.download.hub import discard_partial, download, find_partial, plan_download, search_hub
from stylelab.basemodels.download.messages import ChildRequest
from stylelab.basemodels.download.plan import DownloadPlan, choose_files, list_partial
from stylelab.basemodels.library import list_models
from stylelab.errors import ModelError, StyleLabError

Fail = Callable[..., Hub]
REPO = "someone/tiny"
TOKEN = "hf_a-secret"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A repository with a model, and with what must not be fetched."""
    inside = read_files(make_model(tmp_path_factory.mktemp("hub") / "tiny", seed=3))
    beside = {"README.md": b"# Tiny", "pytorch_model.bin": b"\x80", "modeling.py": b"import os", "run.sh": b"rm"}
    more = {"consolidated.safetensors": b"again", "tiny.Q4_0.gguf": b"GGUF and more"}
    return {**inside, **beside, **more}


@pytest.fixture
def hub(files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Generator[Hub]:
    """A hub that runs, and that children ask."""
    with serve(Hub(dict(files))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


def make_plan(hub: Hub, **changes: object) -> DownloadPlan:
    """Return the plan of the hub's repository, without asking the hub."""
    about = hub.describe()
    siblings = {str(one["rfilename"]): one for one in about["siblings"]}  # type: ignore[attr-defined]
    planned: list[dict[str, object]] = []
    for name in choose_files(siblings, hub.repo):
        one = siblings[name]
        lfs = one.get("lfs")
        hashes = {"sha256": lfs["sha256"]} if lfs else {"git_sha1": one["blobId"]}
        planned.append({"name": name, "size_bytes": one["size"], **hashes})
    return DownloadPlan.model_validate({"repo": hub.repo, "commit": COMMIT, "files": planned, **changes})


def weights(hub: Hub) -> int:
    return len(hub.files["model.safetensors"])


def test_a_plan_names_the_commit_and_only_what_makes_a_model(hub: Hub) -> None:
    plan = plan_download(REPO)
    assert plan is not None and plan == make_plan(hub, licence="mit")
    assert {file.name for file in plan.files} == {
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
    }  # fmt: skip
    assert plan.total_bytes > weights(hub)


def test_a_download_appears_whole_with_its_origin_and_is_not_fetched_twice(hub: Hub, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    plan = make_plan(hub, licence="mit")
    folder = download(plan, tmp_path, token=TOKEN, on_progress=lambda done, total: seen.append((done, total)))
    assert folder is not None and folder == tmp_path / "tiny"
    got = read_files(folder)
    origin = json.loads(got.pop("origin.json"))
    assert got == {name: hub.files[name] for name in got} and len(got) == len(plan.files)
    assert (origin["name"], origin["revision"], origin["licence"]) == (REPO, COMMIT, "mit")
    (model,) = list_models(tmp_path)
    assert not model.fault and model.origin is not None and set(model.origin.files) == set(got)
    assert seen[-1] == (plan.total_bytes, plan.total_bytes) and [done for done, _ in seen] == sorted(d for d, _ in seen)
    assert ("file", f"Bearer {TOKEN}") in hub.tokens and all(not token for kind, token in hub.tokens if kind == "store")
    assert not any(TOKEN.encode() in data for data in read_files(folder).values())
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]
    before = hub.asked.total()
    assert download(plan, tmp_path) == folder and hub.asked.total() == before


def test_a_line_that_is_cut_goes_on_at_the_next_byte(hub: Hub, tmp_path: Path) -> None:
    hub.cut_at, hub.cuts = 0.4, 1
    assert download(make_plan(hub), tmp_path) is not None
    cut = int(0.4 * weights(hub))
    assert hub.ranges == ["", f"bytes={cut}-"]


def test_what_arrived_before_a_cut_is_kept_for_the_next_call(hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    hub.refuse = {"store": 500}
    with pytest.raises(ModelError) as caught:
        download(plan, tmp_path)
    assert caught.value.code == "download_offline" and "500" in caught.value.message
    partial = plan.partial_folder(tmp_path)
    half = weights(hub) // 2
    (partial / "model.safetensors").write_bytes(hub.files["model.safetensors"][:half])
    assert not (tmp_path / "tiny").exists() and list_models(tmp_path) == []
    assert find_partial("Someone/Tiny", tmp_path) == plan
    ((_, arrived),) = list_partial(tmp_path)
    assert arrived >= half
    hub.refuse = {}
    assert download(plan, tmp_path) is not None
    assert hub.ranges == [f"bytes={half}-"] and find_partial(REPO, tmp_path) is None


def test_a_hub_that_ignores_ranges_is_taken_from_the_start(hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    partial = plan.partial_folder(tmp_path)
    partial.mkdir()
    (partial / "model.safetensors").write_bytes(b"what stood there before")
    hub.whole = True
    assert download(plan, tmp_path) is not None


@pytest.mark.parametrize("xet", [True, False])
def test_a_line_that_stalls_is_tried_without_xet_and_then_given_up(xet: bool, hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    hub.xet, hub.stall_at = xet, 0.0 if xet else 0.5
    if xet:  # the hub's Xet hangs, and plain HTTP brings everything
        assert download(plan, tmp_path, stall_seconds=0.8) is not None
        assert hub.asked["xet"] == 1 and hub.asked["store"] == 1
        return
    with pytest.raises(ModelError) as caught:
        download(plan, tmp_path, stall_seconds=0.8)
    assert caught.value.code == "download_stalled" and "bytes are missing" in caught.value.message
    assert len(hub.ranges) == 2, "two ways were tried"
    kept = plan.partial_folder(tmp_path) / "model.safetensors"
    assert kept.stat().st_size >= weights(hub) // 2
    discard_partial(plan, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_slow_line_is_no_stall(hub: Hub, tmp_path: Path) -> None:
    hub.slow_seconds = 0.2
    assert download(make_plan(hub), tmp_path, stall_seconds=0.8) is not None
    assert len(hub.ranges) == 1


def test_stopping_takes_less_than_a_second_though_the_line_hangs(hub: Hub, tmp_path: Path) -> None:
    hub.stall_at = 0.5
    plan = make_plan(hub)
    partial = plan.partial_folder(tmp_path)
    asked: list[float] = []

    def should_stop() -> bool:
        weights_here = partial / "model.safetensors"
        if weights_here.exists() and weights_here.stat().st_size >= weights(hub) // 2 - 8:
            asked.append(time.monotonic())
        return bool(asked)

    assert download(plan, tmp_path, should_stop=should_stop) is None
    assert time.monotonic() - asked[0] < 1
    assert partial.is_dir() and not (tmp_path / "tiny").exists()
    hub.stall_at = 0.0
    assert download(plan, tmp_path) is not None and hub.ranges[-1].startswith("bytes=")


def test_planning_stops_at_once_too(hub: Hub) -> None:
    hub.busy, hub.wait_seconds = 9, 60
    asked: list[float] = []

    def should_stop() -> bool:
        if hub.asked["info"]:
            asked.append(time.monotonic())
        return bool(asked)

    assert plan_download(REPO, should_stop=should_stop) is None
    assert time.monotonic() - asked[0] < 1


def test_a_file_with_another_hash_is_thrown_away_and_named(hub: Hub, tmp_path: Path) -> None:
    hub.wrong = True
    plan = make_plan(hub)
    with pytest.raises(ModelError, match=r"model\.safetensors") as caught:
        download(plan, tmp_path)
    assert caught.value.code == "download_hash" and not (tmp_path / "tiny").exists()
    partial = plan.partial_folder(tmp_path)
    assert (partial / "config.json").exists() and not (partial / "model.safetensors").exists()
    hub.wrong = False
    assert download(plan, tmp_path) is not None


def test_a_small_file_with_another_hash_is_found_too(hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    hub.files["config.json"] = hub.files["config.json"].replace(b"512", b"513")
    with pytest.raises(ModelError, match=r"config\.json") as caught:
        download(plan, tmp_path)
    assert caught.value.code == "download_hash"


@pytest.mark.parametrize(
    ("status", "name", "code"),
    [
        (401, "GatedRepo", "download_gated"),
        (401, "", "download_gated"),
        (403, "", "download_gated"),
        (401, "RepoNotFound", "download_missing"),
        (404, "", "download_missing"),
        (404, "RevisionNotFound", "download_missing"),
        (503, "", "download_offline"),
    ],
)
def test_a_refusal_is_explained(status: int, name: str, code: str) -> None:
    error = explain_status(status, {"X-Error-Code": name} if name else {}, REPO)
    assert error.code == code and REPO in error.message and error.remedy


@pytest.mark.parametrize("kind", ["info", "file"])
def test_a_refusal_comes_through_at_every_step(kind: str, hub: Hub, tmp_path: Path) -> None:
    hub.refuse, hub.refuse_code = {kind: 401}, "GatedRepo"
    with pytest.raises(ModelError, match="accept their terms") as caught:
        plan_download(REPO, token=TOKEN) if kind == "info" else download(make_plan(hub), tmp_path, token=TOKEN)
    assert caught.value.code == "download_gated" and TOKEN not in str(caught.value)


def test_a_busy_hub_gets_the_pause_that_it_wants(hub: Hub) -> None:
    hub.busy = 1
    begun = time.monotonic()
    assert plan_download(REPO) is not None
    assert time.monotonic() - begun >= 1
    hub.busy, hub.wait_seconds = 1, 3600
    with pytest.raises(ModelError, match="3600 seconds") as caught:
        plan_download(REPO)
    assert caught.value.code == "download_busy"


def test_a_pause_is_no_stall(hub: Hub, tmp_path: Path) -> None:
    hub.busy, hub.wait_seconds = 1, 1
    assert download(make_plan(hub), tmp_path, stall_seconds=0.8) is not None


def test_no_hub_at_all_is_said(tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError) as caught:
        plan_download(REPO)
    assert caught.value.code == "download_offline" and "HF_ENDPOINT" in caught.value.remedy


def test_what_is_no_hub_is_said(hub: Hub) -> None:
    hub.repo = "someone"  # the page of something else answers
    hub.files = {}
    with pytest.raises(StyleLabError) as caught:
        plan_download("someone/tiny")
    assert caught.value.code == "download_files"
    with pytest.raises(ModelError) as caught:
        plan_download("no repository")
    assert caught.value.code == "download_missing"


def test_a_disk_that_is_too_small_is_said_before_anything_is_fetched(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**8))
    with pytest.raises(StyleLabError, match=r"0\.1 GB are free") as caught:
        download(make_plan(hub), tmp_path)
    assert caught.value.code == "disk_full" and hub.asked.total() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_fills_up_is_said_and_keeps_the_rest(hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    partial = plan.partial_folder(tmp_path)
    partial.mkdir()
    (partial / "model.safetensors").symlink_to("/dev/full")
    with pytest.raises(StyleLabError) as caught:
        download(plan, tmp_path)
    assert caught.value.code == "disk_full" and not (tmp_path / "tiny").exists()


def test_two_downloads_of_one_model_do_not_write_into_each_other(hub: Hub, tmp_path: Path) -> None:
    plan = make_plan(hub)
    plan.partial_folder(tmp_path).mkdir()
    with downloads.hold_partial(plan.partial_folder(tmp_path), plan), pytest.raises(ModelError) as caught:
        download(plan, tmp_path)
    assert caught.value.code == "download_running"


def test_a_name_that_another_model_has_is_refused(hub: Hub, tmp_path: Path) -> None:
    make_model(tmp_path / "tiny")
    with pytest.raises(ModelError) as caught:
        download(make_plan(hub), tmp_path)
    assert caught.value.code == "model_exists" and hub.asked.total() == 0
    assert download(make_plan(hub), tmp_path, name="tiny-2") == tmp_path / "tiny-2"


def test_a_child_that_dies_is_said(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "CHILD", ("false",))
    with pytest.raises(ModelError) as caught:
        download(make_plan(hub), tmp_path)
    assert caught.value.code == "download_died"


def test_the_child_leaves_with_its_parent(hub: Hub) -> None:
    hub.busy, hub.wait_seconds = 1, 60
    request = ChildRequest(task="plan", repo=REPO).model_dump_json()
    with subprocess.Popen(
        downloads.CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=downloads.child_environment()
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(request.encode() + b"\n")
        child.stdin.flush()
        answers = [json.loads(child.stdout.readline()) for _ in range(2)]
        child.stdin.close()  # as when the parent dies
        assert child.wait(timeout=20) == 1
    assert answers == [{"wait_seconds": 0}, {"wait_seconds": 60}]


def test_the_child_goes_online_with_the_token_that_it_is_given_and_no_other() -> None:
    worker = {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_TOKEN": TOKEN,
        "HF_ENDPOINT": "mirror",
        "PATH": "p",
    }
    inside = downloads.child_environment(worker)
    assert (inside["HF_ENDPOINT"], inside["PATH"]) == ("mirror", "p") and TOKEN not in inside.values()
    assert not {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"} & set(inside)
    assert TOKEN not in repr(ChildRequest(task="plan", repo=REPO, token=TOKEN))


def test_a_model_that_wants_to_run_code_is_refused_before_it_is_fetched(hub: Hub) -> None:
    hub.config = {"auto_map": {"AutoModel": "modeling.Tiny"}}
    with pytest.raises(ModelError) as caught:
        plan_download(REPO)
    assert caught.value.code == "model_code" and hub.asked["file"] == 0


def test_what_is_no_model_is_refused_with_the_reason() -> None:
    with pytest.raises(ModelError, match="pickled") as caught:
        choose_files(["config.json", "tokenizer.json", "pytorch_model.bin"], REPO)
    assert caught.value.code == "download_files"
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        choose_files(["config.json", "model.safetensors", "../tokenizer.json", "sub/tokenizer.json"], REPO)
    with pytest.raises(ModelError) as caught:
        choose_files(["a.gguf", "b/c.gguf"], REPO, gguf="b/c.gguf")
    assert "a.gguf" in caught.value.remedy


def test_a_gguf_file_is_taken_where_it_is_asked_for(hub: Hub, tmp_path: Path) -> None:
    plan = plan_download(REPO, gguf="tiny.Q4_0.gguf")
    assert plan is not None and [file.name for file in plan.files] == ["tiny.Q4_0.gguf"]
    folder = download(plan, tmp_path)
    assert folder is not None and (folder / "tiny.Q4_0.gguf").read_bytes() == hub.files["tiny.Q4_0.gguf"]


def test_a_plan_whose_files_cannot_be_checked_is_refused(hub: Hub) -> None:
    for changes in ({"files": []}, {"commit": "main"}, {"repo": "../tiny"}):
        with pytest.raises(ValueError, match="validation error"):
            make_plan(hub, **changes)
    for file in ({"name": "../x", "sha256": "0"}, {"name": ".x", "sha256": "0"}, {"name": "x"}):
        with pytest.raises(ValueError, match="validation error"):
            make_plan(hub, files=[{"size_bytes": 1, **file}])


def test_a_search_finds_mlx_first_and_each_repository_once(hub: Hub) -> None:
    hub.found = [
        {"id": "someone/tiny", "downloads": 9, "gated": "manual", "tags": ["safetensors", "license:mit"]},
        {"id": "mlx-community/tiny-4bit", "downloads": 2, "gated": False, "tags": ["mlx", "safetensors"]},
    ]
    found = search_hub("tiny")
    assert found is not None
    assert [(one.repo, one.gated, one.mlx, one.licence) for one in found] == [
        ("mlx-community/tiny-4bit", False, True, ""),
        ("someone/tiny", True, False, "mit"),
    ]


def test_a_partial_folder_with_a_damaged_plan_is_passed_over(hub: Hub, tmp_path: Path) -> None:
    folder = make_plan(hub).partial_folder(tmp_path)
    folder.mkdir()
    (folder / "plan.json").write_text("{")
    assert list_partial(tmp_path) == [] and list_partial(tmp_path / "nowhere") == []

"""`stylelab demo`: what it takes when a base cannot be had, which inputs it shows, and that it destroys nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hub_server import Hub, read_files, serve

from models import make_model
from stylelab.basemodels.identity import BUNDLED_ENTRY
from stylelab.cli import demo
from stylelab.errors import ProjectError
from stylelab.project.trial import REAL_BASE, TRIALS, create_trial


def test_a_base_that_cannot_be_had_is_replaced_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    with serve(Hub(read_files(make_model(tmp_path / "tiny", seed=3)), refuse={"info": 500})) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        monkeypatch.setenv("PIP_INDEX_URL", f"{hub.endpoint}/nothing")
        monkeypatch.setenv("PIP_RETRIES", "0")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        base, instead = demo.fetch_base(REAL_BASE, quiet=True)
    assert base == BUNDLED_ENTRY
    assert instead.startswith(f"{REAL_BASE} could not be fetched") and instead in capfd.readouterr().err
    assert list((tmp_path / "models").glob("[!.]*")) == []


def test_the_offline_demo_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "run_job", lambda *a, **k: pytest.fail("it fetched something"))
    assert demo.fetch_base(BUNDLED_ENTRY, quiet=True) == (BUNDLED_ENTRY, "")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("mine")
    with pytest.raises(ProjectError, match="holds other things"):
        demo.clear(tmp_path)
    assert (tmp_path / "novel.txt").read_text() == "mine"


@pytest.mark.parametrize("base", TRIALS)
def test_a_trial_is_a_project_with_the_settings_of_its_base(base: str, tmp_path: Path) -> None:
    project = create_trial(tmp_path / "trial", base)
    assert project.settings.base == base
    assert project.plan.read_text() == TRIALS[base].plan.dump_yaml()

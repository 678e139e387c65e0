"""Planning, evaluating, finding a rate, comparing runs: on a small project, with the jobs called as the worker calls them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import PLAN, long_model, make_project, text

from models import INSTRUCT_CHAT
from stylelab.cli.main import main
from stylelab.errors import AdapterError, RecipeError, TrainingError
from stylelab.events import Validation, Warn
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.export import ExportRequest
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.catalogue.jobs import find_job, load_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import EvaluateRequest, PlanRequest, RateRequest, TrainRequest
from stylelab.jobs.catalogue.writing import WriteRequest
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.jobs.run import corpus, evaluate, pairs, plan, rate, train
from stylelab.project.project import Project, open_project
from stylelab.project.run_history import load_history
from stylelab.training import mlxlm
from stylelab.training.plan import Plan


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with pairs and one finished run; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("training")
    model = long_model(folder / "model")
    for n in range(3):
        (folder / f"{n}.txt").write_text(text(n))
    own = make_project(folder / "p", model, iters=6)
    quiet = Context(lambda message: None)
    corpus.run(quiet, CorpusRequest(project=own.folder, paths=tuple(folder / f"{n}.txt" for n in range(3))))
    pairs.run(quiet, PairsRequest(project=own.folder))
    train.run(quiet, TrainRequest(project=own.folder))
    return own.folder


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Project:
    return open_project(Path(shutil.copytree(filled, tmp_path / "p")))


def change(own: Project, **settings: object) -> None:
    own.plan.write_text(Plan.parse({**PLAN, "iters": 6, **settings}, "the test").dump_yaml())


def heard() -> tuple[Context, list[Down]]:
    messages: list[Down] = []
    return Context(messages.append), messages


def test_a_plan_is_said_in_updates_tokens_time_and_memory(own: Project) -> None:
    result = plan.run(heard()[0], PlanRequest(project=own.folder))
    train_pairs = len((own.dataset / "train.jsonl").read_text().splitlines())
    assert result.updates == 6 and result.train_pairs == train_pairs
    assert result.tokens_in_all == round(result.tokens_per_epoch * 12 / train_pairs)
    assert result.rate_from == "earlier run" and result.seconds is not None
    assert result.memory is not None and result.memory.weight_bytes > 0
    assert result.fit is not None and result.fit.rank == 4
    said = " ".join(result.words)
    assert "6 updates of 2 pairs" in said and "tokens in all" in said and "estimated" in said


def test_a_plan_says_what_is_to_be_known_of_the_base_s_kind(own: Project, filled: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(filled.parent / "model", tmp_path / "model"))
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps({**config, "model_type": "phi3"}))
    settings = own.folder / "project.yaml"
    settings.write_text(settings.read_text().replace(str(filled.parent / "model"), str(model)))
    result = plan.run(heard()[0], PlanRequest(project=own.folder))
    said = " ".join(result.words)
    assert "phi3 models train in padded batches" in said and "self_attn.qkv_proj" in said
    assert [note.template[:6] for note in result.kind_notes] == ["{kind}", "{kind}"]


def test_a_plan_far_from_what_suits_base_and_pairs_is_told_the_better_one(own: Project) -> None:
    far = plan.run(heard()[0], PlanRequest(project=own.folder, plan={**PLAN, "learning_rate": 1e-5}))
    better = far.suggested
    assert better is not None and not better.measured, "no base of so few parameters was tried"
    assert any("we would take learning rate" in line and f"{better.updates} updates" in line for line in far.words)
    near = {**PLAN, "learning_rate": better.learning_rate, "iters": better.updates * better.pairs_per_update // 2}
    found = plan.run(heard()[0], PlanRequest(project=own.folder, plan=near))
    assert found.suggested is None and not any("we would take" in line for line in found.words)


def test_time_is_not_invented_where_nothing_was_measured(own: Project) -> None:
    shutil.rmtree(own.runs)
    result = plan.run(heard()[0], PlanRequest(project=own.folder))
    assert result.seconds is None and result.tokens_per_second is None
    assert any("not known" in line for line in result.words)


def test_a_rehearsal_measures_and_leaves_nothing(own: Project) -> None:
    before = sorted(str(p) for p in own.folder.rglob("*"))
    result = plan.run(heard()[0], PlanRequest(project=own.folder, rehearse=True))
    assert (
        result.rate_from == "rehearsal"
        and result.memory is not None
        and (result.peak_bytes or 0) > result.memory.weight_bytes
    )
    assert "measured" in " ".join(result.words)
    assert sorted(str(p) for p in own.folder.rglob("*")) == before


def test_a_plan_that_does_not_fit_says_so_before_the_run(own: Project) -> None:
    result = plan.run(heard()[0], PlanRequest(project=own.folder, plan={**PLAN, "memory_gb": 0.001}))
    assert result.fit is None and any("does not fit" in line for line in result.words)
    change(own, memory_gb=0.001)
    with pytest.raises(TrainingError) as caught:
        train.run(heard()[0], TrainRequest(project=own.folder))
    assert caught.value.code == "memory"


def test_a_run_leaves_a_config_that_reads_back_as_its_plan(own: Project) -> None:
    folder = own.find_run(None)
    planned = Plan.load(folder / "training.yaml")
    read = mlxlm.load(folder / "config.yaml")
    named = ("keep_checkpoints", "samples", "num_layers", "memory_gb")  # not in mlx-lm, or said as a number there
    same = read.model_copy(update={name: getattr(planned, name) for name in named})
    assert same == planned
    value = yaml.safe_load((folder / "config.yaml").read_text())
    assert value["num_layers"] == 2 and value["mask_prompt"] is True


def test_losses_are_told_by_kind_of_pair(own: Project) -> None:
    context, messages = heard()
    train.run(context, TrainRequest(project=own.folder))
    kinds = {json.loads(line)["kind"] for line in (own.dataset / "valid.jsonl").read_text().splitlines()}
    told = [m for m in messages if isinstance(m, Validation)]
    assert told and all(m.loss_nats_by_kind.keys() == kinds for m in told)


def test_a_run_is_measured_beside_its_base(own: Project) -> None:
    result = evaluate.run(heard()[0], EvaluateRequest(project=own.folder))
    first = load_history(own.find_run(None))
    assert result.valid["base_loss_nats"] == pytest.approx(first.validation[0], rel=1e-5)
    assert first.best is not None and result.valid["loss_nats"] == pytest.approx(first.best[1], rel=1e-5)
    assert result.test["pairs"] and not result.other_recipe


def test_the_rate_finder_grows_the_rate_and_keeps_nothing(own: Project) -> None:
    before = sorted(str(p) for p in own.folder.rglob("*"))
    context, messages = heard()
    result = rate.run(context, RateRequest(project=own.folder, updates=12))
    rates = [p.learning_rate for p in result.points]
    assert rates == sorted(rates) and rates[0] == pytest.approx(1e-6) and len(rates) > 3
    assert sum(isinstance(m, Progress) for m in messages) == len(rates)
    assert result.suggested is None or rates[0] / 3 <= result.suggested <= rates[-1]
    assert sorted(str(p) for p in own.folder.rglob("*")) == before


def test_two_runs_are_laid_over_each_other(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    change(own, learning_rate=0.001)
    train.run(heard()[0], TrainRequest(project=own.folder))
    capsys.readouterr()
    assert main(["train", "compare", str(own.folder), "run-001", "run-002", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["differences"] == ["learning_rate: 0.003 → 0.001"]
    first, last = found["validation"][0], found["validation"][-1]
    assert first["difference"] == 0 and last["difference"] == pytest.approx(last["second"] - last["first"])
    assert main(["train", "compare", str(own.folder), "run-001", "run-002"]) == 0
    assert "run-002: best" in capsys.readouterr().out


def test_a_resumed_run_says_when_the_project_s_plan_is_another_by_now(own: Project) -> None:
    change(own, rank=8, iters=40)
    context, messages = heard()
    train.run(context, TrainRequest(project=own.folder, resume=True))
    told = [m.message for m in messages if isinstance(m, Warn)]
    assert any("rank: 4 → 8; iters: 6 → 40" in line for line in told)


def test_a_run_whose_own_plan_was_changed_is_not_resumed_and_the_difference_is_named(own: Project) -> None:
    path = own.find_run(None) / "training.yaml"
    path.write_text(path.read_text().replace("rank: 4", "rank: 8"))
    with pytest.raises(TrainingError, match="rank: 4 → 8"):
        train.run(heard()[0], TrainRequest(project=own.folder, resume=True))


def test_presets_and_mlx_lm_s_own_config_become_the_plan(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "plan", str(own.folder), "--json"]
    config = own.find_run(None) / "config.yaml"
    for option, rank in ((["--preset", "64"], 64), (["--from", str(config)], 4)):
        capsys.readouterr()
        assert main([*arguments, *option]) == 0
        assert json.loads(capsys.readouterr().out)["rank"] == rank
    assert main([*arguments, "--preset", "17"]) == 1
    assert "16, 32, 64, 128" in capsys.readouterr().err
    config.write_text(config.read_text().replace("iters:", "itres:"))
    assert main([*arguments, "--from", str(config)]) == 1
    assert "Did you mean 'iters'?" in capsys.readouterr().err


def change_base(own: Project, part: str) -> Path:
    """Give a project a copy of its base in which one part is another; return the copy."""
    model = Path(shutil.copytree(own.settings.base, own.folder / "model"))
    settings = json.loads((model / "tokenizer_config.json").read_text())
    if part == "chat template":
        (model / "tokenizer_config.json").write_text(json.dumps({**settings, "chat_template": INSTRUCT_CHAT}))
    elif part == "tokenizer":
        tokenizer = json.loads((model / "tokenizer.json").read_text())
        tokenizer["added_tokens"][0]["lstrip"] = True
        (model / "tokenizer.json").write_text(json.dumps(tokenizer))
    project = yaml.safe_load((own.folder / "project.yaml").read_text())
    (own.folder / "project.yaml").write_text(yaml.safe_dump({**project, "base": "model"}))
    return model


REQUESTS: dict[str, Any] = {
    "plan": lambda own: PlanRequest(project=own.folder),
    "rate": lambda own: RateRequest(project=own.folder, updates=8),
    "train": lambda own: TrainRequest(project=own.folder),
    "resume": lambda own: TrainRequest(project=own.folder, resume=True),
    "evaluate": lambda own: EvaluateRequest(project=own.folder),
    "write": lambda own: WriteRequest(project=own.folder, text="I saw the lamp.", max_tokens=4),
    "export": lambda own: ExportRequest(project=own.folder, to=own.folder / "out"),
}


@pytest.mark.parametrize("stage", REQUESTS)
@pytest.mark.parametrize("part", ["tokenizer", "chat template"])
def test_a_base_whose_tokenizer_or_template_changed_is_no_more_the_trained_one(
    stage: str, part: str, own: Project
) -> None:
    change_base(own, part)
    request: JobRequest[Any] = REQUESTS[stage](open_project(own.folder))
    with pytest.raises((RecipeError, AdapterError), match=part) as caught:
        load_job(find_job(request).name)[1](heard()[0], request)
    assert caught.value.code in ("recipe_base", "adapter_base") and caught.value.remedy


def test_a_base_that_only_moved_is_the_trained_one(own: Project) -> None:
    change_base(own, "nothing")
    assert plan.run(heard()[0], PlanRequest(project=own.folder)).updates == 6

"""A model rewriter is probed, counted as it works, stopped when it is hopeless, and its failures are told: on real servers."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from jobs.test_jobs_rewriting import PLAN, project
from pairs.test_pairs_remote import Handler, serving
from projects import long_model

from stylelab.cli.main import main
from stylelab.errors import PairsError
from stylelab.events import Warn
from stylelab.jobs.catalogue.pairs import PairsAudit, PairsRequest
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.jobs.run import pairs
from stylelab.jobs.steps.attempt import load_attempt, load_probe
from stylelab.pairs.roundtrip import BACK
from stylelab.pairs.simplify import SIMPLIFY
from stylelab.project.project import Project
from stylelab.recipe import PIVOT_AUTO, PIVOT_LANGUAGE, PIVOT_PLAIN, PairsPlan, Recipe

GOOD = "I went to a place. It was grey. There was wind."
META = "Here is the rewritten text of the user."


def shorten_clause(text: str) -> str:
    """Return a clause in other words, as long as before."""
    return re.sub(r"\bwith the wind in my face\b", "and felt the wind there", text)


class Model:
    """What a server's model says: by the instruction that it is given; `asked` counts them."""

    def __init__(self, translates: bool = True, simplifies: bool = True, texts: int = 10**6) -> None:
        self.translates, self.simplifies, self.texts = translates, simplifies, texts
        self.known: set[str] = set()
        self.asked = Counter[str]()

    def __call__(self, h: Handler, n: int, body: Any) -> None:
        system, text = body["messages"][0]["content"], body["messages"][-1]["content"]
        way = {SIMPLIFY: "plain", BACK: "back"}.get(system, "there")
        self.asked[way] += 1
        if way == "there" and len(self.known) < self.texts:
            self.known.add(text)
        good = self.simplifies if way == "plain" else self.translates and (way == "back" or text in self.known)
        h.say((shorten_clause(text) if way == "plain" else GOOD) if good else META)


@pytest.fixture
def make_served(tmp_path: Path) -> Iterator[Callable[..., tuple[Project, Model]]]:
    """Return a project whose rewriter is a server with a model of such talents."""
    with ExitStack() as open_servers:
        base = long_model(tmp_path / "base")

        def make(plan: str = "", parts: int = 2, **talents: Any) -> tuple[Project, Model]:
            model = Model(**talents)
            server = open_servers.enter_context(serving(model))
            return project(
                tmp_path, base, PLAN.format("remote", "m") + f"endpoint: {server.endpoint}\n{plan}", parts
            ), model

        yield make


def make(own: Project, messages: list[Down] | None = None, **how: Any) -> PairsAudit:
    context = Context((messages if messages is not None else []).append)
    return pairs.run(context, PairsRequest(project=own.folder, allow_remote=True, **how))


def test_auto_takes_plain_sentences_where_the_model_cannot_translate(make_served: Any) -> None:
    own, model = make_served(translates=False)
    messages: list[Down] = []
    result = make(own, messages)
    recipe = Recipe.load(own.recipe)
    assert recipe.pairs.pivot == recipe.rewriter.parameters["pivot"] == PIVOT_PLAIN
    assert result.probe is not None and [(w.pivot, w.accepted) for w in result.probe.tried] == [
        (PIVOT_LANGUAGE, 0),
        (PIVOT_PLAIN, 3),
    ]
    assert {row.reason for row in result.probe.tried[0].rejected} == {"meta_text"}
    told = [m.message for m in messages if isinstance(m, Warn)]
    assert any(
        line.startswith("3 of 3 passages were accepted on trial (way of rewriting: plain); 3 texts") for line in told
    )
    before = model.asked.total()
    assert make(own) == result and model.asked.total() == before  # decided once, drafted once
    assert load_attempt(own) is None


def test_auto_keeps_the_language_where_the_model_can_translate(make_served: Any) -> None:
    own, model = make_served()
    result = make(own)
    assert Recipe.load(own.recipe).pairs.pivot == PIVOT_LANGUAGE
    assert result.probe is not None and len(result.probe.tried) == 1 and not model.asked["plain"]


def test_another_model_is_probed_again(make_served: Any) -> None:
    own, model = make_served()
    make(own)
    own.pairs_plan.write_text(own.pairs_plan.read_text().replace("model: m\n", "model: other\n"))
    model.translates = False
    result = make(own)
    assert result.probe is not None and result.probe.pivot == PIVOT_PLAIN and load_probe(own) == result.probe


def test_a_language_that_does_not_work_is_said_with_reasons_and_what_does(make_served: Any) -> None:
    own, _ = make_served("pivot: German\n")
    make(own)
    dataset = {path.name: path.read_bytes() for path in own.dataset.iterdir()}
    own.pairs_plan.write_text(
        own.pairs_plan.read_text().replace("German", "French").replace("model: m\n", "model: n\n")
    )
    with serving(Model(translates=False)) as worse:
        own.pairs_plan.write_text(re.sub(r"endpoint: .*", f"endpoint: {worse.endpoint}", own.pairs_plan.read_text()))
        with pytest.raises(PairsError) as caught:
            make(own)
    assert caught.value.code == "rewriter_hopeless"
    assert "French: 0 of 3 passages accepted: 3 meta text (“Here is the rewritten" in caught.value.message
    assert "plain: 3 of 3" in caught.value.message and "pivot: plain" in caught.value.remedy
    assert dataset == {path.name: path.read_bytes() for path in own.dataset.iterdir()}  # the former dataset stands
    attempt = load_attempt(own)
    assert attempt is not None and (attempt.done, attempt.rejected) == (3, {"meta_text": 3})
    assert attempt.message == caught.value.message and attempt.rejections[0].text == META


def test_a_run_that_becomes_hopeless_stops_early_unless_told_to_go_on(make_served: Any) -> None:
    own, _ = make_served(parts=8, texts=3)  # the probe's, and no more
    messages: list[Down] = []
    with pytest.raises(PairsError) as caught:
        make(own, messages)
    assert caught.value.code == "rewriter_hopeless" and "--keep-going" in caught.value.remedy
    counts = [m for m in messages if isinstance(m, Progress) and m.accepted is not None]
    last = counts[-1]
    assert [m.done for m in counts] == [3, 11, last.done] and 12 <= last.done < last.total  # and not the last batch
    lost = last.done - 3
    assert (last.accepted, last.rejected) == (3, {"meta_text": lost})
    assert f"{lost} of {last.done} texts were rejected" in caught.value.message
    assert "meta text (“Here is the" in caught.value.message
    attempt = load_attempt(own)
    assert attempt is not None and (attempt.done, attempt.accepted, attempt.texts) == (last.done, 3, last.total)
    result = make(own, keep_going=True)
    assert sum(result.splits.values()) == 3 and load_attempt(own) is None
    assert [row.text for row in result.rejected] == [META] * (last.total - 3)


def test_too_few_that_are_left_are_the_rewriters_doing_and_not_the_texts(make_served: Any) -> None:
    own, _ = make_served("pivot: German\n", texts=2)
    with pytest.raises(PairsError) as caught:
        make(own)
    assert caught.value.code == "rewriter_hopeless" and "rewriter: rules" in caught.value.remedy
    assert caught.value.message.startswith("4 of 6 texts were rejected") and "4 meta text" in caught.value.message
    attempt = load_attempt(own)
    assert attempt is not None and attempt.message == caught.value.message and attempt.accepted == 2


def test_an_older_project_whose_drafts_are_there_is_not_probed(make_served: Any) -> None:
    own, model = make_served()
    make(own)
    own.probe.unlink()
    before = model.asked.total()
    assert make(own).probe is None and model.asked.total() == before


def test_a_damaged_finding_is_found_anew(make_served: Any) -> None:
    own, _ = make_served()
    make(own)
    own.probe.write_text("{")
    own.pairs_plan.write_text(own.pairs_plan.read_text().replace("model: m\n", "model: other\n"))
    assert make(own).probe == load_probe(own) is not None


def test_rules_are_sealed_as_ever_and_old_recipes_mean_the_same() -> None:
    rules = PairsPlan.model_validate({})
    assert rules.pivot == PIVOT_AUTO and rules.settle(PIVOT_PLAIN).pivot == "simplified Mandarin Chinese"
    local = PairsPlan.model_validate({"rewriter": "local", "model": "m"})
    old = PairsPlan.model_validate({"rewriter": "local", "model": "m", "pivot": "simplified Mandarin Chinese"})
    assert local.settle(PIVOT_PLAIN).pivot == PIVOT_PLAIN and old.settle(PIVOT_PLAIN) == old
    assert (rules.bleed_allowed, old.bleed_allowed, local.settle(PIVOT_PLAIN).bleed_allowed) == (1.0, 0.5, 1.0)
    assert local.allows(old) and local.allows(local.settle(PIVOT_PLAIN)) and not old.allows(local.settle(PIVOT_PLAIN))


def test_a_stop_is_obeyed_while_a_server_thinks(make_served: Any) -> None:
    own, _ = make_served()
    asked = threading.Event()

    def think(h: Handler, n: int, body: Any) -> None:
        asked.set()
        h.server.over.wait(30)

    with serving(think) as slow:
        own.pairs_plan.write_text(re.sub(r"endpoint: .*", f"endpoint: {slow.endpoint}", own.pairs_plan.read_text()))
        context = Context(lambda message: None)

        def cancel() -> None:
            asked.wait(60)
            stopped.append(time.monotonic())
            context.cancel.set()

        stopped: list[float] = []
        threading.Thread(target=cancel, daemon=True).start()
        with pytest.raises(Cancelled):
            pairs.run(context, PairsRequest(project=own.folder, allow_remote=True))
        assert time.monotonic() - stopped[0] < 2


def test_audit_and_report_show_the_attempt_until_a_dataset_is_made(
    make_served: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    own, _ = make_served("pivot: German\n", texts=2)
    with pytest.raises(PairsError) as caught:
        make(own)
    assert main(["pairs", "report", str(own.folder)]) == 0
    told = capsys.readouterr().out
    assert "6 of 6 texts were rewritten: 2 accepted, 4 rejected." in told and caught.value.message in told
    assert told.count(f"as_written: meta_text: {META}") == 4
    assert main(["pairs", "report", str(own.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["attempt"]["rejected"] == {"meta_text": 4}
    assert main(["audit", str(own.folder), "--json"]) == 0
    funnel = json.loads(capsys.readouterr().out)["funnel"]
    assert funnel[-1] == {
        "stage": "rewrite (remote, no dataset made)", "in": 6, "out": 2, "dropped": {"meta_text": 4}
    }  # fmt: skip
    own.pairs_plan.write_text("rewriter: rules\nvariants: [neutral]\nperspectives: []\n")
    make(own)
    assert main(["audit", str(own.folder), "--json"]) == 0
    assert "no dataset" not in capsys.readouterr().out and not own.attempt.exists()

"""What is tried before a run, in the window: a rehearsal of the plan, and learning rates of which one is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, Open, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.training.page import TrainingPage
from stylelab.app.widgets.rate_chart import RateChart, power
from stylelab.app.widgets.sheet import Sheet
from stylelab.jobs.catalogue.training import RatePoint, RateResult
from stylelab.jobs.core.protocol import Phase
from stylelab.training.plan import Plan


def training(window: Window) -> TrainingPage:
    page = window.page
    assert isinstance(page, TrainingPage)
    return page


def tried(qtbot: QtBot, window: Window, link: QAbstractButton) -> tuple[Sheet, list[str]]:
    """Click a link, wait for its job, and return the sheet about it and the phases that the job told of."""
    page, phases = training(window), list[str]()

    def hear(job: object, message: object) -> None:
        if isinstance(message, Phase):
            phases.append(message.name)

    window.session.job_told.connect(hear)
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(link, LEFT)
        assert not page.plan.rehearse.isEnabled() and not page.plan.rates.isEnabled()
        assert not page.main.isEnabled(), "one job at a time"
    assert ended.args is not None and ended.args[1].kind == "finished"
    settle(qtbot, window)
    sheet = page.trials.sheet
    assert sheet is not None and page.plan.rehearse.isEnabled() and page.main.isEnabled()
    return sheet, phases


def planned(folder: Path) -> float:
    return Plan.load(folder / "training.yaml").learning_rate


def test_a_rate_is_found_used_and_taken_back(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "training")
    page, before = training(window), planned(trained_copy)
    sheet, phases = tried(qtbot, window, page.plan.rates)
    assert phases == ["load the base model", "try learning rates"]
    (chart,) = sheet.findChildren(RateChart)
    rate = float(sheet.choices[0].text().removeprefix("Use "))
    assert f"{rate:g}: {rate:g}" in chart.accessibleDescription()
    assert sheet.leave.text() == f"Keep {before:g}" and rate != before
    assert planned(trained_copy) == before, "nothing is kept but what is chosen"
    sheet.choices[0].click()
    settle(qtbot, window)
    assert planned(trained_copy) == rate and page.plan.form.values()["learning_rate"] == f"{rate:g}"
    page.undo()
    settle(qtbot, window)
    assert planned(trained_copy) == before
    assert not (trained_copy / "runs" / "run-002").exists()


def test_a_found_rate_can_be_left(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    window = open_window(trained_copy, "training")
    before = planned(trained_copy)
    sheet, _ = tried(qtbot, window, training(window).plan.rates)
    sheet.leave.click()
    settle(qtbot, window)
    assert planned(trained_copy) == before


def test_a_plan_is_rehearsed_and_what_was_measured_stays_in_its_words(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    window = open_window(trained_copy, "training")
    page = training(window)
    assert "rehearsed" not in page.plan.words.text()
    sheet, phases = tried(qtbot, window, page.plan.rehearse)
    assert phases == ["count tokens", "rehearse one update"]
    said = sheet.accessibleDescription()
    assert "One update of the longest pairs took" in said and "of memory were in use" in said
    assert not sheet.choices, "there is nothing to choose"
    sheet.leave.click()
    assert "rehearsed" in page.plan.words.text() and "of memory" in page.plan.words.text()
    assert not (trained_copy / "runs" / "run-002").exists()


def test_where_no_rate_helps_the_sheet_offers_none(open_window: Open, qtbot: QtBot, trained: Path) -> None:
    page = training(open_window(trained, "training"))
    points = (RatePoint(learning_rate=1e-6, loss_nats=2.0), RatePoint(learning_rate=1e-5, loss_nats=None))
    page.trials.tell_rates(RateResult(suggested=None, planned=1e-4, points=points))
    sheet = page.trials.sheet
    assert sheet is not None and not sheet.choices and sheet.leave.text() == "Close"
    sheet.leave.click()


def test_without_pairs_nothing_can_be_tried(open_window: Open, qtbot: QtBot, project: Path) -> None:
    page = training(open_window(project, "training"))
    assert not page.plan.rehearse.isEnabled() and not page.plan.rates.isEnabled()


def test_powers_of_ten_are_printed_raised() -> None:
    assert power(-14) == "10⁻¹⁴"

"""The window's smaller parts: each by what it does, and both sides of every seam to a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from stylelab.app.pages.pairs.side import mark_lost_words
from stylelab.app.platform import dock, macos, notifications
from stylelab.app.session import presets
from stylelab.app.session.preferences import Preferences
from stylelab.app.start import find_project, has_screen
from stylelab.app.texts import plan_words
from stylelab.app.texts.differences import WORD, find_differences
from stylelab.app.widgets.bars import choose_ticks
from stylelab.app.widgets.chart import smooth_values
from stylelab.app.widgets.figures import Figures
from stylelab.app.widgets.form import ModelForm
from stylelab.app.widgets.table_rows import PAGE, SOUGHT_PAGES, Paged, Rows, TableColumn
from stylelab.basemodels.families import describe_family
from stylelab.errors import ModelError
from stylelab.events import Warn
from stylelab.jobs.catalogue.training import PlanFigures, SuggestedFigures
from stylelab.training.plan import KEYS, Plan

# ---------------------------------------------------------------- seams


class FakeRuntime:
    """Stands for the Objective-C runtime of a Mac."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def begin_activity(self, options: int, reason: str) -> Any:
        assert options == macos.USER_INITIATED
        self.said.append(f"begin {reason}")
        return 7

    def end_activity(self, token: Any) -> None:
        self.said.append(f"end {token}")

    def set_badge(self, text: str | None) -> None:
        self.said.append(f"badge {text}")


def test_a_mac_stays_awake_from_begin_to_end_and_only_once() -> None:
    runtime = FakeRuntime()
    awake = macos.Activity(runtime)
    awake.begin("StyleLab: train")
    awake.begin("StyleLab: train")
    awake.end()
    awake.end()
    assert runtime.said == ["begin StyleLab: train", "end 7"]


def test_other_systems_are_left_alone() -> None:
    awake = macos.choose_awake("linux")
    assert type(awake) is macos.Awake
    awake.begin("nothing")
    awake.end()


def test_the_docks_badge_changes_with_the_percentage_and_goes() -> None:
    runtime = FakeRuntime()
    tile = dock.DockTile(runtime)
    for share in (None, 0.0, 0.301, 0.302, 1.0, None, None):
        tile.show(share)
    assert runtime.said == ["badge 0%", "badge 30%", "badge 100%", "badge None"]


def test_a_linux_taskbar_is_told_the_share_and_when_to_hide_it() -> None:
    told: list[Mapping[str, float | bool]] = []
    tile = dock.Launcher(lambda application, properties: told.append(properties))
    tile.show(0.3)
    tile.show(None)
    assert told == [{"progress": 0.3, "progress-visible": True}, {"progress": 0.0, "progress-visible": False}]


def test_a_screen_without_a_taskbar_is_left_alone() -> None:
    assert type(dock.choose_tile("offscreen")) is dock.Tile
    assert type(dock.choose_tile("xcb")) is type(dock.choose_tile("wayland-egl")) is dock.Launcher
    dock.choose_tile("offscreen").show(0.5)


@dataclass
class LongJob:
    began: float


@pytest.mark.parametrize(("active", "seconds", "told"), [(False, 60.0, True), (True, 60.0, False), (False, 5.0, False)])
def test_only_the_end_of_a_long_job_is_told_to_who_looks_elsewhere(active: bool, seconds: float, told: bool) -> None:
    assert notifications.is_wanted(LongJob(100.0), active, 100.0 + seconds) is told  # type: ignore[arg-type]


def test_linux_without_a_screen_is_told_before_qt_aborts() -> None:
    assert not has_screen("linux", {})
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"}) and has_screen("darwin", {})


def test_a_double_click_on_project_yaml_opens_its_folder() -> None:
    assert find_project(Path("a/project.yaml")) == Path("a") == find_project(Path("a"))


def test_recent_projects_are_those_that_exist_the_latest_first(preferences: Preferences, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "project.yaml").write_text("")
    for name in ("a", "b", "gone", "a"):
        preferences.remember(tmp_path / name)
    assert preferences.recent == [tmp_path / "a", tmp_path / "b"]


# ---------------------------------------------------------------- texts


def test_differing_marks_the_words_that_the_other_text_has_not() -> None:
    a, b = "The lamp was dark.", "The old lamp was very dark!"
    assert [b[start:end] for start, end in find_differences(a, b)] == ["old", "very", "!"]


@given(st.text(max_size=80))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert find_differences(text, text) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_differs_are_whole_words(a: str, b: str) -> None:
    starts = {match.start() for match in WORD.finditer(b)}
    assert all(start in starts and start < end <= len(b) for start, end in find_differences(a, b))


def test_lost_words_are_marked_whole() -> None:
    text = "Still, he sat stillness-like; still."
    marks = mark_lost_words(text, ("still",), "lost")
    assert [text[mark.start : mark.end] for mark in marks] == ["Still", "still"]


# ---------------------------------------------------------------- numbers


def test_smoothing_starts_unbiased_and_follows() -> None:
    assert smooth_values([4.0]) == [4.0]
    assert smooth_values([2.0, 2.0, 2.0]) == pytest.approx([2.0, 2.0, 2.0])
    assert smooth_values([0.0, 1.0], past=0.5) == pytest.approx([0.0, 2 / 3])


@given(st.floats(min_value=1, max_value=1e7))
def test_an_axis_has_few_round_ticks_within_reach(high: float) -> None:
    found = choose_ticks(high)
    assert 1 <= len(found) <= 6 and found[0] == 0 and all(value <= high for value in found)


def test_a_plan_is_said_in_updates_pairs_and_epochs() -> None:
    said = plan_words.describe_plan(Plan.model_validate({}), 7000)
    assert "525 " in said and "4 " in said and "0.3 times" in said and "never seen" in said


@pytest.mark.parametrize(
    ("language", "wanted"), [("en", "phi3 models train in padded batches"), ("de", "phi3-Modelle werden")]
)
def test_a_plan_says_what_is_to_be_known_of_the_base_s_kind(
    tongue: Callable[[str], None], language: str, wanted: str
) -> None:
    tongue(language)
    notes = tuple(Warn.of(note) for note in describe_family({"model_type": "phi3"}, KEYS))
    figures = PlanFigures.model_construct(seconds=None, peak_bytes=None, fit=None, too_long=0, kind_notes=notes)
    said = plan_words.describe_plan(Plan(), 7000, figures)
    assert wanted in said and "self_attn.qkv_proj" in said


def test_every_preset_is_a_plan_and_the_machine_gets_the_largest_that_fits() -> None:
    gib = 2**30
    assert [presets.choose_preset("folder", n * gib).gigabytes for n in (8, 16, 24, 36, 96, 192)] == [
        16,
        16,
        16,
        32,
        64,
        128,
    ]
    assert presets.choose_preset("bundled", 96 * gib).key == "small"


def test_a_new_project_starts_from_its_bases_plan(tiny_model: Path) -> None:
    small = presets.choose_plan("bundled", 16 * 2**30)
    assert small == presets.choose_preset("bundled", 16 * 2**30).plan
    assert presets.choose_plan(str(tiny_model), 16 * 2**30).learning_rate == small.learning_rate
    with pytest.raises(ModelError):
        presets.choose_plan("no-such-model", 16 * 2**30)


@pytest.mark.parametrize(("measured", "said"), [(True, "we would take"), (False, "our guess is")])
def test_what_would_suit_a_base_better_is_said_with_how_well_it_is_known(measured: bool, said: str) -> None:
    better = SuggestedFigures(
        parameters=135_000_000, learning_rate=4e-4, updates=40, pairs_per_update=8, measured=measured
    )
    words = plan_words.describe_suggestion(better)
    assert said in words and "0.0004" in words and "40 update" in words and "8 pair" in words


def test_the_difference_of_two_plans_is_said() -> None:
    a, b = (Plan.model_validate({"rank": rank}) for rank in (8, 16))
    assert plan_words.describe_differences(a, b) == ["Rank 8 → 16"]


# ---------------------------------------------------------------- forms and tables


class Model(BaseModel):
    """Every kind of field that a form knows."""

    model_config = ConfigDict(frozen=True)

    count: int = Field(default=3, ge=1, le=9)
    rate: float = Field(default=0.5, gt=0)
    sure: bool = False
    way: Literal["a", "b"] = "a"


def test_a_form_gives_a_valid_model_or_says_what_is_wrong(qtbot: QtBot) -> None:
    form = ModelForm(Model)
    qtbot.addWidget(form)
    form.show_model(Model())
    edited: list[Model] = []
    form.edited.connect(edited.append)
    count, sure, way = form.fields["count"], form.fields["sure"], form.fields["way"]
    assert isinstance(count, QLineEdit) and isinstance(sure, QCheckBox) and isinstance(way, QComboBox)
    count.setText("7")
    count.editingFinished.emit()
    sure.setChecked(True)
    way.setCurrentIndex(1)
    way.activated.emit(1)
    assert edited[-1] == Model(count=7, sure=True, way="b")
    count.setText("70")
    count.editingFinished.emit()
    assert len(edited) == 3 and count.property("wrong") is True
    count.setText("0,8")
    count.editingFinished.emit()
    assert len(edited) == 3


def test_a_cell_tells_its_whole_text_or_its_hint() -> None:
    rows: Rows[int] = Rows([TableColumn("N", str), TableColumn("N", str, hint=lambda n: f"{n} passages")])
    rows.put([1200])
    told = [rows.data(rows.index(0, n), Qt.ItemDataRole.ToolTipRole) for n in (0, 1)]
    assert told == ["1200", "1200 passages"]


def test_a_table_sorts_by_the_value_and_not_its_words() -> None:
    rows: Rows[int] = Rows([TableColumn("N", str, lambda n: n, True)])
    rows.put([10, 9, 100])
    rows.sort(0)
    assert rows.rows == [9, 10, 100]


def test_a_long_table_reads_only_the_pages_in_sight() -> None:
    asked: list[int] = []
    waiting: list[Callable[[], None]] = []

    def fetch(read: Callable[[], Any], then: Callable[[Any], None]) -> None:
        waiting.append(lambda: then(read()))

    def read(first: int, count: int) -> Sequence[int]:
        asked.append(first)
        return range(first, first + count)

    table: Paged[int] = Paged([TableColumn("N", str)], fetch)
    table.put(100_000, read)
    place = table.index(50_001, 0)
    assert table.data(place) == "…" and table.data(table.index(50_002, 0)) == "…"
    for answer in waiting:
        answer()
    assert asked == [50_001 // PAGE * PAGE] and table.data(place) == "50001"
    assert table.rowCount() == 100_000 and table.rowCount(table.index(0, 0)) == 0
    late = waiting.pop()
    table.put(1, read)
    late()
    assert table.data(table.index(0, 0), Qt.ItemDataRole.DisplayRole) == "…", "an answer to an earlier question"
    assert not QModelIndex().isValid()


def test_pages_that_were_scrolled_past_are_not_read_and_can_be_asked_for_again() -> None:
    asked: list[int] = []
    waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def read(first: int, count: int) -> Sequence[int]:
        asked.append(first // PAGE)
        return range(first, first + count)

    def answer() -> None:
        while waiting:
            look, then = waiting.pop(0)
            then(look())

    table: Paged[int] = Paged([TableColumn("N", str)], lambda look, then: waiting.append((look, then)))
    table.put(100 * PAGE, read)
    for page in range(50):
        table.data(table.index(page * PAGE, 0))
    answer()
    assert asked == list(range(50 - SOUGHT_PAGES, 50))
    table.data(table.index(0, 0))
    answer()
    assert asked[-1] == 0 and table.data(table.index(0, 0)) == "0"


def test_a_page_that_comes_back_into_sight_after_its_turn_is_read() -> None:
    waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
    table: Paged[int] = Paged([TableColumn("N", str)], lambda look, then: waiting.append((look, then)))
    table.put(100 * PAGE, lambda first, count: range(first, first + count))
    for page in range(SOUGHT_PAGES + 1):
        table.data(table.index(page * PAGE, 0))
    look, then = waiting.pop(0)
    nothing = look()
    assert nothing is None and table.data(table.index(0, 0)) == "…"
    then(nothing)
    look, then = waiting.pop()
    then(look())
    assert table.data(table.index(0, 0)) == "0"


# ---------------------------------------------------------------- figures


def test_figures_that_grow_go_to_a_second_row_before_they_are_cut(qtbot: QtBot) -> None:
    figures = Figures({name: name for name in ("update", "loss", "speed", "memory")})
    qtbot.addWidget(figures)
    figures.resize(figures.sizeHint().width() + 4, 80)
    figures.show()
    labels = figures.findChildren(QLabel)
    low = figures.minimumSizeHint().height()
    figures.put("update", "24,000 / 240,000")
    QApplication.processEvents()
    assert figures.minimumSizeHint().height() > 1.5 * low
    assert all(label.width() >= label.sizeHint().width() for label in labels)

"""English and German, both whole: every text has a translation, none is left behind on a page, none is cut off."""

from __future__ import annotations

import importlib.util
import math
import shutil
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hub_server import Hub, read_files, serve
from pydantic import BaseModel
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windows import PATIENCE, Open, settle

from models import make_model
from stylelab.app.frame.sidebar import LIBRARY, SidebarItem
from stylelab.app.frame.window import LEAST, Window
from stylelab.app.look import theme
from stylelab.app.pages.models.page import ModelsPage
from stylelab.app.session.stages import STAGES
from stylelab.app.texts import words
from stylelab.app.texts.remedies.explain import list_remedies
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.widgets.basics import Scroll, Segmented
from stylelab.app.widgets.cards import Card
from stylelab.app.widgets.form import ModelForm
from stylelab.app.widgets.legend import Legend
from stylelab.corpus.plan import CorpusPlan
from stylelab.errors import StyleLabError
from stylelab.events import Warn
from stylelab.jobs.catalogue.basemodels import PullRequest
from stylelab.project.project import ProjectSettings
from stylelab.recipe import Constraint, Frames, PairsPlan, PersonaPart, SamplingPart
from stylelab.settings.declaration import describe_settings
from stylelab.training.plan import Plan

PAGES = (*STAGES, *LIBRARY)
FONTS = Path(__file__).parent / "fonts"


@pytest.fixture(params=["wide", "narrow"])
def face(request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the window in the widest of the usual fonts, or in a narrow one with tall lines; its own lies between them."""
    name = str(request.param)
    families = theme.load_families(FONTS / f"{name}.ttc")
    monkeypatch.setattr(theme, "choose_families", lambda: families)
    return name


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    """packaging/translations.py, which is no package."""
    path = Path(__file__).resolve().parents[2] / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_text_has_its_translation_and_no_other(collector: ModuleType, language: str) -> None:
    known = collector.read(collector.catalogue(language))
    assert set(known) == set(collector.wanted_in(language)), "run `make translations` and fill in what is missing"


@pytest.mark.parametrize(
    "model", [Plan, PairsPlan, CorpusPlan, PersonaPart, Frames, Constraint, SamplingPart, ProjectSettings]
)
def test_what_a_setting_declares_is_translated_without_being_named_again(
    collector: ModuleType, model: type[BaseModel], tongue: Callable[[str], None]
) -> None:
    collected = {text.source for text in collector.texts() if text.context == "settings"}
    tongue("de")
    german = translate_settings(model)
    for name, declared in describe_settings(model).items():
        if model.model_fields[name].title is None:  # the file's version is no setting
            continue
        said = {declared.title, declared.meaning, declared.unit, *declared.choices.values()} - {""}
        assert said <= collected, f"{name}: texts are literals in `setting(…)`"
        assert german[name].meaning != declared.meaning and german[name].choices.keys() == declared.choices.keys()


@pytest.mark.parametrize("model", [Plan, PairsPlan])
def test_a_form_shows_every_setting_that_it_has_a_field_for(qtbot: QtBot, model: type[BaseModel]) -> None:
    form = ModelForm(model)
    qtbot.addWidget(form)
    assert set(model.model_fields) - set(form.fields) == ({"keys"} if model is Plan else set())


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_compiled_catalogue_is_of_these_translations(collector: ModuleType, language: str, tmp_path: Path) -> None:
    ts = collector.catalogue(language)
    collector.release(ts, tmp_path / "new.qm")
    assert (tmp_path / "new.qm").read_bytes() == ts.with_suffix(".qm").read_bytes(), "run `make translations`"


def test_translations_keep_the_places_to_fill_in(collector: ModuleType) -> None:
    wrong = [
        text.source
        for text, forms in collector.read(collector.catalogue("de")).items()
        for form in forms
        if places(form) != places(text.source) or ("%n" in text.source) != ("%n" in form)
    ]
    assert not wrong


def places(text: str) -> set[str | None]:
    """Return the names of a text's places to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_font_that_comes_along_has_the_letters_and_weights_of_the_window(
    qapp: QApplication, collector: ModuleType
) -> None:
    texts = collector.read(collector.catalogue("de"))
    letters = {letter for text, forms in texts.items() for letter in text.source + "".join(forms)} - {"\n"}
    font = QFont(theme.load_families(theme.FONT)[0])
    assert QFontInfo(font).family() == "StyleLab Inter"
    widths = set[float]()
    for weight in (theme.Weight.Normal, theme.Weight.Medium, theme.Weight.DemiBold, theme.Weight.Bold):
        font.setWeight(weight)
        widths.add(QFontMetricsF(font).horizontalAdvance("Widths differ, drawn for each weight"))
        assert not [letter for letter in letters if not QFontMetrics(font).inFontUcs4(ord(letter))]
    assert len(widths) == 4, "no weight is made of another"


def test_the_test_fonts_stand_on_both_sides_of_the_windows_own(qapp: QApplication) -> None:
    paths = (FONTS / "narrow.ttc", theme.FONT, FONTS / "wide.ttc")
    metrics = [QFontMetricsF(QFont(theme.load_families(path)[0])) for path in paths]
    narrow, own, wide = (m.horizontalAdvance("Von Ihnen entschieden") for m in metrics)
    assert narrow < 0.9 * own and wide > 1.05 * own
    assert metrics[0].height() > 1.05 * max(m.height() for m in metrics[1:])


def test_numbers_have_their_plural(tongue: Callable[[str], None]) -> None:
    assert [words.format_count("passages", n) for n in (1, 1200)] == ["1 passage", "1,200 passages"]
    tongue("de")
    assert [words.format_count("passages", n) for n in (1, 1200)] == ["1 Abschnitt", "1.200 Abschnitte"]
    assert words.format_number(0.5, 2) == "0,50"


def lay_out(window: Window, qtbot: QtBot) -> None:
    """Wait until all is read and has its place: a part that grows moves its neighbours in another round."""
    settle(qtbot, window)
    for _ in range(3):
        QApplication.processEvents()


def shown(window: Window, qtbot: QtBot) -> Iterator[str]:
    """Show every page and every view of it, one after the other."""
    for name in PAGES:
        window.show_page(name)
        lay_out(window, qtbot)
        yield name
        assert window.page is not None
        for view in window.page.findChildren(Segmented):
            for index in range(view.count):
                view.choose(index)
                lay_out(window, qtbot)
                yield f"{name} {index}"


def test_german_pages_have_no_english_left_and_nothing_is_cut_off(
    face: str, open_window: Open, qtbot: QtBot, trained: Path, collector: ModuleType, tongue: Callable[[str], None]
) -> None:
    english = english_texts(collector)
    tongue("de")
    window = open_window(trained)
    window.resize(*LEAST)
    left: set[str] = set()
    cut: set[str] = set()
    for place in shown(window, qtbot):
        left |= {f"{place}: {text}" for text in texts(window) if text in english}
        cut |= {f"{place}: {problem}" for problem in clipped(window)}
    assert not left
    assert not sorted(cut), face


def test_german_sheets_about_errors_have_no_english_left_and_nothing_is_cut_off(
    face: str, open_window: Open, collector: ModuleType, tongue: Callable[[str], None]
) -> None:
    english = english_texts(collector)
    tongue("de")
    window = open_window()
    for code in list_remedies():
        window.show_trouble(StyleLabError("An English sentence.", remedy="And another.", code=code), "")
        sheet = window.sheet
        assert sheet is not None
        QApplication.processEvents()
        shown = {sheet.windowTitle(), sheet.accessibleDescription().strip(), *texts(sheet)}
        assert not shown & english and not [text for text in shown if "nglish" in text], code
        assert not list(clipped(sheet)), code
        sheet.reject()


def test_german_wizard_is_not_cut_off(
    face: str, open_window: Open, qtbot: QtBot, tongue: Callable[[str], None]
) -> None:
    tongue("de")
    window = open_window()
    window.new_project()
    wizard = window.wizard
    assert wizard is not None
    wizard.author.name.setText("Theodor Fontane")
    wizard.files.use_sample()
    for _ in wizard.steps:
        QApplication.processEvents()
        assert not list(clipped(wizard))
        wizard.on.click()


@pytest.fixture
def library(tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder with a model of a long name, and a hub that sends slowly."""
    folder = tmp_path / "models"
    shutil.copytree(
        tiny_model, folder / "a-model-of-a-very-long-name-that-somebody-gave-it-at-some-time-or-other-4bit-g32"
    )
    monkeypatch.setenv("STYLELAB_MODELS", str(folder))
    return folder


def test_german_base_models_are_not_cut_off_while_one_arrives_and_others_went_wrong(
    face: str, open_window: Open, qtbot: QtBot, trained: Path, library: Path, tmp_path: Path, collector: ModuleType,
    tongue: Callable[[str], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    english = english_texts(collector)
    tongue("de")
    window = open_window(trained, "models")
    window.resize(*LEAST)
    page = window.page
    assert isinstance(page, ModelsPage)
    for key, code in (
        ("gemma-3-12b-pt", "download_gated"),
        ("qwen2.5-7b", "download_busy"),
        ("llama-3.2-1b", "disk_full"),
    ):
        page.jobs.faults[key] = StyleLabError("A sentence.", remedy="And another.", code=code)
    with serve(Hub(read_files(make_model(tmp_path / "hub" / "tiny")), slow_seconds=5)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert page.jobs.start(PullRequest(model=hub.repo))
        qtbot.waitUntil(lambda: page.jobs.current is not None and bool(page.jobs.current.job.share), timeout=PATIENCE)
        page.jobs.current.job.notes.append(Warn(message="", values={"package": "a-package 1.0"}))  # type: ignore[union-attr]
        page.show_rows()
        cut: set[str] = set()
        for key in list(page.rows):
            page.list.choose(key)
            for _ in range(10):  # the inspector's scroll bar comes and goes
                QApplication.processEvents()
            cut |= {f"{key}: {problem}" for problem in clipped(window)}
        left = {text for text in texts(page) if text in english}
        page.jobs.cancel()
        settle(qtbot, window)
    assert not left and not sorted(cut), face


def test_german_sample_is_not_cut_off_while_it_fetches_and_when_that_failed(
    face: str, open_window: Open, qtbot: QtBot, collector: ModuleType, tongue: Callable[[str], None]
) -> None:
    english = english_texts(collector)
    tongue("de")
    window = open_window()
    qtbot.mouseClick(window.welcome.sample, Qt.MouseButton.LeftButton)
    dialog = window.sample
    assert dialog is not None
    for part in (dialog.picker.fetching, dialog.picker.failed):
        part.show()
        dialog.picker.progress.setText("12,3 von 92,9 MB · 1,2 MB/s · noch 67 Sekunden")
        dialog.picker.fault.setText("Der Modell-Hub ist nicht erreichbar. " * 3)
        for _ in range(3):
            QApplication.processEvents()
        assert not list(clipped(dialog)) and not set(texts(dialog)) & english
        part.hide()
    dialog.reject()


def english_texts(collector: ModuleType) -> set[str]:
    """Return the texts that are English and nothing else."""
    german = collector.read(collector.catalogue("de"))
    return {text.source for text in german} - {form for forms in german.values() for form in forms}


def texts(top: QWidget) -> Iterator[str]:
    """Yield what is written on a widget."""
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QPushButton | QCheckBox | SidebarItem):
            yield widget.text()


def clipped(top: QWidget) -> Iterator[str]:
    """Yield the texts under a widget that have not the room they need."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                if widget.height() + 1 < widget.heightForWidth(widget.width()):
                    yield f"label {widget.text()!r}: {widget.height()} of {widget.heightForWidth(widget.width())} high"
            elif widget.width() + 1 < widget.sizeHint().width():
                yield f"label {widget.text()!r}: {widget.width()} of {widget.sizeHint().width()} wide"
        elif isinstance(widget, QPushButton | QCheckBox | Segmented):
            if widget.width() + 1 < widget.sizeHint().width():
                yield f"{widget.accessibleName()!r}: {widget.width()} of {widget.sizeHint().width()} wide"
        elif isinstance(widget, QComboBox):
            room = widget.width() - 34
            for n in range(widget.count()):
                needed = QFontMetrics(widget.font()).horizontalAdvance(widget.itemText(n))
                if needed > room:
                    yield f"choice {widget.itemText(n)!r}: {room} of {needed} wide"
        elif isinstance(widget, QTableView):
            head = widget.horizontalHeader()
            for n in (n for n in range(head.count()) if not head.isSectionHidden(n)):
                title = str(widget.model().headerData(n, Qt.Orientation.Horizontal))
                needed = (
                    QFontMetrics(theme.make_text_font(theme.SMALL_PIXELS, theme.Weight.Medium)).horizontalAdvance(title)
                    + 22
                )
                if math.ceil(needed) > head.sectionSize(n):
                    yield f"heading {title!r}: {head.sectionSize(n)} of {needed} wide"
        elif isinstance(widget, QLineEdit):
            needed = QFontMetrics(widget.font()).horizontalAdvance(widget.placeholderText())
            if needed + 20 > widget.width():
                yield f"placeholder {widget.placeholderText()!r}: {widget.width()} of {needed} wide"
        elif isinstance(widget, Card | Legend):
            if widget.height() + 1 < widget.heightForWidth(widget.width()):
                yield f"{widget.accessibleName()!r}: {widget.height()} of {widget.heightForWidth(widget.width())} high"
        elif isinstance(widget, Scroll):
            if widget.inner.width() > widget.viewport().width():
                yield f"scrolled: {widget.viewport().width()} of {widget.inner.width()} wide"
        elif isinstance(widget, SidebarItem):
            needed = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            if needed > widget.width() - 84:
                yield f"item {widget.text()!r}"

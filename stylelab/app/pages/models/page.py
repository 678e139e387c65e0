"""The page of the base models: which are here, which can be had, how far each is; one is chosen for the project.

In: the library, the catalogue, other programs' models, the hub where the user asks it. Out: jobs, project.yaml's base.
Next: training page. It works without a project, too: then a model can be got, and none is used.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from stylelab.app.look.theme import GRID
from stylelab.app.pages.models.hub_search import HubSearch
from stylelab.app.pages.models.inspector import ModelInspector
from stylelab.app.pages.models.model_list import ModelList
from stylelab.app.pages.models.offers import Circumstances, build_face, list_offers, name_this_machine
from stylelab.app.pages.models.operations import ModelOperations
from stylelab.app.pages.models.rows import ModelRow, Section, build_request_row, build_rows
from stylelab.app.pages.page import RoomPage
from stylelab.app.session.model_jobs import ModelJobs
from stylelab.app.session.model_survey import ModelSurvey, read_model_survey
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.widgets.basics import (
    make_action,
    make_area,
    make_button,
    make_column,
    make_label,
    make_row,
    make_tool,
)
from stylelab.app.widgets.veil import DropVeil
from stylelab.basemodels.measurements import BaseMeasurement, SpeedMeasurement, TextMeasurement
from stylelab.jobs.catalogue.basemodels import AddResult, CheckBaseResult, ConvertResult, ProbeMachineRequest
from stylelab.jobs.core.client import JobOutcome

DEFAULTS = ("pause", "get", "import", "use")  # what Return does: the first that a line offers


def read_measurement(result: CheckBaseResult) -> BaseMeasurement:
    """Return what a check has measured, as it is remembered."""
    texts: dict[str, TextMeasurement] = {}
    if result.bits_per_byte is not None and result.tokens_per_word is not None:
        text = TextMeasurement(bits_per_byte=result.bits_per_byte, tokens_per_word=result.tokens_per_word)
        texts[result.language] = text
    speed = SpeedMeasurement.model_validate(result.dump(), extra="ignore") if result.training_tokens else None
    return BaseMeasurement(parameters=result.parameters, texts=texts, speed=speed)


class ModelsPage(RoomPage):
    """Bases to learn on."""

    name = "models"

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session)
        self._preferences = preferences
        self.jobs = ModelJobs(session, self)
        self.operations = ModelOperations(session, preferences, self.jobs, self)
        self.hub = HubSearch(session, self)
        self.found: ModelSurvey | None = None
        self.rows: dict[str, ModelRow] = {}
        # since the page is there: what was fetched just now has no known hash yet
        self._checked: dict[str, BaseMeasurement] = {}
        self._wanted = ""  # a model that is chosen as soon as it is listed
        self._reads = 0
        self._probed = False
        self._build_header()
        self.list = ModelList(self.tr("Base models"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the list"))
        self.search.setClearButtonEnabled(True)
        self.ask_hub = make_button(self.tr("Search the Hub"), self._search_hub, "link")
        self.ask_hub.setToolTip(self.tr("Asks the model hub for the words in the search field; nothing else is sent."))
        self.hint = make_label("", "quiet", wrap=True)
        top = make_row(self.search, self.ask_hub, edges=(4 * GRID, 0, 3 * GRID, GRID), gap=2 * GRID)
        hint = make_area(make_row(self.hint, edges=(4 * GRID, 0, 3 * GRID, GRID)))
        self._hint_area = hint
        self.body.addWidget(make_area(make_column(top, hint, self.list, gap=0)))
        self.inspector = ModelInspector()
        self._veil = DropVeil(self)
        self.setAcceptDrops(True)
        self._connect()
        self._say("")
        self.read_models()

    def _build_header(self) -> None:
        self.back = make_button(self.tr("Back"), lambda: self.go.emit("welcome"))
        self.back.setVisible(self.session.project is None)
        self.more = make_tool(self.tr("More"), "plus", self._show_more)
        self.use = make_button(self.tr("Use for This Project"), lambda: self._do(self.list.key, "use"), "primary")
        self.use.setVisible(self.session.project is not None)
        self.header.add(self.more, self.back, self.use)

    def _connect(self) -> None:
        assert isinstance(self.inspector, ModelInspector)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.list.enter)
        self.list.chosen.connect(lambda key: self._show_chosen())
        self.list.wanted.connect(self._do)
        self.list.asked.connect(self._show_menu)
        self.inspector.wanted.connect(self._do)
        self.inspector.linked.connect(self.operations.browse)
        self.jobs.told.connect(self._follow)
        self.jobs.ended.connect(self._finish)
        self.operations.changed.connect(self.read_models)
        self.hub.answered.connect(self.show_rows)

    # ------------------------------------------------------------ what there is

    def read_models(self, choose: str = "") -> None:
        """Read anew which models there are, and choose one of them."""
        self._wanted = choose or self._wanted
        self._reads += 1
        number, project, preferences = self._reads, self.session.project, self._preferences
        recent, folders = preferences.recent, preferences.model_folders

        def show(found: ModelSurvey) -> None:
            if number == self._reads:
                self.found = found
                self.show_rows()
                self._probe(found)

        self.session.fetch(lambda: read_model_survey(project, recent, folders), show)

    def _probe(self, found: ModelSurvey) -> None:
        """Measure once how fast this machine is, where a time could be told from it."""
        if found.unprobed and not self._probed:
            self._probed = True
            self.session.ask(ProbeMachineRequest(), lambda _: self.read_models(), quiet=True)

    def refresh(self, survey: Survey) -> None:
        self.operations.has_pairs = survey.recipe is not None
        project = self.session.project
        if project is not None and (self.found is None or self.found.own != project.settings.base):
            self.read_models()
        elif self.found is not None:
            self.show_rows()

    @property
    def circumstances(self) -> Circumstances:
        """What decides, beside a model itself, what can be done with it."""
        found = self.found
        return Circumstances(
            project=self.session.project is not None,
            own=found.own if found else "",
            free_bytes=found.free_bytes if found else 0,
        )

    def show_rows(self) -> None:
        """Show the lines that the search leaves."""
        if self.found is None:
            return
        rows = [
            replace(row, measured=self._checked[row.key]) if row.key in self._checked else row
            for row in build_rows(self.found, self.hub.found)
        ]
        known = {row.key for row in rows}
        rows[:0] = [build_request_row(key, one) for key, one in self.jobs.requests.items() if key not in known]
        text = self.search.text()
        self.rows = {row.key: row for row in rows if row.section == "hub" or row.holds(text)}
        titles: dict[Section, str] = {
            "here": name_this_machine(),
            "get": self.tr("Get one"),
            "hub": self.tr("On the model hub"),
            "found": self.tr("Found in other programs"),
        }
        now = self.circumstances
        self.list.show_sections(
            [
                (title, [(r.key, build_face(r, self.jobs, now)) for r in self.rows.values() if r.section == section])
                for section, title in titles.items()
            ]
        )
        if self._wanted in self.rows:
            self.list.choose(self._wanted)
            self._wanted = ""
        self._show_header()
        self._show_chosen()

    def _show_header(self) -> None:
        own = self.circumstances.own
        row = self.rows.get(own)
        name = self.tr("the small base that comes along") if own == "bundled" else row.title if row else own
        free = words.format_size(self.circumstances.free_bytes)
        here = self.tr("{free} free on the disk.").format(free=free)
        said = self.tr("This project learns on {base}.").format(base=name) if own else ""
        self.header.state.setText(f"{said} {here}".strip())
        self.ask_hub.setEnabled(bool(self.search.text().strip()) and not self.hub.asking)
        if self.hub.asking:
            self._say(self.tr("Asking the model hub …"))
        elif self.hub.said or self.rows:
            self._say(self.hub.said)
        else:
            self._say(self.tr("No base model of the list is called so. The hub may have one."))

    def _show_chosen(self) -> None:
        row = self.rows.get(self.list.key)
        assert isinstance(self.inspector, ModelInspector)
        if row is None:
            self.use.setEnabled(False)
            return
        now = self.circumstances
        offers = list_offers(row, self.jobs, now)
        self.inspector.show_row(row, build_face(row, self.jobs, now), offers)
        use = next((offer for offer in offers if offer.deed == "use"), None)
        why = use.why_not if use is not None else self.tr("It must be got first.")
        busy = self.tr("A job is running.") if self.session.job is not None else ""
        self.use.setEnabled(not why and not busy)
        self.use.setToolTip(why or busy)

    # ------------------------------------------------------------ jobs

    def on_job_began(self, job: RunningJob) -> None:
        self.show_rows()

    def on_job_ended(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        if job.kind.page == self.name:
            self.read_models()
        else:
            self.show_rows()

    def _follow(self, key: str) -> None:
        """Show how far the running job is; a line of its own appears for a model that has none."""
        row = self.rows.get(key)
        if row is None:
            self.show_rows()
            return
        self.list.show_face(key, build_face(row, self.jobs, self.circumstances))
        if key == self.list.key:
            self._show_chosen()

    def _finish(self, key: str, how: JobOutcome[Any]) -> None:
        if isinstance(how.result, CheckBaseResult):
            self._checked[key] = read_measurement(how.result)
        name = "" if how.result is None or isinstance(how.result, CheckBaseResult) else str(how.result.name)
        if isinstance(how.result, AddResult):
            self._preferences.forget_models(Path(key))  # its line is the library's now
        if isinstance(how.result, ConvertResult):
            self.operations.report_conversion(how.result)
        if key in self.jobs.faults:
            self.show_rows()
        self.read_models(name if key == self.list.key else "")

    def _do(self, key: str, deed: str) -> None:
        """Do what a button, a menu or a key asks for, where it can be done."""
        row = self.rows.get(key)
        if row is None:
            return
        offers = {offer.deed: offer for offer in list_offers(row, self.jobs, self.circumstances) if not offer.why_not}
        if deed == "default":
            deed = next((one for one in DEFAULTS if one in offers), "")
        elif deed == "pause" and "pause" not in offers and row.partial is not None:
            deed = "get"
        elif deed == "remove" and "remove" not in offers:
            deed = next((one for one in ("cancel", "forget") if one in offers), "")
        if deed in offers:
            self.operations.do(row, deed)

    # ------------------------------------------------------------ menus

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.list_more(menu):
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def list_more(self, menu: QMenu) -> list[Any]:
        """Return what can be done beside the list's own lines."""
        operations = self.operations
        return [
            make_action(self.tr("Choose a Folder …"), operations.choose_folder, parent=menu),
            make_action(self.tr("Import a GGUF File …"), operations.choose_gguf, parent=menu),
            make_action(self.tr("Look Again in Other Programs"), self.read_models, parent=menu),
            make_action(self.tr("Token for the Model Hub …"), operations.ask_token, parent=menu),
        ]

    def _show_menu(self, key: str, place: QPoint) -> None:
        row = self.rows.get(key)
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in list_offers(row, self.jobs, self.circumstances):
            action = make_action(offer.name, lambda deed=offer.deed: self._do(key, deed), parent=menu)
            action.setEnabled(not offer.why_not)
            menu.addAction(action)
        menu.popup(place)

    # ------------------------------------------------------------ the hub

    def _search_hub(self) -> None:
        text = self.search.text().strip()
        if text and not self.hub.asking:
            self.hub.ask(text)
            self._show_header()

    def _narrow(self, text: str) -> None:
        """Show what the words in the search field leave; what the hub said of others is over."""
        self.hub.said = ""
        self.show_rows()

    def _say(self, text: str) -> None:
        """Say something between the search field and the list."""
        self.hint.setText(text)
        self._hint_area.setVisible(bool(text))

    def leave(self) -> bool:
        self.hub.stop()
        return True

    # ------------------------------------------------------------ drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if any(path.suffix.lower() == ".gguf" or path.is_dir() for path in paths):
            event.acceptProposedAction()
            self._veil.cover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.cover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.cover(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if any((path / "project.yaml").is_file() for path in paths) or not self.operations.take(paths):
            event.ignore()

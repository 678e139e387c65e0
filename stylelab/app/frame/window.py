"""The window: sidebar, pages, inspector, menus. It shows; the session works.

In: a Session and Preferences. Out: a QMainWindow. Next: start. Pages are made when they are first shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from stylelab.app.frame import menus, page_registry
from stylelab.app.frame.job_status import JobStatus
from stylelab.app.frame.sidebar import Sidebar
from stylelab.app.frame.welcome import Welcome
from stylelab.app.pages.page import RoomPage
from stylelab.app.platform import notifications
from stylelab.app.session import stages
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import StageState, Survey
from stylelab.app.texts import notes, words
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import make_rule
from stylelab.app.widgets.sheet import Sheet
from stylelab.app.widgets.veil import Dim
from stylelab.app.wizard.sample import SampleDialog
from stylelab.app.wizard.steps import Wizard
from stylelab.errors import StyleLabError
from stylelab.events import Warn
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import Job, JobRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.protocol import Down

SIZE = (1280, 800)
LEAST = (1080, 660)


class Window(QMainWindow):
    """The main window.

    Signals:
        ended: The window closed for good.
        redress: Appearance or language changed.
    """

    ended = Signal()
    redress = Signal()

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session, self.preferences = session, preferences
        self.survey: Survey | None = None
        self.pages: dict[str, RoomPage] = {}
        self.sheet: Sheet | None = None
        self.wizard: Wizard | None = None
        self.sample: SampleDialog | None = None
        self._closing = ""
        self._notes: tuple[Job[Any] | None, list[Warn]] = (None, [])
        self._led = False  # the wizard's jobs run one after the other
        self.setWindowTitle("StyleLab")
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.foot = JobStatus()
        self.sidebar = Sidebar(self.foot)
        self.stack = QStackedWidget()
        self.inspectors = QStackedWidget()
        self.inspectors.setFixedWidth(page_registry.INSPECTOR_WIDTH)
        self.inspectors.setProperty("ground", "inspector")
        self.inspectors.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.welcome = Welcome(preferences)
        self._inspector_rule = make_rule(vertical=True)
        book = QWidget()
        line = QHBoxLayout(book)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._side = (self.sidebar, make_rule(vertical=True))
        for part in (*self._side, self.stack, self._inspector_rule, self.inspectors):
            line.addWidget(part, 1 if part is self.stack else 0)
        self._both = QStackedWidget()
        self._both.addWidget(self.welcome)
        self._both.addWidget(book)
        self.setCentralWidget(self._both)
        self._dim = Dim(self)
        menus.build_menus(self, self._commands())
        self._connect()
        self._remember_place()
        self._show_project()

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._show_project)
        session.changed.connect(self.read_survey)
        session.trouble.connect(self.show_trouble)
        session.job_began.connect(self._on_job_began)
        session.job_told.connect(self._on_job_message)
        session.job_ended.connect(self._on_job_ended)
        self.sidebar.chosen.connect(self.show_page)
        self.foot.cancelled.connect(session.cancel)
        self.foot.noted.connect(self._show_notes)
        self.welcome.wanted_new.connect(self.new_project)
        self.welcome.wanted_open.connect(self.choose_project)
        self.welcome.wanted.connect(self.open_project)
        self.welcome.wanted_models.connect(lambda: self.show_page("models"))
        self.welcome.wanted_sample.connect(self.try_sample)

    def _commands(self) -> menus.MenuCommands:
        return menus.MenuCommands(
            new_project=self.new_project,
            choose_project=self.choose_project,
            open_project=self.open_project,
            close_project=self.close_project,
            recent=lambda: self.preferences.recent,
            page=lambda: self.page,
            go=self.show_page,
            toggle_inspector=self.toggle_inspector,
            do_primary=self._do_primary,
            cancel_job=self.session.cancel,
        )

    def _remember_place(self) -> None:
        self.resize(*SIZE)
        self.restoreGeometry(self.preferences.data("geometry"))

    # ------------------------------------------------------------ projects

    def open_project(self, folder: Path) -> None:
        """Open a project in this window, after the one that is open is left."""
        if self._leave() and self.session.open(folder):
            self.preferences.remember(folder)

    def choose_project(self) -> None:
        """Let the user choose a project's folder."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Open Project"))
        if name:
            self.open_project(Path(name))

    def new_project(self) -> None:
        """Lead the user through a new project."""
        if not self._leave():
            return
        self.wizard = Wizard(self, self.preferences, self.session)
        self.wizard.created.connect(self._start_project)
        self.wizard.open()

    def try_sample(self) -> None:
        """Take the user all the way through the sample, once it is clear which base learns it."""
        if self._leave():
            self.sample = SampleDialog(self, self.preferences, self.session)
            self.sample.created.connect(self._start_project)
            self.sample.open()

    def _start_project(self, folder: Path, files: list[Path], all_the_way: bool) -> None:
        """Open a project just made and do what the wizard promised."""
        self.open_project(folder)
        self.show_page("corpus")
        if files:
            self._next_jobs = [PairsRequest(project=folder), TrainRequest(project=folder)] if all_the_way else []
            self._led = all_the_way
            self.session.start(CorpusRequest(project=folder, paths=tuple(files)))

    def close_project(self) -> None:
        """Leave the project and show the welcome again."""
        if self._leave():
            self.session.close()

    def _leave(self) -> bool:
        """Return whether the open project can be left now; a running job keeps it."""
        if self.session.job is not None:
            fetches = self.session.job.kind.page == "models"
            self.ask_about_job(
                self.tr("A base model is still being got ready")
                if fetches
                else self.tr("A job is still running in this project"),
                "stay",
            )
            return False
        return all(page.leave() for page in self.pages.values())

    def _show_project(self) -> None:
        project = self.session.project
        self._next_jobs: list[JobRequest[Any]] = []
        for page in self.pages.values():
            page.deleteLater()
            if page.inspector is not None:
                page.inspector.deleteLater()
        self.pages = {}
        self.survey = None
        self._both.setCurrentIndex(0 if project is None else 1)
        for part in self._side:
            part.setVisible(project is not None)
        self.setWindowTitle("StyleLab" if project is None else f"{project.folder.name} — StyleLab")
        self.welcome.refresh()
        if project is not None:
            self.sidebar.show_project(project.folder.name, project.settings.author)
            self.show_page("corpus")

    # ------------------------------------------------------------ pages

    def show_page(self, name: str) -> None:
        """Show a page; without a project that is the base models', or the welcome."""
        if self.session.project is None:
            self._both.setCurrentIndex(int(name == "models"))
            if name != "models":
                return
        if name not in self.pages:
            page = self.pages[name] = page_registry.build_page(name, self.session, self.preferences)
            page.go.connect(self.show_page)
            page.reshaped.connect(self._show_inspector)
            self.stack.addWidget(page)
            if page.inspector is not None:
                self.inspectors.addWidget(page.inspector)
            if hasattr(page, "redress"):
                page.redress.connect(self.redress)  # type: ignore[attr-defined]
            if self.survey is not None:
                page.show_survey(self.survey)
        self.stack.setCurrentWidget(self.pages[name])
        self.sidebar.choose(name)
        self._show_inspector()

    @property
    def page(self) -> RoomPage | None:
        """The page shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, RoomPage) else None

    def _do_primary(self) -> None:
        if self.page is not None:
            self.page.do_primary()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.preferences.put("inspector", not self.preferences.flag("inspector", True))
        self._show_inspector()

    def _show_inspector(self) -> None:
        page = self.page
        wanted = page is not None and page.inspector_shown and self.preferences.flag("inspector", True)
        if wanted and page is not None and page.inspector is not None:
            self.inspectors.setCurrentWidget(page.inspector)
        self.inspectors.setVisible(wanted)
        self._inspector_rule.setVisible(wanted)

    def read_survey(self) -> None:
        """Read the project's state anew and show it."""
        project = self.session.project
        if project is not None:
            self.session.fetch(lambda: (project, stages.read_survey(project)), self._show_survey)

    def _show_survey(self, found: tuple[object, Survey]) -> None:
        if found[0] is not self.session.project:
            return
        self.survey = found[1]
        self._show_stages()
        self._refresh_pages()

    def _refresh_pages(self) -> None:
        if self.survey is not None:
            for page in list(self.pages.values()):
                page.show_survey(self.survey)
            self._show_inspector()

    def _show_stages(self) -> None:
        if self.survey is not None:
            job = self.session.job
            running = job.kind.page if job else ""
            self.sidebar.show_stages(stages.list_stages(self.survey, running), job.share if job else None)

    # ------------------------------------------------------------ jobs

    def _on_job_began(self, job: RunningJob) -> None:
        self.foot.show_job(job)
        self.foot.show_notes(0)
        self._show_stages()
        for page in self.pages.values():
            page.on_job_began(job)

    def _on_job_message(self, job: RunningJob, message: Down) -> None:
        self.foot.show_job(job)
        notifications.show_progress(self, job.share)
        if self.survey is not None:
            item = self.sidebar.items[job.kind.page]
            if item.stage.state == StageState.RUNNING:
                item.show_stage(item.stage, job.share)
        for page in self.pages.values():
            page.on_job_message(job, message)

    def _on_job_ended(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        self.foot.show_job(None)
        self._notes = (job.kind, job.notes)
        self.foot.show_notes(len(job.notes))
        notifications.show_progress(self, None)
        self._show_stages()
        for page in self.pages.values():
            page.on_job_ended(job, how)
        if not job.kind.changes_project:  # no new survey comes
            self._refresh_pages()
        if self.preferences.flag("notify", True):
            notifications.notify_end(self, job, words.describe_end(job.kind) if how.kind == "finished" else "")
        if self._closing:
            self._closing = "now"
            QTimer.singleShot(0, self.close)
        elif how.kind == "finished" and self._next_jobs:
            request = self._next_jobs.pop(0)
            self.show_page(find_job(request).page)
            self.session.start(request)
        else:
            if self._led and how.kind == "finished" and isinstance(job.request, TrainRequest):
                self.show_page("writing")  # where the wizard's promise ends: an adapter to write with
            self._next_jobs, self._led = [], False

    # ------------------------------------------------------------ sheets

    def show_trouble(self, error: StyleLabError, details: str) -> None:
        """Say what went wrong, and offer what can be done."""
        self._next_jobs, self._led = [], False
        said = explain(error, self, details)
        role = "bad" if details else "warn"
        self.sheet = Sheet(self, said.title, said.text, said.remedy, said.details, said.choices, role=role)
        self.sheet.open()

    def _show_notes(self) -> None:
        """Show what the last job warned of."""
        kind, warned = self._notes
        text, details = notes.describe_warnings(warned)
        self.sheet = Sheet(self, words.describe_job(kind) if kind else "", text, details=details, sign="warning")
        self.sheet.open()

    def ask_about_job(self, title: str, purpose: str) -> None:
        """Ask what becomes of the running job when the window closes."""
        text = self.tr("Saving keeps everything done so far; training goes on later exactly where it stopped.")
        if self.session.job is not None and self.session.job.kind.page == "models":
            text = self.tr("What has arrived of a download is kept, and goes on later where it stopped.")
        if purpose == "stay":
            choices = [(self.tr("Save and Stop"), self.session.cancel)]
        else:
            choices = [
                (self.tr("Save and Quit"), self._save_and_close),
                (self.tr("Continue in Background"), self._go_on_hidden),
            ]
        self.sheet = Sheet(self, title, text, choices=choices, close=self.tr("Keep Open"), sign="training")
        self.sheet.open()

    def _save_and_close(self) -> None:
        self._closing = "saving"
        self.session.cancel()

    def _go_on_hidden(self) -> None:
        self._closing = "hidden"
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.job is not None and self._closing != "now":
            event.ignore()
            self.ask_about_job(self.tr("StyleLab is still working"), "close")
            return
        if not all(page.leave() for page in self.pages.values()):
            event.ignore()
            return
        self.preferences.put("geometry", self.saveGeometry())
        self.session.close()
        event.accept()
        self.ended.emit()

    def event(self, event: QEvent) -> bool:
        """Step back behind a sheet, and come forward again."""
        if event.type() in (QEvent.Type.WindowBlocked, QEvent.Type.WindowUnblocked):
            self._dim.cover(event.type() == QEvent.Type.WindowBlocked)
        return super().event(event)

    # ------------------------------------------------------------ drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if (Path(url.toLocalFile()) / "project.yaml").is_file():
                self.open_project(Path(url.toLocalFile()))
                return
        event.setDropAction(Qt.DropAction.IgnoreAction)

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
from stylelab.app.frame.job_status import Foot
from stylelab.app.frame.sidebar import Sidebar
from stylelab.app.frame.welcome import Welcome
from stylelab.app.pages.page import Page
from stylelab.app.platform import notifications
from stylelab.app.session import stages
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import State, Survey
from stylelab.app.texts import notes, words
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import rule
from stylelab.app.widgets.sheet import Dim, Sheet
from stylelab.app.wizard.steps import Wizard
from stylelab.errors import StyleLabError
from stylelab.events import Warn
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import Job, JobRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.client import Outcome
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
        self.pages: dict[str, Page] = {}
        self.sheet: Sheet | None = None
        self.wizard: Wizard | None = None
        self._closing = ""
        self._notes: tuple[Job[Any] | None, list[Warn]] = (None, [])
        self._led = False  # the wizard's jobs run one after the other
        self.setWindowTitle("StyleLab")
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.foot = Foot()
        self.sidebar = Sidebar(self.foot)
        self.stack = QStackedWidget()
        self.inspectors = QStackedWidget()
        self.inspectors.setFixedWidth(page_registry.INSPECTOR_WIDTH)
        self.inspectors.setProperty("ground", "inspector")
        self.inspectors.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.welcome = Welcome(preferences)
        self._inspector_rule = rule(vertical=True)
        book = QWidget()
        line = QHBoxLayout(book)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for part in (self.sidebar, rule(vertical=True), self.stack, self._inspector_rule, self.inspectors):
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
        session.changed.connect(self.look)
        session.trouble.connect(self.show_trouble)
        session.job_began.connect(self._job_began)
        session.job_told.connect(self._job_told)
        session.job_ended.connect(self._job_ended)
        self.sidebar.chosen.connect(self.go)
        self.foot.cancelled.connect(session.cancel)
        self.foot.noted.connect(self._show_notes)
        self.welcome.wanted_new.connect(self.new_project)
        self.welcome.wanted_open.connect(self.choose_project)
        self.welcome.wanted.connect(self.open_project)

    def _commands(self) -> menus.Commands:
        return menus.Commands(
            new_project=self.new_project,
            choose_project=self.choose_project,
            open_project=self.open_project,
            close_project=self.close_project,
            recent=lambda: self.preferences.recent,
            page=lambda: self.page,
            go=self.go,
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
        self.wizard = Wizard(self, self.preferences)
        self.wizard.created.connect(self._start_project)
        self.wizard.open()

    def _start_project(self, folder: Path, files: list[Path], all_the_way: bool) -> None:
        """Open a project just made and do what the wizard promised."""
        self.open_project(folder)
        self.go("corpus")
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
            self.ask_about_job(self.tr("A job is still running in this project"), "stay")
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
        self.setWindowTitle("StyleLab" if project is None else f"{project.folder.name} — StyleLab")
        self.welcome.refresh()
        if project is not None:
            self.sidebar.show_project(project.folder.name, project.settings.author)
            self.go("corpus")

    # ------------------------------------------------------------ pages

    def go(self, name: str) -> None:
        """Show a page."""
        if self.session.project is None:
            return
        if name not in self.pages:
            page = self.pages[name] = page_registry.make(name, self.session, self.preferences)
            page.go.connect(self.go)
            page.reshaped.connect(self._show_inspector)
            self.stack.addWidget(page)
            if page.inspector is not None:
                self.inspectors.addWidget(page.inspector)
            if hasattr(page, "redress"):
                page.redress.connect(self.redress)  # type: ignore[attr-defined]
            if self.survey is not None:
                page.surveyed(self.survey)
        self.stack.setCurrentWidget(self.pages[name])
        self.sidebar.choose(name)
        self._show_inspector()

    @property
    def page(self) -> Page | None:
        """The page shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

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

    def look(self) -> None:
        """Read the project's state anew and show it."""
        project = self.session.project
        if project is not None:
            self.session.fetch(lambda: (project, stages.survey(project)), self._surveyed)

    def _surveyed(self, found: tuple[object, Survey]) -> None:
        if found[0] is not self.session.project:
            return
        self.survey = found[1]
        self._show_stages()
        self._refresh_pages()

    def _refresh_pages(self) -> None:
        if self.survey is not None:
            for page in list(self.pages.values()):
                page.surveyed(self.survey)
            self._show_inspector()

    def _show_stages(self) -> None:
        if self.survey is not None:
            job = self.session.job
            running = job.kind.page if job else ""
            self.sidebar.show_stages(stages.states(self.survey, running), job.share if job else None)

    # ------------------------------------------------------------ jobs

    def _job_began(self, job: RunningJob) -> None:
        self.foot.show_job(job)
        self.foot.show_notes(0)
        self._show_stages()
        for page in self.pages.values():
            page.job_began(job)

    def _job_told(self, job: RunningJob, message: Down) -> None:
        self.foot.show_job(job)
        notifications.progress(self, job.share)
        if self.survey is not None:
            item = self.sidebar.items[job.kind.page]
            if item.stage.state == State.RUNNING:
                item.show_stage(item.stage, job.share)
        for page in self.pages.values():
            page.job_told(job, message)

    def _job_ended(self, job: RunningJob, how: Outcome[Any]) -> None:
        self.foot.show_job(None)
        self._notes = (job.kind, job.notes)
        self.foot.show_notes(len(job.notes))
        notifications.progress(self, None)
        self._show_stages()
        for page in self.pages.values():
            page.job_ended(job, how)
        if not job.kind.changes_project:  # no new survey comes
            self._refresh_pages()
        if self.preferences.flag("notify", True):
            notifications.ended(self, job, words.describe_end(job.kind) if how.kind == "finished" else "")
        if self._closing:
            self._closing = "now"
            QTimer.singleShot(0, self.close)
        elif how.kind == "finished" and self._next_jobs:
            request = self._next_jobs.pop(0)
            self.go(find_job(request).page)
            self.session.start(request)
        else:
            if self._led and how.kind == "finished" and isinstance(job.request, TrainRequest):
                self.go("writing")  # where the wizard's promise ends: an adapter to write with
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
        text, details = notes.read(warned)
        self.sheet = Sheet(self, words.describe_job(kind) if kind else "", text, details=details, sign="warning")
        self.sheet.open()

    def ask_about_job(self, title: str, purpose: str) -> None:
        """Ask what becomes of the running job when the window closes."""
        text = self.tr("Saving keeps everything done so far; training goes on later exactly where it stopped.")
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

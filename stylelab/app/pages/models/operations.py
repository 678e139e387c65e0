"""Does what the list of base models offers: jobs, sheets that ask first, folders and files that the user chooses.

In: a ModelRow and a deed. Out: jobs, files removed, project.yaml's base. Next: page, which reads anew afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLineEdit, QWidget

from stylelab.app.pages.models.rows import ModelRow, choose_name
from stylelab.app.platform.finder import reveal
from stylelab.app.session.model_jobs import ModelJobs, discard_partials
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.basics import make_choice, make_label
from stylelab.app.widgets.sheet import Sheet
from stylelab.basemodels.library import remove_model
from stylelab.basemodels.token import delete_token, save_token
from stylelab.jobs.catalogue.basemodels import (
    AddRequest,
    CheckBaseRequest,
    ConvertRequest,
    ConvertResult,
    ImportGgufRequest,
)
from stylelab.paths import models_folder
from stylelab.project.save import choose_base
from stylelab.project.users import find_base_users

BITS_OFFERED, GROUPS_OFFERED = (4, 5, 6, 8, 3, 16), (64, 32)  # the usual first
TOKEN_PAGE = "https://huggingface.co/settings/tokens"


class ModelOperations(QObject):
    """The deeds of the page.

    Signals:
        changed: There are other models than before; the key of the one to choose, or "".
    """

    changed = Signal(str)

    def __init__(self, session: Session, preferences: Preferences, jobs: ModelJobs, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._preferences, self._jobs, self._page = session, preferences, jobs, page
        self.sheet: Sheet | None = None
        self.has_pairs = False  # a project with pairs is asked before its base is another

    def do(self, row: ModelRow, deed: str) -> None:
        """Do what was asked for."""
        deeds: dict[str, Callable[[ModelRow], object]] = {
            "get": self._get,
            "import": self._get,
            "pause": lambda row: self._jobs.pause(),
            "cancel": self._cancel,
            "use": self._use,
            "page": lambda row: self.browse(row.page),
            "token": lambda row: self.ask_token(row),
            "check": lambda row: self._jobs.start(CheckBaseRequest(model=row.base)),
            "add": self._add,
            "convert": self._convert,
            "reveal": lambda row: reveal(row.folder) if row.folder is not None else None,
            "remove": self._remove,
            "forget": self._forget,
        }
        deeds[deed](row)

    def browse(self, address: str) -> None:
        """Show a page in the user's browser."""
        QDesktopServices.openUrl(QUrl(address))

    # ------------------------------------------------------------ getting

    def _get(self, row: ModelRow) -> None:
        if row.request is not None:
            self._jobs.start(row.request)

    def _cancel(self, row: ModelRow) -> None:
        current = self._jobs.current
        if current is not None and current.key == row.key:
            self._jobs.cancel()
        elif row.partial is not None:
            self._jobs.forget(row.key)
            self._session.fetch(lambda: discard_partials(row.key), lambda _: self.changed.emit(row.key))

    def _add(self, row: ModelRow) -> None:
        if row.folder is not None:
            self._jobs.start(AddRequest(path=row.folder, name=choose_name(row.title)))

    def _convert(self, row: ModelRow) -> None:
        """Ask in how many bits a copy of a model is to be stored, and make it."""
        folder = row.folder
        if folder is None:
            return
        bits = make_choice(self.tr("Bits of a weight"), [(str(n), n) for n in BITS_OFFERED])
        group = make_choice(self.tr("Weights in a group"), [(str(n), n) for n in GROUPS_OFFERED])
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        for made in (bits, group):
            form.addRow(make_label(made.accessibleName(), "quiet"), made)
        body = QWidget()
        body.setLayout(form)

        def convert() -> None:
            scheme = {"bits": bits.currentData(), "group_size": group.currentData()}
            self._jobs.start(ConvertRequest.model_validate({"source": folder, **scheme}))

        self._open(
            Sheet(
                self._page.window(),
                self.tr("Convert {name}").format(name=row.title),
                self.tr(
                    "Fewer bits take less memory and lose some of what the model knows. The model itself stays as it is."
                ),
                self.tr(
                    "The loss is measured on a bundled text, before and after. In groups of 32 less is lost than in 64."
                ),
                choices=[(self.tr("Convert"), convert)],
                close=self.tr("Cancel"),
                sign="models",
                role="accent",
                body=body,
            )
        )

    def report_conversion(self, result: ConvertResult) -> None:
        """Say what a conversion cost."""
        size = self.tr("{before} became {after}.").format(
            before=words.format_size(result.source_bytes), after=words.format_size(result.size_bytes)
        )
        loss = self.tr(
            "Bits per byte on the bundled text: {before} before, {after} after; the fewer, the better."
        ).format(
            before=words.format_number(result.bits_per_byte_before, 3),
            after=words.format_number(result.bits_per_byte_after, 3),
        )
        again = self.tr("It was quantised before: the losses of both add up.") if result.requantised else ""
        title = self.tr("{name} is there").format(name=result.name)
        self._open(Sheet(self._page.window(), title, f"{size} {loss}", again, sign="check", role="good"))

    def ask_token(self, row: ModelRow | None = None) -> None:
        """Let the user enter or remove the token of the hub; it goes to the system's keychain. Then the model is got."""
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(self.tr("Token"))
        field.setPlaceholderText(self.tr("hf_…"))

        def save() -> None:
            token = field.text().strip()
            self._session.fetch(lambda: save_token(token), lambda _: self._get(row) if row is not None else None)

        self._open(
            Sheet(
                self._page.window(),
                self.tr("Token for the model hub"),
                self.tr("Models whose makers ask for consent need a read token of an account that has given it."),
                self.tr("It is kept by this system’s keychain, and in no file of StyleLab."),
                choices=[
                    (self.tr("Save Token"), save),
                    (self.tr("Get a Token …"), lambda: self.browse(TOKEN_PAGE)),
                    (self.tr("Remove Token"), lambda: self._session.fetch(delete_token, lambda _: None)),
                ],
                close=self.tr("Cancel"),
                sign="settings",
                role="accent",
                body=field,
            )
        )
        field.setFocus()

    # ------------------------------------------------------------ using and removing

    def _use(self, row: ModelRow) -> None:
        if not self.has_pairs:
            self._choose_base(row)
            return
        self._open(
            Sheet(
                self._page.window(),
                self.tr("Learn on another base?"),
                self.tr(
                    "The pairs were made for the present one and must be made again. Adapters trained so far stay."
                ),
                choices=[(self.tr("Use It"), lambda: self._choose_base(row))],
                close=self.tr("Cancel"),
            )
        )

    def _choose_base(self, row: ModelRow) -> None:
        project = self._session.project
        if project is not None:
            self._session.fetch(lambda: choose_base(project, row.base), lambda _: self._session.reload())

    def _remove(self, row: ModelRow) -> None:
        self._open(
            Sheet(
                self._page.window(),
                self.tr("Remove {name}?").format(name=row.title),
                self.tr("{size} will be free. It can be got again.").format(size=words.format_size(row.size_bytes)),
                choices=[(self.tr("Remove"), lambda: self._remove_now(row))],
                close=self.tr("Cancel"),
            )
        )

    def _remove_now(self, row: ModelRow) -> None:
        projects = list(self._preferences.recent)
        if self._session.project is not None:
            projects.append(self._session.project.folder)

        def remove() -> int:
            users = find_base_users(models_folder() / row.base, projects)
            return remove_model(row.base, models_folder(), [str(project) for project in users])

        self._session.fetch(remove, lambda freed: self.changed.emit(""))

    def _forget(self, row: ModelRow) -> None:
        if row.folder is not None:
            self._preferences.forget_models(row.folder)
            self.changed.emit("")

    # ------------------------------------------------------------ bringing one

    def choose_folder(self) -> None:
        """Let the user choose a model's folder."""
        name = QFileDialog.getExistingDirectory(self._page, self.tr("Choose a Model’s Folder"))
        if name:
            self.take([Path(name)])

    def choose_gguf(self) -> None:
        """Let the user choose a GGUF file to import."""
        name, _ = QFileDialog.getOpenFileName(self._page, self.tr("Import a GGUF File"), "", "GGUF (*.gguf)")
        if name:
            self.take([Path(name)])

    def take(self, paths: list[Path]) -> bool:
        """Take folders of models, which are listed from now on, or a GGUF file, which is imported; return whether any was."""
        files = [path for path in paths if path.suffix.lower() == ".gguf" and path.is_file()]
        folders = [path for path in paths if path.is_dir()]
        for folder in folders:
            self._preferences.remember_models(folder.absolute())
        if folders:
            self.changed.emit(str(folders[0].absolute()))
        if files and not self._jobs.start(ImportGgufRequest(path=files[0].absolute())):
            self._open(
                Sheet(
                    self._page.window(),
                    self.tr("Another job is running"),
                    self.tr("One runs at a time. Import the file once it has finished."),
                )
            )
        return bool(files or folders)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.open()

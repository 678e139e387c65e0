"""An inspector of a file of settings: shown in a form, saved at every change, each change one step to undo.

In: settings as the disk has them, and the user's edits. Out: the same file, saved. Next: the inspectors of training and pairs.
"""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

from pydantic import BaseModel
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from stylelab.app.session.session import Session
from stylelab.app.widgets.form import ModelForm
from stylelab.app.widgets.undo import ValueChange
from stylelab.project.project import Project

Record = TypeVar("Record", bound=BaseModel)


class SettingsInspector(QWidget, Generic[Record]):
    """A record of settings under edit."""

    def __init__(self, session: Session, model: type[Record]) -> None:
        super().__init__()
        self.session = session
        self.plan: Record | None = None  # as it is shown
        self.form = ModelForm(model)
        self.form.edited.connect(self.take)
        self.undo_stack = QUndoStack(self)
        self._on_disk: Record | None = None  # as the last survey found it
        self._saved: list[Record] = []  # by this inspector, and not yet met by a survey
        self._saving = Lock()

    def show_plan(self, plan: Record) -> None:
        """Show another record; an inspector adds what else depends on it."""
        self.plan = plan
        self.form.show_model(plan)

    def write(self, project: Project, plan: Record) -> None:
        """Write the file; called in a thread."""
        raise NotImplementedError

    def saved(self) -> None:
        """Called once a change is on the disk."""

    def follow_disk(self, found: Record | None) -> None:
        """Show what a survey found, unless it is older than what was changed here."""
        if found is None:
            return
        if found == self.plan:
            self._saved.clear()
        elif found != self._on_disk and found not in self._saved:
            self.undo_stack.clear()  # the first survey, or somebody changed the file elsewhere
            self.show_plan(found)
        self._on_disk = found

    def take(self, plan: Record) -> None:
        """Take another record and save it."""
        if self.plan is not None and plan != self.plan:
            self.undo_stack.push(ValueChange(self.plan, plan, self._put))

    def undo(self) -> None:
        """Take back the last change."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Change again what was taken back."""
        self.undo_stack.redo()

    def _put(self, plan: Record) -> None:
        project = self.session.project
        self.show_plan(plan)
        self._saved.append(plan)
        if project is not None:
            self.session.fetch(lambda: self._save(project), lambda done: self.saved())

    def _save(self, project: Project) -> None:
        with self._saving:  # of two changes in quick succession the last one stays, whichever thread is first
            if self.plan is not None:
                self.write(project, self.plan)

"""The sample, tried all the way: one question, which base, and everything else is answered already.

In: the user's choice. Out: a project on the disk, and `created` with what to do next. Next: window.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session
from stylelab.app.widgets.basics import Scroll, make_area, make_button, make_column, make_label, make_row, make_rule
from stylelab.app.widgets.sheet import prepare_sheet
from stylelab.app.wizard.base import BasePicker
from stylelab.app.wizard.questions import choose_project_folder
from stylelab.project.save import save_training_plan
from stylelab.project.trial import AUTHOR, create_trial, locate_sample
from stylelab.training.plan import Plan

SIZE = (620, 480)  # pixels


class SampleDialog(QDialog):
    """Which base learns the sample.

    Signals:
        created: The project's folder, the files to read, and that it goes on to a trained adapter.
    """

    created = Signal(object, object, bool)

    def __init__(self, parent: QWidget | None, preferences: Preferences, session: Session) -> None:
        super().__init__(parent)
        prepare_sheet(self, self.tr("Try the Sample"))
        self.setFixedSize(*SIZE)
        self.plan: Plan | None = None  # set by whoever wants another than the base's
        self._home = preferences.home
        self.picker = BasePicker(session, every=False)
        self.picker.changed.connect(self._check)
        self.picker.arrived.connect(self._create)
        self.finished.connect(self.picker.stop)  # however it is left
        said = self.tr(
            "Ten tales by an author made up for it are read, made into pairs and trained on; then you write with the adapter. "
            "It is short on purpose: few pairs, few updates."
        )
        self.leave = make_button(self.tr("Cancel"), self.reject)
        self.go_on = make_button(self.tr("Try It"), self._forward, "primary")
        self.go_on.setDefault(True)
        head = make_column(
            make_label(self.tr("Try the Sample"), "title"), make_label(said, "quiet", wrap=True), gap=GRID
        )
        inner = make_column(head, Scroll(self.picker), edges=(5 * GRID, 4 * GRID, 5 * GRID, 3 * GRID), gap=2 * GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(make_area(inner), 1)
        box.addWidget(make_rule())
        box.addWidget(make_area(make_row(0, self.leave, self.go_on, edges=(24, 16, 24, 16)), "inspector"))
        self.go_on.setFocus()
        self._check()

    def _check(self) -> None:
        self.go_on.setEnabled(self.picker.ready)
        self.go_on.setText(self.tr("Fetch and Try It") if self.picker.missing else self.tr("Try It"))
        self.go_on.setAccessibleName(self.go_on.text())

    def _forward(self) -> None:
        if self.picker.missing:
            self.picker.fetch()
        else:
            self._create()

    def _create(self) -> None:
        project = create_trial(choose_project_folder(self._home, AUTHOR), self.picker.base)
        if self.plan is not None:
            save_training_plan(project, self.plan)
        self.accept()
        self.created.emit(project.folder, [locate_sample()], True)

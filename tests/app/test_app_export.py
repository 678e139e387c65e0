"""The export page offers what the room declares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from stylelab.app.pages import export
from stylelab.app.session.session import Session
from stylelab.exporting.formats import FORMATS


def test_the_page_lists_every_declared_format(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    another = replace(FORMATS[0], name="papyrus", title="Papyrus", purpose="For scribes.")
    monkeypatch.setattr(export, "FORMATS", (*FORMATS, another))
    page = export.ExportPage(Session())
    qtbot.addWidget(page)
    assert [card.key for card in page.form.cards] == [*(form.name for form in FORMATS), "papyrus"]
    assert page.form.key == FORMATS[0].name

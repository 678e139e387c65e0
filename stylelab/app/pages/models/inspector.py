"""What is known of one base model, and all that can be done with it.

In: a ModelRow, its face, its offers. Out: a deed. Next: page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.pages.models.offers import Offer, RowFace
from stylelab.app.pages.models.rows import ModelRow
from stylelab.app.texts import model_words, words
from stylelab.app.texts.notes import translate_note
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import change_role, clear_layout, fill_inspector, make_button, make_label
from stylelab.basemodels.base_quality import advise_on_text

BREAK = "\u200b"  # a place where a long name or path may be broken
SHOWN_OFFERS = ("use", "get", "import", "page", "token", "add", "check", "convert", "reveal", "remove", "forget")


class ModelInspector(QWidget):
    """The facts about the model chosen.

    Signals:
        wanted: A model's key and a deed.
        linked: An address that is to be shown in the browser.
    """

    wanted = Signal(str, str)
    linked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("About this model"))
        self._shown: tuple[object, ...] = ()
        self.title = make_label("", wrap=True)
        self.title.setFont(theme.make_text_font(15, theme.Weight.DemiBold))
        self.purpose = make_label("", "quiet", wrap=True)
        self.status = make_label("", "quiet", wrap=True)
        self.offers = QVBoxLayout()
        self.offers.setSpacing(GRID)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(0)
        fill_inspector(self, self.title, self.purpose, self.status, GRID, self.offers, GRID, self.facts)

    @property
    def buttons(self) -> list[QPushButton]:
        """The offers' buttons, in their order."""
        return [made for made in self.findChildren(QPushButton) if made.objectName()]

    def show_row(self, row: ModelRow | None, face: RowFace | None, offers: Sequence[Offer]) -> None:
        """Show another model, or the same one as it is now."""
        if row is None or face is None:
            return
        self.title.setText(allow_breaks(face.title))
        self.purpose.setText(translate("catalogue", row.good_for) if row.good_for else "")
        self.purpose.setVisible(bool(row.good_for))
        self.status.setText(face.status)
        self.status.setVisible(bool(face.status))
        change_role(self.status, face.role)
        shown = (row, tuple(offers))
        if shown != self._shown:
            self._shown = shown
            self._put_offers(row, offers)
            self._put_facts(row)

    def _put_offers(self, row: ModelRow, offers: Sequence[Offer]) -> None:
        clear_layout(self.offers)
        for offer in (offer for offer in offers if offer.deed in SHOWN_OFFERS):
            made = make_button(offer.name, lambda deed=offer.deed: self.wanted.emit(row.key, deed))
            made.setObjectName(offer.deed)
            made.setEnabled(not offer.why_not)
            made.setToolTip(offer.why_not)
            put_widget(self.offers, made)
        for reason in dict.fromkeys(offer.why_not for offer in offers if offer.why_not):
            put_widget(self.offers, make_label(reason, "small", wrap=True))

    def _put_facts(self, row: ModelRow) -> None:
        clear_layout(self.facts)
        for name, value in (*list_details(row), *list_measured(row)):
            text = make_label(allow_breaks(value), wrap=True)
            text.setTextInteractionFlags(text.textInteractionFlags().TextSelectableByMouse)
            text.setAccessibleName(name)
            self._put_fact(name, text)
        if row.licence_link:
            said = make_button(row.licence, lambda: self.linked.emit(row.licence_link), "link", hint=row.licence_link)
            self._put_fact(translate("models", "Licence"), said)
        elif row.licence:
            self._put_fact(translate("models", "Licence"), make_label(row.licence, wrap=True))

    def _put_fact(self, name: str, value: QWidget) -> None:
        """Put a fact below the others: its name, small, and what it is."""
        put_widget(self.facts, make_label(name, "small"))
        put_widget(self.facts, value)
        self.facts.addSpacing(GRID)


def list_details(row: ModelRow) -> list[tuple[str, str]]:
    """Return the facts of a model with their names."""
    kind = f"{words.capitalise(model_words.format_kind(row.kind))}. {model_words.explain_kind(row.kind)}"
    size = words.format_size(row.size_bytes) if row.size_bytes else ""
    here = row.section in ("here", "found")
    bits = translate("models", "%n bit(s) a weight", "", row.bits) if row.bits else ""
    facts = [
        (translate("models", "Size"), model_words.format_parameters(row.parameters) if row.parameters else ""),
        (translate("models", "Kind"), kind if row.kind else ""),
        (translate("models", "Languages"), ", ".join(map(model_words.translate_language, row.languages))),
        (translate("models", "Longest text"), describe_context(row.context)),
        (translate("models", "On the disk") if here else translate("models", "To fetch"), size),
        (translate("models", "Stored in"), bits),
        (translate("models", "Comes from"), row.source or row.program),
        (translate("models", "Used by"), ", ".join(row.users)),
        (
            translate("models", "Folder"),
            words.shorten_path(row.folder) if row.folder is not None and row.base != "bundled" else "",
        ),
        (translate("models", "Links lead out"), ", ".join(row.links_out)),
        (translate("models", "What is wrong"), row.fault),
    ]
    return [(name, value) for name, value in facts if value]


def list_measured(row: ModelRow) -> list[tuple[str, str]]:
    """Return what was measured of a model, with names, and what it means."""
    if row.measured is None:
        return []
    out: list[tuple[str, str]] = []
    for language, text in row.measured.texts.items():
        name = translate("models", "Measured in {language}").format(language=model_words.translate_language(language))
        figures = translate("models", "{bits} bits per byte, {tokens} tokens per word").format(
            bits=words.format_number(text.bits_per_byte, 2), tokens=words.format_number(text.tokens_per_word, 1)
        )
        out.append((name, "\n".join([figures, *(translate_note(note) for note in advise_on_text(text))])))
    if (speed := row.measured.speed) is not None:
        writes = translate("models", "Writes {number} tokens a second").format(
            number=words.format_number(speed.writing_tokens_per_second, 1)
        )
        learns = translate("models", "Learns from {number} tokens a second").format(
            number=words.format_number(speed.training_tokens_per_second)
        )
        memory = translate("models", "{peak} of memory in an update, {estimate} expected").format(
            peak=words.format_memory(speed.peak_bytes), estimate=words.format_memory(speed.estimated_bytes)
        )
        out.append((translate("models", "On this machine"), "\n".join((writes, learns, memory))))
    return out


def describe_context(tokens: int) -> str:
    """Return the longest text that a model was made for."""
    return (
        translate("models", "%n token(s)", "", tokens).replace(str(tokens), words.format_number(tokens))
        if tokens
        else ""
    )


def allow_breaks(text: str) -> str:
    """Return a text whose long names and paths may be broken at their joints."""
    for joint in ("/", "-", "_", "."):
        text = text.replace(joint, joint + BREAK)
    return text.replace(f".{BREAK} ", ". ")


def put_widget(layout: QVBoxLayout, widget: QWidget) -> None:
    """Put a widget into a layout in the font that it will be shown in: the layout remembers the height it has now."""
    layout.addWidget(widget)
    widget.ensurePolished()
    widget.updateGeometry()

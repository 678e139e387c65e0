"""What is said when a text cannot be read, or leaves nothing to learn from.

In: nothing. Out: Remedy by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Remedy, build_page_button, build_read_button
from stylelab.app.texts.words import translate


def list_text_remedies() -> dict[str, Remedy]:
    """Return what is said, by an error's code."""
    return _closed() | _wrong() | _corpus() | _language()


def _closed() -> dict[str, Remedy]:
    """Return what is said when a file does not give its text away."""
    corpus = build_page_button("corpus")
    return {
        "file_bomb": Remedy(
            translate("remedies", "This file is not safe to unpack"),
            translate(
                "remedies",
                "If you trust it, open it in the program that made it and save it again, in parts or as plain text.",
            ),
            corpus,
        ),
        "file_damaged": Remedy(
            translate("remedies", "This file is damaged"),
            translate("remedies", "Open it in the program that made it and save it again, or export it as plain text."),
            corpus,
        ),
        "file_drm": Remedy(
            translate("remedies", "This book is copy-protected"),
            translate("remedies", "Use an edition without copy protection, or the manuscript."),
            corpus,
        ),
        "file_password": Remedy(
            translate("remedies", "This file is protected with a password"),
            translate("remedies", "Open it with its password and save a copy without one."),
            corpus,
        ),
        "file_scanned": Remedy(
            translate("remedies", "These pages are pictures without text"),
            translate("remedies", "Run text recognition (OCR) on them first, or use another edition."),
            corpus,
        ),
    }


def _wrong() -> dict[str, Remedy]:
    """Return what is said when a file is not one to choose."""
    corpus = build_page_button("corpus")
    return {
        "file_binary": Remedy(
            translate("remedies", "This file holds no text"),
            translate("remedies", "Export it as plain text from the program that made it."),
            corpus,
        ),
        "file_empty": Remedy(
            translate("remedies", "This file is empty"),
            translate("remedies", "Leave it out, or choose the file that holds the text."),
            corpus,
        ),
        "file_kind": Remedy(
            translate("remedies", "StyleLab does not read files of this kind"),
            translate("remedies", "Choose a file that holds text, such as EPUB, DOCX, PDF or plain text."),
            corpus,
        ),
        "file_large": Remedy(
            translate("remedies", "This file is too large"),
            translate("remedies", "Split it into smaller files."),
            corpus,
        ),
        "file_mismatch": Remedy(
            translate("remedies", "This file is of another kind than its name says"),
            translate("remedies", "Give it the ending that the details name."),
            corpus,
        ),
        "chapter_unknown": Remedy(
            translate("remedies", "There is no such chapter"),
            translate("remedies", "Choose among the chapters that the book has. The details say how many."),
            corpus,
        ),
    }


def _corpus() -> dict[str, Remedy]:
    """Return what is said when the corpus lacks something."""
    corpus = build_page_button("corpus")
    return {
        "corpus": Remedy(
            translate("remedies", "The texts could not be read"),
            translate("remedies", "The corpus report shows why each was left out."),
            corpus,
        ),
        "corpus_yaml": Remedy(
            translate("remedies", "The plan of the corpus has an error"),
            translate("remedies", "Correct corpus.yaml in a text editor. The details say where."),
            corpus,
        ),
        "no_passages": Remedy(
            translate("remedies", "No passage came out of these texts"),
            translate("remedies", "The corpus report shows why each was left out."),
            corpus,
        ),
        "passage_missing": Remedy(
            translate("remedies", "There is no such passage"),
            translate("remedies", "Choose the number of a passage that exists, or add texts."),
            corpus,
        ),
        "budget": Remedy(
            translate("remedies", "The budget is too small for a single passage"),
            translate("remedies", "Raise the budget."),
            corpus,
        ),
        "document_missing": Remedy(
            translate("remedies", "This text is not in the project"),
            translate("remedies", "Choose another in the list of texts."),
            corpus,
        ),
        "rule_unknown": Remedy(
            translate("remedies", "There is no such cleaning rule"),
            translate("remedies", "Choose one of the rules shown beside the text."),
            corpus,
        ),
        "span_unknown": Remedy(
            translate("remedies", "This place is not in the text"),
            translate("remedies", "The text may have changed. Read it again and choose the place anew."),
            build_read_button(),
        ),
        "stale": Remedy(
            translate("remedies", "An older StyleLab read these texts"),
            translate("remedies", "Read them again; what you decided about them stays."),
            build_read_button(),
        ),
    }


def _language() -> dict[str, Remedy]:
    """Return what is said when a language cannot be analysed."""
    plan = build_page_button("pairs")
    return {
        "language": Remedy(
            translate("remedies", "The language cannot be analysed"),
            translate("remedies", "Choose the bundled language pipeline in the plan of the pairs."),
            plan,
        ),
        "pipeline_damaged": Remedy(
            translate("remedies", "The language pipeline is damaged"),
            translate("remedies", "Install it again, or choose the bundled one in the plan of the pairs."),
            plan,
        ),
        "pipeline_missing": Remedy(
            translate("remedies", "The language pipeline is not installed"),
            translate("remedies", "Install it, or choose the bundled one in the plan of the pairs."),
            plan,
        ),
        "pipeline_unknown": Remedy(
            translate("remedies", "This language pipeline is not known"),
            translate("remedies", "Choose the bundled one in the plan of the pairs. The details name the others."),
            plan,
        ),
    }

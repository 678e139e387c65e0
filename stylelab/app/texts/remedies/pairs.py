"""What is said when the persona is wrong, or pairs cannot be made.

In: nothing. Out: Known by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Known, make_pairs, show
from stylelab.app.texts.words import translate


def known() -> dict[str, Known]:
    """Return what is said, by an error's code."""
    return _persona() | _recipe() | _pairs() | _given() | _server()


def _persona() -> dict[str, Known]:
    """Return what is said when the persona has an error."""
    persona = Known(
        translate("remedies", "The persona has an error"),
        translate("remedies", "Correct the persona; the details say where."),
        show("persona"),
    )
    return {
        "persona": persona,
        "persona_field": persona,
        "persona_schema": persona,
        "persona_yaml": persona,
        "template": Known(
            translate("remedies", "The prompt cannot be made"),
            translate("remedies", "Correct the persona; the details say what is missing."),
            show("persona"),
        ),
    }


def _recipe() -> dict[str, Known]:
    """Return what is said when what pairs were made by does not fit."""
    again = make_pairs()
    return {
        "recipe": Known(
            translate("remedies", "The recipe of these pairs is damaged"),
            translate("remedies", "Make the pairs again, and train on them."),
            again,
        ),
        "recipe_base": Known(
            translate("remedies", "These pairs belong to another base model"),
            translate("remedies", "Make the pairs again for the base that is chosen now."),
            again,
        ),
        "recipe_missing": Known(
            translate("remedies", "There are no pairs yet"), translate("remedies", "Make the pairs first."), again
        ),
        "recipe_schema": Known(
            translate("remedies", "Another version of StyleLab made these pairs"),
            translate("remedies", "Make the pairs again, and train on them."),
            again,
        ),
        "recipe_seal": Known(
            translate("remedies", "The recipe of these pairs was changed"),
            translate("remedies", "Restore it, or make the pairs again."),
            again,
        ),
    }


def _pairs() -> dict[str, Known]:
    """Return what is said when no pairs came out."""
    corpus = show("corpus")
    plan = show("pairs")
    return {
        "pairs": Known(
            translate("remedies", "The pairs could not be made"),
            translate("remedies", "Check their plan, and try it again."),
            plan,
        ),
        "pairs_plan": Known(
            translate("remedies", "The plan of the pairs has an error"),
            translate("remedies", "Correct the plan; the details say where."),
            plan,
        ),
        "no_pairs": Known(
            translate("remedies", "There are no pairs to learn from"),
            translate("remedies", "Make the pairs first."),
            make_pairs(),
        ),
        "pair_missing": Known(
            translate("remedies", "This pair is not there any more"),
            translate("remedies", "Choose another in the list."),
            plan,
        ),
        "stage_empty": Known(
            translate("remedies", "No pair came out"), translate("remedies", "Add more of the author’s text."), corpus
        ),
        "split_empty": Known(
            translate("remedies", "There is too little text"),
            translate("remedies", "A style needs hundreds of passages to be learned. Add more texts."),
            corpus,
        ),
        "drafting_killed": Known(
            translate("remedies", "The system ended the rewriting"),
            translate("remedies", "Most likely memory ran out. Close other programs and go on; what was done is kept."),
            make_pairs(),
        ),
    }


def _given() -> dict[str, Known]:
    """Return what is said when pairs that exist cannot be taken in."""
    return {
        "harvest_broken": Known(
            translate("remedies", "The file with pairs is damaged"),
            translate("remedies", "Open it in the program that made it and save it again."),
        ),
        "harvest_empty": Known(
            translate("remedies", "No pair came out of these files"),
            translate("remedies", "Check that they are the right files, and what their fields are called."),
        ),
        "harvest_fields": Known(
            translate("remedies", "Which fields are the pairs?"),
            translate("remedies", "Names as they stand in the file, like draft or messages[0].content."),
        ),
        "harvest_kind": Known(
            translate("remedies", "Pairs cannot be read from this file"),
            translate(
                "remedies",
                "Choose a table, a JSON file, a document with tracked changes, or two folders of drafts and finals.",
            ),
        ),
        "harvest_mapping": Known(
            translate("remedies", "The fields of the pairs are not named"),
            translate("remedies", "Name both: the field of the input and that of the target."),
        ),
    }


def _server() -> dict[str, Known]:
    """Return what is said when the server that rewrites cannot be used."""
    plan = show("pairs")
    return {
        "remote_off": Known(
            translate("remedies", "The plan would send text to a server"),
            translate(
                "remedies",
                "Nothing was sent. Choose another way of rewriting in the plan of the pairs, or allow it there.",
            ),
            plan,
        ),
        "remote_address": Known(
            translate("remedies", "The server’s address is wrong"),
            translate("remedies", "Write it like http://localhost:11434/v1 in the plan of the pairs."),
            plan,
        ),
        "remote_unreachable": Known(
            translate("remedies", "The server cannot be reached"),
            translate(
                "remedies", "Check whether it runs, and its address in the plan of the pairs. What was done is kept."
            ),
            plan,
        ),
        "remote_key": Known(
            translate("remedies", "The server refused the key"),
            translate(
                "remedies",
                "Set the environment variable STYLELAB_REMOTE_KEY to a key for it, and start StyleLab again.",
            ),
        ),
        "remote_model": Known(
            translate("remedies", "The server does not know this model"),
            translate("remedies", "Correct the model or the address in the plan of the pairs."),
            plan,
        ),
        "remote_failing": Known(
            translate("remedies", "The server fails again and again"),
            translate("remedies", "Try it again later. What was done is kept and not sent again."),
            make_pairs(),
        ),
    }

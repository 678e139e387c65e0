"""What is said when the persona is wrong, or pairs cannot be made.

In: nothing. Out: Remedy by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Remedy, build_page_button, build_pairs_button
from stylelab.app.texts.words import translate


def list_pairs_remedies() -> dict[str, Remedy]:
    """Return what is said, by an error's code."""
    return _persona() | _recipe() | _pairs() | _harvest() | _server()


def _persona() -> dict[str, Remedy]:
    """Return what is said when the persona has an error."""
    persona = Remedy(
        translate("remedies", "The persona has an error"),
        translate("remedies", "Correct the persona; the details say where."),
        build_page_button("persona"),
    )
    return {
        "persona": persona,
        "persona_field": persona,
        "persona_schema": persona,
        "persona_yaml": persona,
        "template": Remedy(
            translate("remedies", "The prompt cannot be made"),
            translate("remedies", "Correct the persona; the details say what is missing."),
            build_page_button("persona"),
        ),
    }


def _recipe() -> dict[str, Remedy]:
    """Return what is said when what pairs were made by does not fit."""
    again = build_pairs_button()
    return {
        "recipe": Remedy(
            translate("remedies", "The recipe of these pairs is damaged"),
            translate("remedies", "Make the pairs again, and train on them."),
            again,
        ),
        "recipe_base": Remedy(
            translate("remedies", "These pairs belong to another base model"),
            translate("remedies", "Make the pairs again for the base that is chosen now."),
            again,
        ),
        "recipe_missing": Remedy(
            translate("remedies", "There are no pairs yet"), translate("remedies", "Make the pairs first."), again
        ),
        "recipe_schema": Remedy(
            translate("remedies", "Another version of StyleLab made these pairs"),
            translate("remedies", "Make the pairs again, and train on them."),
            again,
        ),
        "recipe_seal": Remedy(
            translate("remedies", "The recipe of these pairs was changed"),
            translate("remedies", "Restore it, or make the pairs again."),
            again,
        ),
    }


def _pairs() -> dict[str, Remedy]:
    """Return what is said when no pairs came out."""
    corpus = build_page_button("corpus")
    plan = build_page_button("pairs")
    return {
        "pairs": Remedy(
            translate("remedies", "The pairs could not be made"),
            translate("remedies", "Check their plan, and try it again."),
            plan,
        ),
        "pairs_plan": Remedy(
            translate("remedies", "The plan of the pairs has an error"),
            translate("remedies", "Correct the plan; the details say where."),
            plan,
        ),
        "no_pairs": Remedy(
            translate("remedies", "There are no pairs to learn from"),
            translate("remedies", "Make the pairs first."),
            build_pairs_button(),
        ),
        "pair_missing": Remedy(
            translate("remedies", "This pair is not there any more"),
            translate("remedies", "Choose another in the list."),
            plan,
        ),
        "stage_empty": Remedy(
            translate("remedies", "No pair came out"), translate("remedies", "Add more of the author’s text."), corpus
        ),
        "split_empty": Remedy(
            translate("remedies", "There is too little text"),
            translate("remedies", "A style needs hundreds of passages to be learned. Add more texts."),
            corpus,
        ),
        "rewriter_hopeless": Remedy(
            translate("remedies", "The model cannot make these texts plain"),
            translate(
                "remedies", "Let the rules rewrite, or choose a larger model or another way in the plan of the pairs."
            ),
            plan,
        ),
        "drafting_killed": Remedy(
            translate("remedies", "The system ended the rewriting"),
            translate("remedies", "Most likely memory ran out. Close other programs and go on; what was done is kept."),
            build_pairs_button(),
        ),
    }


def _harvest() -> dict[str, Remedy]:
    """Return what is said when pairs that exist cannot be taken in."""
    return {
        "harvest_broken": Remedy(
            translate("remedies", "The file with pairs is damaged"),
            translate("remedies", "Open it in the program that made it and save it again."),
        ),
        "harvest_empty": Remedy(
            translate("remedies", "No pair came out of these files"),
            translate("remedies", "Check that they are the right files, and what their fields are called."),
        ),
        "harvest_fields": Remedy(
            translate("remedies", "Which fields are the pairs?"),
            translate("remedies", "Names as they stand in the file, like draft or messages[0].content."),
        ),
        "harvest_kind": Remedy(
            translate("remedies", "Pairs cannot be read from this file"),
            translate(
                "remedies",
                "Choose a table, a JSON file, a document with tracked changes, or two folders of drafts and finals.",
            ),
        ),
        "harvest_mapping": Remedy(
            translate("remedies", "The fields of the pairs are not named"),
            translate("remedies", "Name both: the field of the input and that of the target."),
        ),
    }


def _server() -> dict[str, Remedy]:
    """Return what is said when the server that rewrites cannot be used."""
    plan = build_page_button("pairs")
    return {
        "remote_off": Remedy(
            translate("remedies", "The plan would send text to a server"),
            translate(
                "remedies",
                "Nothing was sent. Choose another way of rewriting in the plan of the pairs, or allow it there.",
            ),
            plan,
        ),
        "remote_address": Remedy(
            translate("remedies", "The server’s address is wrong"),
            translate("remedies", "Write it like http://localhost:11434/v1 in the plan of the pairs."),
            plan,
        ),
        "remote_unreachable": Remedy(
            translate("remedies", "The server cannot be reached"),
            translate(
                "remedies", "Check whether it runs, and its address in the plan of the pairs. What was done is kept."
            ),
            plan,
        ),
        "remote_key": Remedy(
            translate("remedies", "The server refused the key"),
            translate(
                "remedies",
                "Set the environment variable STYLELAB_REMOTE_KEY to a key for it, and start StyleLab again.",
            ),
        ),
        "remote_model": Remedy(
            translate("remedies", "The server does not know this model"),
            translate("remedies", "Correct the model or the address in the plan of the pairs."),
            plan,
        ),
        "remote_failing": Remedy(
            translate("remedies", "The server fails again and again"),
            translate("remedies", "Try it again later. What was done is kept and not sent again."),
            build_pairs_button(),
        ),
    }

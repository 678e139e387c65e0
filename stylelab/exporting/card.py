"""The card of an export: what the adapter is, what it was made from, and how it is used.

In: a stored adapter and the format it is exported as. Out: README.md's text. Next: export. Its words are a file,
resources/cards/adapter.md, and what comes from a recipe is only ever a value in it.
"""

from __future__ import annotations

from stylelab.adapters.store import StoredAdapter
from stylelab.exporting.formats import ExportFormat
from stylelab.paths import bundled
from stylelab.persona.prompt import word_count_line
from stylelab.persona.template import render

EXAMPLE_WORDS = 80  # the length that the example asks for


def build_card(adapter: StoredAdapter, form: ExportFormat) -> str:
    """Return the text of an export's README.md."""
    recipe, p = adapter.recipe, adapter.parameters
    template = (bundled("resources") / "cards" / "adapter.md").read_text(encoding="utf-8")
    values = {
        "author": recipe.persona.author,
        "base": recipe.base.name,
        "rank": str(p.rank),
        "scale": f"{p.scale:g}",
        "dropout": f"{p.dropout:g}",
        "blocks": str(p.num_layers),
        "layers": ", ".join(p.keys),
        "base_sha256": recipe.base.weights_sha256,
        "dataset_sha256": adapter.dataset_sha256,
        "recipe_sha256": recipe.hash,
        "separator": recipe.separator,
        "frame": recipe.persona.frames.NARRATIVE[0],
        "instruction": recipe.persona.instructions[0],
        "word_count_line": word_count_line(recipe, EXAMPLE_WORDS),
        "command": f"{form.command} {form.prompt}",
    }
    return render(template, values)

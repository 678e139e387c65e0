"""Which rewriter a plan means, wired to its engine: none for rules, MLX for local, a server for remote.

In: a recipe's plan, and the folder that its paths are relative to. Out: a Rewriter, or a Prompter that holds one. Next: the
jobs of pairs and writing. The tool that the
recipe seals names the engine: a local model by the hashes of its files, a remote one by address and name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from stylelab.basemodels.identity import identify, resolve
from stylelab.errors import PairsError
from stylelab.language.languages import find_language, pipeline_code
from stylelab.notes import Note
from stylelab.pairs.prompting import Prompter
from stylelab.pairs.reading import Reading
from stylelab.pairs.rewriters import Rewriter, RulesRewriter, load_text_tools
from stylelab.pairs.roundtrip import TEMPERATURE, VERSION, Generate, RoundTrip
from stylelab.recipe import PairsPlan, Recipe, Tool

KEY = "STYLELAB_REMOTE_KEY"  # the environment variable; a key is never written down


def identify_rewriter(plan: PairsPlan, folder: Path | None) -> Tool:
    """Return what the recipe says of a plan's rewriter, without loading it.

    Raises:
        ModelError: The local model is missing or incomplete.
    """
    rules = find_language(pipeline_code(plan.pipeline)).tools.rewriter
    if plan.rewriter == "rules":
        return rules
    shared = {"prompts": VERSION, "pivot": plan.pivot, "temperature": TEMPERATURE, "flatten": rules.version}
    if plan.rewriter == "local":
        own = identify(resolve(plan.model, folder))
        return Tool(
            name="local", version=1, parameters={**shared, "model": own.name, "weights_sha256": own.weights_sha256}
        )
    return Tool(name="remote", version=1, parameters={**shared, "model": plan.model, "endpoint": plan.endpoint})


def load_engine(plan: PairsPlan, folder: Path | None) -> Generate:
    """Load the local model, or make the remote client; nothing is sent yet.

    Raises:
        ModelError: The local model cannot be loaded or follows no instructions.
        PairsError: The remote address is none.
    """
    if plan.rewriter == "local":
        from stylelab.basemodels.load import load
        from stylelab.writing.batch import Batched

        return Batched(load(resolve(plan.model, folder)))
    from stylelab.pairs.remote import Remote

    return Remote(plan.endpoint, plan.model, os.environ.get(KEY, ""))


def build_model_rewriter(plan: PairsPlan, folder: Path | None, reading: Reading) -> Rewriter:
    """Return a plan's local or remote rewriter, ready to work.

    Raises:
        ModelError, PairsError: As `load_engine`.
    """
    rules = RulesRewriter(reading)

    def names(texts: Sequence[str]) -> list[Sequence[str]]:
        return [[name.text for name in parsed.names] for parsed in reading.read(texts)]

    def sentences(text: str) -> int:
        return len(reading.read([text])[0].sentences)

    return RoundTrip(
        load_engine(plan, folder),
        identify_rewriter(plan, folder),
        pivot=plan.pivot,
        names=names,
        flatten=lambda texts: [r.text for r in rules.rewrite(texts)],
        sentences=sentences,
    )


def refuse_remote(plan: PairsPlan, allowed: bool) -> None:
    """Stop before text would leave the machine without a word in this very run.

    Raises:
        PairsError: The plan's rewriter is remote, and this run does not allow it.
    """
    if plan.rewriter == "remote" and not allowed:
        raise PairsError(
            f"pairs.yaml wants to send text to {plan.endpoint}, and this run does not allow it.",
            remedy="Run again with --remote to allow it this once, or set 'rewriter: rules'.",
            code="remote_off",
        )


def build_prompter(recipe: Recipe, folder: Path | None = None, *, allow_remote: bool = False) -> Prompter:
    """Return what turns texts into prompts under a recipe: with training's rewriter where it is at hand, else by rules.

    Args:
        folder: What the plan's paths are relative to; a project's folder, or None.
        allow_remote: Whether texts may go to the server that training's rewriter was.

    Raises:
        LanguageError: The recipe's pipeline is not installed.
        ModelError: The local model cannot be loaded or follows no instructions.
    """
    plan, note = recipe.pairs, None
    if plan.rewriter == "remote" and not allow_remote:
        note = Note("the input was made plain by rules, trained with a remote model")
    elif plan.rewriter != "rules" and identify_rewriter(plan, folder) != recipe.rewriter:
        note = Note("the input was made plain by rules: {model} is not the model that training used", model=plan.model)
    by_rules = plan.rewriter == "rules" or note is not None
    tools = load_text_tools(
        plan.pipeline, None if by_rules else lambda reading: build_model_rewriter(plan, folder, reading)
    )
    return Prompter(recipe, tools, () if note is None else (note,))

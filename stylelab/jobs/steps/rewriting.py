"""Which rewriter a plan means, wired to its engine: none for rules, MLX for local, a server for remote.

In: a recipe's plan, and the folder that its paths are relative to. Out: a Rewriter, or a Prompter that holds one. Next: the
jobs of pairs and writing. The tool that the
recipe seals names the engine: a local model by the hashes of its files, a remote one by address and name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from stylelab.basemodels.identity import identify, resolve
from stylelab.errors import PairsError
from stylelab.files import sha256_json
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.notes import Note
from stylelab.pairs import roundtrip, simplify
from stylelab.pairs.parse_cache import ParseCache
from stylelab.pairs.prompting import Prompter
from stylelab.pairs.rewriters import Rewriter, RulesRewriter, load_text_tools
from stylelab.pairs.roundtrip import TEMPERATURE, ChatModel, RoundTrip, TextReading
from stylelab.recipe import PIVOT_PLAIN, PairsPlan, Recipe, Tool

KEY = "STYLELAB_REMOTE_KEY"  # the environment variable; a key is never written down


def identify_rewriter(plan: PairsPlan, folder: Path | None) -> Tool:
    """Return what the recipe says of a plan's rewriter, without loading it.

    Raises:
        ModelError: The local model is missing or incomplete.
    """
    rules = find_language(find_pipeline_language(plan.pipeline)).tools.rewriter
    if plan.rewriter == "rules":
        return rules
    prompts = simplify.VERSION if plan.pivot == PIVOT_PLAIN else roundtrip.VERSION
    shared = {"prompts": prompts, "pivot": plan.pivot, "temperature": TEMPERATURE, "flatten": rules.version}
    if plan.rewriter == "local":
        own = identify(resolve(plan.model, folder))
        return Tool(
            name="local", version=1, parameters={**shared, "model": own.name, "weights_sha256": own.weights_sha256}
        )
    return Tool(name="remote", version=1, parameters={**shared, "model": plan.model, "endpoint": plan.endpoint})


def identify_engine(plan: PairsPlan, folder: Path | None) -> str:
    """Return a hash of the model behind a rewriter and of all prompts it can be asked with, whatever the way of rewriting.

    Raises:
        ModelError: The local model is missing or incomplete.
    """
    tool = identify_rewriter(plan.model_copy(update={"pivot": ""}), folder)
    return sha256_json([tool.model_dump(mode="json"), simplify.VERSION, roundtrip.VERSION])


def load_engine(plan: PairsPlan, folder: Path | None, tick: Callable[[], None] = lambda: None) -> ChatModel:
    """Load the local model, or make the remote client; nothing is sent yet.

    Args:
        tick: Called often while the model answers; may raise to stop.

    Raises:
        ModelError: The local model cannot be loaded or follows no instructions.
        PairsError: The remote address is none.
    """
    if plan.rewriter == "local":
        from stylelab.basemodels.load import load
        from stylelab.writing.batch import LocalChatModel

        return LocalChatModel(load(resolve(plan.model, folder)), tick=tick)
    from stylelab.pairs.remote import RemoteChatModel

    return RemoteChatModel(plan.endpoint, plan.model, os.environ.get(KEY, ""), tick=tick)


def build_model_rewriter(plan: PairsPlan, engine: ChatModel, tool: Tool, parser: ParseCache) -> Rewriter:
    """Return a settled plan's local or remote rewriter, ready to work.

    Args:
        tool: What the recipe says of it.
    """
    rules = RulesRewriter(parser)

    def find_names(texts: Sequence[str]) -> list[Sequence[str]]:
        return [[name.text for name in parsed.names] for parsed in parser.parse(texts)]

    def cut_sentences(text: str) -> list[str]:
        read = parser.parse([text])[0]
        return [text[read.tokens[first].start : read.tokens[end - 1].end] for first, end in read.sentences]

    reading = TextReading(find_names, lambda texts: [r.text for r in rules.rewrite(texts)], cut_sentences)
    if plan.pivot == PIVOT_PLAIN:
        return simplify.Simplifier(engine, tool, reading)
    return RoundTrip(engine, tool, reading, pivot=plan.pivot)


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

    def by_model(parser: ParseCache) -> Rewriter:
        return build_model_rewriter(plan, load_engine(plan, folder), recipe.rewriter, parser)

    tools = load_text_tools(plan.pipeline, None if by_rules else by_model)
    return Prompter(recipe, tools, () if note is None else (note,))

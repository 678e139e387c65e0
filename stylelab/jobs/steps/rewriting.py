"""Which rewriter a plan means, wired to its engine: none for rules, MLX for local, a server for remote.

In: a recipe's plan. Out: a Rewriter, or the word that rules do. Next: the jobs of pairs and writing. The tool that the
recipe seals names the engine: a local model by the hashes of its files, a remote one by address and name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from stylelab.basemodels.identity import identify, resolve
from stylelab.errors import PairsError
from stylelab.language import lexicon, plain
from stylelab.pairs.reading import Reading
from stylelab.pairs.rewriters import Rewriter, RulesRewriter
from stylelab.pairs.roundtrip import TEMPERATURE, VERSION, Generate, RoundTrip
from stylelab.recipe import PairsPlan, Tool

KEY = "STYLELAB_REMOTE_KEY"  # the environment variable; a key is never written down


def tool(plan: PairsPlan, project: Path) -> Tool:
    """Return what the recipe says of a plan's rewriter, without loading it.

    Raises:
        ModelError: The local model is missing or incomplete.
    """
    if plan.rewriter == "rules":
        return plain.TOOL
    shared = {"prompts": VERSION, "pivot": plan.pivot, "temperature": TEMPERATURE, "flatten": plain.TOOL.version}
    if plan.rewriter == "local":
        own = identify(resolve(plan.model, project))
        return Tool(
            name="local", version=1, parameters={**shared, "model": own.name, "weights_sha256": own.weights_sha256}
        )
    return Tool(name="remote", version=1, parameters={**shared, "model": plan.model, "endpoint": plan.endpoint})


def engine(plan: PairsPlan, project: Path) -> Generate:
    """Load the local model, or make the remote client; nothing is sent yet.

    Raises:
        ModelError: The local model cannot be loaded or follows no instructions.
        PairsError: The remote address is none.
    """
    if plan.rewriter == "local":
        from stylelab.basemodels.load import load
        from stylelab.writing.batch import Batched

        return Batched(load(resolve(plan.model, project)))
    from stylelab.pairs.remote import Remote

    return Remote(plan.endpoint, plan.model, os.environ.get(KEY, ""))


def model_rewriter(plan: PairsPlan, project: Path, reading: Reading) -> Rewriter:
    """Return a plan's local or remote rewriter, ready to work.

    Raises:
        ModelError, PairsError: As `engine`.
    """
    rules = RulesRewriter(reading, lexicon.load())

    def names(texts: Sequence[str]) -> list[Sequence[str]]:
        return [[name.text for name in parsed.names] for parsed in reading.read(texts)]

    def sentences(text: str) -> int:
        return len(reading.read([text])[0].sentences)

    return RoundTrip(
        engine(plan, project),
        tool(plan, project),
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

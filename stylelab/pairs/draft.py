"""Make drafts of passages: turn them to a perspective, make them plain, keep what else needs the parse. Slow steps are here.

In: requests (a text and what to do to it), text tools. Out: Drafts, kept by content hash. Next: make, prompting.
Order: turn or narrativise, then the round trip; perturbation follows in make (METHOD §3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stylelab.files import sha256_json
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.language.parse import Parsed
from stylelab.pairs.pair import Draft, Stance
from stylelab.pairs.rewriters import TextTools
from stylelab.pairs.roundtrip import Rewritten
from stylelab.recipe import ObserverPart, Recipe, Tool

VERSION = 1  # of what a draft holds: part of its key
TURN = "turn_"  # problems that the text itself has, and will have again


@dataclass(frozen=True)
class DraftRequest:
    """A text and what to do to it.

    Args:
        stance: As it is, on another topic, or in another point of view.
        given: The input that belongs to it, where there is one already.
    """

    text: str
    stance: Stance
    given: str | None = None


@dataclass(frozen=True)
class DraftTools:
    """The tools that make drafts, by value; together with a request they give the draft's key."""

    language: Tool
    rewriter: Tool
    observer: ObserverPart
    narrativise: bool

    @classmethod
    def from_recipe(cls, recipe: Recipe, rewriter: Tool | None = None) -> DraftTools:
        """Return a recipe's tools, or the same with another rewriter."""
        return cls(recipe.language, rewriter or recipe.rewriter, recipe.persona.observer, recipe.pairs.narrativise)

    def compute_key(self, request: DraftRequest) -> str:
        """Return the content hash under which a request's draft is kept."""
        own = find_language(find_pipeline_language(self.language.name)).tools
        used = (self.language, self.rewriter, own.perspective, own.classifier, own.variants)
        tools = [tool.model_dump(mode="json") for tool in used]
        uses_observer = self.narrativise or request.stance == "third_person"
        observer = self.observer.model_dump(mode="json") if uses_observer else {}
        return sha256_json([VERSION, request.text, request.stance, request.given, tools, observer, self.narrativise])


class Drafter:
    """Makes drafts, a batch at a time."""

    def __init__(self, tools: TextTools, by_value: DraftTools) -> None:
        self._reading = tools.parser
        self._rewriter = tools.rewriter
        self._by_value = by_value

    def draft(self, requests: Sequence[DraftRequest]) -> list[Draft]:
        """Return one Draft per request, in order; one that cannot be made has its problem."""
        targets = self._targets(requests)
        sources = self._sources(
            [t.text if r.given is None else r.given for r, t in zip(requests, targets, strict=True)]
        )
        fit = [at for at, target in enumerate(targets) if target.problem is None]
        plain = dict(zip(fit, self._rewriter.rewrite([sources[at] for at in fit]), strict=True))
        well = [at for at in fit if plain[at].problem is None]
        read = dict(zip(well, self._reading.parse([plain[at].text for at in well]), strict=True))
        named = dict(
            zip(well, self._reading.parse([self._named(requests[at], targets[at]) for at in well]), strict=True)
        )
        out: list[Draft] = []
        for at, (request, target) in enumerate(zip(requests, targets, strict=True)):
            key = self._by_value.compute_key(request)
            if at in read:
                out.append(self._build(key, request, target.text, plain[at], read[at], named[at]))
            else:
                out.append(build_failed(key, target if target.problem else replace(plain[at], text=target.text)))
        self._reading.forget()
        return out

    def find_unturned(self, requests: Sequence[DraftRequest]) -> list[Draft]:
        """Return the drafts of those requests whose text cannot be turned to their stance; no rewriter is asked."""
        turned = [request for request in requests if request.stance not in ("as_written", "snowflake")]
        out = [
            build_failed(self._by_value.compute_key(request), target)
            for request, target in zip(turned, self._targets(turned), strict=True)
            if target.problem is not None
        ]
        self._reading.forget()
        return out

    def _targets(self, requests: Sequence[DraftRequest]) -> list[Rewritten]:
        """Return each request's text in its stance."""
        turned = [at for at, request in enumerate(requests) if request.stance not in ("as_written", "snowflake")]
        swapped = [at for at, request in enumerate(requests) if request.stance == "snowflake"]
        out = [Rewritten(request.text, ()) for request in requests]
        observer = self._by_value.observer
        for at, parsed in zip(turned, self._reading.parse([requests[at].text for at in turned]), strict=True):
            stance = requests[at].stance
            assert stance not in ("as_written", "snowflake")
            done = find_language(parsed.language).turn(parsed, stance, observer)
            out[at] = Rewritten(done.text or "", (), None if done.text is not None else f"{TURN}{done.reason}")
        for at, done in zip(swapped, self._rewriter.swap_topic([requests[at].text for at in swapped]), strict=True):
            out[at] = done
        return out

    def _sources(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that are made plain: as they are, or told in the first person where the plan wants it."""
        if not self._by_value.narrativise:
            return list(texts)
        observer = self._by_value.observer
        narrated = [
            find_language(p.language).narrativise(p, observer).text or p.text for p in self._reading.parse(texts)
        ]
        return narrated

    def _named(self, request: DraftRequest, target: Rewritten) -> str:
        """Return the text whose names must be in the input: the author's own where that says the same."""
        return target.text if request.stance == "snowflake" else request.text

    def _build(
        self, key: str, request: DraftRequest, target: str, plain: Rewritten, read: Parsed, named: Parsed
    ) -> Draft:
        own = request.stance == "as_written"  # only the author's own text gets further variants
        names = tuple(dict.fromkeys(name.text for name in named.names))
        language = find_language(read.language)
        return Draft(
            key,
            target,
            plain.text,
            plain.lost,
            language.drop_modifiers(read).text if own else "",
            language.abstract_nouns(read).text if own else "",
            language.classify(read),
            () if request.given is not None else names,
        )


def build_failed(key: str, failed: Rewritten) -> Draft:
    """Return the draft of a text with a problem; its target is the failed one's text."""
    return Draft(key, failed.text, "", (), "", "", None, (), failed.problem, failed.answer)


def may_keep(draft: Draft) -> bool:
    """Return whether a draft may be kept: a model's failure is not kept, so that it is tried again next time."""
    return draft.problem is None or draft.problem.startswith(TURN)

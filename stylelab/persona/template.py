"""Render a prompt template that may come from a stranger: only what a prompt needs is allowed, and rendering always ends.

In: a Jinja2 template and its values. Out: the text. Next: prompt. A template is read as a tree, and every node must be on
a short list: text, names, if, a loop over a list that is given, a few filters. No call, no arithmetic, no attribute
but the loop's counters, no import. So time and size are bounded by the template's length, before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from stylelab.errors import PersonaError

LONGEST_TEMPLATE = 8_000  # characters
LONGEST_OUTPUT = 400_000  # characters; a prompt that no model reads
LONGEST_JOINT = 40  # characters that a join puts between two lines
LISTS = frozenset({"constraints"})
FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "length", "first", "last", "join"})
COUNTERS = frozenset({"index", "index0", "first", "last", "length"})
TESTS = frozenset({"defined", "undefined", "none", "odd", "even"})
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Filter,
    nodes.Test, nodes.Getattr, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
)  # fmt: skip

_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=False, autoescape=False, optimized=False
)


def render(template: str, values: Mapping[str, str | Sequence[str]]) -> str:
    """Return the template's text.

    Raises:
        PersonaError: It is wrong, does what is not allowed, or grows without measure.
    """
    ready = compiled(template)
    pieces: list[str] = []
    size = 0
    try:
        for piece in ready.generate(values):
            size += len(piece)
            if size > LONGEST_OUTPUT:
                raise refused(f"it writes more than {LONGEST_OUTPUT:,} characters")
            pieces.append(piece)
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise refused(str(error)) from error
    return "".join(pieces)


@lru_cache(maxsize=64)
def compiled(template: str) -> Template:
    """Compile a template after checking every node of its tree.

    Raises:
        PersonaError: As `render`.
    """
    if len(template) > LONGEST_TEMPLATE:
        raise refused(f"it has {len(template):,} characters; {LONGEST_TEMPLATE:,} are allowed")
    try:
        tree = _environment.parse(template)
        inspect(tree, inside_loop=False)
        return _environment.from_string(template)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise refused(f"{error.message}{f' (line {line})' if line else ''}") from error
    except (RecursionError, MemoryError, OverflowError, SyntaxError, ValueError) as error:
        raise refused("it is nested too deep or holds a number beyond measure") from error


def inspect(node: nodes.Node, *, inside_loop: bool) -> None:
    """Check that a node and all nodes below it are allowed.

    Raises:
        PersonaError: One is not allowed.
    """
    where = f" (line {node.lineno})"
    if not isinstance(node, ALLOWED):
        raise refused(f"'{type(node).__name__.lower()}' is not allowed in a prompt{where}")
    if isinstance(node, nodes.For):
        over = node.iter
        if inside_loop or node.recursive or not (isinstance(over, nodes.Name) and over.name in LISTS):
            raise refused(f"a loop may only go once over {', '.join(sorted(LISTS))}{where}")
        inside_loop = True
    elif isinstance(node, nodes.Getattr):
        if not (isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in COUNTERS):
            raise refused(f"the attribute '{node.attr}' is not allowed{where}")
    elif isinstance(node, nodes.Filter):
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if node.name not in FILTERS or not plain or ((node.args or node.name == "join") and not joins_a_list(node)):
            raise refused(f"the filter '{node.name}' is not allowed so{where}")
    elif isinstance(node, nodes.Test) and (node.name not in TESTS or node.args):
        raise refused(f"the test '{node.name}' is not allowed{where}")
    for child in node.iter_child_nodes():
        inspect(child, inside_loop=inside_loop)


def joins_a_list(node: nodes.Filter) -> bool:
    """Return whether a filter is a join of a given list by a short text: joins of joins would grow without measure."""
    by = node.args[0] if len(node.args) == 1 else None
    short = isinstance(by, nodes.Const) and isinstance(by.value, str) and len(by.value) <= LONGEST_JOINT
    return node.name == "join" and short and isinstance(node.node, nodes.Name) and node.node.name in LISTS


def refused(why: str) -> PersonaError:
    """Return the error for a template that is not rendered."""
    return PersonaError(
        f"The prompt template cannot be rendered: {why}.", remedy="Correct the template.", code="template"
    )

"""Render a model's chat template in a sandbox with bounds, to the same text as transformers renders it.

In: a template, turns of a chat, the tokenizer's special tokens. Out: what the model reads. Next: encoding.

**Source:** transformers' documentation of chat templates: trim_blocks and lstrip_blocks, loop controls, `raise_exception`,
`strftime_now`, `{% generation %}`, and a `tojson` that escapes nothing.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, NoReturn, cast

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from stylelab.basemodels.template_bounds import (
    build_bound_error,
    check_count,
    check_replacement,
    check_size,
    join_bounded,
    run_bounded,
    weigh,
)  # fmt: skip

MOST_SOURCE = 200_000  # characters of a template; the longest published ones have some tens of thousands
MOST_POWER = 64
# A prompt must be the same on the day of training and on every day of writing; Llama's own template falls back to this date.
TODAY = datetime(2024, 7, 26)
NO_FILTERS = (
    "filesizeformat", "format", "pprint", "random", "striptags", "sum", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr",
)  # fmt: skip
NO_METHODS = frozenset(
    {"center", "expandtabs", "encode", "format", "format_map", "ljust", "rjust", "to_bytes", "translate", "zfill"}
)
CONCAT, WEIGHED = (
    "stylelab_concat",
    "stylelab_weighed",
)  # filters that take the place of signs


class GenerationTag(Extension):
    """Reads {% generation %} … {% endgeneration %}, which marks what a model writes, as what stands inside."""

    tags = {"generation"}  # noqa: RUF012 - Jinja reads it from the class

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """Return what stands between the two tags."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body).set_lineno(line)


class WeighedParts(NodeTransformer):
    """Puts a scale behind every place of a template that makes a text or a list out of others."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """Return a join with bounds in place of `~`."""
        self.generic_visit(node)
        return build_filter(nodes.List(node.nodes), CONCAT, node.lineno)

    def _weigh(self, node: nodes.Node) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node, nodes.Tuple) and node.ctx != "load":
            return node
        return build_filter(cast("nodes.Expr", node), WEIGHED, node.lineno)

    visit_List = visit_Tuple = visit_Dict = _weigh  # noqa: N815 - Jinja calls them so


def build_filter(node: nodes.Expr, name: str, line: int) -> nodes.Node:
    """Return a node of a filter without arguments."""
    return nodes.Filter(node, name, [], [], None, None).set_lineno(line)


class SafeNamespace(Namespace):
    """Jinja's namespace without names that begin with an underscore, which lead into Python."""

    def __init__(*args: Any, **kwargs: Any) -> None:
        own, *given = args
        values: dict[str, Any] = dict(*given, **kwargs)
        for name in values:
            refuse_inner_name(name)
        Namespace.__init__(own, values)

    def __setitem__(self, name: str, value: Any) -> None:
        refuse_inner_name(name)
        super().__setitem__(name, value)


def refuse_inner_name(name: str) -> None:
    """Refuse a name that leads into Python.

    Raises:
        SecurityError: So it does.
    """
    if name.startswith("_"):
        raise SecurityError(f"the name {name!r} is not for templates")


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no single step makes a large value."""

    concat = staticmethod(join_bounded)
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, extensions=[GenerationTag, loopcontrols], optimized=False,
            finalize=weigh_value,
        )  # fmt: skip
        self.filters = {name: bound_filter(name, own) for name, own in self.filters.items()}
        self.filters |= {name: refuse_filter(name) for name in NO_FILTERS}
        self.filters |= {"tojson": dump_json, "join": join_values, CONCAT: join_parts, WEIGHED: weigh_value}
        self.globals = {
            "range": build_range, "dict": build_dict, "namespace": SafeNamespace, "cycler": self.globals["cycler"],
            "joiner": self.globals["joiner"], "raise_exception": raise_exception, "strftime_now": format_today,
        }  # fmt: skip

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return cast("nodes.Template", WeighedParts().visit(super()._parse(source, name, filename)))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute an operator, after looking how large the result would be."""
        check_operands(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Refuse str.format, whose widths know no bounds."""
        return refuse_filter("format") if super().wrap_str_format(value) is not None else None

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls: a macro, a function of ours, a method of a text or a list with bounds."""
        name, owner = getattr(obj, "__name__", ""), getattr(obj, "__self__", None)
        weigh([*args, *kwargs.values()])
        if isinstance(owner, str | bytes | int):
            if name in NO_METHODS:
                raise build_bound_error(f"calls {name}")
            if name == "replace" and len(args) >= 2:
                check_replacement(owner, args[0], args[1])
            if name == "join" and args and isinstance(owner, str):
                return join_values(args[0], owner)
        return super().call(context, obj, *args, **kwargs)


def check_operands(sign: str, left: Any, right: Any) -> None:
    """Check how large an operator's result would be.

    Raises:
        ModelError: Too large.
    """
    if sign == "%":
        if isinstance(left, str | bytes):
            raise build_bound_error("formats with %")
    elif sign == "**":
        if abs(operator.index(right) if isinstance(right, int) else 0) > MOST_POWER or weigh([left]) > MOST_POWER:
            raise build_bound_error("computes a power that is too large")
    elif sign == "+":
        check_size(weigh(left) + weigh(right))
    else:
        one, other = (left, right) if isinstance(right, int) else (right, left)
        is_series = isinstance(one, str | bytes | list | tuple)
        check_size(weigh(one) * max(0, other) if is_series and isinstance(other, int) else weigh(left) + weigh(right))


def bound_filter(name: str, own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter of Jinja's that looks at its arguments before it works."""

    @wraps(own)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        weigh([*args, *kwargs.values()])
        for count in [*args[1:], *kwargs.values()]:
            check_count(count)
        texts = [arg for arg in args if isinstance(arg, str)]
        if name == "replace" and len(texts) >= 3:
            check_replacement(*texts[:3])
        if name == "indent" and texts:
            widths = [arg for arg in [*args[1:], *kwargs.values()] if type(arg) is int or isinstance(arg, str)]
            widest = max((one if isinstance(one, int) else len(one) for one in widths), default=0)
            check_size(len(texts[0]) + (texts[0].count("\n") + 1) * widest)
        return own(*args, **kwargs)

    return bounded


def refuse_filter(name: str) -> Callable[..., Any]:
    """Return a filter that no chat template needs, and that has no bounds: it is an error."""

    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise build_bound_error(f"calls {name}")

    return refuse


def weigh_value(value: Any) -> Any:
    """Return a value that is not too large."""
    weigh(value)
    return value


def join_parts(parts: Iterable[Any]) -> str:
    """Return what `~` makes of its parts."""
    return join_bounded(str(weigh_value(part)) for part in parts)


def join_values(values: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Return values as one text, a separator between them: Jinja's filter `join`, and Python's method."""
    parts: list[str] = []
    size = 0
    for value in values:
        own = value if attribute is None else value[attribute]
        parts.append(str(weigh_value(own)))
        size += len(parts[-1]) + len(d)
        check_size(size)
    return str(d).join(parts)


def dump_json(
    value: Any, ensure_ascii: bool = False, indent: int | None = None, separators: Any = None, sort_keys: bool = False
) -> str:
    """Return a value as JSON."""
    check_size(weigh(value) * (1 + min(indent or 0, MOST_POWER)))
    if isinstance(indent, str) or (indent or 0) > MOST_POWER:
        raise build_bound_error("indents JSON too far")
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def build_dict(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """Return a dictionary; a function of ours, since the type itself has ways into Python."""
    return dict(*args, **kwargs)


def build_range(*numbers: int) -> range:
    """Return a range that is not too long."""
    out = range(*numbers)
    check_count(out.stop - out.start)
    return out


def raise_exception(message: str) -> NoReturn:
    """Refuse a chat, as templates do that want another one."""
    raise jinja2.TemplateError(str(message))


def format_today(form: str) -> str:
    """Return the date that templates take for today's, which is always the same."""
    check_count(len(str(form)) * 100)
    return TODAY.strftime(str(form))


@lru_cache(maxsize=8)
def compile_template(source: str) -> jinja2.Template:
    """Return a template ready to be rendered.

    Raises:
        ModelError: It is too long, or nested too deeply.
        TemplateError: It is not Jinja.
    """
    if len(source) > MOST_SOURCE:
        raise build_bound_error(f"is longer than {MOST_SOURCE:,} characters")
    try:
        return BoundedEnvironment().from_string(source)
    except (RecursionError, MemoryError, SyntaxError) as error:
        raise build_bound_error("is nested too deeply") from error


def render_chat(source: str, turns: Sequence[Mapping[str, str]], *, open: bool, values: Mapping[str, Any]) -> str:
    """Return the text that a chat template makes of turns.

    Args:
        source: The template.
        turns: Each with "role" and "content".
        open: Whether the beginning of the model's next turn is added.
        values: Names that the template may use: the special tokens.

    Raises:
        ModelError: The template is out of bounds.
        TemplateError: It is broken, or it refuses these turns.
    """
    template = compile_template(source)
    names = {**values, "messages": [dict(turn) for turn in turns], "tools": None, "documents": None}
    try:
        return run_bounded(lambda: template.render(names, add_generation_prompt=open))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise jinja2.TemplateError(f"{type(error).__name__}: {error}") from error

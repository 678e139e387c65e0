"""No text from a file is ever a format string, a template or markup: each of them is written down in the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house_source import Module, modules

# The places that render a template of somebody else's: a persona's, and a base model's chat template.
SANDBOXES = ("stylelab/persona/template.py", "stylelab/basemodels/chat_template.py")
TRANSLATED = {"tr", "translate"}  # their texts are literals, and so are the catalogues
MARKUP = {"Console", "TextColumn"}  # of rich: without markup=False, "[/b]" in a text ends the program
FORMATTERS = {"Template", "Formatter"}  # of the module string
NUMBERS = {"int", "float", "len", "round", "abs", "max", "min", "sum", "count", "index"}

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Scope = ast.Module | Function
Scopes = tuple[Scope, ...]  # from the module to the innermost function


def walk(tree: ast.Module) -> Iterator[tuple[ast.AST, Scopes]]:
    """Yield every node of a tree with the scopes around it."""
    waiting: list[tuple[ast.AST, Scopes]] = [(tree, ())]
    while waiting:
        node, scopes = waiting.pop()
        yield node, scopes
        inner = (*scopes, node) if isinstance(node, Scope) else scopes
        waiting += ((child, inner) for child in ast.iter_child_nodes(node))


def inside(scope: Scope) -> Iterator[ast.AST]:
    """Yield the nodes of one scope, without those of the functions in it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def bindings(name: str, scopes: Scopes) -> list[ast.expr | ast.arg | Function | None]:
    """Return what a name stands for in the innermost scope that binds it; None for what is not looked into."""
    for scope in reversed(scopes):
        found: list[ast.expr | ast.arg | Function | None] = []
        if isinstance(scope, Function):
            found += [arg for arg in ast.walk(scope.args) if isinstance(arg, ast.arg) and arg.arg == name]
        plain: set[ast.AST] = set()
        for node in inside(scope):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                hits = [target for target in targets if isinstance(target, ast.Name) and target.id == name]
                plain.update(hits)
                found += [node.value for _ in hits]
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                found.append(node)
        others = (n for n in inside(scope) if isinstance(n, ast.Name) and n.id == name and n not in plain)
        found += [None for other in others if isinstance(other.ctx, ast.Store)]
        if found:
            return found
    return []


def called(node: ast.expr) -> str:
    """Return the last part of a called name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_literal(node: ast.AST | None, scopes: Scopes) -> bool:
    """Return whether an expression can only be text that stands in the code, or its translation."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str | bytes)
        case ast.Call() if called(node.func) in TRANSLATED:
            return bool(node.args) and all(
                is_literal(part, scopes) for part in node.args[:2] if not is_number(part, scopes)
            )
        case ast.BinOp(op=ast.Add()):
            return is_literal(node.left, scopes) and is_literal(node.right, scopes)
        case ast.IfExp():
            return is_literal(node.body, scopes) and is_literal(node.orelse, scopes)
        case ast.Subscript(value=ast.Dict() as table):
            return all(is_literal(value, scopes) for value in table.values)
        case ast.Name():
            found = bindings(node.id, scopes)
            return bool(found) and all(is_literal(value, scopes) for value in found)
        case _:
            return False


def is_number(node: ast.AST | None, scopes: Scopes) -> bool:
    """Return whether an expression is visibly a number."""
    match node:
        case ast.Constant():
            return isinstance(node.value, int | float)
        case ast.Call():
            return called(node.func) in NUMBERS
        case ast.BinOp():
            return is_number(node.left, scopes) or is_number(node.right, scopes)
        case ast.arg():
            return isinstance(node.annotation, ast.Name) and node.annotation.id in ("int", "float")
        case ast.Name():
            found = bindings(node.id, scopes)
            return bool(found) and all(is_number(value, scopes) for value in found)
        case _:
            return False


def is_replacement(node: ast.AST | None, scopes: Scopes) -> bool:
    """Return whether what `re.sub` puts in is a literal or a function."""
    if isinstance(node, ast.Name) and any(isinstance(found, Function) for found in bindings(node.id, scopes)):
        return True
    return isinstance(node, ast.Lambda) or is_literal(node, scopes)


def templates(module: Module) -> list[str]:
    """Return the places of a module where a text that does not stand in the code is a template."""
    found: list[str] = []
    for node, scopes in walk(module.tree):
        why = ""
        if isinstance(node, ast.Call):
            why = fault_of_call(node, scopes) or fault_of_markup(node, module)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            numbers = is_number(node.left, scopes) or is_number(node.right, scopes)
            why = "" if numbers or is_literal(node.left, scopes) else "formats with %"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            why = fault_of_import(node, module.name)
        elif isinstance(node, ast.Attribute) and node.attr in FORMATTERS and ast.unparse(node.value) == "string":
            why = "makes templates of texts"
        if why:
            found.append(f"{module.name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)[:90]} {why}")
    return found


def fault_of_import(node: ast.Import | ast.ImportFrom, name: str) -> str:
    """Return what is wrong with an import; empty where nothing is."""
    room = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    names = [alias.name for alias in node.names]
    if any(part.split(".")[0] == "jinja2" for part in (room, *names)):
        errors_alone = room == "jinja2" and all(part.endswith("Error") for part in names)
        return "" if errors_alone or name in SANDBOXES else "renders outside the sandbox"
    return "makes templates of texts" if room == "string" and FORMATTERS & {*names} else ""


def fault_of_call(call: ast.Call, scopes: Scopes) -> str:
    """Return what is wrong with a call; empty where nothing is."""
    name = called(call.func)
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if receiver is not None and name in ("format", "format_map") and not is_literal(receiver, scopes):
        return "formats with a text that may come from a file"
    if receiver is not None and name in ("sub", "subn", "expand") and call.args:
        replacement = call.args[1 if isinstance(receiver, ast.Name) and receiver.id == "re" else 0]
        return "" if is_replacement(replacement, scopes) else "replaces by a text that may come from a file"
    return ""


def fault_of_markup(call: ast.Call, module: Module) -> str:
    """Return what is wrong with a call that makes a part of rich; empty where nothing is."""
    name = called(call.func)
    silent = any(word.arg == "markup" and getattr(word.value, "value", None) is False for word in call.keywords)
    if name not in MARKUP or silent:
        return ""
    imports = [node for node in module.tree.body if isinstance(node, ast.ImportFrom)]
    homes = [node.module or "" for node in imports if name in {alias.name for alias in node.names}]
    return "" if homes and not any(home.startswith("rich") for home in homes) else "reads markup in texts"


def test_no_text_from_a_file_is_a_template() -> None:
    code = [module for module in modules() if not module.name.startswith("tests/")]
    assert not [place for module in code for place in templates(module)]


def test_every_note_is_a_literal_with_a_value_for_each_place() -> None:
    wrong: list[str] = []
    for module in modules():
        for node, scopes in walk(module.tree):
            if isinstance(node, ast.Call) and called(node.func) == "Note":
                literal = (
                    bool(node.args) and isinstance(node.args[0], ast.Constant) and is_literal(node.args[0], scopes)
                )
                places = set(re.findall(r"(?<!\{)\{(\w+)\}", str(ast.literal_eval(node.args[0])))) if literal else None
                if places != {word.arg for word in node.keywords}:
                    wrong.append(f"{module.name}:{node.lineno}: {ast.unparse(node)[:90]}")
    assert not wrong


@pytest.mark.parametrize(
    "source",
    [
        "recipe.line.format(words=80)",
        "text.format_map(values)",
        "str.format(text, 1)",
        "f'{head} {{x}}'.format(x=1)",
        "def show(said):\n    return said.format(x=1)",
        "def show(row):\n    said = 'a'\n    if row:\n        said = row.text\n    return said.format(x=1)",
        "for said in rows:\n    said.format(x=1)",
        "translate('notes', warn.template).format(x=1)",
        "{'a': 'x', 'b': text}[kind].format(x=1)",
        "text % values",
        "text % (1, 2)",
        "re.sub('a', text, line)",
        "PATTERN.sub(row.name, line)",
        "match.expand(text)",
        "import jinja2",
        "from jinja2 import Template",
        "from jinja2.sandbox import SandboxedEnvironment",
        "from string import Template",
        "string.Template(text)",
        "from rich.console import Console\nConsole(stderr=True)",
        "from rich.progress import TextColumn\nTextColumn('{task.description}', markup=True)",
        "rich.console.Console()",
    ],
)
def test_a_template_from_elsewhere_is_recognised(source: str) -> None:
    assert templates(Module("stylelab/x.py", source, ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "'{x}'.format(x=text)",
        "ORDER = 'a {where}'\ndef read(where):\n    return ('SELECT ' + ORDER).format(where=where)",
        "def show(self, all):\n    said = self.tr('{x}')\n    if all:\n        said = self.tr('!')\n    return said.format(x=1)",
        "(translate('a', '{x}') if all else translate('a', 'b {x}')).format(x=1)",
        "'%d of %d' % (1, 2)",
        "done % 2",
        "def step(done: int, rows):\n    every = max(1, len(rows))\n    return done % every, place % len(rows)",
        "re.sub('a', r'\\1', line)",
        "def name(match):\n    return 'x'\nPATTERN.sub(name, line)",
        "PATTERN.sub(lambda match: values[match.group()], line)",
        "format(number, '.3f')",
        "from jinja2 import TemplateError",
        "from rich.console import Console\nConsole(markup=False)",
        "from stylelab.app.pages.writing.column import TextColumn\nTextColumn('base')",
    ],
)
def test_what_stands_in_the_code_passes(source: str) -> None:
    assert not templates(Module("stylelab/x.py", source, ast.parse(source)))


def test_the_sandboxes_alone_may_render() -> None:
    source = "from jinja2 import Template"
    assert not [place for name in SANDBOXES for place in templates(Module(name, source, ast.parse(source)))]

"""What the code never does: catch everything, run what it reads, name hosts or one machine's folders."""

from __future__ import annotations

import ast
import re

import pytest
from house_source import ROOT, files, modules, package

# Where an error of any kind has to be turned into a message; each logs the traceback.
BROAD_EXCEPT = {
    "stylelab/jobs/core/worker.py": "the last stop in a child process: an unknown error becomes `failed`",
    "stylelab/basemodels/gguf/tokenizer.py": "the tokenizers library raises nothing narrower than Exception",
    "stylelab/basemodels/tokenizer.py": "the tokenizers library raises nothing narrower than Exception",
    "stylelab/app/session/session.py": "the end of a reading thread: the error is raised again in the window's own",
}

FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
FORBIDDEN_CALLS = {"eval", "exec", "yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "os.system"}
REGISTRIES = re.compile(
    r"\b(?:" + "|".join(("py" + "pi", "python" + "hosted", r"files\.python" + "hosted")) + r")\.(?:org|com|io)\b"
)
ADDRESS = re.compile(r"https?://|file://|--(?:extra-)?index-url|--find-links|--trusted-host")
MACHINE = re.compile(r"""(?<![\w.~$}*-])/(?:home|Users|root|work|mnt|opt|srv)/[\w.-]+""")
TEXT = (".py", ".toml", ".md", ".sh", ".yaml", ".yml", ".json", ".lock", ".cfg", ".ini", "Makefile", ".ci/run")


def test_errors_are_caught_narrowly() -> None:
    broad = {
        module.name
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and is_broad(node.type) and not passes_on(node)
    }
    assert broad <= set(BROAD_EXCEPT), "`except` without a type, or of Exception, outside the listed places"


def is_broad(caught: ast.expr | None) -> bool:
    """Return whether an except clause catches (almost) everything."""
    if caught is None:
        return True
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(part, ast.Name) and part.id in ("Exception", "BaseException") for part in parts)


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Return whether a clause only cleans up: its last statement raises the same error again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("source", ["", "Exception", "(ValueError, BaseException)"])
def test_a_broad_except_is_recognised(source: str) -> None:
    tree = ast.parse(f"try:\n    pass\nexcept {source}:\n    pass")
    assert [is_broad(node.type) for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)] == [True]


def test_nothing_that_is_read_is_run() -> None:
    found = [f"{module.name}: {name}" for module in modules() for name in dangers(module.tree)]
    assert not found


def dangers(tree: ast.Module) -> list[str]:
    """Return the names of modules and calls in a tree that can run what a file says."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in FORBIDDEN_MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FORBIDDEN_MODULES:
            found.append(node.module or "")
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            found += [name] if name in FORBIDDEN_CALLS else []
            found += [f"{name}(shell=)" for word in node.keywords if word.arg == "shell" and is_not_false(word.value)]
            found += ["trust_remote_code" for word in node.keywords if trusts(word)]
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            named = [
                value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "trust_remote_code"
            ]
            found += ["trust_remote_code" for value in named if is_not_false(value)]
    return found


def trusts(word: ast.keyword) -> bool:
    """Return whether a keyword argument lets a model's own code run."""
    return word.arg == "trust_remote_code" and is_not_false(word.value)


def is_not_false(value: ast.expr) -> bool:
    """Return whether an expression is anything but the literal False."""
    return not (isinstance(value, ast.Constant) and value.value is False)


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "eval('1')",
        "yaml.load(text)",
        "load(folder, trust_remote_code=True)",
        "load(folder, settings={'trust_remote_code': True})",
        "run('ls', shell=True)",
    ],
)
def test_a_danger_is_recognised(source: str) -> None:
    assert dangers(ast.parse(source))


def test_what_is_safe_passes() -> None:
    assert not dangers(ast.parse("yaml.safe_load(text)\nmx.eval(loss)\nmodel.eval()\nload(f, trust_remote_code=False)"))


def test_no_file_names_a_registry_or_one_machines_folders() -> None:
    found: list[str] = []
    for name in files():
        if name.endswith(TEXT):
            text = (ROOT / name).read_text(encoding="utf-8")
            found += [f"{name}: {hit.group()}" for pattern in (REGISTRIES, MACHINE) for hit in pattern.finditer(text)]
    assert not found


def test_the_locks_pin_by_hash_and_carry_no_address() -> None:
    for name in ("requirements.lock", "requirements-runtime.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not ADDRESS.search(text), name
        for entry in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in entry, f"{name}: {entry[:60]}"
            assert "--hash=sha256:" in entry, f"{name}: {entry[:60]}"


def test_the_runtime_lock_is_part_of_the_whole_lock() -> None:
    pins = [
        {line.split(";")[0].strip(" \\") for line in (ROOT / name).read_text().splitlines() if "==" in line[:60]}
        for name in ("requirements-runtime.lock", "requirements.lock")
    ]
    assert pins[0] < pins[1]

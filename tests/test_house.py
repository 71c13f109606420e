"""The house keeps its shape: who knows whom, how big things grow, what no file may hold, which rule has a test."""

from __future__ import annotations

import ast
import functools
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("models", "schicht", "screens", "tui")
Function = ast.FunctionDef | ast.AsyncFunctionDef

FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 400, 50, 25
MEDIAN_FILE_LINES, MEDIAN_FUNCTION_LINES = 100, 10

# Put together here, or this file would be the first finding.
FOREIGN = re.compile(
    "py" + r"pi\.org|python" + r"hosted|npm" + r"js\.|deb\." + r"debian|/wo" + r"rk/|/far" + r"m/|/ro" + "ot/"
)
BUILT = re.compile(r"__pycache__|.*\.egg-info|build|dist|\.(?!ci$|git(ignore|attributes)$).*")

# What Textual calls by name: the framework says what they mean.
FRAMEWORK = re.compile(r"(on|action|watch|validate|compute|render|key|check)_|compose$|render$|get_|main$")


def files() -> Iterator[Path]:
    """Every file of the checkout, without what was built or cached; no need for git on a fresh machine."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and not any(BUILT.fullmatch(part) for part in inside.parts):
            yield inside


@functools.cache
def trees(*folders: str) -> dict[Path, ast.Module]:
    """The parsed sources below these folders."""
    return {
        path: ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))
        for path in files()
        if path.suffix == ".py" and path.parts[0] in folders
    }


def lines_of(node: Function) -> int:
    """Lines from the `def` to the end; decorators do not count."""
    return (node.end_lineno or 0) - node.lineno + 1


def functions(tree: ast.Module) -> Iterator[Function]:
    """All functions and methods, inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


# Who knows whom


def python(*args: str) -> subprocess.CompletedProcess[str]:
    """Run this Python at the top of the checkout."""
    return subprocess.run([sys.executable, *args], cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_keep_their_direction() -> None:
    done = python("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout + done.stderr


def test_models_load_without_screen_and_command_line() -> None:
    program = """
import importlib, pkgutil, sys
import models
names = [found.name for found in pkgutil.walk_packages(models.__path__, "models.")]
for name in names:
    importlib.import_module(name)
print(len(names), *sorted({"textual", "rich", "click", "screens", "tui"} & set(sys.modules)))
"""
    done = python("-c", program)
    assert done.returncode == 0, done.stderr
    count, *unwanted = done.stdout.split()
    assert int(count) > 10
    assert unwanted == []


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_do_not_wait_for_textual(option: str) -> None:
    done = python("-X", "importtime", "-m", "tui", option)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "tui" in loaded
    assert {name for name in loaded if name.split(".")[0] in {"textual", "rich", "psycopg", "holidays"}} == set()


# How big things grow


def test_no_file_function_or_class_outgrows_the_design() -> None:
    found = []
    for path, tree in trees(*PACKAGES).items():
        length = (ROOT / path).read_text(encoding="utf-8").count("\n")
        if length > FILE_LINES:
            found.append(f"{path}: {length} lines")
        found += [f"{path}: {f.name} has {lines_of(f)} lines" for f in functions(tree) if lines_of(f) > FUNCTION_LINES]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                methods = sum(isinstance(part, Function) for part in node.body)
                if methods > CLASS_METHODS:
                    found.append(f"{path}: class {node.name} has {methods} methods")
    assert found == []


def test_most_files_and_functions_are_small() -> None:
    sources = trees(*PACKAGES)
    lengths = [(ROOT / path).read_text(encoding="utf-8").count("\n") for path in sources]
    assert statistics.median(lengths) <= MEDIAN_FILE_LINES
    assert statistics.median(lines_of(f) for tree in sources.values() for f in functions(tree)) <= MEDIAN_FUNCTION_LINES


def test_every_public_method_says_what_it_means() -> None:
    """Modules, classes and functions are asked for by ruff; an override may lean on what it overrides."""
    methods = [
        (path, node.name, part)
        for path, tree in trees(*PACKAGES).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for part in node.body
        if isinstance(part, Function) and not part.name.startswith("_")
    ]
    explained = {part.name for _, _, part in methods if ast.get_docstring(part)}
    silent = [
        f"{path}: {owner}.{part.name}"
        for path, owner, part in methods
        if part.name not in explained and not FRAMEWORK.match(part.name)
    ]
    assert silent == []


def test_every_test_can_fail() -> None:
    # The helpers named last assert by themselves: the terminal's text came up, the command was done.
    asking = re.compile(r"assert|raises|check|expect|wait_for|the_shift|built_on|already_done|house\.(do|take)")

    def asks(node: ast.AST) -> bool:
        return isinstance(node, ast.Assert) or (
            isinstance(node, ast.Call) and bool(asking.search(ast.unparse(node.func)))
        )

    found = [
        f"{path}: {function.name}"
        for path, tree in trees("tests").items()
        for function in functions(tree)
        if function.name.startswith("test") and not any(asks(node) for node in ast.walk(function))
    ]
    assert found == []


# What no file may hold


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in files():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


# Which rule has a test


def ids(name: str) -> set[str]:
    """The ids in a list beside this file, one a line; none where the list is gone."""
    path = ROOT / "tests" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def ids_named_by_tests() -> set[str]:
    """The ids that stand in a test's name, docstring or parameters."""
    sources = ((ROOT / path).read_text(encoding="utf-8") for path in trees("tests") if path.name != Path(__file__).name)
    return {found for text in sources for found in re.findall(r"\b[ADRJKWTFLPSX]-\d\d\b", text)}


def test_every_requirement_is_named_by_a_test() -> None:
    """No rule without a test that names it."""
    every = ids("requirement_ids.txt")
    assert len(every) > 100
    assert sorted(every - ids_named_by_tests()) == []

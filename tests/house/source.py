"""What there is to look at: our own files, as trees of syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PYTHON_FOLDERS = (
    "actions",
    "bench",
    "charts",
    "cli",
    "demo",
    "facts",
    "forms",
    "insights",
    "jobs",
    "mail",
    "models",
    "questionnaires",
    "views",
    "wording",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """A file's path from the project's root."""
    return path.relative_to(ROOT).as_posix()


def product_files() -> list[Path]:
    """Every Python file of the product, tests and migrations left out."""
    inside = [path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted([*ROOT.glob("*.py"), *inside])


def files_of_tests() -> list[Path]:
    """Every Python file of the tests."""
    return sorted((ROOT / "tests").rglob("*.py"))


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@cache
def tree_of(path: Path) -> ast.Module:
    """A file as a tree of syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def n_lines_of(function: Function) -> int:
    """How long a function is, its docstring not counted."""
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    n_said = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - n_said


def calls_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every call in a file: its line, and what is called, as ``datetime.now``."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)

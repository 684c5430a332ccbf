import ast
import importlib
import re
from pathlib import Path

from tests.house.source import ROOT, name_of, product_files, tree_of

NAMES = re.compile(r"``([a-z]\w*(?:\.\w+)+)")
"""A dotted name of which the first part may be a module; one of a class is not looked at."""


def docstrings_of(path):
    """Every docstring of a file."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]
    return [ast.get_docstring(node) or "" for node in nodes]


def is_there(name):
    """Whether a name is a module, or something in one."""
    module, rest = name, ""
    while module:
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            module, _dot, last = module.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
            continue
        for part in rest.split(".") if rest else ():
            found = getattr(found, part, None)
        return found is not None
    return False


def is_named_right(path, name):
    """Whether a name is whole, or one beside the file, or one beside what all insights need."""
    own = ".".join(Path(name_of(path)).parent.parts)
    return any(is_there(whole) for whole in (f"{own}.{name}", f"insights.{name}", name))


def test_what_insights_refer_to_is_there():
    lost = [
        f"{name_of(path)}: {name}"
        for path in product_files()
        if path.is_relative_to(ROOT / "insights")
        for docstring in docstrings_of(path)
        for name in NAMES.findall(docstring)
        if not is_named_right(path, name)
    ]

    assert lost == []

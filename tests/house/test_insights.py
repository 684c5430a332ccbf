import ast

import pytest

from tests.house.source import functions_of, name_of, product_files, tree_of

INSIGHTS = [
    pytest.param(ast.get_docstring(node) or "", id=f"{name_of(path)}:{node.name}")
    for path in product_files()
    if name_of(path).startswith("insights/") and "/sentiment/" not in name_of(path)
    for node in tree_of(path).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]


@pytest.mark.parametrize("docstring", INSIGHTS)
def test_every_insight_names_its_source_and_shows_an_example(docstring):
    assert "References:" in docstring
    assert ">>> " in docstring


def test_every_function_says_what_it_does():
    silent = [
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in product_files()
        for function in functions_of(path)
        if not ast.get_docstring(function) and not is_inner(path, function)
    ]

    assert silent == []


def is_inner(path, function):
    """Whether a function stands inside another one, which speaks for it."""
    return any(function in ast.walk(outer) for outer in functions_of(path) if outer is not function)

from tests.house.source import (
    ROOT,
    files_of_tests,
    functions_of,
    n_lines_of,
    name_of,
    product_files,
    templates,
)

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def n_lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths, limit):
    return {name_of(path): n_lines(path) for path in paths if n_lines(path) > limit}


def test_no_file_is_longer_than_300_lines():
    own = [*(ROOT / "static").glob("*.js"), ROOT / "Makefile", ROOT / ".ci" / "run"]

    assert too_long([*product_files(), *files_of_tests(), *own], 300) == {}


def test_no_template_is_longer_than_120_lines():
    assert too_long(templates(), 120) == {}


def test_no_function_is_longer_than_40_lines():
    long = {
        f"{name_of(path)}:{function.lineno} {function.name}": n_lines_of(function)
        for path in product_files()
        for function in functions_of(path)
        if n_lines_of(function) > 40
    }

    assert long == {}


def test_every_file_is_named_after_a_thing():
    named = [*product_files(), *files_of_tests(), *templates()]

    assert [name_of(path) for path in named if path.stem.strip("_") in FORBIDDEN] == []

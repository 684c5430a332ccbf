import ast

import pytest

from tests.house.source import calls_of, name_of, product_files, tree_of

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "pd.Timestamp.now",
    "pd.Timestamp.today",
}
DICE = {"Random", "random.Random", "np.random.default_rng", "numpy.random.default_rng"}

LIGHT = ("actions", "forms", "jobs", "models", "questionnaires", "views")
HEAVY = {
    "altair",
    "css_inline",
    "deltalake",
    "duckdb",
    "ibis",
    "numpy",
    "pandas",
    "pyarrow",
    "scipy",
    "textblob",
    "vl_convert",
}


def calls_outside(folders, is_meant):
    return [
        f"{name_of(path)}:{line} {call}"
        for path in product_files()
        if not name_of(path).startswith(folders)
        for line, call in calls_of(path)
        if is_meant(call)
    ]


def test_only_actions_and_jobs_commit():
    meant = ("actions/", "jobs/", "bench/")

    assert calls_outside(meant, lambda call: call.endswith(".commit")) == []


def test_only_views_commands_and_benchmarks_read_the_clock():
    assert calls_outside(("views/", "cli/", "bench/"), lambda call: call in CLOCKS) == []


def test_chance_comes_from_a_given_seed():
    unseeded = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in DICE and not node.args
    ]
    shared = [
        name_of(path)
        for path in product_files()
        if not name_of(path).startswith("bench/")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.stmt)
        and "random" in imported(node)
        and not (isinstance(node, ast.ImportFrom) and {a.name for a in node.names} == {"Random"})
    ]

    assert (unseeded, shared) == ([], [])


@pytest.mark.parametrize("folder", LIGHT)
def test_what_takes_answers_imports_nothing_heavy_at_the_top(folder):
    heavy = [
        f"{name_of(path)} {name}"
        for path in product_files()
        if name_of(path).startswith(f"{folder}/")
        for node in tree_of(path).body
        for name in imported(node)
        if name.split(".")[0] in HEAVY
    ]

    assert heavy == []


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []

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


NARROWED = {
    "actions/planning.py": "counts who began and finished; no answer is looked into",
}
"""Who selects facts without asking what may be told, and why that tells of nobody."""


def test_pages_and_commands_select_only_what_may_be_told():
    unsafe = {
        name_of(path)
        for path in product_files()
        if name_of(path).startswith(("actions/", "cli/", "views/"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "insights.filters"
        and "select" in {alias.name for alias in node.names}
    }

    assert unsafe == set(NARROWED)


WHOLE = {
    ("actions/pain.py", "choices"): "months and values there are; those of few are no choice",
    ("actions/summary.py", "answers_by_month"): "how many answers a month had; not shown",
    ("actions/weighting.py", "release"): "finds out what may be told",
    ("actions/weighting.py", "telling_per_group"): "finds out what may be told of every group",
    ("cli/compare.py", "choices"): "as in actions/pain.py",
    ("cli/mix.py", "choices"): "as in actions/pain.py",
    ("views/selection.py", "choices"): "as in actions/pain.py",
    ("views/summary.py", "choices"): "as in actions/pain.py",
}
"""What is handed the whole table of facts without a way to narrow it, and why."""


def test_the_whole_table_is_handed_only_to_what_narrows_it():
    handed = {
        (name_of(path), ast.unparse(node.func))
        for path in product_files()
        if name_of(path).startswith(("actions/", "cli/", "views/"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and any(is_whole_table(each) for each in node.args)
        and not ast.unparse(node.func).endswith((".narrow", ".tell"))
        and not any(is_narrow(each) for each in (*node.args, *(k.value for k in node.keywords)))
    }

    assert handed - {("actions/planning.py", "selected")} == set(WHOLE)


def is_whole_table(node):
    return isinstance(node, ast.Attribute) and node.attr == "table" and "facts" in ast.unparse(node)


def is_narrow(node):
    return isinstance(node, ast.Attribute) and node.attr in {"narrow", "tell"}

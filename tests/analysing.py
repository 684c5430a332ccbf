"""A small table of ratings, and analysing it as a CSV."""

import json

ROWS = [(5 if k % 3 else 4, 4, k) if k % 2 else (2, 1 + k % 3, k) for k in range(120)]
"""Overall, desk, number: who rates the desk low is less content."""


def table(rows=ROWS, header="all,desk,web,firm"):
    """The rows as a CSV; every fifth has an x for the web."""
    lines = [f"{all_},{desk},{5 - k % 4 if k % 5 else 'x'},f{k % 40}" for all_, desk, k in rows]
    return "\n".join([header, *lines]) + "\n"


def analysing(runner, folder):
    """Give what analyses a text as a CSV: the outcome, and what the JSON holds."""

    def run(content=None, *options, encoding="utf-8", overall="all", touchpoints=("desk", "web")):
        file, out = folder / "answers.csv", folder / "out.json"
        out.unlink(missing_ok=True)
        file.write_bytes((table() if content is None else content).encode(encoding))
        named = [part for name in touchpoints for part in ("--touchpoint", name)]
        args = ["analyse", str(file), "--overall", overall, *named, *options, "--json", str(out)]
        result = runner.invoke(args=args)
        return result, json.loads(out.read_text()) if out.exists() else None

    return run


def of(content, name):
    """The touchpoint of this name."""
    return next(row for row in content["touchpoints"] if row["name"] == name)

"""The reference numbers of tests/truth, as frames."""

from pathlib import Path

import pandas as pd

_FOLDER = Path(__file__).parents[1] / "truth"
TOUCHPOINTS = ["tp1", "tp2", "tp3", "tp4", "tp5"]


def truth(name):
    """Read a file of reference numbers."""
    return pd.read_csv(_FOLDER / f"{name}.csv")


def toy_answers():
    """Bring the invented survey into the form that ``pain`` takes."""
    survey = truth("toy_survey")
    scores = {name: 25.0 * (survey[name] - 1) for name in TOUCHPOINTS}
    return pd.DataFrame({"y": 25.0 * (survey["csat5"] - 1), "cluster": survey["account"], **scores})

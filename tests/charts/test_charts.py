"""Charts draw what they are given: rows, words and a description."""

import pandas as pd
import pytest

from charts.distribution import answer_distribution
from charts.groups import score_groups
from charts.ranking import pain_ranking
from charts.theme import Caption
from charts.trend import score_trend

WORDS = {
    key: key.upper()
    for key in (
        [
            "score",
            "month",
            "from",
            "to",
            "persons",
            "touchpoint",
            "points",
            "answer",
            "answers",
            "share",
        ]
    )
}
CAPTION = Caption("Title", "Said aloud", WORDS)
MONTHS = pd.DataFrame(
    {
        "label": ["sep 2026", "oct 2026"],
        "mean": [60.0, None],
        "low": [50.0, None],
        "high": [70.0, None],
        "persons": [30, None],
    }
)
RANKED = pd.DataFrame(
    {
        "name": ["Invoice", "Call"],
        "lost": [-3.2, -1.0],
        "lost_low": [-4.0, -2.0],
        "lost_high": [-2.0, 0.0],
    }
)
COUNTS = pd.DataFrame({"label": ["1", "2"], "n": [3, 9], "share": [0.25, 0.75]})
CELLS = pd.DataFrame(
    {
        "label": ["a", "b"],
        "mean": [50.0, 60.0],
        "low": [40.0, 50.0],
        "high": [60.0, 70.0],
        "persons": [20, 30],
    }
)


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (score_trend, MONTHS),
        (pain_ranking, RANKED),
        (answer_distribution, COUNTS),
        (score_groups, CELLS),
    ],
)
def test_a_chart_has_a_title_a_description_and_every_row(draw, frame):
    specification = draw(frame, CAPTION).to_dict()

    assert specification["title"]["text"] == "Title"
    assert specification["description"] == "Said aloud"
    (rows,) = specification["datasets"].values()
    assert len(rows) == len(frame)

"""The picture of an improvement."""

import pandas as pd

from charts.effect import effect_trend
from charts.theme import Caption

WORDS = {key: key for key in ("score", "month", "from", "to", "n", "acted", "controls")}
CAPTION = Caption("Title", "Said aloud", WORDS)
MONTHS = pd.DataFrame(
    {
        "label": ["sep 2026", "oct 2026"] * 2,
        "side": ["acted"] * 2 + ["controls"] * 2,
        "score": [60.0, 70.0, 65.0, 65.0],
        "low": [50.0, 60.0, 55.0, 55.0],
        "high": [70.0, 80.0, 75.0, 75.0],
        "n": [30, 30, 90, 90],
    }
)


def test_it_says_aloud_what_it_shows():
    drawn = effect_trend(MONTHS, CAPTION, start=None).to_dict()

    assert (drawn["title"]["text"], drawn["description"]) == ("Title", "Said aloud")


def test_a_line_marks_the_start_and_others_the_breaks():
    plain = effect_trend(MONTHS, CAPTION, start=None).to_dict()
    marked = effect_trend(MONTHS, CAPTION, start="oct 2026", breaks=["sep 2026"]).to_dict()

    assert len(marked["layer"]) == len(plain["layer"]) + 2
    assert [{"label": "oct 2026"}] in marked["datasets"].values()


def test_the_two_groups_differ_in_more_than_colour():
    line = effect_trend(MONTHS, CAPTION, start=None).to_dict()["layer"][1]["encoding"]

    assert line["strokeDash"]["scale"]["range"] == [[1, 0], [5, 3]]

"""The score over the months."""

import pandas as pd

from charts.theme import Caption
from charts.trend import score_trend, season_effects

CAPTION = Caption(
    "Title",
    "Said aloud",
    {key: key for key in ("score", "month", "from", "to", "persons", "limits", "signal", "effect")},
)
MONTHS = pd.DataFrame(
    {
        "label": ["sep 2026", "oct 2026"],
        "mean": [60.0, None],
        "low": [50.0, None],
        "high": [70.0, None],
        "persons": [30, None],
    }
)


def marks(chart):
    """What is drawn, layer by layer."""
    return [layer["mark"]["type"] for layer in chart.to_dict()["layer"]]


def test_a_trend_marks_the_months_in_which_it_was_asked_otherwise_and_says_how():
    plain = score_trend(MONTHS, CAPTION)
    broken = score_trend(MONTHS, CAPTION, breaks={"oct 2026": "new wording"})

    assert marks(broken) == [*marks(plain), "rule", "text"]
    data = [{"label": "oct 2026", "text": "new wording"}]
    assert data in broken.to_dict()["datasets"].values()


def test_limits_are_lines_with_a_name_and_a_signal_is_a_shape():
    limited = MONTHS.assign(limit_low=[40.0, None], limit_high=[75.0, None], signal=["low", ""])
    drawn = score_trend(limited, CAPTION, middle=60.0)
    quiet = score_trend(limited.assign(signal=""), CAPTION, middle=60.0)

    assert marks(drawn)[:4] == ["line", "line", "line", "text"]
    assert drawn.to_dict()["layer"][-1]["mark"]["shape"] == "diamond"
    assert len(marks(quiet)) == len(marks(drawn)) - 1


def test_seasons_are_points_with_intervals_beside_nought():
    months = pd.DataFrame({"label": ["jan", "feb"], "effect": [1, -1], "low": [0, -2], "high": 2})

    assert marks(season_effects(months, CAPTION)) == ["rule", "rule", "point"]

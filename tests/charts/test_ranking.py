"""What hurts most, as bars."""

import pandas as pd

from charts.ranking import pain_ranking, ranking_frame
from charts.theme import Caption

CAPTION = Caption(
    "Title", "Said aloud", {key: key for key in ("touchpoint", "points", "from", "to")}
)
RANKED = pd.DataFrame(
    {
        "name": ["Invoice", "Call"],
        "lost": [-3.2, -1.0],
        "lost_low": [-4.0, -2.0],
        "lost_high": [-2.0, 0.0],
    }
)


def test_the_ranking_keeps_the_order_it_is_given():
    specification = pain_ranking(RANKED, CAPTION).to_dict()

    assert specification["layer"][0]["encoding"]["y"]["sort"] == ["Invoice", "Call"]


def test_losses_lie_left_of_zero_and_an_end_not_known_at_the_loss():
    rows = [
        {"pain": 3.2, "pain_low": 0.0, "pain_high": 4.1},
        {"pain": 1.0, "pain_low": None, "pain_high": None},
    ]

    frame = ranking_frame(rows, ["Invoice", "Call"])

    assert frame.to_dict("records") == [
        {"name": "Invoice", "lost": -3.2, "lost_low": -4.1, "lost_high": 0.0},
        {"name": "Call", "lost": -1.0, "lost_low": -1.0, "lost_high": -1.0},
    ]


def test_neighbours_that_are_tied_are_joined_by_a_line():
    ranked = pd.concat([RANKED, RANKED.assign(name=["Shop", "Site"])], ignore_index=True)

    layers = pain_ranking(ranked.assign(tie=[1, 2, 2, 3]), CAPTION).to_dict()["layer"]

    assert len(layers) == 5
    encoding = layers[-1]["encoding"]
    assert (encoding["y"]["field"], encoding["y2"]["field"]) == ("first", "last")
    assert encoding["x"] == {"value": "width"}
    assert encoding["y"]["scale"]["domain"] == ["Invoice", "Call", "Shop", "Site"]
    frame = pain_ranking(ranked.assign(tie=[1, 2, 2, 3]), CAPTION).layer[-1].data
    assert frame.to_dict("records") == [{"first": "Call", "last": "Shop"}]


def test_without_ties_there_is_no_line():
    assert len(pain_ranking(RANKED.assign(tie=[1, 2]), CAPTION).to_dict()["layer"]) == 4
    assert len(pain_ranking(RANKED, CAPTION).to_dict()["layer"]) == 4

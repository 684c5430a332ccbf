"""Gaps as dumbbells, and scores counted three ways."""

import pandas as pd

from charts.company import three_ways
from charts.gap import dumbbell_frame, dumbbells
from charts.theme import Caption

WORDS = dict.fromkeys(("score", "touchpoint", "from", "to", "accounts", "way"), "word") | {
    "inside": "Colleagues' view",
    "outside": "Customers",
    "answers": "Each answer",
    "equal": "Each account",
    "revenue": "Revenue",
}
CAPTION = Caption("Title", "Said aloud", WORDS)


def row_of(name, inside, outside, *, shown=True, stage_name="Use"):
    return {
        "name": name,
        "stage_name": stage_name,
        "inside": inside,
        "outside": outside,
        "low": 1.0,
        "high": 2.0,
        "is_clear": True,
        "shown": shown,
    }


def test_dumbbells_keep_the_order_and_leave_out_what_may_not_be_shown():
    rows = [row_of("Invoice", 80, 40), row_of("App", 60, 70), row_of("Shop", None, 9, shown=False)]

    frame = dumbbell_frame(rows)

    assert frame["name"].tolist() == ["Invoice", "App"]
    assert frame["is_worse"].tolist() == [True, False]
    specification = dumbbells(frame, CAPTION).to_dict()
    assert specification["layer"][0]["encoding"]["y"]["sort"] == ["Invoice", "App"]
    assert specification["description"] == "Said aloud"


def test_a_name_of_two_stages_has_its_stage_beside_it():
    rows = [row_of("Service", 80, 40), row_of("Service", 60, 70, stage_name="Buy")]

    assert dumbbell_frame(rows)["name"].tolist() == ["Service (Use)", "Service (Buy)"]


def test_three_ways_stand_in_their_order_with_a_shape_each():
    rows = pd.DataFrame(
        {
            "label": ["Use", "Use"],
            "way": ["Each account", "Each answer"],
            "mean": [60.0, 62.0],
            "low": [50.0, None],
            "high": [70.0, None],
            "accounts": [9, 9],
        }
    )

    dots = three_ways(rows, CAPTION).to_dict()["layer"][1]

    assert dots["encoding"]["shape"]["scale"] == {
        "domain": ["Each answer", "Each account", "Revenue"],
        "range": ["circle", "square", "diamond"],
    }
    assert dots["encoding"]["yOffset"]["sort"] == ["Each answer", "Each account", "Revenue"]

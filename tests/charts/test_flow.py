"""What followed being hurt, as marks around a line at none."""

from charts.flow import outcome_gaps
from charts.theme import Caption

NAMES = ("points", "touchpoint", "from", "to", "proven", "open")
CAPTION = Caption("Title", "Said aloud", {name: name for name in NAMES})
ROWS = [
    {"name": "Bill", "change": 15.0, "low": 6.0, "high": 24.0, "is_proven": True},
    {"name": "App", "change": -1.0, "low": -9.0, "high": 8.0, "is_proven": False},
]


def test_rows_keep_their_order_and_what_is_proven_has_its_own_mark():
    specification = outcome_gaps(ROWS, CAPTION).to_dict()

    marks = specification["layer"][2]["encoding"]
    assert marks["y"]["sort"] == ["Bill", "App"]
    assert marks["shape"]["scale"] == {"domain": ["proven", "open"], "range": ["diamond", "circle"]}
    data = specification["datasets"][specification["layer"][1]["data"]["name"]]
    assert [row["state"] for row in data] == ["proven", "open"]


def test_it_says_itself_aloud():
    specification = outcome_gaps(ROWS[:1], CAPTION).to_dict()

    assert (specification["title"]["text"], specification["description"]) == ("Title", "Said aloud")

"""How two groups differ, as dots round zero."""

import pytest

from charts.compare import difference_dots, difference_frame, furthest_of
from charts.theme import ACCENT, HURTS, MUTED, Caption

CAPTION = Caption(
    "Title", "Said aloud", {key: key for key in ("place", "difference", "from", "to")}
)
ROWS = [
    {"name": "Bill", "difference": -12.0, "low": -16.0, "high": -8.0, "is_proven": True},
    {"name": "App", "difference": 9.0, "low": 2.0, "high": 16.5, "is_proven": True},
    {"name": "Shop", "difference": -1.0, "low": None, "high": None, "is_proven": False},
]


def test_what_is_proven_has_a_colour_and_a_shape_and_what_is_not_is_hollow():
    specification = difference_dots(difference_frame(ROWS), CAPTION, furthest=20).to_dict()
    dots = specification["layer"][2]["encoding"]

    assert dots["shape"]["scale"] == {
        "domain": ["lower", "higher", "unsure"],
        "range": ["triangle-left", "triangle-right", "circle"],
    }
    assert dots["fill"]["scale"]["range"] == [HURTS, ACCENT, MUTED]
    assert dots["fillOpacity"]["condition"] == {"test": "datum.kind === 'unsure'", "value": 0}


def test_every_chart_ends_as_far_from_zero_on_both_sides():
    specification = difference_dots(difference_frame(ROWS), CAPTION, furthest=20).to_dict()

    for layer in specification["layer"]:
        assert layer["encoding"]["x"]["scale"]["domain"] == [-20, 20]
    assert specification["layer"][2]["encoding"]["x"]["axis"]["values"] == [-20, -10, 0, 10, 20]
    assert specification["layer"][1]["encoding"]["y"]["sort"] == ["Bill", "App", "Shop"]


def test_a_difference_without_an_interval_is_a_dot_alone():
    frame = difference_frame(ROWS)

    assert frame["kind"].tolist() == ["lower", "higher", "unsure"]
    assert frame.loc[2, ["low", "high"]].tolist() == [-1.0, -1.0]
    assert difference_frame([]).empty


@pytest.mark.parametrize(
    ("end", "furthest"), [(0.0, 10.0), (9.9, 10.0), (10.0, 20.0), (62.0, 70.0), (100.0, 100.0)]
)
def test_the_scale_ends_at_the_next_ten_points(end, furthest):
    assert furthest_of([{"difference": -1.0, "low": -end, "high": None}]) == furthest
    assert furthest_of([]) == 10.0

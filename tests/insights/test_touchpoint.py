from insights.filters import Filters
from insights.touchpoint import touchpoint_numbers
from tests.insights.facts_factory import make_facts, make_response


def of_channels(**people):
    """Ratings of the shop by so many people per channel; the channel "unknown" is none."""
    channels = [None if name == "unknown" else name for name, n in people.items() for _ in range(n)]
    rows = [
        fact
        for number, channel in enumerate(channels)
        for fact in make_response(number, 4, {"shop": 1 + number % 5}, channel=channel)
    ]
    return touchpoint_numbers(make_facts(rows), Filters("buy"), "order", "shop")


def test_people_of_an_unknown_channel_do_not_follow_from_the_others():
    cells = of_channels(online=20, offline=10, unknown=2).groups["channel"]

    assert cells["channel"].tolist() == ["offline", "online"]
    assert cells["shown"].tolist() == [False, True]


def test_enough_people_of_an_unknown_channel_hide_nobody_and_are_no_group():
    cells = of_channels(online=20, offline=10, unknown=7).groups["channel"]

    assert cells[["channel", "persons", "shown"]].values.tolist() == [
        ["offline", 10, True],
        ["online", 20, True],
    ]


def test_a_property_with_one_known_value_is_not_split_by():
    assert of_channels(online=20, unknown=9).groups == {}


def test_yearly_ratings_are_waves_and_months_in_a_row_a_line_that_stops():
    def line(*months):
        rows = [
            fact
            for place, month in enumerate(months)
            for n in range(6)
            for fact in make_response(10 * place + n, 4, {"shop": 4}, month=month)
        ]
        return touchpoint_numbers(make_facts(rows), Filters("buy"), "order", "shop").line

    assert line("2024-12", "2025-12").are_waves
    assert len(line("2024-12", "2025-12").months) == 2
    assert not line("2026-01", "2026-02", "2026-04").are_waves
    assert len(line("2026-01", "2026-02", "2026-04").months) == 4

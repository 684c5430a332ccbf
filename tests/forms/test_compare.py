"""What to compare, read from an address."""

import pytest

from forms.compare import as_address, other_choices, other_filters, read_comparison, ways
from insights.choices import Choices
from insights.comparing.compare import PERIOD, value_of
from insights.filters import Filters
from insights.months import months_from

CHOICES = Choices(
    tuple(months_from("2024-11", "2026-10")),
    {
        "audience": ("customer", "ex_customer", "prospect"),
        "market": ("b2b",),
        "channel": ("offline", "online"),
        "language": (),
    },
    {"region": ("Drenthe", "Utrecht"), "single": ("one",), "period": ("x", "y")},
)
FILTERS = Filters("household", "2025-11", "2026-10")


def read(choices=CHOICES, filters=FILTERS, **sent):
    return read_comparison(sent, filters, choices)


def values(comparison):
    return value_of(comparison.a, comparison.by), value_of(comparison.b, comparison.by)


def test_only_what_has_two_groups_can_be_compared():
    assert list(ways(CHOICES)) == ["audience", "channel", "attribute.region", "period"]


def test_without_a_choice_it_is_the_first_two_groups():
    found = read()

    assert (found.by, values(found)) == ("audience", ("customer", "ex_customer"))
    assert found.is_possible


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("prospect", "customer", ("prospect", "customer")),
        ("ex_customer", None, ("ex_customer", "customer")),
        ("nobody", "customer", ("ex_customer", "customer")),
        ("customer", "customer", ("customer", "customer")),
    ],
)
def test_what_is_unknown_counts_as_not_chosen(a, b, expected):
    sent = {name: value for name, value in {"a": a, "b": b}.items() if value}

    assert values(read(by="audience", **sent)) == expected
    assert read(by="audience", **sent).is_possible == (expected[0] != expected[1])


def test_an_attribute_replaces_the_filter_on_it():
    filters = Filters("household", "2025-11", "2026-10", attributes=(("region", "Drenthe"),))
    found = read(filters=filters, by="attribute.region", a="Utrecht")

    assert values(found) == ("Utrecht", "Drenthe")
    assert other_filters(found) == {"from": "2025-11", "to": "2026-10"}


def test_periods_are_the_newest_quarter_and_the_same_a_year_before():
    found = read(by=PERIOD)

    assert (found.a.month_from, found.a.month_to) == ("2025-08", "2025-10")
    assert (found.b.month_from, found.b.month_to) == ("2026-08", "2026-10")
    assert found.is_possible


def test_without_a_year_before_it_is_the_quarter_before():
    young = Choices(CHOICES.months[-8:], CHOICES.values, CHOICES.attributes)
    found = read(choices=young, by=PERIOD)

    assert (found.a.month_from, found.a.month_to) == ("2026-05", "2026-07")


def test_without_two_quarters_it_is_the_newest_two_months_with_answers():
    new = Choices(("2026-06", "2026-08", "2026-10"), CHOICES.values, CHOICES.attributes)
    found = read(choices=new, by=PERIOD)

    assert (found.a.month_from, found.a.month_to) == ("2026-08", "2026-08")
    assert (found.b.month_from, found.b.month_to) == ("2026-10", "2026-10")


def test_periods_that_overlap_or_end_before_they_begin_are_not_possible():
    assert not read(by=PERIOD, a_from="2026-01", a_to="2026-09").is_possible
    assert not read(by=PERIOD, a_from="2026-02", a_to="2026-01").is_possible
    assert read(by=PERIOD, a_from="nonsense", a_to="2025-12").a.month_from == "2025-08"


@pytest.mark.parametrize("sent", [{"by": PERIOD}, {"by": "attribute.region"}, {"by": "channel"}])
def test_the_address_leads_back_to_the_same_comparison(sent):
    found = read(**sent)

    assert read_comparison(as_address(found), FILTERS, CHOICES) == found


def test_what_is_compared_is_no_filter_beside_it():
    assert other_choices(CHOICES, "audience").values["audience"] == ()
    assert "region" not in other_choices(CHOICES, "region").attributes
    assert other_choices(CHOICES, PERIOD).months == ()


def test_one_month_and_one_group_leave_nothing_to_compare():
    single = Choices(("2026-10",), dict.fromkeys(CHOICES.values, ("one",)), {})

    assert read(choices=single) is None

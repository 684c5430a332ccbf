"""Any two selections of a journey, and what they may not give away."""

from dataclasses import replace
from itertools import combinations

import pytest

from insights.cells import collect
from insights.comparing.changes import Period, changes
from insights.comparing.compare import PERIOD, Comparison, compare, value_of, with_value
from insights.filters import Filters, select
from insights.release.release import telling
from tests.insights.facts_factory import make_facts, make_response

BUY = Filters("buy")


def by(name, a, b, filters=BUY):
    return Comparison(name, with_value(filters, name, a), with_value(filters, name, b))


def people(start, count, value, **given):
    return [
        fact
        for number in range(count)
        for fact in make_response(start + number, value(number), {"shop": value(number)}, **given)
    ]


def two_groups(few=0):
    return (
        people(0, 40, lambda n: 2 + n % 2, audience="customer")
        + people(100, 30, lambda n: 4 + n % 2, audience="ex_customer", channel="offline")
        + people(200, few, lambda n: 1 + n % 2, audience="prospect")
    )


def test_a_difference_is_the_second_minus_the_first():
    found = compare(make_facts(two_groups()), by("audience", "customer", "ex_customer"))

    assert found["difference"].tolist() == [50.0, 50.0]
    assert found[["n_a", "n_b"]].to_numpy().tolist() == [[40, 30]] * 2
    assert found["is_proven"].all()


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [
        ("market", "b2b", "b2c"),
        ("channel", "online", "offline"),
        ("language", "nl", "en"),
        ("region", "north", "south"),
    ],
)
def test_every_property_can_be_compared(name, a, b):
    given = [
        {name: value} if name != "region" else {"attributes": [("region", value)]}
        for value in (a, b)
    ]
    facts = people(0, 30, lambda n: 2 + n % 2, **given[0])
    facts += people(100, 30, lambda n: 3 + n % 2, **given[1])
    found = compare(make_facts(facts), by(name, a, b))

    assert found["difference"].tolist() == [25.0, 25.0]


def test_filters_apply_to_both_sides():
    facts = two_groups() + people(
        300, 20, lambda n: 5 - n % 2, audience="customer", channel="offline"
    )
    comparison = by("audience", "customer", "ex_customer", Filters("buy", channel="offline"))
    found = compare(make_facts(facts), comparison)

    assert found[["n_a", "n_b", "difference"]].to_numpy().tolist() == [[20, 30, 0.0]] * 2


def test_periods_are_compared_as_changes_compares_them():
    facts = make_facts(
        people(0, 40, lambda n: 2 + n % 3, month="2026-08")
        + people(20, 40, lambda n: 3 + n % 3, month="2026-10")
    )
    a, b = (replace(BUY, month_from=month, month_to=month) for month in ("2026-08", "2026-10"))
    found = compare(facts, Comparison(PERIOD, a, b))
    changed = changes(facts, Period("2026-08", "2026-08"), Period("2026-10", "2026-10"))

    assert found["difference"].tolist() == changed["change"].tolist() == [25.0, 25.0]
    assert found["p_adjusted"].tolist() == changed["p_adjusted"].tolist()
    assert found["error"].notna().all()


def test_who_answered_in_both_periods_is_compared_with_themselves():
    alone = people(0, 40, lambda n: 1 + n % 4, month="2026-08")
    again = people(0, 40, lambda n: 1 + n % 4 + (n % 3 == 0), month="2026-10")
    others = people(100, 40, lambda n: 1 + n % 4 + (n % 3 == 0), month="2026-10")
    a, b = (replace(BUY, month_from=month, month_to=month) for month in ("2026-08", "2026-10"))
    same, apart = (
        compare(make_facts(alone + later), Comparison(PERIOD, a, b)).iloc[0]
        for later in (again, others)
    )

    assert same["difference"] == apart["difference"]
    assert same["error"] < apart["error"] / 2


def test_two_groups_beside_the_total_do_not_give_away_three_others():
    comparison = by("audience", "customer", "ex_customer")
    plain = compare(make_facts(two_groups(few=3)), comparison, narrow=select)
    told = compare(make_facts(two_groups(few=3)), comparison)

    assert plain["reason"].tolist() == ["gives_away"] * 2
    assert (
        told["reason"].tolist() == ["too_few_persons"] * 2
    )  # the smaller group is not told at all
    assert told[["n_a", "score_a", "difference"]].isna().all(axis=None)
    assert compare(make_facts(two_groups(few=5)), comparison)["shown"].all()


def test_who_has_no_value_counts_as_a_group_that_must_not_be_given_away():
    facts = (
        people(0, 40, lambda n: 2 + n % 2, channel="online")
        + people(100, 30, lambda n: 2 + n % 2, channel="offline")
        + people(200, 3, lambda n: 2 + n % 2, channel=None)
    )

    assert not compare(make_facts(facts), by("channel", "online", "offline"))["shown"].any()


def test_no_pair_of_groups_tells_what_its_filtered_boards_would_not():
    months = ["2026-08", "2026-09", "2026-10"]
    facts = []
    for at, (month, audience) in enumerate(
        (month, audience)
        for month in months
        for audience in ("customer", "prospect", "ex_customer")
    ):
        facts += people(
            100 * at,
            (9, 3, 14, 2, 22, 6, 30, 7, 1)[at],
            lambda n: 1 + n % 5,
            month=month,
            audience=audience,
        )
    table = make_facts(facts)
    for a, b in combinations(("customer", "prospect", "ex_customer"), 2):
        for first, last in combinations(months, 2):
            comparison = by("audience", a, b, Filters("buy", first, last))
            found = compare(table, comparison)
            for letter, side in (("a", comparison.a), ("b", comparison.b)):
                told = telling(table, side)
                n = len(collect(told.filter(told.is_overall, told.state == "answered")))
                overall = found[found["touchpoint"].isna() & found["shown"]]
                assert overall[f"n_{letter}"].tolist() in ([], [n])
                assert (overall[f"persons_{letter}"] >= 5).all()


def test_the_same_group_and_periods_that_overlap_are_refused():
    overlapping = Comparison(
        PERIOD, Filters("buy", "2026-01", "2026-03"), Filters("buy", "2026-03")
    )
    for comparison in (by("market", "b2b", "b2b"), overlapping):
        assert not comparison.is_possible
        with pytest.raises(ValueError, match="both sides"):
            compare(make_facts([]), comparison)
    turned = Comparison(PERIOD, Filters("buy", "2026-03", "2026-01"), Filters("buy", "2026-05"))
    assert not turned.is_possible


def test_a_value_is_set_and_taken_away():
    chosen = with_value(with_value(BUY, "region", "north"), "audience", "customer")

    assert (value_of(chosen, "region"), value_of(chosen, "audience")) == ("north", "customer")
    assert with_value(with_value(chosen, "region", None), "audience", None) == BUY
    assert with_value(chosen, "region", "south").attributes == (("region", "south"),)

"""Which answers may be told: nobody can subtract two selections and be left with few persons."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.cells import collect
from insights.filters import Filters
from insights.release.pooling import Crowd, gather, pool
from insights.release.release import release, telling, withhold
from tests.insights.attacker import Attacker, both, periods_of, single_filters
from tests.insights.facts_factory import make_fact, make_facts

JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"


def crowd_of(*months, **given):
    """One fact per person; ``months`` are pairs of a month and how many persons answered in it."""
    given.setdefault("start", 0)
    start = given.pop("start")
    facts = []
    for month, count in months:
        facts += [make_fact(start + len(facts) + at, month=month, **given) for at in range(count)]
    return facts


def n_told(facts, filters, **how):
    found = telling(make_facts(facts), filters, **how)
    return len(collect(found.filter(found.state == "answered")))


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(None, None, 14), (JANUARY, MARCH, 14), (JANUARY, FEBRUARY, 9), (FEBRUARY, FEBRUARY, 9)],
)
def test_a_month_of_few_persons_is_told_only_with_the_others_it_was_gathered_with(
    first, last, told
):
    facts = crowd_of((JANUARY, 3), (FEBRUARY, 9), (MARCH, 2))

    assert n_told(facts, Filters("buy", first, last)) == told


def test_what_is_left_joins_months_that_may_be_told_with_it():
    facts = crowd_of((JANUARY, 9), (FEBRUARY, 2))

    assert n_told(facts, Filters("buy")) == 11
    assert n_told(facts, Filters("buy", JANUARY, JANUARY)) == 0


def test_month_by_month_only_months_are_told_that_can_be_told_alone():
    facts = crowd_of((JANUARY, 3), (FEBRUARY, 9), (MARCH, 2))

    assert n_told(facts, Filters("buy"), by_month=True) == 9


def test_a_group_is_not_told_beside_the_whole_while_few_others_are_left():
    customers = crowd_of((JANUARY, 20))
    few = crowd_of((JANUARY, 3), audience="prospect", start=100)
    many = crowd_of((JANUARY, 6), audience="prospect", start=100)

    assert n_told(customers + few, Filters("buy", audience="customer")) == 0
    assert n_told(customers + few, Filters("buy")) == 23
    assert n_told(customers + many, Filters("buy", audience="customer")) == 20


def test_the_smaller_of_two_groups_hides_with_a_third_of_few_persons():
    facts = [
        *crowd_of((JANUARY, 30)),
        *crowd_of((JANUARY, 9), audience="ex_customer", start=100),
        *crowd_of((JANUARY, 3), audience="prospect", start=200),
    ]

    told = {
        name: n_told(facts, Filters("buy", audience=name)) for name in ("customer", "ex_customer")
    }

    assert told == {"customer": 30, "ex_customer": 0}


def test_one_person_who_answers_every_month_is_one_person():
    facts = [make_fact(1, month=f"2026-{month:02}", person="anna") for month in range(1, 9)]

    assert n_told(facts, Filters("buy")) == 0


def test_a_place_of_few_answers_does_not_hide_its_stage():
    facts = crowd_of((JANUARY, 8))
    facts += [make_fact(at, month=JANUARY, metric="rating", touchpoint="shop") for at in range(3)]

    found = telling(make_facts(facts), Filters("buy"))
    told = collect(found.filter(found.state == "answered"))

    assert told["touchpoint"].isna().all()
    assert len(told) == 8


def test_what_waits_keeps_its_row_and_loses_its_value():
    facts = make_facts(crowd_of((JANUARY, 2)))

    rows = collect(withhold(facts, ["order||satisfaction|2026-01"]))

    assert rows["state"].tolist() == ["waiting", "waiting"]
    assert rows[["value", "score"]].isna().all(axis=None)


def test_nothing_withheld_and_nothing_there_are_no_trouble():
    facts = make_facts([])

    assert release(facts, Filters("buy")).withheld(None, None, by_month=True) == ()
    assert withhold(facts, []) is facts


def test_somebody_counted_twice_is_one_of_few():
    twice = gather([Crowd(3, few=frozenset({1, 2, 3})), Crowd(3, few=frozenset({1, 2, 3}))])

    assert not twice.is_enough
    assert not twice.is_safe
    assert gather([]).is_safe


def test_what_nothing_can_be_told_of_waits():
    found = pool([frozenset({JANUARY})], lambda _: False)

    assert found == ((), frozenset({JANUARY}))


answers = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from([JANUARY, FEBRUARY, MARCH, "2025-02", "2025-01"]),
        st.sampled_from(["customer", "customer", "prospect", "ex_customer"]),
        st.sampled_from(["nl", "nl", "nl", "en"]),
        st.sampled_from([None, None, "shop"]),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=25, deadline=None)
@given(answers)
def test_no_two_selections_ever_differ_by_one_to_four_persons(given_answers):
    facts = [
        make_fact(
            number,
            person=f"p{person}",
            month=month,
            audience=audience,
            language=language,
            touchpoint=touchpoint,
            metric="rating" if touchpoint else "satisfaction",
        )
        for number, (person, month, audience, language, touchpoint) in enumerate(given_answers)
    ]
    table = make_facts(facts)
    attacker = Attacker(table, "buy")
    periods = periods_of(sorted({fact["month"] for fact in facts}))
    whole = attacker.told(Filters("buy"), periods)
    singles = {each: attacker.told(each, periods) for each in single_filters(table, "buy")}
    pairs = {
        (one, other): attacker.told(both(one, other), periods)
        for one, other in combinations(singles, 2)
        if both(one, other)
    }

    assert attacker.leaks(whole, whole) == []
    for told in singles.values():
        assert attacker.leaks(whole, told) == attacker.leaks(told, told) == []
    for (one, other), told in pairs.items():
        assert attacker.leaks(singles[one], told) == attacker.leaks(singles[other], told) == []

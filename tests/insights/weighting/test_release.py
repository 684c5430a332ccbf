import pytest

from insights.cells import collect, overall
from insights.filters import Filters
from insights.release.release import release, telling
from insights.weighting.mix import Margin
from insights.weighting.release import telling_per_group
from insights.weighting.scores import weighted_stage_scores
from tests.insights.facts_factory import make_fact, make_facts

MIX = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)
REGIONS = (Margin("region", (("north", 0.5), ("south", 0.5))),)


def facts(**late):
    """Twenty of each audience in September; in October many customers and a few prospects."""
    audiences = ["customer", "prospect"] * 20
    rows = [make_fact(n, month="2026-09", audience=a) for n, a in enumerate(audiences)]
    for audience, n in late.items():
        rows += [make_fact(len(rows) + each, audience=audience) for each in range(n)]
    return make_facts(rows)


def told(table, first, last, mix=MIX):
    filters = Filters("buy", first, last)
    return telling_per_group(table, filters, mix, lambda of: release(table, of))


def n_of(table, audience):
    answers = overall(table)
    return int(collect(answers.filter(answers.audience == audience).count().as_table()).iloc[0, 0])


def test_what_may_be_told_of_every_group_is_told():
    table = facts(customer=20, prospect=20)

    assert (n_of(told(table, "2026-09", "2026-10"), "prospect")) == 40
    assert (n_of(told(table, "2026-10", "2026-10"), "prospect")) == 20


@pytest.mark.parametrize("first", ["2026-09", "2026-10"])
def test_two_periods_cannot_be_subtracted_to_learn_of_one_prospect(first):
    table = facts(customer=20, prospect=1)
    counts = [n_of(told(table, first, last), "prospect") for last in ("2026-09", "2026-10")]

    assert abs(counts[0] - counts[1]) == 0 or abs(counts[0] - counts[1]) >= 5
    # Without that the difference of the two periods would be that one.
    plain = [n_of(telling(table, Filters("buy", "2026-09", last)), "prospect")
             for last in ("2026-09", "2026-10")]  # fmt: skip
    assert plain[1] - plain[0] == 1


def test_groups_of_an_attribute_are_told_as_if_filtered_on():
    rows = [
        make_fact(n, month="2026-09", attributes=[("region", "north" if n % 2 else "south")])
        for n in range(40)
    ]
    rows += [make_fact(40 + n, attributes=[("region", "north")]) for n in range(20)]
    rows += [make_fact(70, attributes=[("region", "south")])]
    table = make_facts(rows)
    found = weighted_stage_scores(told(table, "2026-10", "2026-10", REGIONS), REGIONS)

    assert found.empty or found["score"].isna().all()


def test_a_property_that_is_filtered_on_is_not_split_again():
    table = facts(customer=20, prospect=1)
    filters = Filters("buy", "2026-09", "2026-10", audience="customer")
    found = telling_per_group(table, filters, MIX, lambda of: release(table, of))

    assert n_of(found, "prospect") == 0


@pytest.mark.parametrize(
    "named", [("customer", "ex_customer", "prospect"), ("customer", "prospect")]
)
def test_the_whole_beside_it_does_not_tell_of_one_group(named):
    groups = ("customer", "ex_customer", "prospect")
    mix = (Margin("audience", tuple((group, 1 / len(named)) for group in named)),)
    rows = [make_fact(n, month="2026-09", audience=groups[n % 3]) for n in range(60)]
    rows += [make_fact(100 + n, audience="customer") for n in range(20)]
    rows += [make_fact(130 + n, audience="ex_customer") for n in range(10)]
    rows += [make_fact(200, audience="prospect")]
    table = make_facts(rows)
    counted = [
        int(collect(overall(facts).respondent.nunique().as_table()).iloc[0, 0])
        for facts in (
            told(table, "2026-10", "2026-10", mix),
            telling(table, Filters("buy", "2026-10", "2026-10")),
        )
    ]

    assert counted == [20, 31]

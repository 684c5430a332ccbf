import pandas as pd

from insights.pain.design import MINIMUM_LOW
from insights.pain.guards import MINIMUM_ANSWERS
from insights.planning.cells import plan_cells
from tests.insights.facts_factory import make_fact, make_facts, make_response


def year(n=120):
    """A year of answers, ten a month, with ratings of one touchpoint, some of them low."""
    facts = []
    for number in range(n):
        month = f"2026-{1 + number % 10:02}"
        rating = 1 if number % 20 == 0 else 5
        facts += make_response(number, 1 + number % 5, {"shop": rating}, month=month)
    return facts


def recent(facts):
    return make_facts([fact for fact in facts if fact["month"] >= "2026-08"])


def test_a_stage_comes_before_its_touchpoints_and_each_is_planned_by_its_own_answers():
    facts = year()
    found = plan_cells(make_facts(facts), recent(facts), 5, "2026-10")

    assert found["touchpoint"].fillna("").tolist() == ["", "shop"]
    assert found["n"].tolist() == [120, 120]
    assert found["monthly"].tolist() == [12, 12]
    assert found["still"].tolist() == [2 * each - 120 for each in found["each"]]


def test_low_ratings_that_pain_lacks_are_counted_and_dated():
    facts = year(60)  # three ratings below 75, none of them of late
    facts += make_response(900, 3, {"shop": 2}, month="2026-10")
    found = plan_cells(make_facts(facts), recent(facts), 5, "2026-10").set_index(
        pd.Index(["stage", "shop"])
    )

    low = sum(f["metric"] == "rating" and f["score"] < 75 for f in facts)
    late = sum(
        f["metric"] == "rating" and f["score"] < 75 and f["month"] > "2026-07" for f in facts
    )
    assert found.loc["shop", "pain_still"] == max(0, MINIMUM_LOW - low)
    assert found.loc["stage", "pain_still"] == max(0, MINIMUM_ANSWERS - 61) == 0
    assert found.loc["stage", "pain_status"] == "now"
    assert late == 1
    assert found.loc["shop", "pain_month"] == "2027-01"  # one needed, one in three months


def test_how_many_come_in_is_not_told_where_fewer_than_five_did_but_the_month_is():
    facts = year(40)
    late = [fact for fact in facts if fact["month"] >= "2026-08"][:8]
    found = plan_cells(make_facts(facts), make_facts(late), 20, "2026-10")

    assert found["monthly"].isna().all()
    assert found["shown"].all()


def test_four_persons_are_told_nothing_of():
    facts = make_facts([make_fact(n, value=1 + n) for n in range(4)])
    found = plan_cells(facts, facts, 5, "2026-10").iloc[0]

    assert found["status"] == "too_few_persons"
    assert found[["n", "sd", "each", "still", "monthly", "pain_still", "pain_month"]].isna().all()


def test_no_facts_give_no_rows():
    assert plan_cells(make_facts([]), make_facts([]), 5, "2026-10").empty


def test_a_stage_of_long_ago_stands_still():
    facts = [make_fact(n, value=1 + n % 5, month="2026-01") for n in range(60)]
    found = plan_cells(make_facts(facts), make_facts([]), 5, "2026-10").iloc[0]

    assert (found["status"], found["month"]) == ("standstill", None)

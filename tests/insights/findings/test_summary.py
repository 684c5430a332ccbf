"""What a monthly summary says, as numbers."""

import json

import pytest

from insights.comments.comments import Order
from insights.comments.quotes import Place, quotable
from insights.findings.summary import answers_by_month, late_answers, quote_places, summary_numbers
from tests.insights.facts_factory import make_fact, make_facts, make_response


def month_of(month, first, values, ratings=None, **given):
    """One response per value, each by somebody else."""
    return [
        fact
        for number, value in enumerate(values, start=first)
        for fact in make_response(number, value, ratings, month=month, **given)
    ]


def numbers(rows, stages=("order",), month="2026-10", touchpoints=("shop", "web", "desk")):
    return summary_numbers(make_facts(rows), "buy", dict.fromkeys(stages, touchpoints), month)


def comment(number, words=0.0, metric="sentiment", **given):
    fact = make_fact(number, metric=metric, value=words, question="why", **given)
    return fact | {"score": None, "is_overall": False}


def test_a_stage_has_its_score_its_interval_and_its_answers():
    found = numbers(month_of("2026-10", 0, [3, 4, 5] * 12))

    (stage,) = found["stages"]
    assert (found["n"], found["persons"], found["is_empty"]) == (36, 36, False)
    assert (stage["score"], stage["n"], stage["is_few"]) == (75.0, 36, False)
    assert stage["low"] == pytest.approx(75 - 7.0, abs=0.15)
    assert stage["change"] is None


def test_a_fall_that_is_proven_is_told_with_its_interval():
    before = month_of("2026-09", 0, [4, 5] * 20)
    after = month_of("2026-10", 100, [2, 3] * 20)

    found = numbers(before + after)

    fell = found["findings"][1]
    assert (fell["subject"], fell["stage"], fell["change"]) == ("fell", "order", -50.0)
    assert fell["low"] < -50 < fell["high"] < 0
    assert found["stages"][0]["change"] == -50.0


def test_what_is_not_proven_gets_no_arrow_and_says_what_would_have_shown():
    before = month_of("2026-09", 0, [1, 5, 3, 4] * 10)
    after = month_of("2026-10", 100, [1, 5, 3, 3] * 10)

    found = numbers(before + after)

    assert found["findings"][1]["subject"] == "nothing_changed"
    assert found["findings"][1]["smallest"] > 5
    assert found["stages"][0]["change"] is None


def test_fewer_than_five_persons_leave_no_number_at_all():
    found = numbers(month_of("2026-10", 0, [1, 2, 3, 4]))

    assert (found["n"], found["persons"], found["is_empty"]) == (None, None, False)
    assert found["findings"][0]["subject"] == "no_answers"
    (stage,) = found["stages"]
    assert [stage[name] for name in ("score", "low", "high", "n", "persons")] == [None] * 5
    assert found["trend"] == {"order": []}


def test_four_persons_who_answer_often_are_still_four():
    rows = [fact for k in range(20) for fact in make_response(k, 4, person=f"p{k % 4}")]

    assert numbers(rows)["n"] is None


def test_pain_is_about_the_twelve_months_up_to_the_month():
    year = [
        fact
        for k in range(240)
        for fact in make_response(
            k, 5 - (k % 3), {"shop": 5 - 2 * (k % 3)}, month=f"2026-{k % 10 + 1:02}"
        )
    ]
    later = month_of("2026-11", 900, [1] * 40, {"site": 1})

    found = numbers(year + later)

    assert [row["touchpoint"] for row in found["worst"]] == ["shop"]
    assert found["worst"][0]["is_sure"] is True
    assert found["year_from"] == "2025-11"


def test_nothing_is_told_of_a_touchpoint_that_is_not_in_use():
    rows = month_of("2026-09", 0, [4, 5] * 15, {"fax": 5})
    rows += month_of("2026-09", 100, [4, 5] * 15, {"fax": 4})
    rows += month_of("2026-10", 200, [4, 5] * 15, {"fax": 1})
    rows += month_of("2026-10", 300, [4, 5] * 15, {"fax": 2})

    before, now = numbers(rows, touchpoints=("fax",)), numbers(rows, touchpoints=("web",))

    assert "fax" in {row["touchpoint"] for row in before["findings"]}
    assert "fax" not in {row["touchpoint"] for row in (*now["findings"], *now["worst"])}


def test_stages_stand_in_the_order_of_the_journey_with_or_without_answers():
    found = numbers(month_of("2026-10", 0, [4] * 6), stages=("use", "order", "leave"))

    assert [row["stage"] for row in found["stages"]] == ["use", "order", "leave"]
    assert [row["n"] for row in found["stages"]] == [None, 6, None]


def test_it_can_be_kept_as_json():
    rows = month_of("2026-09", 0, [4, 5] * 20) + month_of("2026-10", 100, [2, 3] * 20)

    found = numbers(rows)

    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_answers_are_counted_by_month_up_to_the_month():
    rows = [
        fact
        for month, n in (("2026-09", 3), ("2026-10", 7), ("2026-11", 9))
        for fact in month_of(month, int(month[-2:]) * 100, [4] * n)
    ]

    counted = answers_by_month(make_facts(rows), "buy", "2026-10")

    assert counted == {"2026-09": 3, "2026-10": 7}


def test_late_answers_are_those_that_the_last_summary_did_not_count():
    counted = {"2026-08": 50, "2026-09": 40}
    now = {"2026-08": 49, "2026-09": 52, "2026-10": 70}

    assert late_answers(counted, now, "2026-09") == [{"month": "2026-09", "n": 12}]


def test_one_place_is_quoted_once_and_what_changed_comes_first():
    told = {
        "findings": [
            {"subject": "weakest_stage", "stage": "use", "touchpoint": None},
            {"subject": "fell", "stage": "use", "touchpoint": "bill"},
            {"subject": "rose", "stage": "buy", "touchpoint": None},
        ],
        "worst": [
            {"stage": "use", "touchpoint": "bill"},
            {"stage": "buy", "touchpoint": "shop"},
        ],
    }

    assert quote_places(told) == [
        Place("use", "bill", Order.WORST),
        Place("buy", None, Order.BEST),
        Place("buy", "shop", Order.WORST),
        Place("use", None, Order.WORST),
    ]


def test_a_touchpoint_that_nobody_speaks_of_leaves_its_stage_to_be_quoted():
    told = {"findings": [], "worst": [{"stage": "use", "touchpoint": "bill"}]}

    assert quote_places(told) == [
        Place("use", "bill", Order.WORST),
        Place("use", None, Order.WORST),
    ]


def test_quotes_come_from_audiences_of_at_least_five_writers():
    customers = [comment(k, k / 10 - 1, audience="customer") for k in range(5)]
    prospects = [comment(k, -1, audience="prospect") for k in range(50, 54)]

    found = quotable(make_facts(customers + prospects), Place("order", None, Order.WORST))

    assert found["response"].tolist() == ["r0", "r1", "r2", "r3", "r4"]
    assert set(found["audience"]) == {"customer"}


def test_four_writers_with_many_responses_are_not_quoted():
    rows = [comment(k, -1, person=f"p{k % 4}") for k in range(20)]

    assert quotable(make_facts(rows), Place("order", None, Order.WORST)).empty


def named(number, words, touchpoint="shop"):
    """A comment, and the touchpoint it names."""
    return [comment(number, words), comment(number, words, touchpoint=touchpoint, metric="mention")]


def test_a_touchpoint_is_quoted_by_who_names_it_the_lowest_rating_first():
    rated = [fact for k in range(6) for fact in make_response(k, 3, {"shop": 5 - k % 5})]
    spoken = [fact for k in range(12) for fact in named(k, -0.9 if k < 7 else 0.9)]

    found = quotable(make_facts(rated + spoken), Place("order", "shop", Order.WORST))

    assert found["response"].tolist() == ["r4", "r3", "r2", "r1", "r0", "r5", "r6"]
    assert found["score"].tolist()[:-1] == [0.0, 25.0, 50.0, 75.0, 100.0, 100.0]


def test_who_rated_a_touchpoint_but_speaks_of_another_is_not_quoted_about_it():
    rated = [fact for k in range(6) for fact in make_response(k, 1, {"shop": 1})]
    spoken = [fact for k in range(6) for fact in named(k, -0.9, "price")]

    found = quotable(make_facts(rated + spoken), Place("order", "shop", Order.WORST))

    assert found.empty


def test_the_answer_to_its_own_question_is_about_a_touchpoint():
    rows = [comment(k, -0.9, touchpoint="shop") for k in range(6)]

    assert len(quotable(make_facts(rows), Place("order", "shop", Order.WORST))) == 6


@pytest.mark.parametrize(("order", "keys"), [(Order.WORST, ["r0"]), (Order.BEST, ["r5"])])
def test_what_is_not_clearly_blame_or_praise_is_not_quoted_as_such(order, keys):
    rows = [comment(k, words) for k, words in enumerate([-0.3, -0.1, 0, 0.1, 0.2, 0.3])]

    found = quotable(make_facts(rows), Place("order", None, order))

    assert found["response"].tolist() == keys

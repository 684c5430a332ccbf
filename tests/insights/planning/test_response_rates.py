import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from insights.planning.response_rates import response_rate, response_rates, sittings
from tests.insights.facts_factory import make_fact, make_facts

NUMBERS = {"bounced": 0, "refused": 0, "ineligible": 0}


def counted(*rows):
    """Counts per survey and month: survey, month, started, finished, persons."""
    names = ["survey", "month", "started", "finished", "persons"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(persons_ever=frame["persons"], is_sitting=True, stage="order")


def told(*rows):
    """What was told: survey, month, invited, and what else is given."""
    frame = pd.DataFrame([NUMBERS | row for row in rows])
    names = ["survey", "month", "invited", *NUMBERS]
    return frame.reindex(columns=names).assign(stage="order")


def test_the_rates_are_those_of_the_standard_definitions():
    # 1,000 invited: 150 complete, 30 partial, 20 refused, 40 bounced, 10 did not belong there,
    # 750 silent. RR1 = 150 / ((150 + 30) + 20 + (40 + 750)).
    found = response_rates(
        counted(("s", "2026-10", 180, 150, 180)),
        told(
            {"survey": "s", "month": "2026-10", "invited": 1000, "bounced": 40, "refused": 20}
            | {"ineligible": 10}
        ),
    ).iloc[0]

    assert found["eligible"] == 990
    assert found["rr1"] == pytest.approx(150 / (180 + 20 + 790))
    assert found["rr2"] == pytest.approx(180 / 990)
    low, high = proportion_confint(150, 990, method="wilson")
    assert (found["rr1_low"], found["rr1_high"]) == (pytest.approx(low), pytest.approx(high))
    assert found["completion"] == pytest.approx(150 / 180)


def test_a_public_link_has_a_completion_but_no_response_rate():
    none = told().reindex(columns=[*told({"survey": "x", "month": "x", "invited": 1})])
    found = response_rates(counted(("s", "2026-10", 50, 40, 50)), none).iloc[0]

    assert found["completion"] == 0.8
    assert found["reason"] == "not_told"
    assert found[["rr1", "rr2", "invited", "eligible"]].isna().all()


def test_months_without_a_mailing_are_left_out_of_the_response_and_counted_apart():
    found = response_rates(
        counted(("s", "2026-09", 30, 20, 30), ("s", "2026-10", 50, 40, 50)),
        told({"survey": "s", "month": "2026-10", "invited": 100}),
        ["survey"],
    ).iloc[0]

    assert (found["started"], found["outside"]) == (80, 30)
    assert (found["rr1"], found["rr2"]) == (0.4, 0.5)


def test_a_mailing_that_nobody_answered_counts():
    found = response_rates(
        counted(("s", "2026-10", 50, 40, 50)),
        told(
            {"survey": "s", "month": "2026-09", "invited": 100},
            {"survey": "s", "month": "2026-10", "invited": 100},
        ),
        ["survey"],
    ).iloc[0]

    assert found["rr1"] == 0.2


def test_more_answers_than_invitations_give_a_reason_and_no_rate():
    found = response_rates(
        counted(("s", "2026-10", 50, 40, 50)),
        told({"survey": "s", "month": "2026-10", "invited": 45}),
    ).iloc[0]

    assert found["reason"] == "more_answers_than_invited"
    assert pd.isna(found["rr1"])
    assert found["completion"] == 0.8


def test_a_survey_on_one_page_has_no_completion():
    counts = counted(("s", "2026-10", 50, 50, 50)).assign(is_sitting=False)
    found = response_rates(counts, told({"survey": "s", "month": "2026-10", "invited": 100}))

    assert pd.isna(found.iloc[0]["completion"])
    assert found.iloc[0]["rr1"] == 0.5


def test_fewer_than_five_persons_are_hidden_and_with_them_who_would_give_them_away():
    found = response_rates(
        counted(("a", "2026-10", 4, 4, 4), ("b", "2026-10", 9, 9, 9), ("c", "2026-10", 50, 40, 50)),
        told({"survey": "c", "month": "2026-10", "invited": 100}),
        ["survey"],
    ).set_index("survey")

    assert found["shown"].to_dict() == {"a": False, "b": False, "c": True}
    assert found.loc["a", "reason"] == "too_few_persons"
    assert pd.isna(found.loc["a", "started"])


def test_an_unanswered_mailing_takes_no_other_cell_with_it():
    found = response_rates(
        counted(("a", "2026-10", 50, 40, 50)),
        told(
            {"survey": "a", "month": "2026-10", "invited": 100},
            {"survey": "b", "month": "2026-10", "invited": 100},
        ),
        ["survey"],
    ).set_index("survey")

    assert found["shown"].to_dict() == {"a": True, "b": False}


@pytest.mark.parametrize("wrong", [(-1, 0, 10), (5, 6, 10), (1, 1, -1)])
def test_counts_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="counts"):
        response_rate(*wrong)


def test_nobody_eligible_gives_no_rate():
    assert all(pd.isna(rate) for rate in response_rate(0, 0, 0))


def test_no_answers_and_no_mailings_give_no_number():
    none = told({"survey": "s", "month": "2026-10", "invited": 1}).iloc[:0]
    found = response_rates(sittings(make_facts([])).assign(is_sitting=True), none)

    assert not found["shown"].any()


def test_a_response_with_many_items_is_one_sitting_and_a_partial_one_is_not_finished():
    facts = [
        make_fact(number, metric=metric, partial=number < 2, person=f"p{number // 2}")
        for number in range(10)
        for metric in ("satisfaction", "nps")
    ]
    found = sittings(make_facts(facts)).iloc[0]

    assert (found["started"], found["finished"]) == (10, 8)
    assert (found["persons"], found["persons_ever"]) == (5, 5)

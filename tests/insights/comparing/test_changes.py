import numpy as np
import pytest

from insights.comparing.changes import Period, changes
from tests.insights.facts_factory import make_facts, make_response

SEPTEMBER, OCTOBER = Period("2026-09", "2026-09"), Period("2026-10", "2026-10")


def month_of(period, start, values, **given):
    return [
        fact
        for n, value in enumerate(values)
        for fact in make_response(start + n, value, {"shop": value}, month=period.last, **given)
    ]


def compare(facts):
    return changes(make_facts(facts), SEPTEMBER, OCTOBER)


def test_a_stage_and_its_touchpoints_are_compared_at_once():
    facts = month_of(SEPTEMBER, 0, [2, 3] * 30) + month_of(OCTOBER, 100, [4, 5] * 30)
    found = compare(facts)

    assert found["stage"].tolist() == ["order", "order"]
    assert found["touchpoint"].isna().tolist() == [False, True]
    assert found["change"].tolist() == [50.0, 50.0]
    assert found["n_before"].tolist() == [60, 60]
    assert found["persons_after"].tolist() == [60, 60]
    assert found["is_proven"].all()


def test_a_month_like_the_other_proves_nothing_and_says_what_could_have_been_seen():
    facts = month_of(SEPTEMBER, 0, [1, 3, 5] * 20) + month_of(OCTOBER, 100, [1, 3, 5] * 20)
    found = compare(facts)

    assert not found["is_proven"].any()
    assert found["change"].tolist() == [0, 0]
    assert found["p"].tolist() == [1, 1]
    assert found["smallest"].between(15, 30).all()


def test_ninety_cells_of_noise_prove_at_most_few_changes():
    random = np.random.default_rng(11)
    facts = []
    for stage in range(90):
        for period in (SEPTEMBER, OCTOBER):
            start = 1000 * stage + (500 if period is OCTOBER else 0)
            facts += [
                make_response(start + n, value, month=period.last, stage=f"s{stage}")[0]
                for n, value in enumerate(random.integers(1, 6, 20))
            ]
    found = compare(facts)

    assert len(found) == 90
    assert (found["p"] < 0.05).sum() >= 2  # what a naive reader would report
    assert not found["is_proven"].any()


def test_accounts_make_a_change_less_sure():
    values = [1, 2, 3] * 10, [2, 3, 4] * 10
    alone = month_of(SEPTEMBER, 0, values[0]) + month_of(OCTOBER, 100, values[1])
    together = [
        fact | {"cluster": fact["respondent"] % 100 % 6 + fact["respondent"] // 100 * 6}
        for fact in alone
    ]

    assert compare(together)["p"].iloc[0] > compare(alone)["p"].iloc[0]
    assert compare(together)["change"].tolist() == compare(alone)["change"].tolist()


def test_four_persons_in_one_period_show_nothing():
    facts = month_of(SEPTEMBER, 0, [5] * 4) + month_of(OCTOBER, 100, [1, 2, 3] * 10)
    found = compare(facts)

    assert found["reason"].tolist() == ["too_few_persons"] * 2
    numbers = ["persons_before", "n_after", "score_before", "change", "p", "smallest", "p_adjusted"]
    assert found[numbers].isna().all(axis=None)
    assert not found["is_proven"].any()


def test_four_accounts_and_no_spread_have_a_reason():
    facts = month_of(SEPTEMBER, 0, [5] * 9, stage="flat") + month_of(
        OCTOBER, 100, [1] * 9, stage="flat"
    )
    few = [f | {"cluster": f["respondent"] % 4} for f in month_of(SEPTEMBER, 200, [1, 5] * 9)]
    found = compare(facts + few + month_of(OCTOBER, 300, [2, 4] * 9))

    assert found["reason"].tolist() == ["no_variation"] * 2 + ["too_few_accounts"] * 2
    assert found["change"].tolist() == [-100, -100, 0, 0]
    assert not found["is_proven"].any()


def test_a_cell_of_one_period_only_and_no_facts_have_no_row():
    assert compare(month_of(OCTOBER, 0, [1, 2, 3, 4, 5] * 3)).empty
    assert compare([]).empty
    assert "is_proven" in compare([])


def test_other_months_do_not_count():
    facts = month_of(SEPTEMBER, 0, [2, 3] * 30) + month_of(OCTOBER, 100, [4, 5] * 30)
    august = month_of(Period("2026-08", "2026-08"), 500, [1] * 50)

    assert compare(facts + august)["n_before"].tolist() == [60, 60]


@pytest.mark.parametrize(
    "periods", [(OCTOBER, SEPTEMBER), (OCTOBER, OCTOBER), (Period("2026-09", "2026-01"), OCTOBER)]
)
def test_periods_in_the_wrong_order_are_refused(periods):
    with pytest.raises(ValueError, match="periods"):
        changes(make_facts([]), *periods)

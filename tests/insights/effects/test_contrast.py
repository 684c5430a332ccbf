import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from insights.comparing.changes import Period
from insights.effects.cells import Cells, period_cells
from insights.effects.contrast import contrast, drift, moved_alone

BEFORE, AFTER = Period("2026-01", "2026-01"), Period("2026-02", "2026-02")


def answers(seed, touchpoints=("acted", "other"), accounts=25, n=400):
    """Ratings whose touchpoints and periods share accounts of unequal size."""
    random = np.random.default_rng(seed)
    sizes = random.dirichlet(np.full(accounts, 1.5))
    account = random.choice(accounts, n, p=sizes)
    opinion = random.normal(0, 12, accounts)[account]
    return pd.DataFrame(
        {
            "cluster": account,
            "touchpoint": random.choice(touchpoints, n),
            "month": random.choice([BEFORE.first, AFTER.first], n, p=[0.6, 0.4]),
            "score": 60 + opinion + random.normal(0, 20, n),
        }
    )


def sums(frame):
    keys = ["cluster", "touchpoint", "month"]
    return frame.groupby(keys, as_index=False).agg(n=("score", "size"), total=("score", "sum"))


def cells_of(frame):
    return period_cells(sums(frame), BEFORE, AFTER)


def regressed(frame):
    """The difference in differences by least squares."""
    named = frame.assign(
        late=(frame["month"] == AFTER.first).astype(int),
        hit=((frame["month"] == AFTER.first) & (frame["touchpoint"] == "acted")).astype(int),
    )
    return smf.ols("score ~ C(touchpoint) + late + hit", named)


def test_it_is_the_regression_with_errors_that_leave_out_one_account_at_a_time():
    frame = answers(1)
    cells = cells_of(frame)
    found = contrast(cells, cells.places(["acted"]), cells.places(["other"]))
    whole = regressed(frame).fit().params["hit"]
    without = [
        regressed(frame[frame["cluster"] != account]).fit().params["hit"]
        for account in frame["cluster"].unique()
    ]

    assert found.change == pytest.approx(whole, rel=1e-9)
    assert found.error == pytest.approx(math.sqrt(((np.array(without) - whole) ** 2).sum()))


def test_it_is_near_the_usual_cluster_robust_error_where_there_are_many_accounts():
    frame = answers(2, accounts=300, n=3_000)
    cells = cells_of(frame)
    found = contrast(cells, cells.places(["acted"]), cells.places(["other"]))
    usual = regressed(frame).fit(cov_type="cluster", cov_kwds={"groups": frame["cluster"]})

    assert found.error == pytest.approx(usual.bse["hit"], rel=0.03)


def test_several_touchpoints_weigh_as_in_the_regression():
    frame = answers(3, touchpoints=("acted", "b", "c", "d"))
    cells = cells_of(frame)
    found = contrast(cells, cells.places(["acted"]), cells.places(["b", "c", "d"]))

    assert found.change == pytest.approx(regressed(frame).fit().params["hit"], rel=1e-9)


def test_who_rates_both_touchpoints_makes_the_comparison_surer():
    random = np.random.default_rng(4)
    person, both = np.arange(300), []
    for month in (BEFORE.first, AFTER.first):
        mood = random.normal(0, 25, 300)
        for touchpoint in ("acted", "other"):
            score = 60 + mood + random.normal(0, 5, 300)
            offset = 300 * (month == AFTER.first)
            both.append(
                pd.DataFrame(
                    {
                        "cluster": person + offset,
                        "touchpoint": touchpoint,
                        "month": month,
                        "score": score,
                    }
                )
            )
    frame = pd.concat(both)
    apart = frame.assign(cluster=np.arange(len(frame)))
    same, other = (contrast(cells, [0], [1]).error for cells in (cells_of(frame), cells_of(apart)))

    assert same < other / 3


def plain_cells(changes, n=50, error=1.0):
    """Touchpoints whose changes have independent errors."""
    count = len(changes)
    table = pd.DataFrame(
        {
            "touchpoint": [f"t{at}" for at in range(count)],
            "n_before": n,
            "n_after": n,
            "mean_before": 60.0,
            "mean_after": 60.0 + np.array(changes, float),
            "clusters_before": 40,
            "clusters_after": 40,
        }
    )
    own = np.eye(count) * error**2 / 2
    return Cells(table, own, own, np.zeros((count, count)))


def test_touchpoints_that_drift_make_the_comparison_less_sure():
    calm = contrast(plain_cells([8, 0, 0, 0, 0]), [0], [1, 2, 3, 4])
    restless = contrast(plain_cells([8, -6, 6, -6, 6]), [0], [1, 2, 3, 4])

    assert calm.is_seen
    assert not restless.is_seen
    assert restless.freedom < 10


def test_drift_is_what_chance_does_not_explain():
    random = np.random.default_rng(7)
    found = [
        drift(plain_cells(random.normal(0, math.sqrt(9 + 1), 6)), range(6)) for _ in range(2_000)
    ]

    assert np.mean(found) == pytest.approx(9, rel=0.05)


def test_a_control_that_moved_by_itself_is_found_and_the_calm_are_not():
    assert moved_alone(plain_cells([0, 1, -1, 2, -40]), range(5)) == [4]


def test_a_large_move_that_may_be_chance_is_no_reason_to_leave_out():
    assert moved_alone(plain_cells([0, 1, -1, 2, -12], error=9.0), range(5)) == []


def test_two_controls_that_disagree_both_go_for_nobody_knows_which_one_moved():
    assert moved_alone(plain_cells([0, -40]), range(2)) == [0, 1]


def test_without_controls_nothing_is_known():
    found = contrast(plain_cells([8]), [0], [])

    assert math.isnan(found.change)
    assert not found.is_sure
    assert math.isnan(found.interval.low)


def test_four_accounts_give_no_interval():
    cells = plain_cells([8, 0])
    few = Cells(cells.table.assign(clusters_after=4), cells.before, cells.after, cells.across)

    assert not contrast(few, [0], [1]).is_sure


def test_answers_all_alike_give_no_interval():
    cells = plain_cells([8, 0], error=0.0)

    assert not contrast(cells, [0], [1]).is_sure


def test_an_acted_touchpoint_without_ratings_before_does_not_spoil_another():
    cells = plain_cells([float("nan"), 8, 0])
    table = cells.table.assign(n_before=[0, 50, 50])
    found = contrast(Cells(table, cells.before, cells.after, cells.across), [0, 1], [2])

    assert found.change == pytest.approx(8)


def come_half_way(cells):
    """The same, with a last touchpoint that nobody rated before."""
    table = cells.table.copy()
    table.loc[len(table) - 1, ["n_before", "mean_before", "clusters_before"]] = [0, np.nan, 0]
    nothing = np.arange(len(table)) < len(table) - 1
    own = cells.before * np.outer(nothing, nothing)
    return Cells(table, own, cells.after, cells.across)


def test_a_touchpoint_that_came_half_way_hides_neither_drift_nor_a_move():
    known = plain_cells([8, -6, 6, -6, -40])
    more = come_half_way(plain_cells([8, -6, 6, -6, -40, 0]))

    assert drift(known, [1, 2, 3, 4]) == drift(more, [1, 2, 3, 4, 5]) > 100
    assert contrast(known, [0], [1, 2, 3, 4]) == contrast(more, [0], [1, 2, 3, 4, 5])
    calm = come_half_way(plain_cells([0, 1, -1, 2, -40, 0]))
    assert moved_alone(calm, range(6)) == [4]

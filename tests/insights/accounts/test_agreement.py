"""How far people of one account agree, against statsmodels' analysis of variance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from insights.accounts.agreement import agreement, likeness

SHROUT_FLEISS = {
    "judge 1": [9, 6, 8, 7, 10, 6],
    "judge 2": [2, 1, 4, 1, 5, 2],
    "judge 3": [5, 3, 6, 2, 6, 4],
    "judge 4": [8, 2, 8, 6, 9, 7],
}
"""Six targets rated by four judges, the example of Shrout and Fleiss (1979)."""


def draw(seed=3, accounts=40, icc=0.3):
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 6, accounts)
    place = np.repeat(np.arange(accounts), sizes)
    own = random.normal(0, np.sqrt(icc), accounts)[place]
    return 70 + 20 * (own + random.normal(0, np.sqrt(1 - icc), len(place))), place


def test_it_is_icc_1_1_of_shrout_and_fleiss():
    frame = pd.DataFrame(SHROUT_FLEISS)

    found = likeness(frame.to_numpy().ravel(), np.repeat(range(6), 4))

    assert found.icc == pytest.approx(0.17, abs=0.005)
    # -.13 to .72 is what they print; what lies below 0 is no likeness.
    assert found.interval == pytest.approx((0.0, 0.72), abs=0.005)


def test_it_is_the_analysis_of_variance_of_statsmodels():
    values, accounts = draw()
    table = anova_lm(ols("v ~ C(a)", pd.DataFrame({"v": values, "a": accounts})).fit())
    between, within = table["mean_sq"]
    sizes = np.bincount(accounts)
    usual = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / (len(sizes) - 1)

    found = likeness(values, accounts)

    assert found.icc == pytest.approx((between - within) / (between + (usual - 1) * within), 1e-9)
    assert found.sd == pytest.approx(np.sqrt(within), 1e-9)
    freedom = table["df"]
    ends = [
        (between / within) / stats.f.ppf(level, freedom.iloc[0], freedom.iloc[1])
        for level in (0.975, 0.025)
    ]
    assert found.interval == pytest.approx(
        [max(0.0, (end - 1) / (end + usual - 1)) for end in ends], 1e-9
    )


def test_the_spread_inside_leaves_out_one_account_at_a_time():
    values, accounts = draw()

    def log_variance(keep):
        frame = pd.DataFrame({"v": values, "a": accounts})[keep]
        groups = frame.groupby("a")["v"]
        inside = ((frame["v"] - groups.transform("mean")) ** 2).sum()
        return np.log(inside / (len(frame) - groups.ngroups))

    found = likeness(values, accounts)

    sizes = np.bincount(accounts)
    whole = log_variance(np.full(len(values), fill_value=True))
    rest = [log_variance(accounts != one) for one in np.flatnonzero(sizes > 1)]
    wide = stats.t.ppf(0.975, len(rest) - 1) * np.sqrt(((np.array(rest) - whole) ** 2).sum())
    assert found.sd_interval == pytest.approx(np.exp((whole + np.array([-wide, wide])) / 2), 1e-9)


def test_people_who_say_the_same_as_their_colleagues_are_wholly_alike():
    found = likeness([0, 0, 25, 25, 50, 50, 75, 75, 100, 100], list("aabbccddee"))

    assert (found.icc, found.sd) == (1.0, 0.0)
    assert np.isnan([*found.interval, *found.sd_interval]).all()


def test_where_nobody_differs_at_all_nothing_is_said_of_likeness():
    found = likeness([50] * 10, list("aabbccddee"))

    assert np.isnan(found.icc)
    assert found.sd == 0.0


@pytest.mark.parametrize("accounts", ["", "aaaaaaaa", "abcdefgh", "aabbccdd"])
def test_fewer_than_five_accounts_with_two_persons_say_nothing(accounts):
    found = likeness(np.arange(len(accounts), dtype=float), list(accounts))

    assert np.isnan([found.icc, found.sd, *found.interval, *found.sd_interval]).all()


@given(st.lists(st.tuples(st.sampled_from([0.0, 25, 50, 75, 100]), st.integers(0, 8)), max_size=50))
def test_likeness_is_a_share_within_its_interval(answers):
    values = [value for value, _ in answers]

    found = likeness(values, [account for _, account in answers])

    if not np.isnan(found.icc):
        assert 0 <= found.icc <= 1
        assert np.isnan(found.interval.low) or (
            0 <= found.interval.low <= found.icc <= found.interval.high <= 1
        )


def people(spans, stage="use"):
    """Two people per account, so many points apart."""
    rows = [
        (stage, number, 2 * number + half, 1, 25.0 + span * half)
        for number, span in enumerate(spans)
        for half in (0, 1)
    ]
    return pd.DataFrame(rows, columns=["stage", "account", "respondent", "n", "total"])


def test_a_step_of_25_is_no_disagreement_and_more_is():
    found = agreement(people([25, 26, 50, 0, 0, 25, 75, 0])).iloc[0]

    assert (found["accounts"], found["persons"], found["apart"]) == (8, 16, 3 / 8)
    # Wilson's interval of 3 of 8, by its published formula
    assert (found["apart_low"], found["apart_high"]) == pytest.approx((0.1368, 0.6943), abs=1e-4)


def test_who_answered_twice_counts_by_their_mean():
    rows = people([0] * 5)
    rows.loc[0, ["n", "total"]] = [2, 50.0]  # 25 on average, as the colleague

    assert agreement(rows).iloc[0]["apart"] == 0.0


def test_nothing_is_told_of_four_accounts():
    found = agreement(people([50, 50, 50, 50])).iloc[0]

    assert not found["shown"]
    assert found.drop(["stage", "shown"]).isna().all()

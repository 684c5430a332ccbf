import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import confint_proportions_2indep

from insights.flow.survival import Share, gap_of_shares, kaplan_meier, share_within, usual_days
from insights.intervals import wilson

PEOPLE = st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=60)


def curve_of(people):
    return kaplan_meier(*map(list, zip(*people, strict=True)))


def share(successes, n):
    return Share(successes / n, wilson(successes, n), n)


@given(PEOPLE)
def test_the_curve_and_its_error_are_those_of_statsmodels(people):
    days, happened = (np.array(each) for each in zip(*people, strict=True))
    curve = curve_of(people)
    if not happened.any():
        assert curve.days.size == 0
        return
    reference = SurvfuncRight(days, happened.astype(int))

    assert np.allclose(curve.days, reference.surv_times)
    assert np.allclose(1 - curve.share, reference.surv_prob, atol=1e-12)
    is_sure = curve.share < 1
    error = (1 - curve.share) * np.sqrt(curve.spread)
    assert np.allclose(error[is_sure], np.asarray(reference.surv_prob_se)[is_sure], atol=1e-12)


def test_freireichs_leukaemia_patients_by_hand():
    # Six of 21 relapse by day 6 ... : the textbook example (Cox, Oakes 1984, p. 8).
    days = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(days, relapsed)

    stays = dict(zip(curve.days, (1 - curve.share).round(3), strict=True))
    assert stays == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_without_anybody_under_way_the_interval_is_wilsons_own():
    curve = kaplan_meier([5] * 12 + [400] * 28, [True] * 12 + [False] * 28)
    found = share_within(curve, 365)

    assert found.share == pytest.approx(0.3)
    assert found.n == pytest.approx(40)
    assert found.interval == pytest.approx(wilson(12, 40))


def test_who_is_still_under_way_is_not_counted_as_lost():
    # Ten went on after ten days; ten others were only followed for five.
    curve = kaplan_meier([10] * 10 + [5] * 10 + [100] * 10, [True] * 10 + [False] * 20)

    assert share_within(curve, 90).share == pytest.approx(0.5)


def test_when_it_never_happened_only_those_count_who_were_followed_long_enough():
    found = share_within(kaplan_meier([30] * 50 + [400] * 10, [False] * 60), 365)

    assert (found.share, found.n, found.interval) == (0.0, 10, wilson(0, 10))


def test_it_may_have_happened_to_all():
    found = share_within(kaplan_meier([1, 2, 3, 4, 5], [True] * 5), 365)

    assert (found.share, found.interval) == (1.0, wilson(5, 5))


@given(PEOPLE, st.integers(1, 70))
def test_a_share_lies_in_its_interval_and_never_falls_with_time(people, days):
    curve = curve_of(people)
    found, later = share_within(curve, days), share_within(curve, days + 10)

    assert found.share <= later.share
    if found.n:
        assert found.interval.low - 1e-9 <= found.share <= found.interval.high + 1e-9


def test_half_of_all_is_the_usual_median_when_everybody_goes_on():
    days, happened = list(range(1, 102)), [True] * 101
    found, interval = usual_days(kaplan_meier(days, happened), 365)

    assert found == SurvfuncRight(np.array(days), np.ones(101)).quantile(0.5) == 51
    # 51 +- 1.96 x sqrt(101) / 2, the ends of Woodruff's interval of a median.
    assert interval == pytest.approx((42, 61), abs=1)


def test_days_are_those_of_people_who_do_go_on():
    curve = kaplan_meier([10, 20, 30, 40] + [400] * 96, [True] * 4 + [False] * 96)

    assert usual_days(curve, 365)[0] == 20


def test_the_interval_of_the_days_is_about_that_of_a_bootstrap():
    random = np.random.default_rng(5)
    reached, end = random.exponential(80, 400), random.uniform(20, 500, 400)
    goes = random.random(400) < 0.6
    days, happened = np.where(goes, np.minimum(reached, end), end), goes & (reached <= end)
    found, interval = usual_days(kaplan_meier(days, happened), 200)

    draws = [random.integers(0, 400, 400) for _ in range(400)]
    drawn = [usual_days(kaplan_meier(days[d], happened[d]), 200)[0] for d in draws]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert interval.low == pytest.approx(low, abs=6)
    assert interval.high == pytest.approx(high, abs=6)
    assert interval.low < found < interval.high


def test_nobody_going_on_has_no_usual_days():
    days, interval = usual_days(kaplan_meier([5, 6], [False, False]), 365)

    assert all(math.isnan(value) for value in (days, *interval))


@pytest.mark.parametrize(
    "counts", [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29), (0, 10, 0, 20)]
)
def test_a_difference_of_shares_has_newcombes_interval(counts):
    x1, n1, x0, n0 = counts
    found = gap_of_shares(share(x1, n1), share(x0, n0))

    low, high = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb", compare="diff")
    assert found.change == pytest.approx(x1 / n1 - x0 / n0)
    assert found.interval == pytest.approx((low, high), abs=1e-9)


def test_newcombes_own_examples():
    # Newcombe 1998, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 5/56 - 0/29.
    ends = [
        tuple(round(end, 4) for end in gap_of_shares(share(a, m), share(b, n)).interval)
        for a, m, b, n in [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29)]
    ]

    assert ends == [(0.0524, 0.3339), (0.1705, 0.8090), (-0.0381, 0.1926)]


@given(st.integers(0, 30), st.integers(0, 30))
def test_p_is_below_five_percent_just_when_the_interval_leaves_out_none(one, other):
    found = gap_of_shares(share(one, 30), share(other, 30))

    leaves_out = found.interval.low > 0 or found.interval.high < 0
    assert (found.p < 0.05) == leaves_out
    assert 0 <= found.p <= 1


def test_what_cannot_be_followed_is_refused_or_null():
    with pytest.raises(ValueError, match="above 0"):
        kaplan_meier([0, 3], [True, False])
    nothing = share_within(kaplan_meier([], []), 365)
    assert math.isnan(nothing.share)
    assert math.isnan(gap_of_shares(nothing, share(3, 9)).p)

"""A change of pain, split into reach and shortfall, with the impact apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from insights.pain.change import pain_change
from insights.pain.change_content import Span, span_before, span_of_slopes, stage_change, with_proof
from insights.pain.change_draws import split
from insights.pain.pain import pain
from insights.weighting.mix import Margin
from tests.insights.facts_factory import make_facts, make_response

NAMES = ["shop", "site", "bill"]


def invented(seed=1, n=150, shifts=(0.0, 0.0), reaches=(0.8, 0.8), impacts=(0.4, 0.4)):
    """Two periods of three touchpoints; of the shop the rating, reach or impact may shift."""
    random = np.random.default_rng(seed)
    frames = []
    for at, period in enumerate(("before", "after")):
        opinion = random.normal(size=(n, 3)) + random.normal(size=(n, 1))
        opinion[:, 0] -= shifts[at]
        scores = 25.0 * np.clip(np.rint(2.7 + opinion), 0, 4)
        met = random.random((n, 3)) < np.array([reaches[at], 1.0, 0.5])
        lost = (met * np.maximum(75 - scores, 0)) @ np.array([impacts[at], 0.2, 0.1])
        frame = pd.DataFrame(np.where(met, scores, np.nan), columns=NAMES)
        y = 80 - lost + random.normal(size=n) * 6
        frames.append(frame.assign(y=y, cluster=np.arange(n) // 3, period=period))
    return pd.concat(frames, ignore_index=True)


def rows_of(found):
    return found.touchpoints.set_index("touchpoint")


def slopes_by_hand(frame):
    held, falls = [np.ones(len(frame))], []
    for name in NAMES:
        met, rating = frame[name].notna(), frame[name].fillna(75).to_numpy()
        if 0.02 <= met.mean() <= 0.98:
            held.append(met.to_numpy(dtype=float))
        held.append(np.maximum(rating - 75, 0))
        falls.append(np.maximum(75 - rating, 0))
    x, d, y = np.column_stack(held), np.column_stack(falls), frame["y"].to_numpy()
    basis = np.linalg.qr(x)[0]
    d, y = d - basis @ (basis.T @ d), y - basis @ (basis.T @ y)
    return nnls(-d, y)[0]


def test_the_change_is_the_pooled_slope_times_the_change_of_the_gap():
    frame = invented(shifts=(0.0, 0.6), reaches=(0.6, 0.8))
    slopes = slopes_by_hand(frame)
    before, after = (frame[frame["period"] == period] for period in ("before", "after"))

    found = rows_of(pain_change(frame, NAMES, bootstrap=60))

    for name, slope in zip(NAMES, slopes, strict=True):
        gaps = [np.maximum(75 - part[name], 0).fillna(0).mean() for part in (before, after)]
        reach = [part[name].notna().mean() for part in (before, after)]
        row, falls = found.loc[name], [gaps[0] / reach[0], gaps[1] / reach[1]]
        assert row["pain_before"] == pytest.approx(slope * gaps[0], abs=1e-6)
        assert row["change"] == pytest.approx(slope * (gaps[1] - gaps[0]), abs=1e-6)
        of_reach = slope * (reach[1] - reach[0]) * (falls[0] + falls[1]) / 2
        assert row["reach_part"] == pytest.approx(of_reach, abs=1e-6)
        assert row[["reach_before", "reach_after"]].tolist() == pytest.approx(reach)
        assert row[["shortfall_before", "shortfall_after"]].tolist() == pytest.approx(falls)


def test_the_slope_is_that_of_the_pain_of_all_answers():
    frame = invented(shifts=(0.0, 0.5))
    pooled = pain(frame, NAMES, bootstrap=50).touchpoints.set_index("touchpoint")["impact"]
    found = rows_of(pain_change(frame, NAMES, bootstrap=60))

    gap = found["reach_after"] * found["shortfall_after"]
    assert (found["pain_after"] / gap)[NAMES].tolist() == pytest.approx(
        pooled[NAMES].tolist(), rel=1e-6
    )


def test_the_slope_of_each_period_apart_is_split_exactly_too():
    frame = invented(impacts=(0.2, 0.6), shifts=(0.2, 0.4))
    apart = [slopes_by_hand(frame[frame["period"] == one]) for one in ("before", "after")]

    found = rows_of(pain_change(frame, NAMES, bootstrap=200)).loc[NAMES]

    gaps = [found[f"reach_{one}"] * found[f"shortfall_{one}"] for one in ("before", "after")]
    refitted = apart[1] * gaps[1] - apart[0] * gaps[0]
    told = found["change"] + found["impact_part"]
    assert told.tolist() == pytest.approx(refitted.tolist(), abs=1e-5)
    assert found.loc["shop", "impact_part_low"] > 2


@given(st.integers(0, 10_000))
def test_parts_add_up_in_the_answers_and_in_every_resample(seed):
    random = np.random.default_rng(seed)
    slopes, r0, r1 = (random.random((5, 3)) for _ in range(3))
    r0[random.random((5, 3)) < 0.2] = 0.0
    g0, g1 = r0 * 50 * random.random((5, 3)), r1 * 50 * random.random((5, 3))

    of_reach, of_shortfall = split(slopes, (r0, r1), (g0, g1))

    whole = slopes * (g1 - g0)
    assert of_reach + of_shortfall == pytest.approx(whole, abs=1e-9)


def test_touchpoints_add_up_to_the_whole_and_parts_to_the_change():
    found = pain_change(invented(shifts=(0.0, 0.5), reaches=(0.5, 0.9)), NAMES, bootstrap=60)

    for part in ("change", "reach_part", "shortfall_part"):
        assert found.touchpoints[part].sum() == pytest.approx(found.whole[part], abs=1e-9)
    both = found.touchpoints["reach_part"] + found.touchpoints["shortfall_part"]
    assert both.tolist() == pytest.approx(found.touchpoints["change"].tolist(), abs=1e-9)
    total = found.whole["total_after"] - found.whole["total_before"]
    assert total == pytest.approx(found.whole["change"], abs=1e-9)


def test_more_people_meeting_it_is_reach_and_worse_ratings_are_shortfall():
    met = rows_of(pain_change(invented(reaches=(0.3, 0.9), n=400), NAMES, bootstrap=200))
    worse = rows_of(pain_change(invented(shifts=(0.0, 1.0), n=400), NAMES, bootstrap=200))

    assert met.loc["shop", "reach_part_low"] > 0
    assert met.loc["shop", "shortfall_part_low"] < 0 < met.loc["shop", "shortfall_part_high"]
    assert worse.loc["shop", "shortfall_part_low"] > 0
    assert worse.loc["shop", "reach_part_low"] < 0 < worse.loc["shop", "reach_part_high"]
    assert worse.index[0] == "shop"


def test_two_periods_of_the_same_answers_have_no_change():
    once = invented()
    once = once[once["period"] == "before"]
    twice = pd.concat([once, once.assign(period="after")], ignore_index=True)

    found = pain_change(twice, NAMES, bootstrap=60).touchpoints

    assert found["change"].tolist() == pytest.approx([0, 0, 0], abs=1e-9)
    assert (found["p"] == 1).all()


def test_the_same_seed_gives_the_same_numbers():
    frame = invented()
    first, again = (pain_change(frame, NAMES, bootstrap=60, seed=4).touchpoints for _ in range(2))

    pd.testing.assert_frame_equal(first, again)


def test_weights_count_as_often_as_answers():
    frame = invented(n=120)
    weight = np.where(np.arange(len(frame)) % 2, 2.0, 1.0)
    twice = frame.loc[frame.index.repeat(weight.astype(int))].reset_index(drop=True)
    columns = ["pain_before", "pain_after", "reach_part", "shortfall_part"]

    weighted = rows_of(pain_change(frame.assign(weight=weight), NAMES, bootstrap=60))
    repeated = rows_of(pain_change(twice, NAMES, bootstrap=60))

    assert weighted.loc[NAMES, columns].to_numpy() == pytest.approx(
        repeated.loc[NAMES, columns].to_numpy(), abs=1e-6
    )


@pytest.mark.parametrize(
    ("change", "reason", "needed"),
    [
        (
            lambda frame: frame.drop(frame[frame["period"] == "after"].index[29:]),
            "too_few_answers",
            30,
        ),
        (lambda frame: frame.assign(cluster=frame["cluster"] % 9), "too_few_accounts", 10),
        (lambda frame: frame.assign(y=50.0), "no_variation", None),
        (lambda frame: frame.iloc[:0], "too_few_answers", 60),
    ],
)
def test_what_cannot_be_compared_has_a_reason_and_no_number(change, reason, needed):
    found = pain_change(change(invented()), NAMES, bootstrap=60)

    assert (found.reason, found.needed) == (reason, needed)
    assert found.touchpoints["change"].isna().all()
    assert "change" not in found.whole


def test_a_touchpoint_that_four_persons_met_in_a_period_is_not_told_of():
    frame = invented()
    after = frame.index[frame["period"] == "after"]
    frame.loc[after[4:], "bill"] = np.nan
    frame.loc[after[:4], "bill"] = 0.0

    row = rows_of(pain_change(frame, NAMES, bootstrap=60)).loc["bill"]

    assert row["reason"] == "too_few_persons"
    assert row[["n_after", "reach_after", "change", "pain_after", "p"]].isna().all()


def test_periods_before_and_of_slopes():
    assert span_before(Span("2025-11", "2026-10")) == Span("2024-11", "2025-10")
    assert span_of_slopes(Span("2024-01", "2024-03"), Span("2026-01", "2026-03")) == Span(
        "2024-01", "2026-03"
    )


def test_only_what_survives_all_stages_together_is_proven():
    chances = [0.04, 0.5, None, 0.9]
    changes = [{"touchpoints": [{"p": p}]} for p in chances]

    found = with_proof([*changes, None])

    assert found[-1] is None
    assert [one["touchpoints"][0]["is_proven"] for one in found[:-1]] == [False] * 4
    assert found[0]["touchpoints"][0]["p_adjusted"] == pytest.approx(0.12)


def test_facts_of_two_months_become_a_change():
    def facts(month, start, low):
        rows = []
        for number in range(start, start + 60):
            rating = 1 + number % low
            rows += make_response(number, 2 + rating // 2, {"shop": rating}, month=month)
        return make_facts(rows)

    kept = {"before": facts("2026-09", 0, 5), "after": facts("2026-10", 100, 3)}

    found = stage_change(kept, "order")

    assert (found["whole"]["n_before"], found["whole"]["n_after"]) == (60, 60)
    (row,) = found["touchpoints"]
    assert row["touchpoint"] == "shop"
    assert row["change"] > 0
    assert row["shortfall_part"] == pytest.approx(row["change"])


def test_each_period_is_weighted_to_the_mix_by_itself():
    def facts(month, start, n_customers):
        rows = []
        for number in range(60):
            rating = 1 + number % 5
            is_customer = number % 3 < n_customers
            ratings = {"shop": rating if is_customer else "not_met"}
            who = "customer" if is_customer else "prospect"
            rows += make_response(
                start + number, 2 + rating // 2, ratings, month=month, audience=who
            )
        return make_facts(rows)

    kept = {"before": facts("2026-09", 0, 1), "after": facts("2026-10", 100, 2)}
    even = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)

    (plain,) = stage_change(kept, "order")["touchpoints"]
    (weighted,) = stage_change(kept, "order", even)["touchpoints"]

    assert plain["reach_part"] > 0
    assert (weighted["reach_before"], weighted["reach_after"]) == pytest.approx((0.5, 0.5))
    assert weighted["reach_part"] == pytest.approx(0, abs=1e-9)

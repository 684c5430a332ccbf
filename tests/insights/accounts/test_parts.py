"""Who in the decision was heard, and what the accounts say in which nobody was."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from insights.accounts.parts import parts_heard
from insights.accounts.silence import contrast, silence, silent_accounts
from insights.intervals import wilson

ALONE = pd.DataFrame(columns=["stage", "size", "clusters", "total", "squares"])
NOBODY = pd.DataFrame(columns=["person", "account", "part"])


def heard_of(parts, *, scores=None, accounts=None, stage="use"):
    """One answer per person, each of an account of their own unless said otherwise."""
    n = len(parts)
    return pd.DataFrame(
        {
            "stage": stage,
            "account": accounts or [f"a{number}" for number in range(n)],
            "respondent": range(n),
            "person": [f"p{number}" for number in range(n)],
            "n": 1,
            "total": [50.0] * n if scores is None else list(scores),
            "part": list(parts),
        }
    )


def known_of(part, count, *, heard=0, accounts=None):
    """People a CRM knows of one part; the first so many are those of ``heard_of``."""
    names = [f"p{i}" if i < heard else f"unheard {i}" for i in range(count)]
    places = accounts or [f"a{i}" for i in range(count)]
    return pd.DataFrame({"person": names, "account": places, "part": part})


def of_part(frame, part):
    return frame.set_index("part").loc[part]


def test_of_those_known_the_share_heard_has_wilsons_interval():
    found = parts_heard(heard_of(["buyer"] * 6), 0, known_of("buyer", 10, heard=6))

    row = of_part(found, "buyer")
    assert (row["known"], row["persons"], row["share"]) == (10, 6, 0.6)
    assert (row["share_low"], row["share_high"]) == pytest.approx(wilson(6, 10))


def test_people_of_one_account_come_together_so_the_share_is_less_sure():
    known = known_of("buyer", 20, heard=10, accounts=[f"a{i // 2}" for i in range(20)])

    row = of_part(parts_heard(heard_of(["buyer"] * 10), 0, known), "buyer")

    low, high = wilson(10, 20)
    assert row["share_low"] < low
    assert row["share_high"] > high


def test_a_part_that_nobody_of_was_heard_is_told_as_nobody():
    row = of_part(parts_heard(heard_of(["user"] * 8), 0, NOBODY), "gatekeeper")

    assert (row["persons"], row["shown"]) == (0, True)
    assert np.isnan(row["score"])


def test_four_people_of_a_part_are_hidden_and_the_next_smallest_with_them():
    parts = ["user"] * 20 + ["buyer"] * 6 + ["gatekeeper"] * 4

    found = parts_heard(heard_of(parts), 0, NOBODY).set_index("part")

    assert found["shown"].to_dict() == {
        "decision_maker": True,
        "user": True,
        "influencer": True,
        "buyer": False,
        "gatekeeper": False,
    }
    assert found.loc[["buyer", "gatekeeper"], ["persons", "n", "score"]].isna().all(axis=None)


def test_people_of_no_account_do_not_give_a_hidden_part_away():
    parts = ["user"] * 20 + ["gatekeeper"] * 4

    found = parts_heard(heard_of(parts), 3, NOBODY).set_index("part")  # 4 and 3 hide each other

    assert found.loc["user", "shown"]
    assert not found.loc["gatekeeper", "shown"]


def test_fewer_than_five_heard_of_those_known_have_no_share():
    parts = ["buyer"] * 8

    row = of_part(parts_heard(heard_of(parts), 0, known_of("buyer", 9, heard=4)), "buyer")

    assert row["shown"]
    assert np.isnan(row["share"])


def test_an_account_is_silent_only_if_the_part_of_all_who_answered_is_known():
    heard = heard_of(
        ["decision_maker", None, "user", None, "user"], accounts=["a", "a", "b", "c", "c"]
    )

    found = silent_accounts(heard, "decision_maker")

    assert found.to_dict() == {"a": "with", "b": "without", "c": "rest"}


def test_silent_accounts_are_counted_with_their_revenue_and_who_is_known_there():
    heard = heard_of(["decision_maker"] * 6 + ["user"] * 3 + [None])
    revenues = pd.Series({"a0": 100.0, "a6": 200.0, "a7": np.nan, "a9": 1e6, "elsewhere": 5e6})
    known = known_of("decision_maker", 1, accounts=["a8"])

    row = of_part(silence(heard, known, revenues), "decision_maker")

    assert (row["accounts"], row["silent"], row["known"]) == (9, 3, 1)
    assert row["share"] == pytest.approx(1 / 3)
    assert (row["low"], row["high"]) == pytest.approx(wilson(3, 9))
    assert row["revenue_share"] == pytest.approx(200 / 300)


def test_where_a_few_were_heard_or_a_few_accounts_answered_silence_is_not_told():
    few_heard = silence(heard_of(["buyer"] * 4 + ["user"] * 9), NOBODY, pd.Series(dtype=float))
    few_accounts = silence(heard_of(["user"] * 4), NOBODY, pd.Series(dtype=float))

    assert not of_part(few_heard, "buyer")["shown"]
    assert pd.isna(of_part(few_heard, "buyer")["silent"])
    assert of_part(few_heard, "gatekeeper")["silent"] == 13
    assert not few_accounts["shown"].any()


def test_with_and_without_are_compared_by_welch_when_everybody_is_an_account():
    random = np.random.default_rng(5)
    scores = [*random.choice([50.0, 75, 100], 30), *random.choice([25.0, 50, 75], 20)]
    heard = heard_of(["decision_maker"] * 30 + ["user"] * 20, scores=scores)

    found = contrast(heard, ALONE, silent_accounts(heard, "decision_maker")).iloc[0]

    assert found["change"] == pytest.approx(np.mean(scores[:30]) - np.mean(scores[30:]))
    assert (found["accounts_with"], found["accounts_without"]) == (30, 20)
    # Leaving out one of n gives n / (n - 1) times the usual variance of a mean.
    variances = [np.var(part, ddof=1) / (len(part) - 1) for part in (scores[:30], scores[30:])]
    freedom = sum(variances) ** 2 / (variances[0] ** 2 / 29 + variances[1] ** 2 / 19)
    wide = stats.t.ppf(0.975, freedom) * np.sqrt(sum(variances))
    assert found["high"] - found["change"] == pytest.approx(wide, rel=1e-9)
    assert found["is_clear"]


@pytest.mark.parametrize(("n_with", "n_without"), [(4, 20), (20, 4), (20, 0)])
def test_a_side_of_fewer_than_five_is_not_compared(n_with, n_without):
    heard = heard_of(["decision_maker"] * n_with + ["user"] * n_without)

    found = contrast(heard, ALONE, silent_accounts(heard, "decision_maker")).iloc[0]

    assert not found["shown"]
    assert found[["score_with", "score_without", "change", "p"]].isna().all()


def test_three_people_who_stand_on_no_side_do_not_follow_from_the_total():
    heard = heard_of(["decision_maker"] * 9 + ["user"] * 9 + [None] * 3)

    found = contrast(heard, ALONE, silent_accounts(heard, "decision_maker")).iloc[0]

    assert not found["shown"]

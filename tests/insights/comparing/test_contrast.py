"""Two sides, in every stage and touchpoint of a report."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from insights.cells import collect
from insights.comparing.contrast import contrast, places_of
from insights.comparing.shrinkage import shrink
from tests.insights.facts_factory import make_fact, make_facts, make_response


def sides_of(a, b):
    rows = [(fact, False) for fact in a] + [(fact, True) for fact in b]
    apart = [fact | {"audience": "b" if is_b else "a"} for fact, is_b in rows]
    facts = places_of(make_facts(apart))
    return facts.mutate(is_b=facts.audience == "b")


def answers(start, values, **given):
    return [
        fact
        for number, value in enumerate(values, start)
        for fact in make_response(number, value, {"shop": value}, **given)
    ]


def clustered(seed=5):
    """Thirty accounts, some on both sides, in four stages with three touchpoints each."""
    random = np.random.default_rng(seed)
    sides = [], []
    for number in range(240):
        account = int(random.integers(30))
        level = random.normal(0, 0.8) if number % 2 else account % 3 - 1
        is_b = bool(random.random() < (0.5 if account < 20 else float(account < 25)))
        stage = f"s{number % 4}"
        values = np.clip(np.round(random.normal(3 + level - 0.6 * is_b, 1, 4)), 1, 5)
        ratings = {f"t{at}": float(value) for at, value in enumerate(values[1:])}
        sides[is_b].extend(
            make_response(number, float(values[0]), ratings, stage=stage, account=f"c{account}")
        )
    return sides


def leave_one_out(frame):
    """The difference of a cell and its error, without each account once, in plain pandas."""

    def difference(kept):
        means = kept.groupby("is_b")["score"].mean()
        return means[True] - means[False]

    whole = difference(frame)
    without = [difference(frame[frame["cluster"] != c]) for c in frame["cluster"].unique()]
    return whole, math.sqrt(sum((each - whole) ** 2 for each in without))


def test_each_difference_is_that_of_leaving_out_one_account_at_a_time():
    sides = sides_of(*clustered())
    found = contrast(sides)
    frame = collect(sides.filter(sides.is_answer))

    assert len(found) == 16
    for row in found.to_dict("records"):
        name = row["touchpoint"]
        of_cell = frame["touchpoint"].isna() if pd.isna(name) else frame["touchpoint"] == name
        cell = frame[(frame["stage"] == row["stage"]) & of_cell]
        whole, error = leave_one_out(cell)
        assert row["difference"] == pytest.approx(whole, rel=1e-9)
        assert row["error"] == pytest.approx(error, rel=1e-9)
        assert row["n_a"] == (~cell["is_b"]).sum()
        assert row["persons_b"] == cell.loc[cell["is_b"], "respondent"].nunique()


def test_p_values_are_adjusted_over_all_cells_as_statsmodels_does():
    found = contrast(sides_of(*clustered()))
    proven, expected, *_ = multipletests(found["p"], alpha=0.10, method="fdr_bh")

    assert found["p_adjusted"].to_numpy() == pytest.approx(expected, rel=1e-9)
    assert found["is_proven"].tolist() == proven.tolist()
    assert 0 < proven.sum() < len(found)


def test_only_cells_of_the_report_are_adjusted_over():
    sides = sides_of(*clustered())
    places = {("s0", None), ("s0", "t1"), ("s3", "t2"), ("gone", None)}
    found = contrast(sides, places=places)
    expected = multipletests(found["p"], method="fdr_bh")[1]

    assert found[["stage", "touchpoint"]].fillna("").to_numpy().tolist() == [
        ["s0", "t1"],
        ["s0", ""],
        ["s3", "t2"],
    ]
    assert found["p_adjusted"].to_numpy() == pytest.approx(expected, rel=1e-9)


def test_differences_are_shrunk_over_the_report_and_scores_within_their_stage():
    found = contrast(sides_of(*clustered()))
    moved = shrink(found["difference"], found["error"])[0]

    assert found["shrunk"].to_numpy() == pytest.approx(moved, rel=1e-9)
    assert found["shrunk_a"].isna().all()  # three touchpoints tell too little of their spread


def test_four_touchpoints_of_a_stage_move_towards_each_other():
    facts = [
        make_response(
            number,
            3,
            {f"t{at}": 1 + (number // 2 + at * at) % (2 + at) for at in range(4)},
            account=f"c{number}",
        )
        for number in range(40)
    ]
    lists = [[fact for one in facts[side::2] for fact in one] for side in (0, 1)]
    found = contrast(sides_of(*lists))
    touchpoints = found[found["touchpoint"].notna()]

    assert touchpoints["shrunk_a"].notna().all()
    assert touchpoints["shrunk_a"].std() < touchpoints["score_a"].std()
    assert found.loc[found["touchpoint"].isna(), "shrunk_a"].isna().all()


def test_a_side_of_four_persons_shows_nothing():
    found = contrast(sides_of(answers(0, [5] * 4), answers(100, [1, 2, 3] * 10)))
    numbers = found.drop(columns=["stage", "touchpoint", "is_proven", "shown", "few", "reason"])

    assert found["reason"].tolist() == ["too_few_persons"] * 2
    assert numbers.isna().all(axis=None)
    assert not found[["shown", "is_proven", "few"]].any(axis=None)


def test_a_stage_that_one_side_was_not_asked_about_says_so():
    found = contrast(
        sides_of(answers(0, [3, 4] * 20), answers(100, [3, 4] * 20, stage="after"))
    ).set_index("stage")

    assert found.loc["order", "reason"].tolist() == ["not_asked_b"] * 2
    assert found.loc["after", "reason"].tolist() == ["not_asked_a"] * 2


def test_who_was_asked_and_did_not_answer_is_no_stage_not_asked():
    silent = [
        make_fact(100 + n, metric="rating", touchpoint="shop", state="not_met") for n in range(9)
    ]
    found = contrast(sides_of(answers(0, [3, 4] * 20), silent)).set_index("touchpoint")

    assert found.loc["shop", "reason"] == "too_few_persons"


def test_another_kind_of_question_is_not_compared_though_scores_are_shown():
    nps = [make_fact(100 + n, metric="nps", value=n % 11, is_overall=True) for n in range(40)]
    row = contrast(sides_of([f for f in answers(0, [3, 4] * 20) if f["is_overall"]], nps)).iloc[0]

    assert row["reason"] == "asked_differently"
    assert row["score_a"] == 62.5
    assert row["n_b"] == 40
    assert pd.isna(row["difference"])
    assert pd.isna(row["p"])
    assert not row["is_proven"]


def test_answers_that_are_all_alike_and_four_accounts_have_a_reason():
    flat = sides_of(answers(0, [5] * 9), answers(100, [1] * 9))
    few = sides_of(
        answers(0, [1, 5] * 9),
        [f | {"cluster": f["respondent"] % 4} for f in answers(100, [2, 4] * 9)],
    )

    assert contrast(flat)["reason"].tolist() == ["no_variation"] * 2
    assert contrast(flat)["difference"].tolist() == [-100.0] * 2
    assert contrast(few)["reason"].tolist() == ["too_few_accounts"] * 2
    assert contrast(few)[["low", "high", "p", "smallest", "shrunk"]].isna().all(axis=None)


def test_fewer_than_thirty_answers_on_a_side_are_few():
    few = contrast(sides_of(answers(0, [1, 2, 3] * 9), answers(100, [1, 2, 3] * 20)))
    many = contrast(sides_of(answers(0, [1, 2, 3] * 10), answers(100, [1, 2, 3] * 20)))

    assert few["few"].tolist() == [True, True]
    assert many["few"].tolist() == [False, False]


def test_no_interval_leaves_the_scale():
    found = contrast(sides_of(answers(0, [5, 5, 5, 5, 1]), answers(100, [1, 1, 1, 1, 5])))

    assert found["high_a"].tolist() == [100.0] * 2
    assert found["low_b"].tolist() == [0.0] * 2
    assert found["low"].ge(-100).all()


def test_cells_that_would_give_away_others_are_hidden_whole():
    hidden = pd.DataFrame({"stage": ["order"], "touchpoint": [None]})
    sides = sides_of(answers(0, [1, 2, 3] * 10), answers(100, [1, 2, 3] * 20))
    found = contrast(sides, hidden=hidden).set_index("touchpoint")

    assert found.loc["shop", "shown"]
    row = found[found.index.isna()].iloc[0]
    assert row["reason"] == "gives_away"
    assert row[["n_a", "score_b", "difference", "p", "shrunk"]].isna().all()


def test_no_facts_give_no_rows_but_every_column():
    found = contrast(sides_of([], []))

    assert found.empty
    assert {"difference", "shrunk", "reason", "few"} <= set(found.columns)

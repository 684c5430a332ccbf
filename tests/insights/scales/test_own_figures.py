import numpy as np
import pytest

from insights.intervals import nps_interval, wilson
from insights.scales.own_figures import own_figures
from tests.insights.facts_factory import make_fact, make_facts


def figures(facts):
    return own_figures(make_facts(facts)).set_index("figure")


def nps_facts(promoters, passives, detractors, **given):
    values = [9] * promoters + [8] * passives + [6] * detractors
    return [make_fact(n, metric="nps", value=value, **given) for n, value in enumerate(values)]


def test_nps_of_persons_has_the_score_interval():
    nps = figures(nps_facts(50, 30, 20)).loc["nps"]

    assert (nps["n"], nps["value"]) == (100, 30.0)
    assert (nps["low"], nps["high"]) == pytest.approx(nps_interval(50, 30, 20))


def test_share_satisfied_of_persons_has_wilsons_interval():
    facts = [make_fact(n, value=4 if n < 15 else 3) for n in range(20)]
    top = figures(facts).loc["top_two"]

    assert top["value"] == 0.75
    assert (top["low"], top["high"]) == pytest.approx(wilson(15, 20))


def test_effort_has_a_mean_and_a_share():
    values = [5, 6, 7, 4, 3, 1]
    found = figures([make_fact(n, metric="effort", value=v) for n, v in enumerate(values)])

    assert found.loc["easy", "value"] == 0.5
    assert found.loc["effort", "value"] == pytest.approx(np.mean(values))
    assert 1 <= found.loc["effort", "low"] < found.loc["effort", "high"] <= 7


def test_accounts_widen_the_intervals():
    alone = nps_facts(30, 20, 10) + [make_fact(n, value=5 if n < 30 else 2) for n in range(60)]
    together = [fact | {"cluster": int(fact["respondent"]) // 6} for fact in alone]
    narrow, wide = figures(alone), figures(together)

    for figure in ("nps", "top_two"):
        assert wide.loc[figure, "value"] == narrow.loc[figure, "value"]
        assert wide.loc[figure, "low"] < narrow.loc[figure, "low"]
        assert wide.loc[figure, "high"] > narrow.loc[figure, "high"]


def test_accounts_that_all_promote_count_once_each():
    facts = [fact | {"cluster": n % 10} for n, fact in enumerate(nps_facts(60, 0, 0))]
    facts += [make_fact(n, value=5) | {"cluster": n % 10} for n in range(60)]
    found = figures(facts)

    assert found.loc["nps", "low"] == pytest.approx(nps_interval(10, 0, 0).low)
    assert found.loc["top_two", "low"] == pytest.approx(wilson(10, 10).low)


def test_four_accounts_have_no_interval_and_four_persons_no_figure():
    few_accounts = [fact | {"cluster": n % 4} for n, fact in enumerate(nps_facts(9, 9, 9))]

    assert np.isnan(figures(few_accounts).loc["nps", "low"])
    assert not figures(nps_facts(2, 1, 1)).loc["nps", "shown"]


def test_choices_sentiment_and_no_facts_have_no_figure():
    assert own_figures(
        make_facts([make_fact(n, metric="sentiment", value=0.5) for n in range(9)])
    ).empty
    assert own_figures(make_facts([])).empty


def of_length(points, values, metric="satisfaction", low=1, **given):
    """Answers on a scale of another length, each by somebody else."""
    return [
        make_fact(n, metric=metric, value=value, **given)
        | {"score": 100 * (value - low) / (points - 1)}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("points", "low", "passing"),
    [(5, 1, 4), (6, 1, 5), (7, 1, 6), (8, 1, 7), (9, 1, 7), (10, 1, 8), (11, 0, 8)],
)
def test_the_share_satisfied_of_any_length_begins_at_a_score_of_75(points, low, passing):
    values = range(low, low + points)
    top = figures(of_length(points, values, low=low)).loc["top_two"]

    assert (top["passing"], top["best"]) == (passing, values[-1])
    assert top["value"] == pytest.approx(len(range(passing, values[-1] + 1)) / points)
    assert (top["low"], top["high"]) == pytest.approx(wilson(values[-1] + 1 - passing, points))


@pytest.mark.parametrize("points", [2, 3, 4])
@pytest.mark.parametrize("metric", ["satisfaction", "smileys", "effort"])
def test_a_scale_of_two_to_four_points_has_no_share_satisfied_or_easy(points, metric):
    values = [1 + n % points for n in range(12)]

    assert own_figures(make_facts(of_length(points, values, metric))).empty


def test_short_scales_are_left_out_of_a_share_to_which_others_count():
    facts = of_length(5, [5, 5, 4, 2, 1, 1]) + of_length(3, [3] * 6 + [2] * 6, version=2)
    top = figures(facts).loc["top_two"]

    assert (top["n"], top["value"]) == (6, 0.5)


def test_scales_of_several_lengths_make_one_share_without_naming_an_answer():
    facts = of_length(5, [5, 4, 3, 1, 1]) + of_length(7, [7, 6, 5, 1, 1], survey="s2")
    top = figures(facts).loc["top_two"]

    assert (top["n"], top["value"]) == (10, 0.4)
    assert np.isnan(top["passing"])


@pytest.mark.parametrize("yes", [0, 100])
def test_yes_is_counted_whether_it_is_good_or_bad(yes):
    scores = {1: yes, 0: 100 - yes}
    facts = [
        make_fact(n, metric="yes_no", value=n % 4 == 0) | {"score": scores[n % 4 == 0]}
        for n in range(20)
    ]
    found = figures(facts).loc["yes"]

    assert found["value"] == 0.25
    assert (found["low"], found["high"]) == pytest.approx(wilson(5, 20))


def test_five_faces_have_a_share_satisfied():
    assert figures(of_length(5, [5, 4, 3, 2, 1], "smileys")).loc["top_two", "value"] == 0.4

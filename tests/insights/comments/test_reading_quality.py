"""What readings are worth, held against labels and ratings."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from insights.comments.reading_quality import (
    Evidence,
    Verdict,
    agreement_with_labels,
    agreement_with_ratings,
    verdict,
)
from insights.plain import plain_rows
from tests.insights.facts_factory import make_fact, make_facts


def labels(said, given, draw="random"):
    frame = pd.DataFrame({"said": said, "given": given, "draw": draw})
    return frame.assign(survey="s1", language="nl", touchpoint=None, respondent=range(len(said)))


def only(frame):
    (row,) = plain_rows(frame)
    return row


def wrote(number, polarity, score=None, **given):
    """A comment on a stage and, where there is one, the overall score beside it."""
    facts = [make_fact(number, metric="sentiment", value=polarity, question="why", **given)]
    overall = make_fact(number, **given) | {"score": score}
    return facts if score is None else [*facts, overall]


def facts(rows):
    return make_facts([fact for one in rows for fact in one])


class TestLabels:
    def test_unsure_counts_as_wrong_and_mixed_as_neutral(self):
        said = ["positive", "mixed", "unsure", "negative", "unread"]
        given = ["positive", "neutral", "positive", "mixed", "negative"]
        row = only(agreement_with_labels(labels(said, given)))

        assert (row["n"], row["agreement"]) == (5, 0.4)
        assert (round(row["low"], 3), round(row["high"], 3)) == (0.118, 0.769)

    def test_kappa_weighs_what_is_off_by_two_twice(self):
        # By hand: off by 0, 2, 1, 0, so 3/4 of a class; by chance 11/8 - the 16 pairs of
        # said 2, 2, 1, 0 and given 2, 0, 2, 0 differ by 16 in all, so 1.
        row = only(
            agreement_with_labels(
                labels(
                    ["positive", "positive", "neutral", "negative", "unsure"],
                    ["positive", "negative", "positive", "negative", "negative"],
                )
            )
        )

        assert row["kappa"] == pytest.approx(0.25)

    def test_thirty_drawn_by_chance_count_alone(self):
        chance = labels(["positive"] * 30, ["positive"] * 30)
        seen = labels(["positive"] * 20, ["negative"] * 20, "seen")
        row = only(agreement_with_labels(pd.concat([chance, seen])))

        assert (row["n"], row["agreement"], row["is_by_chance"]) == (30, 1.0, True)

    def test_with_fewer_all_count_and_it_is_said(self):
        chance = labels(["positive"] * 29, ["positive"] * 29)
        seen = labels(["positive"] * 29, ["negative"] * 29, "seen")
        row = only(agreement_with_labels(pd.concat([chance, seen])))

        assert (row["n"], row["agreement"], row["is_by_chance"]) == (58, 0.5, False)

    def test_labels_of_four_persons_are_not_shown(self):
        frame = labels(["positive"] * 8, ["positive"] * 8).assign(respondent=[1, 2, 3, 4] * 2)
        row = only(agreement_with_labels(frame))

        assert (row["n"], row["agreement"], row["shown"]) == (None, None, False)

    def test_no_labels_are_no_rows(self):
        assert agreement_with_labels(labels([], [])).empty


class TestRatings:
    def test_the_correlation_is_spearmans_with_ties(self):
        generator = np.random.default_rng(3)
        polarity = generator.uniform(-1, 1, 200).round(1)
        score = np.clip(50 + 40 * polarity + generator.normal(0, 30, 200), 0, 100).round(-1)
        rows = [wrote(n, *pair) for n, pair in enumerate(zip(polarity, score, strict=True))]
        row = only(agreement_with_ratings(facts(rows)))

        assert (row["survey"], row["language"], row["n"]) == ("s1", "nl", 200)
        assert row["rho"] == pytest.approx(spearmanr(polarity, score).statistic)
        assert row["low"] < row["rho"] < row["high"]

    def test_the_interval_is_that_of_accounts(self):
        values = [(k % 7 / 7, 10.0 * (k % 5)) for k in range(60)]
        alone = only(agreement_with_ratings(facts([wrote(k, *v) for k, v in enumerate(values)])))
        together = [wrote(k, *v, account=f"a{k % 10}") for k, v in enumerate(values)]
        shared = only(agreement_with_ratings(facts(together)))

        assert (alone["rho"], alone["n"]) == (shared["rho"], shared["n"])
        assert (alone["clusters"], shared["clusters"]) == (60, 10)
        assert shared["high"] - shared["low"] > 2 * (alone["high"] - alone["low"])

    def test_a_comment_on_a_touchpoint_is_held_against_its_own_rating(self):
        rows = []
        for k in range(6):
            comment = make_fact(
                k, metric="sentiment", value=k / 6, question="why", touchpoint="shop"
            )
            rating = make_fact(k, metric="rating", touchpoint="shop", value=1 + k % 5)
            rows.append([comment, rating, make_fact(k, value=5)])
        row = only(agreement_with_ratings(facts(rows)))

        assert row["n"] == 6
        assert row["rho"] == pytest.approx(spearmanr(range(6), [1, 2, 3, 4, 5, 1]).statistic)

    def test_a_comment_without_a_score_or_a_reading_is_no_pair(self):
        rows = [wrote(k, k / 9, 10.0 * k) for k in range(6)]
        rows += [wrote(7, 0.5), [make_fact(8), wrote(8, 0.1)[0] | {"value": None}]]

        assert only(agreement_with_ratings(facts(rows)))["n"] == 6

    def test_comments_that_are_all_alike_have_no_correlation(self):
        row = only(agreement_with_ratings(facts([wrote(k, 0.5, 10.0 * k) for k in range(9)])))

        assert (row["n"], row["rho"], row["low"]) == (9, None, None)

    def test_four_persons_are_not_shown(self):
        row = only(agreement_with_ratings(facts([wrote(k, k / 9, 10.0 * k) for k in range(4)])))

        assert (row["n"], row["rho"], row["clusters"], row["shown"]) == (None, None, None, False)

    def test_no_facts_are_no_rows(self):
        assert agreement_with_ratings(make_facts([])).empty


class TestVerdict:
    @pytest.mark.parametrize(
        ("rho", "high", "n", "expected"),
        [
            (0.62, 0.68, 240, Verdict.GOOD),
            (0.1, 0.2, 240, Verdict.POOR),
            (-0.4, -0.2, 240, Verdict.POOR),
            (0.28, 0.5, 40, Verdict.UNKNOWN),
            (0.1, 0.2, 29, Verdict.UNKNOWN),
            (None, None, 90, Verdict.UNKNOWN),
            (None, None, None, Verdict.UNKNOWN),
        ],
    )
    def test_ratings_decide_where_there_are_thirty(self, rho, high, n, expected):
        found = verdict(None, {"n": n, "rho": rho, "low": None, "high": high})

        assert (found.verdict, found.evidence) == (expected, Evidence.RATINGS)

    @pytest.mark.parametrize(
        ("share", "high", "expected"),
        [(0.7, 0.8, Verdict.GOOD), (0.5, 0.65, Verdict.UNKNOWN), (0.4, 0.55, Verdict.POOR)],
    )
    def test_labels_drawn_by_chance_decide_before_ratings(self, share, high, expected):
        by_labels = {"n": 50, "agreement": share, "low": 0.3, "high": high, "is_by_chance": True}
        by_ratings = {"n": 500, "rho": 0.1, "low": 0.0, "high": 0.2}

        assert verdict(by_labels, by_ratings)[:2] == (expected, Evidence.LABELS)

    def test_labels_of_what_was_wrong_decide_nothing(self):
        by_labels = {"n": 50, "agreement": 0.1, "low": 0, "high": 0.2, "is_by_chance": False}

        assert verdict(by_labels, None).verdict is Verdict.UNKNOWN

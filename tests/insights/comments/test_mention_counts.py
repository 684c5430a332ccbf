import pytest

from insights.comments.mention_counts import mention_counts
from tests.insights.facts_factory import make_fact, make_facts


def named(polarities, touchpoint="app", **given):
    """One mention per person; none as polarity is one that nobody read."""
    return [
        make_fact(number, touchpoint=touchpoint, **given)
        | {"metric": "mention", "value": polarity, "score": None, "is_overall": False}
        for number, polarity in enumerate(polarities)
    ]


def test_mentions_are_counted_and_what_is_said_is_averaged():
    found = mention_counts(make_facts(named([0.9, 0.5, 0.1, -0.6, -0.4, None]))).iloc[0]

    assert found[["stage", "touchpoint", "persons", "n"]].tolist() == ["order", "app", 6, 6]
    assert found["mean"] == pytest.approx(0.1)
    assert (found["positive"], found["negative"]) == (0.4, 0.4)
    assert -1 <= found["low"] < 0.1 < found["high"] <= 1
    assert (found["shown"], found["asked"]) == (True, False)


def test_a_touchpoint_that_the_survey_asked_about_is_asked():
    rated = [make_fact(9, metric="rating", touchpoint="app")]

    found = mention_counts(make_facts(named([0.5] * 5) + named([0.5] * 5, "chat") + rated))

    assert found[["touchpoint", "asked"]].values.tolist() == [["app", True], ["chat", False]]


def test_numbers_about_four_persons_are_hidden():
    found = mention_counts(make_facts(named([0.5] * 4)))

    assert (
        found[["persons", "n", "mean", "low", "high", "positive", "negative"]].isna().all(axis=None)
    )
    assert found["shown"].tolist() == [False]


def test_what_four_persons_said_is_hidden_where_more_named_it():
    found = mention_counts(make_facts(named([0.5] * 4 + [None] * 3))).iloc[0]

    assert (found["n"], found["shown"]) == (7, True)
    assert found[["mean", "positive", "negative"]].isna().all()


def test_one_person_who_names_it_five_times_is_one_person():
    facts = [fact | {"respondent": 1, "cluster": 1} for fact in named([0.5] * 5)]

    assert mention_counts(make_facts(facts))["shown"].tolist() == [False]


def test_no_mentions_make_no_rows_but_all_columns():
    found = mention_counts(make_facts([make_fact(1)]))

    assert found.empty
    assert list(found) == list(mention_counts(make_facts(named([0.5] * 5))))


def test_nobody_read_any_of_them():
    found = mention_counts(make_facts(named([None] * 6))).iloc[0]

    assert (found["n"], found["shown"]) == (6, True)
    assert found[["mean", "low", "high", "positive", "negative"]].isna().all()

import pytest

from insights.comments.sentiment_scores import sentiment_scores
from tests.insights.facts_factory import make_fact, make_facts


def comments(polarities, **given):
    return [
        make_fact(number, metric="sentiment", value=polarity, **given)
        for number, polarity in enumerate(polarities)
    ]


def test_comments_are_averaged_and_split_in_three():
    facts = comments([0.9, 0.5, 0.1, 0.0, -0.3, -0.5]) + comments([0.4] * 6, touchpoint="shop")
    found = sentiment_scores(make_facts(facts))
    shop, stage = found.iloc[0], found.iloc[1]

    assert stage["touchpoint"] != stage["touchpoint"]  # null: about the stage as a whole
    assert stage["mean"] == pytest.approx(0.7 / 6)
    shares = stage[["positive", "neutral", "negative"]].tolist()
    assert shares == pytest.approx([2 / 6, 2 / 6, 2 / 6])
    assert (shop["touchpoint"], shop["n"], shop["positive"]) == ("shop", 6, 1.0)


def test_comments_of_four_persons_are_hidden_and_no_comments_have_no_row():
    found = sentiment_scores(make_facts(comments([0.5] * 4)))

    assert found[["n", "mean", "positive"]].isna().all(axis=None)
    assert sentiment_scores(make_facts([])).empty

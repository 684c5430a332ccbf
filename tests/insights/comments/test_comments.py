"""Which comments are shown, and what beside them."""

from insights.comments.comments import Order, comments
from tests.insights.facts_factory import make_fact, make_facts


def wrote(number, **given):
    """A comment, and the rating of the shop beside it."""
    rating = make_fact(number, metric="rating", touchpoint="shop", value=2, **given)
    return [make_fact(number, metric="sentiment", value=-0.5, question="why", **given), rating]


def found(rows):
    kept = comments(
        make_facts([fact for one in rows for fact in one]), "order", "shop", order=Order.NEWEST
    )
    return {row["response"]: row for row in kept.to_dict("records")}


def test_month_and_rating_stand_beside_a_comment_of_a_month_in_which_five_wrote():
    kept = found([wrote(number) for number in range(5)])

    assert [(row["month"], row["score"]) for row in kept.values()] == [("2026-10", 25.0)] * 5


def test_neither_stands_beside_a_comment_of_a_month_in_which_four_wrote():
    early = [wrote(number, month="2026-09") for number in range(4)]
    kept = found([*early, *(wrote(number) for number in range(4, 9))])

    assert len(kept) == 9
    for number in range(4):
        assert not isinstance(kept[f"r{number}"]["month"], str)
        assert kept[f"r{number}"]["score"] != kept[f"r{number}"]["score"]  # no number
    assert kept["r4"]["month"] == "2026-10"


def test_five_comments_of_one_person_are_those_of_one_person():
    many = [wrote(number, person="Els", month="2026-09") for number in range(5)]
    kept = found([*many, *(wrote(number) for number in range(5, 10))])

    assert not isinstance(kept["r0"]["month"], str)

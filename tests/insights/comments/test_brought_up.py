"""What people bring up is told once, unasked things first."""

from insights.comments.brought_up import named_once, worth_telling
from insights.comments.mention_counts import mention_counts
from tests.insights.facts_factory import make_fact, make_facts

KNOWN = {("buy", "app"), ("use", "app"), ("buy", "price"), ("buy", "parking")}


def mentions(touchpoint, n, polarity=-0.5, stage="buy"):
    return [
        make_fact(number, metric="mention", stage=stage, touchpoint=touchpoint, value=polarity)
        for number in range(n)
    ]


def asked(touchpoint, stage="buy"):
    return [make_fact(99, metric="rating", stage=stage, touchpoint=touchpoint, value=4.0)]


def test_what_nobody_asked_about_comes_first_and_small_groups_are_not_told():
    facts = make_facts(
        mentions("price", 40) + asked("price") + mentions("parking", 6) + mentions("app", 4)
    )

    rows = named_once(mention_counts(facts), KNOWN)

    assert [(row["touchpoint"], row["shown"]) for row in rows] == [
        ("parking", True),
        ("app", False),
        ("price", True),
    ]
    assert [row["touchpoint"] for row in worth_telling(facts, KNOWN)] == ["parking"]


def test_a_word_that_names_a_touchpoint_of_two_stages_counts_where_it_was_asked():
    facts = make_facts(mentions("app", 8) + mentions("app", 8, stage="use") + asked("app", "use"))

    rows = named_once(mention_counts(facts), KNOWN)

    assert [(row["stage"], row["touchpoint"]) for row in rows] == [("use", "app")]


def test_with_nothing_unasked_the_most_blamed_of_many_is_told():
    facts = make_facts(mentions("price", 40) + asked("price") + mentions("app", 9) + asked("app"))

    (row,) = worth_telling(facts, KNOWN)

    assert (row["touchpoint"], row["negative"], row["persons"]) == ("price", 1.0, 40)
    assert 0.9 < row["low"] < row["high"] == 1


def test_retired_touchpoints_are_left_out():
    assert worth_telling(make_facts(mentions("fax", 9)), KNOWN) == []

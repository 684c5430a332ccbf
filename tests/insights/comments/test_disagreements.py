"""Comments that say the opposite of the rating beside them."""

from insights.comments.comments import Order, comments
from insights.comments.disagreements import clashing, disagreements
from insights.plain import plain_rows
from tests.insights.facts_factory import make_fact, make_facts


def wrote(number, polarity, overall, **given):
    """A comment on the stage, with the overall answer of the same response."""
    comment = make_fact(number, metric="sentiment", value=polarity, question="why", **given)
    return [comment, make_fact(number, value=overall, **given)]


def facts(*rows):
    return make_facts([fact for one in rows for fact in one])


def named(number, touchpoint, polarity, **given):
    """What the comment says of a touchpoint it names."""
    fact = make_fact(number, metric="sentiment", value=polarity, question="why", **given)
    return fact | {"metric": "mention", "touchpoint": touchpoint}


def only(frame):
    (row,) = plain_rows(frame)
    return row


def test_blame_beside_a_good_score_and_praise_beside_a_bad_one_clash():
    rows = [wrote(k, -0.5, 4) for k in range(3)] + [wrote(k, 0.5, 2) for k in range(3, 6)]
    rows += [wrote(k, 0.4, 1) for k in range(6, 9)] + [wrote(k, -0.9, 3) for k in range(9, 12)]
    row = only(disagreements(facts(*rows)))

    assert (row["stage"], row["touchpoint"]) == ("order", None)
    assert (row["persons"], row["n"], row["of"], row["share"]) == (6, 6, 12, 0.5)
    assert row["other"] == 6


def test_somebody_whose_ratings_are_all_at_the_wrong_end_took_the_scale_the_other_way():
    rows = []
    for k in range(6):
        rating = make_fact(k, metric="rating", touchpoint="shop", value=1)
        rows.append([*wrote(k, 0.9, 1), rating])
    for k in range(6, 12):
        rating = make_fact(k, metric="rating", touchpoint="shop", value=5)
        rows.append([*wrote(k, 0.9, 1), rating])
    row = only(disagreements(facts(*rows)))

    assert (row["n"], row["scale_misread"], row["other"]) == (12, 6, 6)


def test_one_answer_alone_does_not_tell_that_the_scale_was_misread():
    row = only(disagreements(facts(*[wrote(k, 0.9, 1) for k in range(6)])))

    assert (row["scale_misread"], row["other"]) == (None, 6)


def test_a_but_is_what_the_caller_found_in_the_text():
    rows = [wrote(k, -0.9, 5) for k in range(10)]
    row = only(disagreements(facts(*rows), contrasts={(f"r{k}", "why") for k in range(5)}))

    assert (row["but"], row["other"]) == (5, 5)


def test_praise_of_people_in_a_bad_stage():
    rows = [[*wrote(k, 0.9, 1), named(k, "helpdesk", 0.8)] for k in range(5)]
    rows += [[*wrote(k, 0.9, 1), named(k, "shop", 0.8)] for k in range(5, 10)]
    found = disagreements(facts(*rows), people={("order", "helpdesk")})

    assert only(found)["saved_by_a_person"] == 5


def test_a_named_touchpoint_is_held_against_its_own_rating():
    rows = []
    for k in range(5):
        rating = make_fact(k, metric="rating", touchpoint="shop", value=5)
        rows.append([*wrote(k, 0.0, 3), named(k, "shop", -0.8), rating])
    whole, shop = plain_rows(disagreements(facts(*rows)).sort_values("n", na_position="first"))

    assert (whole["touchpoint"], whole["shown"]) == (None, False)
    assert (shop["touchpoint"], shop["n"], shop["of"]) == ("shop", 5, 5)
    assert clashing(facts(*rows), "order", "shop", 2) == [("r0", "why"), ("r1", "why")]


def test_a_clash_of_four_persons_is_not_shown_however_often_they_write():
    rows = [wrote(k, 0.9, 1, person=f"p{k % 4}") for k in range(8)]
    rows += [wrote(k, 0.9, 5) for k in range(8, 20)]
    table = facts(*rows)
    row = only(disagreements(table))

    assert (row["n"], row["of"], row["share"], row["other"]) == (None, None, None, None)
    assert clashing(table, "order") == []


def test_a_kind_of_fewer_than_five_is_hidden_with_another_so_that_neither_can_be_told():
    rows = [wrote(k, -0.9, 5) for k in range(12)]
    row = only(disagreements(facts(*rows), contrasts={(f"r{k}", "why") for k in range(3)}))

    assert (row["n"], row["but"], row["other"]) == (12, None, None)


def test_no_facts_are_no_rows():
    assert disagreements(make_facts([])).empty
    assert clashing(make_facts([])) == []


def test_the_strongest_clash_is_read_first():
    table = facts(*[wrote(k, polarity, 5) for k, polarity in enumerate([-0.6, 0.9, -1, -0.4, 0])])
    read = comments(table, "order", order=Order.CONTRADICTING)

    assert read["response"].tolist() == ["r2", "r0", "r3", "r4", "r1"]
    assert clashing(table, "order") == []  # two persons


def test_beside_a_touchpoint_its_own_rating_counts():
    rows = []
    for k, rating in enumerate([5, 1, 4, 3, 2]):
        fact = make_fact(k, metric="rating", touchpoint="shop", value=rating)
        rows.append([*wrote(k, -0.8, 1), fact])
    read = comments(facts(*rows), "order", "shop", order=Order.CONTRADICTING)

    assert read["response"].tolist() == ["r0", "r2", "r3", "r4", "r1"]

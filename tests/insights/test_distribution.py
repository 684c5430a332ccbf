from insights.distribution import distribution
from tests.insights.facts_factory import make_fact, make_facts, make_response


def test_answers_are_counted_per_value():
    facts = [f for n, v in enumerate([1, 5, 5, 5, 3, 3]) for f in make_response(n, v, {"shop": 2})]
    whole = distribution(make_facts(facts), "order")
    shop = distribution(make_facts(facts), "order", "shop")

    assert whole["value"].tolist() == [1, 2, 3, 4, 5]
    assert whole["n"].tolist() == [1, 0, 2, 0, 3]
    assert whole["share"].sum() == 1
    assert shop[["value", "n"]].to_numpy().tolist() == [[1, 0], [2, 6], [3, 0], [4, 0], [5, 0]]


def test_four_persons_have_no_distribution_however_often_they_answer():
    facts = [f for n in range(20) for f in make_response(n, 1 + n % 5, person=f"p{n % 4}")]

    assert distribution(make_facts(facts), "order").empty


def test_no_answers_have_no_distribution():
    assert distribution(make_facts([]), "order").empty
    assert distribution(make_facts([]), "order", "shop").empty


def of_scale(*pairs):
    """One answer per pair of value and score, each by somebody else."""
    rows = [make_fact(n, value=value, score=score) for n, (value, score) in enumerate(pairs)]
    return distribution(make_facts(rows), "order")[["value", "n"]].to_numpy().tolist()


def test_an_imported_scale_is_as_long_as_its_scores_tell():
    found = of_scale((9, 100), (5, 50), (5, 50), (5, 50), (6, 62.5))

    assert [value for value, _ in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [n for _, n in found] == [0, 0, 0, 0, 3, 1, 0, 0, 1]


def test_a_scale_on_which_one_is_best_is_filled_too():
    found = of_scale((1, 100), (1, 100), (2, 80), (2, 80), (2, 80))

    assert found == [[1, 2], [2, 3], [3, 0], [4, 0], [5, 0], [6, 0]]


def test_a_scale_that_cannot_be_known_is_left_as_it_was_given():
    assert of_scale(*[(8, 80.0)] * 5) == [[8, 5]]
    assert of_scale(*[(4, 75.0)] * 4, (4, 40.0), (5, 100.0)) == [[4, 5], [5, 1]]


def test_a_scale_with_halves_is_left_as_it_was_given():
    assert of_scale(*[(4.5, 87.5)] * 5, (5, 100.0)) == [[4.5, 5], [5, 1]]

import pytest

from insights.scales.comparability import comparability
from tests.insights.facts_factory import make_fact, make_facts


def asked(stage, metric="satisfaction", is_overall=True, points=5, **given):
    """Five answers to a question of a stage, from the worst to a middling one."""
    values = [1, 1, 2, 2, 2]
    return [
        make_fact(n, metric=metric, value=value, stage=stage, survey=f"about {stage}", **given)
        | {"is_overall": is_overall, "score": 100 * (value - 1) / (points - 1)}
        for n, value in enumerate(values)
    ]


def reasons(*facts, stages=("buy", "use", "leave")):
    found = comparability(make_facts([fact for some in facts for fact in some]), stages)
    assert (found["is_comparable"] == found["reason"].isna()).all()
    return found.set_index("stage")["reason"].to_dict()


def test_stages_with_the_same_overall_question_compare():
    assert set(reasons(asked("buy"), asked("use"), asked("leave")).values()) == {None}


def test_five_points_compare_with_seven_and_with_eleven():
    found = reasons(asked("buy"), asked("use", points=7), asked("leave", points=11))

    assert set(found.values()) == {None}


def test_three_points_do_not_compare_with_five():
    found = reasons(asked("buy"), asked("use", points=3), asked("leave"))

    assert found == {"buy": None, "use": "other_length", "leave": None}


@pytest.mark.parametrize("metric", ["nps", "effort", "agreement", "yes_no"])
def test_an_overall_question_about_something_else_is_no_anchor(metric):
    found = reasons(asked("buy"), asked("use", metric), asked("leave"))

    assert found == {"buy": None, "use": "other_matter", "leave": None}


def test_a_stage_with_nothing_but_effort_or_ratings_has_no_anchor():
    effort = asked("use", "effort", is_overall=False)
    ratings = asked("leave", "rating", is_overall=False, touchpoint="exit")

    found = reasons(asked("buy"), effort, ratings)
    assert found == {"buy": None, "use": "no_anchor", "leave": "no_anchor"}


def test_what_most_stages_ask_is_what_the_others_are_held_against():
    found = reasons(asked("buy"), asked("use", "stars"), asked("leave", "stars"))

    assert found == {"buy": "other_kind", "use": None, "leave": None}


def test_of_as_many_stages_satisfaction_goes_first():
    found = reasons(asked("buy", "smileys"), asked("use"), stages=("buy", "use"))

    assert found == {"buy": "other_kind", "use": None}


def test_a_stage_asked_in_two_ways_compares_with_none():
    found = reasons(asked("buy"), asked("use"), asked("use", "stars", version=2), stages=("use",))

    assert found == {"use": "several_kinds"}


def test_a_stage_without_answers_and_no_facts_at_all_are_told_as_such():
    assert reasons(asked("buy"))["use"] == "no_answers"
    assert set(reasons().values()) == {"no_answers"}


def test_a_stage_alone_is_not_marked():
    assert reasons(asked("buy", "smileys"), stages=("buy",)) == {"buy": None}

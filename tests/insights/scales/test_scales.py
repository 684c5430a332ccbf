import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.scales.scales import ENDS, SCALES, ends_of, points_of, to_score
from questionnaires.shape import Shape, with_shapes
from questionnaires.value import Page, Question, Questionnaire
from vocabulary import Kind, Metric


@pytest.mark.parametrize("kind", list(ENDS))
def test_the_ends_of_a_scale_are_0_and_100_and_its_middle_is_50(kind):
    low, high = ENDS[kind]

    assert [to_score(value, low, high) for value in (low, (low + high) / 2, high)] == [0, 50, 100]


def test_a_metric_finds_the_ends_of_the_kind_with_its_name():
    for name in ("satisfaction", "stars", "agreement", "rating", "effort", "nps"):
        assert ENDS[Metric(name)] == ENDS[Kind(name)]


def test_a_scale_may_run_from_best_to_worst():
    assert [to_score(grade, 6, 1) for grade in (1, 6)] == [100, 0]


@pytest.mark.parametrize("value", [0, 6, 5.01, float("nan"), float("inf")])
def test_a_value_outside_its_scale_is_refused(value):
    with pytest.raises(ValueError, match="outside"):
        to_score(value, 1, 5)


def test_a_scale_of_one_point_is_refused():
    with pytest.raises(ValueError, match="the same"):
        to_score(3, 3, 3)


@given(st.sampled_from(list(ENDS)), st.floats(0, 1))
def test_every_value_on_a_scale_has_a_score_within_bounds(kind, part):
    low, high = ENDS[kind]

    assert 0 <= to_score(min(low + part * (high - low), high), low, high) <= 100


LENGTHS = [
    (kind, n)
    for kind, found in SCALES.items()
    for n in range(found.shortest, found.longest + 1)
    if found.longest
]


@pytest.mark.parametrize(("kind", "points"), LENGTHS)
def test_every_kind_and_length_runs_from_0_to_100_in_equal_steps(kind, points):
    worst, best = ends_of(kind, points)
    scores = [to_score(worst + step, worst, best) for step in range(points)]

    assert scores == pytest.approx(np.linspace(0, 100, points))
    turned = ends_of(kind, points, is_reversed=True)
    assert [to_score(worst + step, *turned) for step in range(points)] == pytest.approx(
        scores[::-1]
    )


@pytest.mark.parametrize(("kind", "points"), LENGTHS)
def test_a_question_of_every_length_has_the_ends_of_the_map(kind, points):
    touchpoint = "shop" if kind == "rating" else None
    asked = Question(key="q", kind=Kind(kind), text={"en": "?"}, touchpoint=touchpoint)
    pages = (Page(key="p", questions=(asked,)),)
    questionnaire = Questionnaire(languages=("en",), title={"en": "A"}, pages=pages)
    changed = with_shapes(questionnaire, {"q": Shape(Kind(kind), points)}).question("q")

    assert changed.worst_and_best == ends_of(kind, points)
    assert changed.points == points


@pytest.mark.parametrize(
    ("kind", "points"), [(Kind.SMILEYS, 6), (Kind.NPS, 10), (Kind.STARS, 12), (Kind.RATING, 1)]
)
def test_a_length_that_is_not_asked_is_refused(kind, points):
    with pytest.raises(ValueError, match="points"):
        ends_of(kind, points)


@given(
    st.sampled_from(LENGTHS),
    st.booleans(),
    st.sets(st.integers(0, 10), min_size=2),
)
def test_the_length_follows_from_any_two_answers_and_their_scores(pair, is_reversed, steps):
    kind, points = pair
    worst, best = ends_of(kind, points, is_reversed=is_reversed)
    values = [min(worst, best) + step for step in steps if step < points]
    scores = [to_score(value, worst, best) for value in values]
    if len(values) > 1:
        found = points_of(kind.value, (min(values), max(values)), (min(scores), max(scores)))
        assert found == points


def test_answers_that_are_all_alike_tell_the_usual_length_where_it_fits():
    assert points_of("satisfaction", (4, 4), (75.0, 75.0)) == 5
    assert points_of("satisfaction", (6, 6), (100.0, 100.0)) == 6
    assert np.isnan(points_of("satisfaction", (0, 0), (0.0, 0.0)))


def test_the_worst_answer_of_a_reversed_scale_has_the_score_0_without_a_sign():
    assert str(to_score(1, *ends_of(Kind.YES_NO, is_reversed=True))) == "0.0"

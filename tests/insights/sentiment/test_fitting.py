import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.sparse import csr_array

from insights.sentiment.fitting import fit, softmax
from insights.sentiment.learning import penalties, temperature
from insights.sentiment.weights import SPREAD

GOOD, NEUTRAL, BAD, MIXED = np.eye(4)
TOY = csr_array(np.repeat([[1.0, 0, 0, 1], [-1.0, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]], 5, axis=0))
LABELS = np.repeat([GOOD, BAD, NEUTRAL, MIXED], 5, axis=0)
EVENLY = np.ones(20)


def held(strength):
    return np.full((4, len(SPREAD)), float(strength))


def test_what_can_be_told_apart_is_told_apart():
    found = fit(TOY, LABELS, EVENLY, held(1e-4))

    chances = softmax(TOY @ found @ SPREAD)
    assert (chances.argmax(axis=1) == LABELS.argmax(axis=1)).all()
    assert chances.max(axis=1).min() > 0.8


def test_the_fit_is_the_least_of_loss_and_penalty():
    weights = np.linspace(0.5, 1.5, 20)

    def cost(flat):
        made = flat.reshape(4, 3)
        losses = -np.log((softmax(TOY @ made @ SPREAD) * LABELS).sum(axis=1))
        return (weights / weights.sum() * losses).sum() + 0.01 / 2 * (made**2).sum()

    best = minimize(cost, np.zeros(12), tol=1e-12).x.reshape(4, 3)
    found = fit(TOY, LABELS, weights, held(0.01), steps=3_000)

    np.testing.assert_allclose(found, best, atol=1e-3)


def test_an_infinite_penalty_keeps_a_coefficient_at_zero():
    penalty = held(1e-3)
    penalty[0, 1:], penalty[3, 0] = np.inf, np.inf

    found = fit(TOY, LABELS, EVENLY, penalty)

    assert (found[0, 1:] == 0).all()
    assert found[3, 0] == 0
    assert found[0, 0] > 0.5


def test_it_stays_near_where_it_began_as_the_penalty_says():
    around = np.arange(12.0).reshape(4, 3) / 10
    far, near = (
        np.abs(fit(TOY, LABELS, EVENLY, held(one), around=around) - around).max()
        for one in (1e-3, 100)
    )

    assert near < 0.01 < far
    np.testing.assert_array_equal(around, np.arange(12.0).reshape(4, 3) / 10)


def test_what_is_held_infinitely_stays_where_it_began():
    around = held(0.3)

    np.testing.assert_array_equal(fit(TOY, LABELS, EVENLY, held(np.inf), around=around), around)


def test_a_comment_counts_by_its_weight():
    rows, labels = csr_array(np.ones((2, 1))), np.array([GOOD, BAD])
    penalty = np.array([[1e-3, np.inf, np.inf]])

    even, more = (fit(rows, labels, np.array([w, 1.0]), penalty)[0, 0] for w in (1.0, 9.0))

    assert even == pytest.approx(0, abs=1e-9)
    assert more == pytest.approx(np.log(9), abs=0.02)


def test_the_same_is_fitted_every_time():
    one, other = (fit(TOY, LABELS, EVENLY, held(1e-3)) for _ in range(2))

    assert one.tobytes() == other.tobytes()


def test_chances_sum_to_one_however_large_the_scores():
    found = softmax(np.array([[1e5, 0, -1e5, 3], [0, 0, 0, 0]]))

    np.testing.assert_allclose(found, [[1, 0, 0, 0], [0.25] * 4])


def test_the_temperature_makes_chances_as_often_right_as_they_say():
    """Scores that say 98 % where 3 in 4 are right are too cold."""
    logits = np.tile([4.0, 0, 0, 0], (100, 1))
    names = ["positive"] * 75 + ["negative"] * 25

    warmth = temperature(logits, names)

    assert softmax(logits / warmth)[0, 0] == pytest.approx(0.75, abs=0.02)


def test_praise_and_blame_have_one_weight_and_no_constant():
    found = penalties()

    assert np.isinf(found[-1, 0])
    assert (found[-1, 1:] == 0).all()
    assert np.isfinite(found).any(axis=1).all()

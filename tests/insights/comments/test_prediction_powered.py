"""A few labels and many predictions: the interval holds however wrong the predictions are."""

import numpy as np
import pytest
from scipy.stats import t

from insights.comments.prediction_powered import powered_mean, powered_share

RUNS = 500


def drawn(generator, n_labels=80, n_all=800):
    """Predictions that call too much negative, and labels of the first few comments."""
    truth = generator.random(n_all) < 0.3
    chance = np.where(truth, 0.95, 0.2)
    predictions = (generator.random(n_all) < chance).astype(float)
    return predictions, predictions[:n_labels], truth[:n_labels].astype(float)


def test_the_interval_of_a_biased_reader_holds_the_truth_and_is_narrower_than_labels_alone():
    generator = np.random.default_rng(7)
    n_held, widths = 0, []

    for _ in range(RUNS):
        predictions, labelled, labels = drawn(generator)
        found = powered_share(predictions, labelled, labels)
        n_held += found.low <= 0.3 <= found.high
        half = t.ppf(0.975, labels.size - 1) * labels.std(ddof=1) / labels.size**0.5
        widths.append((found.high - found.low) / (2 * half))

    assert n_held / RUNS >= 0.93
    assert max(widths) <= 1.05
    assert np.mean(widths) < 0.85


def test_it_holds_where_few_labels_hold_none_of_the_rarer_errors():
    generator = np.random.default_rng(9)
    found = [powered_share(*drawn(generator, n_labels=30)) for _ in range(RUNS)]

    assert np.mean([one.low <= 0.3 <= one.high for one in found]) >= 0.93


def test_a_reader_that_guesses_costs_next_to_nothing():
    generator = np.random.default_rng(8)
    n_held, widths = 0, []

    for _ in range(RUNS):
        labels = generator.normal(0.2, 0.5, 30)
        guesses = generator.normal(0, 0.5, 400)
        found = powered_mean(guesses, guesses[:30], labels)
        n_held += found.low <= 0.2 <= found.high
        half = t.ppf(0.975, 29) * labels.std(ddof=1) / 30**0.5
        widths.append((found.high - found.low) / (2 * half))

    assert n_held / RUNS >= 0.93
    assert max(widths) <= 1.05


def test_an_example_by_hand():
    """Half of 20 labels are 1, and the predictions of them are right; 60 of the other 80 are 1.

    Of the labelled: mean 1/2, variance 5/19 (labels, predictions, and both together). Of the
    others: mean 3/4, variance 15/79. Tuning: (5/19/20) / (15/79/80 + 5/19/20) = 0.84718.
    Mean: 1/2 + 0.84718 * (3/4 - 1/2) = 0.71180.
    """
    labels = [0, 1] * 10
    found = powered_mean(labels + [0] * 20 + [1] * 60, labels, labels)

    tuning = (5 / 19 / 20) / (15 / 79 / 80 + 5 / 19 / 20)
    variance = tuning**2 * 15 / 79 / 80 + (1 - tuning) ** 2 * 5 / 19 / 20
    half = t.ppf(0.975, 18) * (variance * 19 / 18) ** 0.5
    assert found.tuning == pytest.approx(tuning)
    assert found.tuning == pytest.approx(0.84718, abs=1e-5)
    assert found.mean == pytest.approx(0.71180, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((found.mean - half, found.mean + half))


def test_predictions_that_are_all_alike_leave_the_labels_alone():
    labels = [0, 1] * 15
    found = powered_share([1] * 300, [1] * 30, labels)

    assert (found.mean, found.tuning) == (0.5, 0.0)


def test_fewer_than_twenty_labels_correct_nothing():
    assert powered_mean([0] * 100, [0] * 19, [0] * 19) is None
    assert powered_share([0] * 100, [0] * 19, [0] * 19) is None


def test_every_comment_labelled_needs_no_prediction():
    labels = [0, 1] * 10

    assert powered_mean(labels, labels, labels).mean == 0.5


def test_labels_without_predictions_are_refused():
    with pytest.raises(ValueError, match="one prediction for each"):
        powered_mean([0] * 100, [0] * 20, [0] * 21)

import json
import zlib

import numpy as np
import pytest

from insights.sentiment.features import BUCKETS, NAMES, features, letters
from insights.sentiment.marking import mark
from insights.sentiment.question import QuestionKind
from insights.sentiment.weights import (
    FOLDER,
    LABELS,
    SPREAD,
    Weights,
    dumps,
    loads,
    score,
    weights_of,
)

LANGUAGES = ("nl", "en", "de", "fr")
TEXTS = ("", "Goed", "Niet goed maar wel snel 👍", "Xyzzy 12", "slecht " * 200)


@pytest.fixture(scope="module")
def drawn():
    """Weights drawn by lot."""
    lot = np.random.default_rng(5)
    numbers = lot.normal(size=(len(NAMES) + 1, len(SPREAD))).astype(np.float32)
    pieces = lot.normal(scale=(1, 0.1, 0.01), size=(2 * BUCKETS, len(SPREAD)))
    return Weights(numbers, pieces.astype(np.float32), 1.25, {"version": "x", "name": "own-nl"})


def scored(weights, text):
    marked = mark(text, "nl")
    spelt = [letters(word.text) if word.kind == "word" else () for word in marked.words]
    return score(weights, features(marked, QuestionKind.OPEN, "nl"), spelt)


def changed(kept, **given):
    """Kept weights with something else in their head."""
    line, _, packed = kept.partition(b"\n")
    return json.dumps(json.loads(line) | given).encode() + b"\n" + packed


def test_what_was_kept_comes_back_within_half_a_step(drawn):
    back = loads(dumps(drawn))

    half = np.abs(drawn.pieces).max(axis=0) / 127 / 2
    assert (np.abs(back.pieces - drawn.pieces) <= half * 1.001).all()
    np.testing.assert_allclose(back.numbers, drawn.numbers, rtol=1e-4)
    assert (back.temperature, back.about) == (drawn.temperature, drawn.about)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_product_s_weights_are_the_same_bytes_when_kept_again(language):
    kept = (FOLDER / f"{language}.bin").read_bytes()

    again = dumps(loads(kept))

    assert again.partition(b"\n")[0] == kept.partition(b"\n")[0]
    assert zlib.decompress(again.partition(b"\n")[2]) == zlib.decompress(kept.partition(b"\n")[2])
    assert len(kept) < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_has_a_weight_in_a_score_that_is_none_of_its(language):
    """Praise and blame on the one side, whether there are sides at all on the other."""
    numbers = weights_of(language).numbers
    is_odd = np.abs(numbers[:, 1:]).sum(axis=1) == 0

    assert numbers[-1, 0] == 0
    assert all(is_odd[at] or numbers[at, 0] == 0 for at in range(len(NAMES)))


def test_weights_of_nothing_but_zeros_are_kept_too():
    shape = (2 * BUCKETS, len(SPREAD))
    nothing = Weights(
        np.zeros((len(NAMES) + 1, len(SPREAD))), np.zeros(shape), 1.0, {"version": ""}
    )

    assert not loads(dumps(nothing)).pieces.any()
    np.testing.assert_allclose(scored(nothing, "Goed").chances, 0.25)


@pytest.mark.parametrize("n_rows", [0, 1, len(NAMES), len(NAMES) + 2])
def test_weights_for_other_numbers_are_refused(drawn, n_rows):
    with pytest.raises(ValueError, match="another version of the reader"):
        loads(changed(dumps(drawn), numbers=[[0.0] * len(SPREAD)] * n_rows))


def test_weights_of_other_scores_are_refused(drawn):
    with pytest.raises(ValueError, match="another version of the reader"):
        loads(changed(dumps(drawn), numbers=[[0.0, 0.0]] * (len(NAMES) + 1)))


@pytest.mark.parametrize("n_bytes", [0, 3, 2 * BUCKETS * len(SPREAD) + 3])
def test_weights_of_another_number_of_places_are_refused(drawn, n_bytes):
    line = dumps(drawn).partition(b"\n")[0]

    with pytest.raises(ValueError, match="another version of the reader"):
        loads(line + b"\n" + zlib.compress(b"\0" * n_bytes))


@pytest.mark.parametrize("text", TEXTS)
def test_the_chances_of_the_labels_sum_to_one(drawn, text):
    for weights in (drawn, weights_of("nl")):
        chances = scored(weights, text).chances

        assert chances.shape == (len(LABELS),)
        assert chances.sum() == pytest.approx(1)
        assert (chances >= 0).all()


@pytest.mark.parametrize("text", TEXTS)
def test_a_reader_weighs_a_comment_as_training_did(drawn, text):
    from insights.sentiment.fitting import softmax
    from insights.sentiment.learning import as_coefficients, inputs

    rows = inputs([(text, QuestionKind.OPEN)], "nl")
    expected = softmax(rows @ as_coefficients(drawn) @ SPREAD / drawn.temperature)

    np.testing.assert_allclose(scored(drawn, text).chances, expected[0], rtol=1e-4, atol=1e-7)


def test_words_pull_by_what_their_pieces_weigh(drawn):
    pulls = scored(drawn, "Goed, 12 👍").per_word

    assert pulls.shape == (4,)
    assert pulls[0] != 0


def test_a_higher_temperature_makes_less_sure(drawn):
    cool, warm = (
        scored(drawn._replace(temperature=one), "Goed").chances.max() for one in (1.0, 3.0)
    )

    assert warm < cool

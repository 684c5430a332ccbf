"""Own labels are learnt, and taken only where they help."""

import numpy as np
import pytest

from insights.sentiment.reader import DutchReader
from insights.sentiment.reading import chances_of, read
from insights.sentiment.trial import Example, trial
from insights.sentiment.weights import LABELS, loads
from training.corpus import read as read_corpus

PRAISE, BLAME = ("Zorbig", "Kwenkig", "Plimmer"), ("Vlotsk", "Drabbig", "Snurf")
"""Words of a trade nobody else knows."""

OFTEN = (
    *("de ploeg was {}", "heel {} allemaal", "{} bediend door jullie", "vond het {}"),
    *(
        "{} en dat was het",
        "alweer {} dit keer",
        "onze baal is {}",
        "wat {}",
        "de partij kwam {} aan",
    ),
)


def private(n):
    """Labels in a private vocabulary."""
    words = [(word, "positive") for word in PRAISE] + [(word, "negative") for word in BLAME]
    return [
        Example(
            OFTEN[at % len(OFTEN)].format(words[at % 6][0]) + f" {at}",
            "",
            words[at % 6][1],
            1,
            f"p{at}",
            True,
        )
        for at in range(n)
    ]


def plain_comments(n):
    """Everyday comments, with what the product's reader says of them, drawn by its own chances."""
    who = ("De monteur", "De bezorger", "Jullie collega", "De verkoper", "De balie", "De kok")
    what = (
        "was vriendelijk",
        "was traag",
        "kwam op tijd",
        "belde niet terug",
        "was lomp",
        "is prima",
    )
    made = [f"{one} {two}" for one in who for two in what]
    texts = [f"{made[at % len(made)]} {'echt ' * (at // len(made))}".strip() for at in range(n)]
    lot = np.random.default_rng(3)
    return [Example(text, "", _drawn(text, lot), 1, text, True) for text in texts]


def _drawn(text, lot):
    chances = chances_of(text, "nl")[1]
    return str(lot.choice(LABELS, p=[chances[label] for label in LABELS]))


@pytest.fixture(scope="module")
def learnt():
    told = []
    return trial("nl", private(200), [], "7", told.append), told


def test_a_private_vocabulary_is_learnt_and_taken(learnt):
    found, _ = learnt

    assert found.is_better
    assert found.version == "7"
    assert found.figures["n"] == 200
    assert found.figures["loss_after"] < found.figures["loss_before"] - 0.3
    assert found.figures["gain_error"] > 0
    assert found.figures["balanced_before"] < 0.7
    assert found.figures["balanced_after"] > 0.95


def test_the_weights_that_come_of_it_make_a_reader(learnt):
    own = DutchReader(loads(learnt[0].weights))

    reading = read("De ploeg was zorbig", "nl", readers={"nl": own})

    assert (reading.label, reading.analyzer) == ("positive", "own-nl")
    assert read("De ploeg was snurf", "nl", readers={"nl": own}).label == "negative"
    assert read("De ploeg was vriendelijk", "nl", readers={"nl": own}).label == "positive"
    assert own.weights.about["from"] == DutchReader().version
    assert (own.weights.about["labels"], own.weights.about["ratings"]) == (200, 0)


def test_progress_is_told_part_by_part(learnt):
    assert learnt[1] == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6])


def test_labels_that_say_the_opposite_of_the_product_are_learnt_too():
    """A colleague's label beats the product's opinion, where there are enough of them."""
    turned = {"positive": "negative", "negative": "positive"}
    labels = [one._replace(label=turned.get(one.label, one.label)) for one in plain_comments(200)]

    found = trial("nl", labels, [], "1")

    assert found.is_better
    assert found.figures["balanced_after"] > found.figures["balanced_before"]


def test_labels_that_say_what_the_reader_says_already_make_none_better():
    labels = []
    for comment in read_corpus("nl")[::40][:60]:
        chances = chances_of(comment.text, "nl")[1]
        labels.append(
            Example(comment.text, "", max(chances, key=chances.get), 1, comment.text, True)
        )

    found = trial("nl", labels, [], "1")

    assert found.figures["balanced_before"] == 1
    assert not found.is_better


def test_labels_that_differ_from_the_reader_by_chance_alone_make_none_better():
    assert not trial("nl", plain_comments(60), [], "1").is_better


def test_labels_drawn_by_lot_make_none_better():
    lot = np.random.default_rng(11)
    labels = [one._replace(label=str(lot.choice(LABELS))) for one in private(100)]

    assert not trial("nl", labels, [], "1").is_better


def test_ratings_are_learnt_from_and_labels_judge_where_there_are_fifty():
    found = trial("nl", private(50), private(120), "1")

    assert found.figures["n"] == 50
    assert found.is_better


def test_fewer_than_fifty_labels_are_learnt_from_and_ratings_judge():
    labels = [Example(f"Blimp {at}", "", "negative", 1, f"b{at}", True) for at in range(49)]
    without = DutchReader(loads(trial("nl", [], private(60), "1").weights))

    found = trial("nl", labels, private(60), "1")

    own = DutchReader(loads(found.weights))
    assert found.figures["n"] == 60
    assert own.judge("Blimp").polarity < without.judge("Blimp").polarity - 0.2


def test_where_one_side_is_missing_the_two_are_not_compared():
    found = trial("nl", [one for one in private(120) if one.label == "positive"], [], "1")

    assert found.figures["balanced_before"] is None
    assert found.figures["balanced_after"] is None


def test_the_same_labels_come_to_the_same_bytes():
    one, other = (trial("nl", private(50), [], "1").weights for _ in range(2))

    assert one == other


def test_labels_that_were_corrected_because_they_were_wrong_never_judge():
    """By the reader's own chances there is nothing to learn, but where it was wrong seems so."""
    wrong = [
        one._replace(is_by_chance=False)
        for one in plain_comments(200)
        if one.label != max(chances_of(one.text, "nl")[1].items(), key=lambda pair: pair[1])[0]
    ]
    chance = plain_comments(60)

    found = trial("nl", [*wrong, *chance], [], "1")

    assert found.figures["n"] == 60
    assert not found.is_better


def test_a_rating_of_the_person_who_is_held_out_is_held_out_too():
    lot = np.random.default_rng(5)
    labels = [one._replace(label=str(lot.choice(["positive", "negative"]))) for one in private(100)]
    ratings = [one._replace(text=f"{one.text} ", is_by_chance=False) for one in labels]

    assert not trial("nl", labels, ratings, "1").is_better

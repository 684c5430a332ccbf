import pytest

from training.compose import CLEAR, MOST, SHARE, compose
from training.corpus import LABELS, Comment, read


def comment(text, label="positive", polarity=0.6, **given):
    return Comment(
        text,
        label,
        polarity,
        given.get("touchpoints", ("staff",)),
        "retention",
        given.get("question", "open"),
        given.get("industry", "shop"),
    )


def test_the_same_seed_makes_the_same_comments_and_another_others():
    comments = read("fr")

    assert compose(comments) == compose(comments)
    assert compose(comments, seed=1) == compose(comments, seed=1)
    assert compose(comments, seed=1) != compose(comments, seed=2)


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_what_is_composed_is_labelled_by_its_mean(language):
    for one in compose(read(language)):
        assert one.label in LABELS
        assert -1 <= one.polarity <= 1
        if abs(one.polarity) >= CLEAR:
            assert one.label == ("positive" if one.polarity > 0 else "negative")
        else:
            assert one.label in {"neutral", "mixed"}


def test_parts_are_of_one_industry():
    comments = [
        *(comment(f"Winkel nummer {at} is fijn", industry="shop") for at in range(10)),
        *(comment(f"Trein nummer {at} is fijn", industry="train") for at in range(10)),
    ]

    found = compose(comments)

    assert len(found) == int(SHARE * 20)
    for one in found:
        word = {"shop": "Winkel", "train": "Trein"}[one.industry]
        n_parts = one.text.count("nummer")
        assert 2 <= n_parts <= MOST
        assert one.text.count(word) == n_parts


def test_bare_answers_and_answers_to_other_questions_are_left_out():
    comments = [
        comment("Fijn"),
        comment("De balie was erg traag", question="improve"),
        comment("De balie was erg snel", question="good"),
    ]

    assert compose(comments) == []


def test_praise_and_blame_that_are_even_are_mixed_and_touchpoints_join():
    comments = [
        comment("De balie was erg vriendelijk.", touchpoints=("desk",)),
        comment("De kassa was vandaag traag", "negative", -0.6, touchpoints=("till",)),
    ] * 40

    even = [one for one in compose(comments) if one.polarity == 0]

    assert {one.label for one in even} == {"mixed"}
    assert {frozenset(one.touchpoints) for one in even} == {frozenset({"desk", "till"})}
    assert all(".." not in one.text and one.text.endswith(".") for one in even)

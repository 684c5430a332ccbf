import time

import pytest

from insights.comments.telling_quotes import telling

INVOICE = ["De factuur klopt niet", "Factuur klopte niet, factuur te laat", "Factuur te hoog"]
APP = ["De app loopt vast", "App loopt altijd vast"]


def test_the_first_is_typical_and_the_next_unlike_it():
    first, second = telling([*INVOICE, *APP], [1, 2, 3, 4, 5], "nl")

    assert {first < 3, second < 3} == {True, False}


def test_nobody_is_quoted_twice():
    assert len(telling([*INVOICE, *APP], [7] * 5, "nl")) == 1
    assert telling(["app vast", "app vast", "app vast"], [1, 1, 2], "nl") == [0, 2]


def test_a_comment_without_a_word_is_not_chosen():
    assert telling(["...", "", "het is de", "factuur"], [1, 2, 3, 4], "nl") == [3]


@pytest.mark.parametrize("comments", [[], [""], ["!!"]])
def test_nothing_said_is_nothing_chosen(comments):
    assert telling(comments, list(range(len(comments))), "nl") == []


def test_a_comment_needs_its_cluster():
    with pytest.raises(ValueError, match="clusters"):
        telling(["factuur"], [], "nl")


def test_many_comments_take_no_longer_than_a_thousand():
    begun = time.perf_counter()

    chosen = telling(
        [f"factuur {n % 97} klopt woord{n}x" for n in range(20_000)], range(20_000), "nl"
    )

    assert len(chosen) == 2
    assert time.perf_counter() - begun < 10

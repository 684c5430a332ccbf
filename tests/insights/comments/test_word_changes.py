import numpy as np
import pytest

from insights.comments.word_changes import word_changes


def test_a_word_that_came_and_one_that_went_are_found_with_their_direction():
    before = ["lekker eten"] * 30 + ["fijne sfeer"] * 30
    after = ["lekker eten"] * 30 + ["parkeren onmogelijk"] * 30

    found = word_changes(before, after, "nl").set_index("word")

    assert set(found.index) == {"fijne", "sfeer", "parkeren", "onmogelijk"}
    assert found.loc["parkeren", ["before", "after"]].tolist() == [0, 30]
    assert found.loc["parkeren", "z"] > 2
    assert found.loc["sfeer", "z"] < -2


def test_the_score_is_the_one_of_the_paper():
    before, after = ["aap"] * 30 + ["noot"] * 10, ["aap"] * 10 + ["noot"] * 30

    found = word_changes(before, after, "nl").set_index("word")

    early, late, rest_early, rest_late = 30 + 4, 10 + 4, 10 + 4, 30 + 4  # a tenth of 40 is prior
    odds = np.log(late / rest_late) - np.log(early / rest_early)
    error = np.sqrt(1 / early + 1 / late + 1 / rest_early + 1 / rest_late)
    assert found.loc["aap", "z"] == pytest.approx(odds / error)


def test_nothing_has_changed_between_the_same_comments():
    comments = ["lekker eten", "fijne sfeer", "trage bediening"] * 20

    assert word_changes(comments, comments, "nl").empty


def test_a_word_of_four_comments_is_not_looked_at():
    found = word_changes(["eten"] * 200, ["eten"] * 200 + ["brand " * 50] * 4, "nl")

    assert found.empty


@pytest.mark.parametrize(("before", "after"), [([], []), ([], ["eten"] * 9), (["eten"] * 9, [])])
def test_without_comments_nothing_is_said(before, after):
    found = word_changes(before, after, "nl")

    assert list(found) == ["word", "before", "after", "z"]
    assert found.empty

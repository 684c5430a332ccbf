import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.weighting.shares import NotWholeError, WrongShareError, read_share, whole_shares


@pytest.mark.parametrize(
    ("typed", "share"), [("0.25", 0.25), (" 25 ", 25), ("25%", 25), ("12,5 %", 12.5), (".5", 0.5)]
)
def test_shares_are_read_as_people_type_them(typed, share):
    assert read_share(typed) == share


@pytest.mark.parametrize("typed", ["", "-1", "101", "1e3", "nan", "inf", "25 30", "٣", "1.2.3"])
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(WrongShareError):
        read_share(typed)


def test_percents_and_parts_of_one_are_the_same():
    assert whole_shares({"a": 75, "b": 25}) == whole_shares({"a": 0.75, "b": 0.25})


def test_rounded_thirds_are_whole():
    assert whole_shares(dict.fromkeys("abc", 33.3)) == pytest.approx(dict.fromkeys("abc", 1 / 3))


@pytest.mark.parametrize(("shares", "total", "whole"), [([60, 30], 90, 100), ([0.6, 0.3], 0.9, 1)])
def test_shares_that_do_not_add_up_say_to_what_they_do(shares, total, whole):
    with pytest.raises(NotWholeError) as error:
        whole_shares(dict(enumerate(shares)))

    assert (error.value.total, error.value.whole) == (pytest.approx(total), whole)


def test_no_shares_are_not_whole():
    with pytest.raises(NotWholeError):
        whole_shares({})


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=8))
def test_what_is_whole_adds_up_to_one(parts):
    shares = {str(place): 100 * part / sum(parts) for place, part in enumerate(parts)}

    assert sum(whole_shares(shares).values()) == pytest.approx(1, abs=1e-12)

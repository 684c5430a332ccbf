"""The known mix: set, dated, found again, taken back."""

import pytest

from actions.mix import WhoMix, WrongMixError, mix_of, mixes_of, remove_mix, set_mix, unknown_values
from insights.choices import Choices
from insights.weighting.mix import Margin
from tests.factories import NOON, make_journey

HALVES = {"customer": 50, "prospect": 50}


@pytest.fixture
def journey(app):
    return make_journey()


def test_the_mix_of_a_month_is_the_last_one_set_to_begin_before_it(journey):
    set_mix(journey, WhoMix("audience", "2026-01", HALVES), NOON)
    set_mix(journey, WhoMix("audience", "2026-06", {"customer": 0.8, "prospect": 0.2}), NOON)
    set_mix(journey, WhoMix("region", "2026-03", {"north": 30, "south": 70}), NOON)

    assert mix_of(journey, "2025-12") == ()
    assert mix_of(journey, "2026-02") == (
        Margin("audience", (("customer", 0.5), ("prospect", 0.5))),
    )
    assert mix_of(journey, "2026-06") == (
        Margin("audience", (("customer", 0.8), ("prospect", 0.2))),
        Margin("region", (("north", 0.3), ("south", 0.7))),
    )
    assert mix_of(journey, None) == mix_of(journey, "2026-06")


def test_the_same_month_is_said_anew_and_another_journey_is_not_touched(journey):
    other = make_journey()
    set_mix(other, WhoMix("audience", "2026-01", HALVES), NOON)
    set_mix(journey, WhoMix("audience", "2026-01", HALVES), NOON)
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 90, "prospect": 10}), NOON)

    assert [mix.shares for mix in mixes_of(journey)] == [{"customer": 0.9, "prospect": 0.1}]
    assert [mix.shares for mix in mixes_of(other)] == [{"customer": 0.5, "prospect": 0.5}]


def test_when_a_mix_is_taken_back_the_one_before_holds_again(journey):
    set_mix(journey, WhoMix("audience", "2026-01", HALVES), NOON)
    later = set_mix(journey, WhoMix("audience", "2026-06", {"customer": 9, "prospect": 91}), NOON)
    remove_mix(later)

    assert mix_of(journey, "2026-10")[0].shares == (("customer", 0.5), ("prospect", 0.5))


@pytest.mark.parametrize(
    ("mix", "code"),
    [
        (WhoMix("audience", "2026-13", HALVES), "month"),
        (WhoMix("", "2026-01", HALVES), "dimension"),
        (WhoMix("x" * 61, "2026-01", HALVES), "dimension"),
        (WhoMix("audience", "2026-01", {"customer": 100}), "one_group"),
        (WhoMix("audience", "2026-01", {"customer": 100, "prospect": 0}), "one_group"),
        (WhoMix("audience", "2026-01", {"customer": 60, "prospect": 30}), "not_whole"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(journey, mix, code):
    with pytest.raises(WrongMixError) as error:
        set_mix(journey, mix, NOON)

    assert error.value.code == code
    assert mixes_of(journey) == []


def test_values_that_no_answers_have_are_named():
    choices = Choices((), {"audience": ("customer",)}, {"region": ("north",)})

    assert unknown_values(choices, "audience", HALVES) == ["prospect"]
    assert unknown_values(choices, "region", {"north": 0.5, "south": 0.5}) == ["south"]
    assert unknown_values(choices, "size", {"big": 1.0}) == ["big"]

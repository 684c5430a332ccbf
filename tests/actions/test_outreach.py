"""What is told of mailings."""

import pytest

from actions.outreach import (
    Counts,
    WrongOutreachError,
    outreach_of,
    remove_outreach,
    set_outreach,
    told_of,
)
from extensions import db
from models import Journey
from tests.factories import NOON, make_journey, make_survey
from tests.questions import FOUR_PAGES


@pytest.fixture
def survey(app):
    return make_survey(FOUR_PAGES, make_journey())


def test_what_is_told_of_a_month_gives_way_to_what_is_told_later(survey):
    set_outreach(survey, "2026-10", Counts(100), NOON)
    set_outreach(survey, "2026-10", Counts(200, 10, 5, 1), NOON)
    told = told_of(survey, "2026-10")

    assert (told.invited, told.bounced, told.refused, told.ineligible) == (200, 10, 5, 1)
    assert told_of(survey, "2026-09") is None


def test_the_newest_month_is_listed_first_and_can_be_taken_back(survey):
    set_outreach(survey, "2026-09", Counts(100), NOON)
    set_outreach(survey, "2026-10", Counts(100), NOON)
    journey = db.session.get_one(Journey, survey.journey_id)
    listed = outreach_of(journey)
    assert [told.month for _, told in listed] == ["2026-10", "2026-09"]

    remove_outreach(listed[0][1])
    assert [told.month for _, told in outreach_of(journey)] == ["2026-09"]


@pytest.mark.parametrize(
    ("month", "counts", "code"),
    [
        ("2026-00", Counts(10), "month"),
        ("2026-10", Counts(0), "nobody"),
        ("2026-10", Counts(10, -1), "nobody"),
        ("2026-10", Counts(10, 5, 5, 1), "too_many"),
    ],
)
def test_what_cannot_be_is_refused(survey, month, counts, code):
    with pytest.raises(WrongOutreachError) as error:
        set_outreach(survey, month, counts, NOON)

    assert error.value.code == code
    assert told_of(survey, month) is None

"""How many people were asked to answer a survey in a month: told, corrected and taken back."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from extensions import db
from models import Journey, Outreach, Survey


class Counts(NamedTuple):
    """What became of a mailing, in numbers of people."""

    invited: int
    bounced: int = 0  # never arrived
    refused: int = 0  # said no
    ineligible: int = 0  # should not have been asked


class WrongOutreachError(ValueError):
    """What is said of a mailing cannot be; ``code`` says why: "month", "nobody" or "too_many"."""

    def __init__(self, code: str) -> None:
        """Say why."""
        super().__init__(code)
        self.code = code


def set_outreach(survey: Survey, month: str, counts: Counts, now: datetime) -> Outreach:
    """Tell how many were asked to answer a survey in a month; what was told before gives way.

    Args:
        survey: which survey.
        month: "YYYY-MM", the month of the invitations.
        counts: how many, and what became of them.
        now: the moment.

    Raises:
        WrongOutreachError: the month is none, nobody was invited, or more bounced, refused and
            were ineligible than were invited.
    """
    from insights.months import is_month

    if not is_month(month):
        raise WrongOutreachError("month")
    if counts.invited < 1 or min(counts) < 0:
        raise WrongOutreachError("nobody")
    if sum(counts[1:]) > counts.invited:
        raise WrongOutreachError("too_many")
    kept = told_of(survey, month) or Outreach(survey_id=survey.id, month=month)
    kept.invited, kept.bounced, kept.refused, kept.ineligible = counts
    kept.told_at = now
    db.session.add(kept)
    db.session.commit()
    return kept


def remove_outreach(outreach: Outreach) -> None:
    """Take back what was told of a month."""
    db.session.delete(outreach)
    db.session.commit()


def told_of(survey: Survey, month: str) -> Outreach | None:
    """What was told of a survey in a month, if anything was."""
    found = select(Outreach).where(Outreach.survey_id == survey.id, Outreach.month == month)
    return db.session.scalar(found)


def outreach_of(journey: Journey) -> list[tuple[Survey, Outreach]]:
    """All that was told of a journey's surveys, the newest month first."""
    found = (
        select(Survey, Outreach)
        .join(Outreach, Outreach.survey_id == Survey.id)
        .where(Survey.journey_id == journey.id)
        .order_by(Outreach.month.desc(), Survey.key)
    )
    return [(survey, outreach) for survey, outreach in db.session.execute(found)]

"""What each version of a journey's surveys asked, for trends to compare."""

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from actions.response import questionnaire_of
from extensions import db
from models import Journey, Survey, Version
from questionnaires.value import WORDED, Question

if TYPE_CHECKING:
    from insights.trends.asked import Asked, Key


def asked_in(journey: Journey) -> "dict[Key, Asked]":
    """How every version asked for each stage as a whole, and for each touchpoint."""
    found = (
        select(Version.id, Version.number, Survey.key)
        .join(Survey, Survey.id == Version.survey_id)
        .where(Survey.journey_id == journey.id)
    )
    asked: dict[Key, Asked] = {}
    for version_id, number, survey in db.session.execute(found).all():
        questions = list(questionnaire_of(version_id).questions())
        beside = defaultdict(set)
        for question in questions:
            if question.rates_touchpoint:
                beside[question.stage].add(question.touchpoint or "")
        for question in questions:
            if question.stage and (question.is_overall or question.rates_touchpoint):
                place = (question.stage, None if question.is_overall else question.touchpoint)
                asked[(survey, number, *place)] = _asked(question, beside[question.stage])
    return asked


def _asked(question: Question, touchpoints: set[str]) -> "Asked":
    """A question as trends compare it."""
    from insights.trends.asked import Asked

    ends = (
        [] if question.kind in WORDED else [("low", question.low_end), ("high", question.high_end)]
    )
    return Asked(
        wording=question.text,
        scale=(question.kind.value, question.worst_and_best),
        ends={f"{name}.{code}": text for name, texts in ends for code, text in texts.items()},
        touchpoints=frozenset(touchpoints),
    )

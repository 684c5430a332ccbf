"""From what a person thinks to answers, whatever the questionnaire asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.judging import Judgement
from questionnaires.logic import is_shown
from questionnaires.value import NOT_APPLICABLE, Page, Question, Questionnaire
from vocabulary import Audience, Kind

Answer = int | str | list[str]

SKIPS: Final = 0.03
"""How often a question that need not be answered is passed over."""

DOES_NOT_APPLY: Final = 0.015

SCALE_NOISE: Final = 12.0
"""Standard deviation, 0-100, between the overall score and another scale about the whole."""

LOYALTY: Final[Mapping[Audience, float]] = {
    Audience.PROSPECT: 0.0,
    Audience.CUSTOMER: 0.0,
    Audience.EX_CUSTOMER: -25.0,
}
"""How much more, 0-100, each audience feels for the company than for the stage."""

REASONS: Final[Mapping[str, int]] = {
    "price": 30,
    "better_offer": 20,
    "service": 18,
    "no_need": 18,
    "product": 8,
    "other": 6,
}
"""Why people leave, of a hundred; any other option of a choice weighs ``USUAL``."""

USUAL: Final = 10
DRIVEN_AWAY: Final = 60
"""How much “service” weighs for who was hurt by the bill."""


@dataclass(frozen=True)
class Respondent:
    """Who fills in a questionnaire: as what, what they think, and what they would write."""

    audience: Audience
    judgement: Judgement
    remark: Callable[[], str]


def touchpoints(questionnaire: Questionnaire) -> list[str]:
    """The touchpoints a questionnaire asks to rate, in order."""
    return [
        question.touchpoint
        for question in questionnaire.questions()
        if question.kind is Kind.RATING and question.touchpoint
    ]


def fill_in(random: Random, pages: tuple[Page, ...], respondent: Respondent) -> dict[str, Answer]:
    """Answer the questions of some pages that are shown, as the survey would store it."""
    answers: dict[str, Answer] = {}
    for page in pages:
        for question in page.questions:
            if not is_shown(question, answers):
                continue
            if not question.is_required and question.kind in _SCALES:
                draw = random.random()
                if draw < SKIPS:
                    continue
                if question.may_not_apply and draw < SKIPS + DOES_NOT_APPLY:
                    answers[question.key] = NOT_APPLICABLE
                    continue
            answer = _answer(random, question, respondent)
            if answer != "":
                answers[question.key] = answer
    return answers


_SCALES: Final = frozenset(
    {Kind.SATISFACTION, Kind.NPS, Kind.EFFORT, Kind.STARS, Kind.AGREEMENT, Kind.RATING}
)


def _answer(random: Random, question: Question, respondent: Respondent) -> Answer:
    """One answer; an empty word for a comment that is not written."""
    judgement = respondent.judgement
    if question.kind is Kind.COMMENT:
        return respondent.remark()
    if question.kind is Kind.MET:
        return [option.key for option in question.options if option.key in judgement.ratings]
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        chosen = _choice(random, question, judgement)
        return [chosen] if question.takes_several else chosen
    return _point(random, question, respondent)


def _choice(random: Random, question: Question, judgement: Judgement) -> str:
    """One option; who was hurt by the bill tends to name the service."""
    weights = {option.key: REASONS.get(option.key, USUAL) for option in question.options}
    if "service" in weights and judgement.ratings.get("invoice", 5) <= 2:  # noqa: PLR2004
        weights["service"] = DRIVEN_AWAY
    return random.choices(list(weights), list(weights.values()))[0]


def _point(random: Random, question: Question, respondent: Respondent) -> int:
    """A point of a scale: the touchpoint's own, or one that follows the overall score."""
    low, high = question.ends or (1, 5)
    judgement = respondent.judgement
    if question.touchpoint in judgement.ratings:
        rated = (judgement.ratings[question.touchpoint] - 1) / 4 * 100
        return Judgement({}, rated).point(low, high)
    if question.is_overall:
        return judgement.point(low, high)
    feeling = random.gauss(0, SCALE_NOISE)
    if question.kind in {Kind.NPS, Kind.AGREEMENT}:
        feeling += LOYALTY[respondent.audience]
    return judgement.point(low, high, feeling)

"""Two years of answers to the surveys of the invented company, told month by month.

A pure generator: the same seed, moment and questionnaires give the same sittings. It knows nothing
of the database; whoever plants the demonstration stores what is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from demo.answering import Answer, Respondent, fill_in, touchpoints
from demo.company import AUDIENCE_WEIGHTS, PLANS, Survey
from demo.judging import judge
from demo.months import closed_months, moment, spread
from demo.people import People, Person
from demo.remarks import Scene, remark
from demo.voice import Voice
from questionnaires.value import Questionnaire
from vocabulary import Audience, Channel, Market

RESPONSES: Final = 6_000
PARTIAL: Final = 0.1
OFFLINE: Final[Mapping[Market, float]] = {Market.B2B: 0.05, Market.B2C: 0.09}
"""The share, 0-1, who answer on a tablet in the showroom or at a fair."""


@dataclass(frozen=True)
class Sitting:
    """One person answering one survey once.

    ``answers`` are by question key, as the questionnaire stores them; ``n_pages`` is how many
    pages were sent. ``started_at`` and ``answered_at`` are in UTC.
    """

    journey: str
    stage: str
    audience: Audience
    market: Market
    channel: Channel
    account: str | None
    person: str
    language: str
    started_at: datetime
    answered_at: datetime
    n_pages: int
    is_finished: bool
    answers: Mapping[str, Answer]
    attributes: Mapping[str, str]


def tell(
    seed: int,
    now: datetime,
    questionnaires: Mapping[Survey, Questionnaire],
    responses: int = RESPONSES,
) -> Iterator[Sitting]:
    """Tell everything that was answered in the last closed months, in the order of time.

    Args:
        seed: the same seed tells the same story.
        now: an aware moment; the month it lies in is not told.
        questionnaires: what is asked, by key of the plan, key of the stage, and audience.
        responses: how many sittings.

    Raises:
        ValueError: no questionnaire belongs to a stage of the company's plans.
    """
    weights = _weights(questionnaires)
    teller = _Teller(Random(seed), questionnaires)  # noqa: S311 -- play data
    months = closed_months(now)
    for step, (month, count) in enumerate(zip(months, spread(responses, months), strict=True)):
        surveys = teller.random.choices(list(weights), list(weights.values()), k=count)
        markets = [teller.market(survey) for survey in surveys]
        moments = [moment(teller.random, month, market) for market in markets]
        order = sorted(range(count), key=moments.__getitem__)
        for i in order:
            yield teller.sitting(surveys[i], markets[i], moments[i], len(months) - step)


def _weights(questionnaires: Mapping[Survey, Questionnaire]) -> dict[Survey, float]:
    """How often each survey is answered: the shares of its journey, stage and audience."""
    weights: dict[Survey, float] = {}
    for plan in PLANS:
        within = {
            survey: plan.stages[survey[1]] * AUDIENCE_WEIGHTS[survey[2]]
            for survey in questionnaires
            if survey[0] == plan.key and survey[1] in plan.stages
        }
        total = sum(within.values())
        weights |= {survey: plan.share * part / total for survey, part in within.items()}
    if not weights:
        raise ValueError("No questionnaire belongs to a stage of the company's plans.")
    return weights


class _Teller:
    """What is remembered from one sitting to the next: people, and words already used."""

    def __init__(self, random: Random, questionnaires: Mapping[Survey, Questionnaire]) -> None:
        """Start with nobody and every word unused."""
        self.random = random
        self._questionnaires = questionnaires
        self._people = People(random)
        self._voice = Voice(random)

    def market(self, survey: Survey) -> Market:
        """Whether a firm or a household answers a survey this time."""
        plan = next(plan for plan in PLANS if plan.key == survey[0])
        return Market.B2B if self.random.random() < plan.b2b_share else Market.B2C

    def sitting(self, survey: Survey, market: Market, at: datetime, months_ago: int) -> Sitting:
        """Let somebody answer a survey."""
        journey, stage, audience = survey
        questionnaire = self._questionnaires[survey]
        person = self._people.meet(journey, audience, market, at)
        judgement = judge(self.random, touchpoints(questionnaire), person, audience, months_ago)
        scene = Scene(stage, audience, person, judgement, months_ago)
        respondent = Respondent(
            audience, judgement, lambda: remark(self.random, self._voice, scene)
        )
        n_pages = self._n_pages(len(questionnaire.pages))
        answers = fill_in(self.random, questionnaire.pages[:n_pages], respondent)
        return Sitting(
            journey=journey,
            stage=stage,
            audience=audience,
            market=market,
            channel=self._channel(market),
            account=person.account,
            person=person.key,
            language=_language(person, questionnaire),
            started_at=at - timedelta(seconds=self.random.randint(8, 35) * (n_pages + 1)),
            answered_at=at,
            n_pages=n_pages,
            is_finished=n_pages == len(questionnaire.pages),
            answers=answers,
            attributes=dict(person.attributes),
        )

    def _n_pages(self, pages: int) -> int:
        """How many pages are sent: all of them, or fewer where somebody stops half-way."""
        if pages > 1 and self.random.random() < PARTIAL:
            return self.random.randint(1, pages - 1)
        return pages

    def _channel(self, market: Market) -> Channel:
        """How the survey was answered."""
        is_offline = self.random.random() < OFFLINE[market]
        return Channel.OFFLINE if is_offline else Channel.ONLINE


def _language(person: Person, questionnaire: Questionnaire) -> str:
    """The person's own language if the survey speaks it, else the survey's first."""
    languages = questionnaire.languages
    return person.language if person.language in languages else languages[0]

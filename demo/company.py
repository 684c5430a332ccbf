"""The invented company behind the demonstration: its name, its journeys, whom it serves.

Vlierdonk Energie does not exist. It sells heat pumps, solar panels, home batteries, charging
points and green power to households and to firms in the east and middle of the Netherlands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from questionnaires.ready import ready_questionnaire
from questionnaires.template import template
from questionnaires.value import Questionnaire
from vocabulary import LANGUAGES, Audience, Market

NAME: Final = "Vlierdonk Energie"

NOTICE: Final[Mapping[str, str]] = {
    "nl": "Vlierdonk Energie is een verzonnen bedrijf; alle antwoorden zijn verzonnen.",
    "en": "Vlierdonk Energie is an invented company; every answer here is invented.",
}
"""What every page filled by the demonstration says."""

Survey = tuple[str, str, Audience]
"""Which survey it is: the key of a plan, of a stage, and an audience."""

TIME_ZONE: Final = "Europe/Amsterdam"
"""Where its months begin and end."""


@dataclass(frozen=True)
class Plan:
    """One journey of the company, and how much is asked in it.

    ``share`` is its part of all responses and ``b2b_share`` the part of those given by firms,
    both 0-1; ``stages`` says how often each stage is asked about, against the others.
    """

    key: str
    template: str
    market: Market
    name: Mapping[str, str]
    share: float
    b2b_share: float
    stages: Mapping[str, float]


PLANS: Final = (
    Plan(
        key="household",
        template="cycle",
        market=Market.B2C,
        name={"nl": "Klantreis thuis", "en": "Household journey"},
        share=0.6,
        b2b_share=0.15,
        stages={
            "awareness": 0.8,
            "consideration": 1.0,
            "decision": 1.8,
            "retention": 2.8,
            "advocacy": 0.9,
        },
    ),
    Plan(
        key="business",
        template="funnel",
        market=Market.B2B,
        name={"nl": "Zakelijke klantreis", "en": "Business journey"},
        share=0.4,
        b2b_share=1.0,
        stages={
            "interest": 1.0,
            "convince": 1.2,
            "activate": 1.8,
            "cross_selling": 0.7,
            "up_selling": 0.7,
            "repeat_purchase": 1.8,
            "ambassadors": 0.7,
        },
    ),
)

ASKED: Final[Mapping[Audience, tuple[str, ...]]] = {
    Audience.PROSPECT: (
        "awareness",
        "consideration",
        "decision",
        "interest",
        "convince",
        "activate",
    ),
    Audience.CUSTOMER: (
        "awareness",
        "consideration",
        "decision",
        "retention",
        "advocacy",
        "activate",
        "cross_selling",
        "up_selling",
        "repeat_purchase",
        "ambassadors",
    ),
    Audience.EX_CUSTOMER: ("retention", "repeat_purchase"),
}
"""Which stages each audience is asked about."""

AUDIENCE_WEIGHTS: Final[Mapping[Audience, float]] = {
    Audience.PROSPECT: 1.0,
    Audience.CUSTOMER: 1.0,
    Audience.EX_CUSTOMER: 0.45,
}
"""How often each audience is asked about a stage, against the others."""

DUTCH_SHARE: Final[Mapping[Market, float]] = {Market.B2B: 0.76, Market.B2C: 0.74}
"""The share of people, 0-1, who answer in Dutch; the others answer in English."""

REGIONS: Final[Mapping[str, int]] = {
    "Gelderland": 34,
    "Overijssel": 27,
    "Utrecht": 18,
    "Flevoland": 9,
    "Drenthe": 7,
    "Limburg": 5,
}
"""Provinces, and how many of a hundred people live there."""

PRODUCTS: Final[Mapping[Market, Mapping[str, int]]] = {
    Market.B2C: {"warmtepomp": 42, "zonnepanelen": 33, "groene stroom": 15, "thuisbatterij": 10},
    Market.B2B: {"zonnepanelen": 36, "laadpalen": 34, "warmtepomp": 18, "groene stroom": 12},
}
"""What people bought or look for, per market, and how often; in the company's own words."""

ROLES: Final[Mapping[str, int]] = {
    "decision_maker": 24,
    "user": 34,
    "influencer": 18,
    "buyer": 16,
    "gatekeeper": 8,
}
"""What a person of a firm does in its decisions, and how often."""


def questionnaires() -> dict[Survey, Questionnaire]:
    """The ready questionnaire of every stage and audience that the company asks.

    Example:
        >>> len(questionnaires())
        18
    """
    return {
        (plan.key, stage.key, audience): ready_questionnaire(
            stage, stage.touchpoints, audience, plan.market, LANGUAGES
        )
        for plan in PLANS
        for stage in template(plan.template, plan.market).stages
        for audience, stages in ASKED.items()
        if stage.key in stages
    }

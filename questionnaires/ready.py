"""The ready questionnaire of a stage for one audience: short, in an order that does not lead.

The overall question comes first, so that the details do not colour it; then which touchpoints were
met; then a rating of only those, in random order; then one open question (docs/metrics.md).
"""

from collections.abc import Sequence
from typing import Protocol

from questionnaires.logic import NONE_MET
from questionnaires.template import phrase_of
from questionnaires.value import Condition, Option, Page, Question, Questionnaire, Texts
from questionnaires.wording import Wording
from vocabulary import Audience, Kind, Market

MOST_QUESTIONS = 12
"""The most that one respondent is asked: three minutes."""

OVERALL = "overall"
MET = "met"
COMMENT = "comment"
RATING_PREFIX = "rate_"


class Named(Protocol):
    """A stage or a touchpoint, of a template or of a stored journey."""

    @property
    def key(self) -> str:
        """What it is called in the facts."""

    @property
    def name(self) -> Texts:
        """What it is called in each language."""


def ready_questionnaire(
    stage: Named,
    touchpoints: Sequence[Named],
    audience: Audience,
    market: Market,
    languages: tuple[str, ...],
) -> Questionnaire:
    """Make the questionnaire of a stage, ready to publish in Dutch and English.

    Args:
        stage: whose overall question it asks.
        touchpoints: of that stage, in order. As many are asked as fit in ``MOST_QUESTIONS``.
        audience: who answers; people who left are asked to look back, and why.
        market: how they are addressed.
        languages: in which it is asked; in one we have no words for, the texts are left empty.
    """
    wording = Wording(audience, market, languages)
    closing = _closing(wording, stage)
    asked = touchpoints[: MOST_QUESTIONS - len(closing) - 3]  # overall, met and the open question
    pages = [Page(key="overall", questions=(_overall(wording, stage),))]
    if asked:
        pages += [
            Page(key="met", questions=(_met(wording, stage, asked),)),
            Page(
                key="ratings",
                questions=tuple(_rating(wording, stage, touchpoint) for touchpoint in asked),
                is_random_order=True,
            ),
        ]
    pages.append(Page(key="comment", questions=(_comment(wording, stage),)))
    if closing:
        pages.append(Page(key="closing", questions=closing))
    return Questionnaire(
        languages=languages,
        title=wording.of_stage(stage.key, "title") or _only(stage.name, languages),
        intro=wording.say("intro"),
        thanks=wording.say("thanks"),
        pages=tuple(pages),
    )


def _overall(wording: Wording, stage: Named) -> Question:
    """How satisfied all in all: the anchor of the stage's score."""
    low, high = wording.ends("satisfaction")
    return Question(
        key=OVERALL,
        kind=Kind.SATISFACTION,
        text=wording.say("overall", about=wording.about(stage.key, stage.name)),
        stage=stage.key,
        is_overall=True,
        is_required=True,
        low_end=low,
        high_end=high,
    )


def _met(wording: Wording, stage: Named, touchpoints: Sequence[Named]) -> Question:
    """Which touchpoints were met; "none of these" tells meeting none from passing it over."""
    options = [
        Option(key=touchpoint.key, text=_only(touchpoint.name, wording.languages))
        for touchpoint in touchpoints
    ]
    return Question(
        key=MET,
        kind=Kind.MET,
        text=wording.say("met"),
        hint=wording.say("met_hint"),
        stage=stage.key,
        options=(*options, Option(key=NONE_MET, text=wording.say("none_met"))),
    )


def _rating(wording: Wording, stage: Named, touchpoint: Named) -> Question:
    """How satisfied with one touchpoint, asked of who met it."""
    low, high = wording.ends("satisfaction")
    phrase = phrase_of(touchpoint.key, touchpoint.name, wording.market)
    text = (
        wording.say("rating", touchpoint=phrase)
        if phrase
        else wording.say("rating_by_name", touchpoint=touchpoint.name)
    )
    return Question(
        key=RATING_PREFIX + touchpoint.key,
        kind=Kind.RATING,
        text=text,
        stage=stage.key,
        touchpoint=touchpoint.key,
        may_not_apply=True,
        show_if=Condition(question=MET, includes=touchpoint.key),
        low_end=low,
        high_end=high,
    )


def _comment(wording: Wording, stage: Named) -> Question:
    """The one open question."""
    return Question(
        key=COMMENT,
        kind=Kind.COMMENT,
        text=wording.say("comment", about=wording.about(stage.key, stage.name)),
        hint=wording.say("comment_hint"),
        stage=stage.key,
    )


def _closing(wording: Wording, stage: Named) -> tuple[Question, ...]:
    """What the stage and the audience call for beside that: effort, leaving, recommending."""
    is_about_loyalty = wording.asks_nps(stage.key)
    closing = []
    if wording.audience is Audience.EX_CUSTOMER:
        closing.append(_reason(wording, stage))
        if not is_about_loyalty:
            closing.append(_would_return(wording, stage))
    elif effort := wording.of_stage(stage.key, "effort"):
        closing.append(_effort(wording, stage, effort))
    if is_about_loyalty:
        closing.append(_nps(wording, stage))
    return tuple(closing)


def _effort(wording: Wording, stage: Named, text: Texts) -> Question:
    """Whether it was easy."""
    low, high = wording.ends("agreement")
    return Question(
        key="effort",
        kind=Kind.EFFORT,
        text=text,
        hint=wording.say("effort_hint"),
        stage=stage.key,
        may_not_apply=True,
        low_end=low,
        high_end=high,
    )


def _reason(wording: Wording, stage: Named) -> Question:
    """Why someone left."""
    options = [Option(key=key, text=text) for key, text in wording.reasons().items()]
    return Question(
        key="reason",
        kind=Kind.SINGLE,
        text=wording.say("reason"),
        stage=stage.key,
        options=tuple(options),
    )


def _would_return(wording: Wording, stage: Named) -> Question:
    """Whether someone who left would come back."""
    low, high = wording.ends("agreement")
    return Question(
        key="would_return",
        kind=Kind.AGREEMENT,
        text=wording.say("would_return"),
        hint=wording.say("effort_hint"),
        stage=stage.key,
        low_end=low,
        high_end=high,
    )


def _nps(wording: Wording, stage: Named) -> Question:
    """Whether someone would recommend the company."""
    low, high = wording.ends("likelihood")
    return Question(
        key="nps",
        kind=Kind.NPS,
        text=wording.say("nps"),
        stage=stage.key,
        low_end=low,
        high_end=high,
    )


def _only(texts: Texts, languages: tuple[str, ...]) -> Texts:
    """The texts in these languages."""
    return {language: texts[language] for language in languages if language in texts}

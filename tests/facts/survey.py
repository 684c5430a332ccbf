"""A survey with every kind of question, and responses to it, for tests about facts."""

from datetime import timedelta

from actions.response import Respondent, Sheet, Sitting, draw_key, record_response, save_page
from extensions import db
from models import Response, Survey, Version
from questionnaires.value import Condition, Option, Page, Question, Questionnaire
from tests.factories import NOON, make_survey
from vocabulary import Audience, Channel, Kind, Market


def text(words):
    return {"nl": words, "en": words}


def rating(touchpoint):
    return Question(
        key=f"rate_{touchpoint}",
        kind=Kind.RATING,
        text=text(touchpoint),
        stage="buy",
        touchpoint=touchpoint,
        show_if=Condition(question="met", includes=touchpoint),
        may_not_apply=True,
    )


def options(*keys):
    return tuple(Option(key=key, text=text(key)) for key in keys)


QUESTIONNAIRE = Questionnaire(
    languages=("nl", "en"),
    title=text("Buying"),
    pages=(
        Page(
            key="overall",
            questions=(
                Question(
                    key="overall",
                    kind=Kind.SATISFACTION,
                    text=text("All in all?"),
                    stage="buy",
                    is_overall=True,
                ),
            ),
        ),
        Page(
            key="touchpoints",
            questions=(
                Question(
                    key="met",
                    kind=Kind.MET,
                    text=text("What did you meet?"),
                    stage="buy",
                    options=options("shop", "site"),
                ),
                rating("shop"),
                rating("site"),
            ),
        ),
        Page(
            key="last",
            questions=(
                Question(key="why", kind=Kind.COMMENT, text=text("Why?"), stage="buy"),
                Question(key="again", kind=Kind.NPS, text=text("Recommend?")),
                Question(
                    key="size",
                    kind=Kind.SINGLE,
                    text=text("How large?"),
                    options=options("small", "large"),
                ),
            ),
        ),
    ),
)

ANSWERS = {
    "overall": 4,
    "met": ["shop", "site"],
    "rate_shop": 2,
    "rate_site": 5,
    "why": "Prima",
    "again": 7,
    "size": "large",
}


def make_version(questionnaire=QUESTIONNAIRE, **given):
    """The version of a new survey that asks this."""
    survey = make_survey(questionnaire, **given)
    return db.session.query(Version).filter_by(survey_id=survey.id).one()


def begin(version, *, now=NOON, language="nl", person=None, account=None, **given):
    """Someone who begins to answer."""
    survey = db.session.get(Survey, version.survey_id)
    values = {"audience": Audience.CUSTOMER, "market": Market.B2C, "channel": Channel.ONLINE}
    return Sitting(
        key=draw_key(),
        survey_id=survey.id,
        version_id=version.id,
        identity=survey.identity,
        language=language,
        respondent=Respondent(person=person, account=account, **values | given),
        started_at=now - timedelta(minutes=3),
    )


def answer(version, answers=ANSWERS, *, now=NOON, **given):
    """Someone answers the whole survey; gives the response's key."""
    sitting = begin(version, now=now, **given)
    record_response(sitting, answers, now)
    return sitting.key


def send_page(sitting, number, answers, *, now=NOON, is_junk=False):
    """Someone sends one page, the last one perhaps."""
    page = QUESTIONNAIRE.pages[number - 1]
    sheet = Sheet(
        answers,
        asked=[question.key for question in page.questions],
        n_pages=number,
        is_last=number == len(QUESTIONNAIRE.pages),
        is_junk=is_junk,
    )
    save_page(sitting, sheet, now)


def response_of(key):
    """The response with this key, as it is stored now."""
    db.session.rollback()
    return db.session.query(Response).filter_by(key=key).one()

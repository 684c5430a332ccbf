"""Composing a summary from the answers there are."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.estimate import Colleague, close_round, open_round, save_sheet
from actions.projection import project_finished
from actions.sentiment import score_comments
from actions.summary import MonthNotClosedError, compose_summary
from extensions import db
from models import EstimateRound, Picture, Response, Summary
from tests.factories import make_journey
from tests.facts.survey import ANSWERS, answer, make_version
from tests.summaries import make_stages

OCTOBER = datetime(2026, 10, 15, 12, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 15, 12, tzinfo=UTC)
CANARY = "kanarie"


def answered(version, n, now=OCTOBER, said="Prima dienst, echt heel fijn geholpen", **given):
    """So many people answer."""
    return [answer(version, ANSWERS | {"why": said} | given, now=now) for _ in range(n)]


def projected(now=OCTOBER):
    """Bring the answers to the facts."""
    score_comments(now)
    project_finished(now + timedelta(hours=1))


def journey_with_survey(**given):
    """A journey that can be asked about."""
    journey = make_journey(**given)
    make_stages(journey)
    return journey, make_version(journey=journey)


def composed(app, journey, month="2026-10", now=datetime(2026, 11, 1, 6, tzinfo=UTC)):
    """The summary as it is kept."""
    db.session.rollback()
    key = journey.key
    number = compose_summary(key, month, app.config["HOME"], now, app.config["TIME_ZONE"])
    db.session.expire_all()
    return db.session.get_one(Summary, number)


def test_it_keeps_numbers_names_quotes_and_pictures(app):
    journey, version = journey_with_survey()
    answered(version, 6, said="Slechte dienst, echt heel traag geholpen")
    projected()

    summary = composed(app, journey)

    assert (summary.content["n"], summary.n_answers) == (6, {"2026-10": 6})
    assert summary.content["stages"][0]["score"] == 75.0
    assert summary.content["names"]["stages"] == {"buy": {"nl": "buy nl", "en": "buy en"}}
    assert [quote["text"] for quote in summary.content["quotes"]] == [
        "Slechte dienst, echt heel traag geholpen"
    ]
    drawn = db.session.execute(select(Picture.language, Picture.name)).all()
    assert sorted(map(tuple, drawn)) == [("en", "strips"), ("nl", "strips")]
    assert db.session.scalar(select(Picture.content)).startswith(b"\x89PNG")


def test_it_is_composed_anew_until_it_is_frozen(app):
    journey, version = journey_with_survey()
    answered(version, 6)
    projected()
    first = composed(app, journey)
    number = first.id
    answered(version, 2)
    projected()

    assert composed(app, journey).content["n"] == 8
    db.session.get_one(Summary, number).frozen_at = OCTOBER
    db.session.commit()
    answered(version, 5)
    projected()

    again = composed(app, journey)
    assert (again.id, again.content["n"]) == (number, 8)


def test_answers_that_came_late_are_counted_in_the_next_one_and_said_so(app):
    journey, version = journey_with_survey()
    answered(version, 6, SEPTEMBER)
    projected(SEPTEMBER)
    september = composed(app, journey, "2026-09", datetime(2026, 10, 1, 6, tzinfo=UTC))
    assert september.content["late"] == []
    september.frozen_at = OCTOBER
    db.session.commit()
    answered(version, 12, SEPTEMBER)
    answered(version, 6)
    projected()

    summary = composed(app, journey)

    assert summary.content["late"] == [{"month": "2026-09", "n": 12}]
    assert summary.n_answers == {"2026-09": 18, "2026-10": 6}


def test_a_summary_that_nobody_got_makes_no_answer_late(app):
    journey, version = journey_with_survey()
    answered(version, 6, SEPTEMBER)
    projected(SEPTEMBER)
    composed(app, journey, "2026-09")
    answered(version, 12, SEPTEMBER)
    projected()

    assert composed(app, journey).content["late"] == []


def test_quotes_are_masked_short_and_of_different_accounts(app):
    journey, version = journey_with_survey()
    words = "Bel me op 06-12345678 of jan@devries.example " + "want dit is veel te traag " * 30
    for _ in range(6):
        answer(version, ANSWERS | {"why": words}, now=OCTOBER, person="p", account="a")
    answered(version, 5)
    projected()

    quotes = composed(app, journey).content["quotes"]

    assert len(quotes) == 1  # one place, so one quote
    assert "06-1" not in str(quotes)
    assert "jan@" not in str(quotes)
    assert len(quotes[0]["text"]) <= 241


def test_a_response_set_aside_is_not_quoted(app):
    journey, version = journey_with_survey()
    keys = answered(version, 6, said="Slechte dienst, echt heel traag geholpen")
    projected()
    for response in db.session.scalars(select(Response).where(Response.key.in_(keys))):
        response.excluded_at = OCTOBER
    db.session.commit()

    assert composed(app, journey).content["quotes"] == []


def test_nothing_of_another_journey_is_in_it(app):
    journey, version = journey_with_survey()
    _other, others = journey_with_survey(key=CANARY, name={"nl": CANARY, "en": CANARY})
    answered(version, 6)
    answered(others, 40, said=f"{CANARY} {CANARY} {CANARY}")
    projected()

    summary = composed(app, journey)

    assert CANARY not in str(summary.content)
    assert summary.n_answers == {"2026-10": 6}


def test_a_journey_without_answers_says_so(app):
    journey, _version = journey_with_survey()

    summary = composed(app, journey)

    assert summary.content["is_empty"] is True
    assert summary.content["findings"][0]["subject"] == "no_answers"


def estimated(journey, closed_at):
    """Six colleagues think that customers are delighted with the shop, in a round that is over."""
    asked = open_round(journey, SEPTEMBER)
    for number in range(6):
        key = f"{asked.token}-{number}"
        save_sheet(asked.token, key, Colleague(None, None), {"buy/shop": 5}, SEPTEMBER)
    close_round(journey, closed_at)


def test_what_else_the_year_says_is_kept_and_only_what_was_known_when_the_month_ended(app):
    journey, version = journey_with_survey()
    for rating in (1, 2, 2, 3) * 5:
        answered(version, 1, rate_shop=rating)
    estimated(journey, OCTOBER)
    projected()
    (gap,) = composed(app, journey).content["further"]
    assert (gap["subject"], gap["stage"], gap["touchpoint"]) == ("gap", "buy", "shop")
    assert (gap["score"], gap["other"], gap["n"]) == (25.0, 100.0, 20)

    db.session.scalars(select(EstimateRound)).one().closed_at = datetime(2026, 11, 1, tzinfo=UTC)
    db.session.commit()
    assert composed(app, journey).content["further"] == []


@pytest.mark.parametrize(
    ("month", "now"),
    [
        ("2026-11", datetime(2026, 11, 1, 6, tzinfo=UTC)),
        ("2026-10", datetime(2026, 10, 31, 22, 59, tzinfo=UTC)),  # 23:59 in Amsterdam
        ("2026-13", datetime(2030, 1, 1, tzinfo=UTC)),
        ("october", datetime(2030, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_month_that_is_not_over_is_refused(app, month, now):
    journey, _version = journey_with_survey()

    with pytest.raises(MonthNotClosedError):
        composed(app, journey, month, now)


def test_a_month_is_over_at_midnight_where_the_organisation_is(app):
    journey, _version = journey_with_survey()

    assert composed(app, journey, now=datetime(2026, 10, 31, 23, 1, tzinfo=UTC)).month == "2026-10"

"""Removing a response for good."""

import pytest
from sqlalchemy import func, select

from actions.exclusion import UnknownResponseError
from actions.projection import project_finished
from actions.removal import AmbiguousReceiptError, key_of, remove_response
from extensions import db
from models import Answer, Response, Sentiment, Summary, Version
from tests.factories import NOON, make_journey, make_survey
from tests.facts.rows import rows_of
from tests.questions import FOUR_PAGES
from tests.story import tell
from tests.summaries import CONTENT, make_summary
from vocabulary import Audience, Market


def make_response(key):
    survey = make_survey(FOUR_PAGES, make_journey())
    version_id = db.session.scalar(select(Version.id).where(Version.survey_id == survey.id))
    response = Response(
        key=key,
        survey_id=survey.id,
        version_id=version_id,
        audience=Audience.CUSTOMER,
        market=Market.B2C,
        language="nl",
        attributes={},
        started_at=NOON,
        answered_at=NOON,
    )
    db.session.add(response)
    db.session.commit()


def count(table, number):
    of_it = select(func.count()).select_from(table).where(table.response_id == number)
    return db.session.scalar(of_it)


def test_all_of_a_response_goes_and_nothing_of_another(app):
    tell(app, people=6)
    gone = db.session.scalars(select(Response).limit(1)).one()
    number, key, n_facts = gone.id, gone.key, len(rows_of(app.config["HOME"]))
    n_of_it = sum(fact["response"] == key for fact in rows_of(app.config["HOME"]))
    assert (count(Answer, number), count(Sentiment, number)) == (5, 1)

    remove_response(key, NOON)
    project_finished(NOON)

    facts = rows_of(app.config["HOME"])
    assert [fact for fact in facts if fact["response"] == key] == []
    assert len(facts) == n_facts - n_of_it
    assert (count(Answer, number), count(Sentiment, number)) == (0, 0)
    assert db.session.query(Response).count() == 5


def test_what_a_summary_quotes_of_it_goes_too(app):
    journey = tell(app, people=6)
    key = db.session.scalar(select(Response.key).limit(1))
    mine, other = ({**CONTENT["quotes"][0], "response": one} for one in (key, "another"))
    number = make_summary(journey, quotes=[mine, other]).id

    remove_response(key, NOON)

    db.session.expire_all()
    assert db.session.get(Summary, number).content["quotes"] == [other]


def test_a_response_that_is_not_there_is_refused(app):
    with pytest.raises(UnknownResponseError):
        remove_response("nobody", NOON)


@pytest.mark.parametrize("name", ["0123456789ab" + "c" * 20, "0123-4567-89AB", " 0123456789ab "])
def test_a_receipt_names_a_response_as_its_key_does(app, name):
    make_response("0123456789ab" + "c" * 20)

    assert key_of(name) == "0123456789ab" + "c" * 20


@pytest.mark.parametrize("name", ["", "0123", "0123456789a%", "0123456789a_", "0123456789ac"])
def test_what_is_no_receipt_names_nobody(app, name):
    make_response("0123456789ab" + "c" * 20)

    with pytest.raises(UnknownResponseError):
        key_of(name)


def test_a_receipt_of_two_names_neither(app):
    make_response("0123456789ab" + "c" * 20)
    make_response("0123456789ab" + "d" * 20)

    with pytest.raises(AmbiguousReceiptError):
        key_of("0123-4567-89AB")

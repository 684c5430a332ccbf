"""Whom a CRM and a survey speak of is the same person, under whatever name was kept."""

from datetime import timedelta

from sqlalchemy import select

from actions.account_import import import_accounts
from actions.crm_cells import Line
from actions.event_import import import_events, remove_events
from actions.event_reading import known_events, state_of_events
from actions.person_code import codes_of_named, person_code
from actions.response import Record, Respondent, Sitting, record_many
from extensions import db
from models import Response, Version
from tests.factories import NOON, make_survey
from tests.questions import FOUR_PAGES
from vocabulary import Audience, Identity, Market


def answer(identity, person, key):
    survey = make_survey(FOUR_PAGES, identity=identity)
    version_id = db.session.scalar(select(Version.id).where(Version.survey_id == survey.id))
    respondent = Respondent(Audience.CUSTOMER, Market.B2C, None, person=person)
    record_many([
        Record(Sitting(key, survey.id, version_id, identity, "nl", respondent, NOON), {}, NOON)
    ])  # fmt: skip
    db.session.commit()
    return db.session.scalar(select(Response.person).where(Response.key == key))


def bring(**cells):
    return import_events([Line(2, cells)], now=NOON)


def test_an_event_bears_the_name_that_a_pseudonymous_survey_keeps(app):
    kept = answer(Identity.PSEUDONYMOUS, "ann", "r1")
    bring(person="ann", kind="lead", time="2026-01-05")

    assert kept == person_code("ann") != "ann"
    assert known_events().rows[0][0] == kept


def test_who_answered_under_their_own_name_is_known_by_its_code(app):
    answer(Identity.NAMED, "ann", "r1")
    answer(Identity.PSEUDONYMOUS, "bob", "r2")

    assert codes_of_named() == {"ann": person_code("ann")}
    assert known_events().codes == {"ann": person_code("ann")}


def test_persons_are_brought_home_to_their_account(app):
    import_accounts([Line(2, {"account": "acme", "person": "ann"})], now=NOON)

    assert known_events().homes == {person_code("ann"): "acme"}


def test_the_state_changes_with_every_change(app):
    states = [state_of_events()]
    bring(person="ann", kind="lead", time="2026-01-05")
    states.append(state_of_events())
    import_accounts([Line(2, {"account": "acme", "person": "ann"})], now=NOON)
    states.append(state_of_events())
    later = NOON + timedelta(days=1)
    import_accounts([Line(2, {"account": "bolt", "person": "ann"})], now=later)
    states.append(state_of_events())
    remove_events(person="ann")
    states.append(state_of_events())

    assert len(set(states)) == 5
    bring()  # a refused row changes nothing
    assert state_of_events() == states[-1]

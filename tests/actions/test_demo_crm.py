"""What is planted of the invented CRM belongs to the people who were planted."""

from sqlalchemy import func, select

from actions.demo_crm import plant_crm
from actions.response import Record, Respondent, Sitting, record_many
from demo import story
from demo.company import questionnaires
from extensions import db
from models import Account, LifecycleEvent, Person, Response, Version
from tests.factories import NOON, make_survey
from tests.questions import FOUR_PAGES
from vocabulary import Identity


def test_every_event_and_person_is_of_somebody_who_answered(app):
    survey = make_survey(FOUR_PAGES, identity=Identity.PSEUDONYMOUS)
    version_id = db.session.scalar(select(Version.id))
    told = list(story.tell(7, NOON, questionnaires(), 200))
    respondents = [
        Respondent(one.audience, one.market, one.channel, one.account, one.person) for one in told
    ]
    record_many(
        [
            Record(
                Sitting(f"k{n}", survey.id, version_id, survey.identity, "nl", who, NOON), {}, NOON
            )
            for n, who in enumerate(respondents)
        ]
    )
    db.session.commit()

    plant_crm(7, NOON, 200)

    people = select(Response.person).where(Response.person.is_not(None))
    accounts = select(Response.account).where(Response.account.is_not(None))
    event = LifecycleEvent
    strangers = select(func.count()).where(event.person.not_in(people))
    assert db.session.scalar(select(func.count(event.id))) > 100
    assert db.session.scalar(strangers) == 0
    assert db.session.scalar(select(func.count()).where(event.account.not_in(accounts))) == 0
    assert db.session.scalar(select(func.count()).where(Person.key.not_in(people))) == 0
    assert db.session.scalar(select(func.count(Account.id))) == len(
        {one.account for one in told if one.account}
    )

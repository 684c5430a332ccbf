"""`flask demo plant` fills an empty installation, once."""

from actions.demo import renew_demo_password
from extensions import db
from models import Journey, Organisation, PainResult, Response, User
from tests.factories import make_organisation, make_user


def test_it_plants_a_company_that_is_marked_as_invented(app, runner):
    told = runner.invoke(args=["demo", "plant", "--responses", "300"])

    assert told.exit_code == 0
    assert "Planted 2 journeys with 300 invented responses." in told.output
    assert db.session.get(Organisation, 1).is_invented
    assert {journey.key for journey in db.session.query(Journey)} == {"household", "business"}
    assert db.session.query(Response).count() == 300
    assert db.session.query(PainResult).count() == 12
    user = db.session.query(User).filter_by(email="demo@vlierdonk.example").one()
    assert user.verify_and_update_password(told.output.split()[-1])
    assert db.session.query(Response).filter(Response.projected_at.is_(None)).count() == 0


def test_it_leaves_an_installation_alone_that_has_something(app, runner):
    make_organisation()

    refused = runner.invoke(args=["demo", "plant"])
    silent = runner.invoke(args=["demo", "plant", "--if-empty"])

    assert refused.exit_code == 1
    assert "needs an empty installation" in refused.output
    assert silent.exit_code == 0
    assert db.session.query(Journey).count() == 0


def test_the_printed_password_is_new_each_time_and_never_a_real_colleagues(app):
    make_organisation(is_invented=True)
    user = make_user(email="demo@vlierdonk.example")
    before = user.password

    email, password = renew_demo_password()

    db.session.refresh(user)
    assert email == user.email
    assert user.password != before
    assert user.verify_and_update_password(password)

    db.session.get(Organisation, 1).is_invented = False
    db.session.commit()
    assert renew_demo_password() is None

"""`flask outreach` tells, lists and takes back."""

import pytest

from extensions import db
from models import Outreach, Survey
from tests.story import tell


@pytest.fixture
def outreach(app, runner):
    tell(app)
    key = db.session.query(Survey).one().key

    def run(verb, *arguments):
        db.session.commit()
        return runner.invoke(args=["outreach", verb, *(a.format(key=key) for a in arguments)])

    return run


def test_a_mailing_is_told_listed_and_taken_back(outreach):
    assert "Nothing was told" in outreach("list").output
    told = outreach("set", "{key}", "2026-10", "--invited", "1200", "--bounced", "30").output

    assert "2026-10: 1,200 invited, 30 bounced." in told
    assert outreach("list", "--journey", "household").output.startswith("2026-10, ")
    assert "taken back" in outreach("remove", "{key}", "2026-10").output
    assert db.session.query(Outreach).count() == 0


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("{key}", "2026-13", "--invited", "10"), "A month looks like 2026-10."),
        (("{key}", "1999-12", "--invited", "10"), "give a month from 2000-01 to 2"),
        (("{key}", "2999-12", "--invited", "10"), "2999-12 is far off"),
        (("{key}", "2026-10", "--invited", "0"), "Give how many were invited"),
        (("{key}", "2026-10", "--invited", "10", "--refused", "11"), "count again"),
        (("nowhere", "2026-10", "--invited", "10"), "There is no survey “nowhere”."),
    ],
)
def test_errors_say_what_to_do(outreach, arguments, error):
    told = outreach("set", *arguments)

    assert told.exit_code == 1
    assert error in told.output
    assert db.session.query(Outreach).count() == 0


def test_what_was_not_told_cannot_be_taken_back(outreach):
    assert "see `flask outreach list`" in outreach("remove", "{key}", "2026-10").output
    assert "There is no journey" in outreach("list", "--journey", "nowhere").output

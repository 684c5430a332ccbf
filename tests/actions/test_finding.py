"""The findings as they are kept: of which months, and of what is in use only."""

from datetime import UTC, datetime

import pytest

from actions.finding import findings_of, keep_findings
from actions.journey import stages_of
from actions.stage import retire
from extensions import db
from tests.factories import NOON, make_membership, make_user, sign_in_as
from tests.story import tell, tell_of_content
from vocabulary import Role

DECEMBER = datetime(2026, 12, 3, 9, tzinfo=UTC)
PAGE = "/journeys/household/findings"


def kept(app, journey):
    keep_findings(journey.key, app.config["HOME"], DECEMBER, app.config["TIME_ZONE"])
    return findings_of(journey).content


def part_of(journey, stage, touchpoint=None):
    """The stage, or one of its touchpoints."""
    found = next(one for one in stages_of(journey) if one.key == stage)
    return next((one for one in found.touchpoints if one.key == touchpoint), found)


def places(content):
    return {(one["stage"], one["touchpoint"]) for one in content["findings"]}


def read(client, journey):
    user = make_user(Role.ANALYST)
    make_membership(user, journey)
    sign_in_as(client, user)
    return client.get(PAGE).text


def test_the_months_of_the_changes_are_kept_and_lead_to_their_comparison(app, client):
    journey = tell(app)

    content = kept(app, journey)

    assert (content["month"], content["before"]) == ("2026-11", "2026-10")
    address = "compare?by=period&amp;a_from=2026-10&amp;a_to=2026-10&amp;b_from=2026-11&amp;b_to"
    assert address in read(client, journey)


def test_findings_that_were_kept_without_their_months_lead_to_the_page(app, client):
    journey = tell(app)
    kept(app, journey)
    found = findings_of(journey)
    found.content = {
        name: value for name, value in found.content.items() if name not in {"month", "before"}
    }
    db.session.commit()

    page = read(client, journey)

    assert '/compare"' in page
    assert "a_from" not in page


@pytest.mark.parametrize("touchpoint", [None, "invoice"])
def test_nothing_is_found_of_what_was_retired(app, touchpoint):
    journey = tell(app)
    tell_of_content(app, journey, "advocacy")
    assert ("retention", "invoice") in places(kept(app, journey))
    retire(part_of(journey, "retention", touchpoint), NOON)
    db.session.commit()

    found = places(kept(app, journey))

    assert ("retention", "invoice") not in found
    assert (("retention", None) in found) is (touchpoint is not None)


def test_what_was_retired_since_is_not_told_by_its_key(app, client):
    journey = tell(app)
    kept(app, journey)
    retire(part_of(journey, "retention", "invoice"), NOON)
    db.session.commit()

    page = read(client, journey)

    assert "Only Retention" in page or "Retention scores lowest" in page
    assert "low ratings go together" not in page

"""The pages of improvements: listed, registered, shown, withdrawn."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import render_template

from actions.improvement import improvements_of
from tests.factories import make_membership, make_organisation, make_user, sign_in_as
from tests.improvements import ANNOUNCED, NOW, announce, tell_of_invoice
from views.improvement import at_touchpoint
from vocabulary import Role

HERE = "/journeys/household/improvements"
FORM = {
    "title": "A shorter invoice",
    "description": "",
    "touchpoints": ["invoice"],
    "starts_on": "2026-12-01",
    "expected": "7,5",
}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def journey(app, clock):
    make_organisation()
    return tell_of_invoice()


def enter(client, journey, role=Role.OWNER):
    user = make_user(role)
    make_membership(user, journey)
    sign_in_as(client, user)
    return user


def test_an_empty_list_says_what_it_is_for(client, journey):
    enter(client, journey)

    page = client.get(HERE).text

    assert "Nothing is registered yet" in page
    assert "Register an improvement" in page


def test_the_list_gives_the_verdict_and_the_sentence(app, client, journey):
    announce(app, journey)
    enter(client, journey)

    page = client.get(HERE).text

    assert '<span class="verdict is-helped">Helped</span>' in page
    assert "It helped. Set against the untouched touchpoints, Bill changed by +4" in page
    assert "from 1 March 2026" in page


def test_a_page_shows_the_picture_the_months_and_what_it_rests_on(app, client, journey):
    made = announce(app, journey)
    enter(client, journey)

    page = client.get(f"{HERE}/{made.id}").text

    assert "Bill beside the untouched touchpoints" in page
    assert "Compared: 120 ratings from March 2025 to February 2026 with 70" in page
    assert "Before the start they moved alike" in page
    assert len(re.findall(r'<th scope="row">\w+ 202[56]</th>', page)) == 20
    assert page.count("compared with</td>") == 3
    assert "+12.5" in page


def test_before_the_start_it_is_too_early_and_says_until_when(app, client, journey):
    made = announce(app, journey, NOW, starts_on=datetime(2026, 12, 1, tzinfo=UTC).date())
    enter(client, journey)

    page = client.get(f"{HERE}/{made.id}").text

    assert "It starts on 1 December 2026; a first verdict can be given in June 2027" in page


def test_nothing_is_shown_of_few_persons(app, client, clock):
    make_organisation()
    journey = tell_of_invoice(persons=4)
    made = announce(app, journey)
    enter(client, journey)

    page = client.get(f"{HERE}/{made.id}").text

    assert "data-chart" not in page
    assert not re.search(r"changed by [+−]\d", page)


def test_who_registers_chooses_a_stage_first(client, journey):
    enter(client, journey)

    page = client.get(f"{HERE}/new").text

    assert '<option value="retention">' in page


def test_no_browser_asks_for_every_box(client, journey):
    enter(client, journey)

    page = client.get(f"{HERE}/new?stage=retention").text
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)

    assert len(boxes) == 2 * 7 + 1
    assert not [box for box in boxes if "required" in box]


def test_what_is_filled_in_is_registered(client, journey):
    user = enter(client, journey)

    answer = client.post(f"{HERE}/new?stage=retention", data=FORM)

    (made,) = improvements_of(journey.id)
    assert answer.location == f"{HERE}/{made.id}"
    assert (made.title, made.touchpoints, made.controls) == (FORM["title"], ["invoice"], None)
    assert (made.starts_on.isoformat(), made.expected) == ("2026-12-01", 7.5)
    assert (made.registered_by_id, made.registered_at) == (user.id, NOW)


@pytest.mark.parametrize(("typed", "kept"), [("0,1", 0.1), (" 5 ", 5), ("100", 100), (".5", 0.5)])
def test_points_may_be_typed_as_people_do(client, journey, typed, kept):
    enter(client, journey)

    client.post(f"{HERE}/new?stage=retention", data=FORM | {"expected": typed})

    assert improvements_of(journey.id)[0].expected == kept


@pytest.mark.parametrize("day", ["1-12-2026", "01/12/2026", "2026-12-01"])
def test_a_day_may_be_typed_as_people_do(client, journey, day):
    enter(client, journey)

    client.post(f"{HERE}/new?stage=retention", data=FORM | {"starts_on": day})

    assert improvements_of(journey.id)[0].starts_on.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"title": " "}, "Say in a few words what changes."),
        ({"title": "a\u202eb"}, "Keep this in one line"),
        ({"touchpoints": []}, "Choose at least one touchpoint."),
        ({"starts_on": "2026-02-30"}, "Fill in a day that exists"),
        ({"starts_on": ""}, "Fill in a day that exists"),
        ({"starts_on": "2026-10-05"}, "Register an improvement before it starts"),
        ({"starts_on": "2099-01-01"}, "within three years"),
        ({"expected": "much"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "-3"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "nan"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "1e9"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": ""}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "1e-400"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "1e1"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "1_0"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "0.09"}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "."}, "Fill in a number of points from 0.1 to 100"),
        ({"expected": "100.01"}, "Fill in a number of points from 0.1 to 100"),
        ({"controls": ["invoice"]}, "A touchpoint that changes cannot be one to compare with."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, journey, given, expected):
    enter(client, journey)

    answer = client.post(f"{HERE}/new?stage=retention", data=FORM | {"description": "Kept"} | given)

    assert answer.status_code == 422
    assert expected in answer.text
    assert answer.text.count("Fill in a day that exists") in {0, 2}  # at the top, and at the field
    assert "Kept</textarea>" in answer.text
    if "expected" in given:
        assert f'value="{given["expected"]}"' in answer.text
    assert improvements_of(journey.id) == []


def test_an_improvement_of_the_whole_stage_is_refused(client, journey):
    enter(client, journey)
    every = ["delivery", "invoice", "app", "first_support_call", "after_sales_service"]
    every += ["listening", "expectations"]

    answer = client.post(f"{HERE}/new?stage=retention", data=FORM | {"touchpoints": every})

    assert "Leave at least one touchpoint of the stage untouched" in answer.text


def test_what_has_started_is_kept_as_a_note_when_that_is_meant(client, journey):
    enter(client, journey)
    late = FORM | {"starts_on": "2026-03-01", "is_late": "y"}

    page = client.post(f"{HERE}/new?stage=retention", data=late, follow_redirects=True).text

    assert "No proof" in page
    assert "announce the next one before it starts" in page


def test_a_manager_reads_and_does_not_register(app, client, journey):
    made = announce(app, journey)
    enter(client, journey, Role.MANAGER)

    assert "Register an improvement" not in client.get(HERE).text
    assert "Withdraw" not in client.get(f"{HERE}/{made.id}").text
    assert client.get(f"{HERE}/new").status_code == 403
    assert client.post(f"{HERE}/{made.id}/withdrawal").status_code == 403


def test_a_withdrawn_improvement_stays_to_be_read(app, client, journey):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    made = announce(app, journey, datetime.now(UTC), starts_on=tomorrow.date())
    enter(client, journey)

    page = client.post(f"{HERE}/{made.id}/withdrawal", follow_redirects=True).text

    assert "Withdrawn: it did not take place." in page
    assert "A shorter invoice" in client.get(HERE).text


def test_what_is_judged_keeps_its_verdict(app, client, journey):
    made = announce(app, journey)
    enter(client, journey)

    page = client.post(f"{HERE}/{made.id}/withdrawal", follow_redirects=True).text

    assert "There is a verdict already" in page
    assert "Withdraw: it does not take place" not in page


def test_an_improvement_of_another_journey_is_not_found(app, client, journey):
    enter(client, journey)

    assert client.get(f"{HERE}/99").status_code == 404
    assert client.get(f"{HERE}/{10**30}").status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_costs_the_same_statements_however_many_there_are(
    app, client, journey, count_statements, count
):
    for _ in range(count):
        announce(app, journey, ANNOUNCED)
    enter(client, journey)
    client.get(HERE)
    count_statements.clear()

    client.get(HERE)

    selects = [each for each in count_statements if each.startswith("SELECT")]
    assert len(selects) == 7


def test_a_touchpoint_has_its_own_improvements_with_their_verdicts(app, journey):
    announce(app, journey)
    announce(app, journey, title="Another", touchpoints=("delivery",))

    with app.test_request_context(headers={"Accept-Language": "en"}):
        rows = at_touchpoint(journey, "retention", "invoice", NOW)
        page = render_template(
            "improvement/_of_touchpoint.html", journey=journey, improvements=rows
        )

    assert "A shorter invoice" in page
    assert "Another" not in page
    assert "Helped" in page

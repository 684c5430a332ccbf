"""The ranking of what hurts, and asking for it."""

from datetime import timedelta

import pytest

from actions.mix import WhoMix, set_mix
from actions.pain import compute_pain, usual_filters
from actions.weighted_pain import compute_weighted_pain
from extensions import db
from insights.filters import Filters
from models import Job, Journey, PainResult
from tests.factories import NOON, make_organisation, make_user, sign_in_as
from tests.story import answer_as, answer_worse, tell
from vocabulary import Audience, Role

RANKING = "/journeys/household/pain"
OFFLINE = "?channel=offline"
BUTTON = "Compute them"


def test_pain_of_a_selection_is_asked_for_once(client, analyst):
    for _ in range(2):
        answer = client.post("/journeys/household/pain-requests?channel=offline")
        assert answer.status_code == 303

    jobs = db.session.query(Job).filter_by(kind="compute_pain").all()
    assert [job.payload.get("channel") for job in jobs] == [None, "offline"]


def test_the_ranking_shows_each_stage_with_its_table(client, analyst):
    page = client.get("/journeys/household/pain").text

    assert "Points lost in Retention" in page
    assert "Impact" in page
    row = db.session.query(PainResult).filter_by(stage="retention").one().content["touchpoints"][0]
    assert row["touchpoint"] == "invoice"
    assert f"−{row['pain']:.1f}" in page


def test_a_touchpoint_opens_to_show_how_its_points_come_about(client, analyst):
    page = client.get(RANKING).text
    row = db.session.query(PainResult).filter_by(stage="retention").one().content["touchpoints"][0]
    formula = f"{row['impact']:.2f} × {row['shortfall']:.1f} × 100%"

    assert f"{formula}: each point of shortfall goes together with {row['impact']:.2f}" in page
    assert "Most points go together with low ratings of Bill: −" in page
    assert f"<dd>{row['importance']:.0%}</dd>" in page.replace(" ", "").replace("\n", "")


def test_a_touchpoint_without_points_says_what_is_missing(client, analyst):
    page = client.get(RANKING).text

    assert "points lost: needs 5 more low ratings" in page
    assert "Points lost cannot be said: needs" in page


def test_what_changed_since_the_period_before_stands_beside(app, client, analyst):
    answer_worse(app)
    now, home = NOON + timedelta(days=31), app.config["HOME"]
    for month in ("2026-12", "2026-11"):
        compute_pain(Filters("household", month, month), home, now)

    december = client.get(RANKING + "?from=2026-12&to=2026-12").text
    november = client.get(RANKING + "?from=2026-11&to=2026-11").text

    assert "Compared with Nov 2026 to Nov 2026" in december
    assert "More is lost at Bill: −" in december
    assert "Show the changes as a table" in december
    assert "Compared with" not in november


def test_results_of_an_older_method_are_still_shown(client, analyst):
    result = db.session.query(PainResult).filter_by(stage="retention").one()
    newer = {"kind", "importance", "reward", "shrunk", "order", "have", "missing"}
    rows = [
        {name: value for name, value in row.items() if name not in newer}
        for row in result.content["touchpoints"]
    ]
    older = {name: value for name, value in result.content.items() if name != "change"}
    result.content = older | {"touchpoints": rows}
    db.session.commit()

    assert "Most points go together with low ratings of Bill" in client.get(RANKING).text


def test_what_is_being_computed_is_not_offered_to_be_computed(client, analyst):
    before = client.get(RANKING + OFFLINE).text
    assert BUTTON in before
    client.post("/journeys/household/pain-requests" + OFFLINE)

    for page in ("/journeys/household/", RANKING):
        shown = client.get(page + OFFLINE).text
        assert "are being computed; reload in a moment." in shown
        assert BUTTON not in shown


def test_what_a_new_board_shows_first_is_being_computed_without_being_asked_for(client, analyst):
    db.session.query(PainResult).delete()
    db.session.commit()

    shown = client.get(RANKING).text

    assert "are being computed; reload in a moment." in shown
    assert BUTTON in client.get(RANKING + OFFLINE).text


def test_a_request_that_was_given_up_is_offered_again(client, analyst):
    client.post("/journeys/household/pain-requests" + OFFLINE)
    job = next(job for job in db.session.query(Job) if job.payload.get("channel") == "offline")
    job.failed_at = job.created_at
    db.session.commit()

    assert BUTTON in client.get(RANKING + OFFLINE).text


@pytest.mark.parametrize("people", [8, 80])
def test_the_ranking_costs_the_same_statements_however_many_answers(
    app, client, count_statements, people
):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=people)
    sign_in_as(client, user)
    client.get(RANKING)
    count_statements.clear()

    client.get(RANKING)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 7


def mixed():
    """Half of all people left, but one in five of those who answered did."""
    answer_as(Audience.EX_CUSTOMER, 20, 1)
    journey = db.session.query(Journey).one()
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50}), NOON)


def test_pain_weighted_to_the_mix_stands_beside_the_unweighted(app, client, analyst):
    mixed()
    home = app.config["HOME"]
    compute_pain(usual_filters("household", home), home, NOON)
    assert "are being computed" in client.get(RANKING + "?weighted=1").text

    compute_weighted_pain(usual_filters("household", home), home, NOON)
    page = client.get(RANKING + "?weighted=1").text

    assert "Weighted: these 100 answers are worth 64" in page
    assert "Audience since January 2026: Customers 50%, Ex-customers 50%." in page
    assert page.count("Every answer once") == 3  # the way there, the table and the one opened row
    assert "worth 64" not in client.get(RANKING).text


def test_pain_is_not_offered_weighted_without_a_mix(client, analyst):
    page = client.get(RANKING + "?weighted=1").text

    assert "Weighted" not in page
    assert "Points lost in Retention" in page


def test_weighted_pain_is_asked_for_apart(client, analyst):
    mixed()
    sent = {"page": "pain", "weighted": "1"}
    answer = client.post("/journeys/household/pain-requests?channel=offline", data=sent)

    assert answer.location.endswith("weighted=1")
    job = db.session.query(Job).filter(Job.once.endswith(":weighted")).one()
    assert (job.payload["channel"], job.payload["is_weighted"]) == ("offline", True)
    assert "are being computed" in client.get(RANKING + OFFLINE + "&weighted=1").text

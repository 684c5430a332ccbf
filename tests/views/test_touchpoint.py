"""The page of one touchpoint."""

import re
from datetime import timedelta

import pytest

from actions.projection import project_finished
from actions.response import Record, Respondent, Sitting, record_many
from actions.survey import publish_survey, save_draft_texts
from extensions import db
from models import Survey, Version
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import COMMENT, tell
from tests.views.test_reading_quality import PRAISE, agreeing, contradicting, label, tell_of
from vocabulary import Audience, Channel, Draw, Identity, Market, Role, SentimentLabel

INVOICE = "/journeys/household/stages/retention/touchpoints/invoice"


def test_a_touchpoint_shows_its_ratings_and_what_people_wrote(client, analyst):
    page = client.get(INVOICE).text

    assert "Scores 38" in page  # half gave 1 (0 points), half gave 4 (75)
    assert COMMENT in page
    assert "Negative" in page


def test_a_manager_reads_no_comments(app, client):
    make_organisation()
    user = make_user(Role.MANAGER)
    make_membership(user, tell(app))
    sign_in_as(client, user)

    page = client.get(INVOICE).text

    assert "Scores 38" in page
    assert COMMENT not in page


def test_what_people_wrote_is_text_and_nothing_else(app, client):
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app, comment="<script>alert(1)</script> slecht"))
    sign_in_as(client, user)

    page = client.get(INVOICE).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_touchpoint_that_is_not_there_is_not_found(client, analyst):
    assert client.get("/journeys/household/stages/retention/touchpoints/moon").status_code == 404


def test_every_point_of_the_scale_has_its_row(client, analyst):
    page = client.get(INVOICE).text

    table = page[page.index('<th scope="col">Rating</th>') :]
    rows = re.findall(r'<th scope="row">(\d)</th>\s*<td class="is-number">(\d+)</td>', table)
    assert rows[:5] == [("1", "40"), ("2", "0"), ("3", "0"), ("4", "40"), ("5", "0")]


def test_a_touchpoint_of_four_is_not_shown(app, client):
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app, people=4))
    sign_in_as(client, user)

    page = client.get(INVOICE).text

    assert COMMENT not in page
    assert "Too few answers to show a score here" in page


@pytest.mark.parametrize("people", [8, 80])
def test_a_touchpoint_costs_the_same_statements_however_many_answers(
    app, client, count_statements, people
):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=people)
    sign_in_as(client, user)
    client.get(INVOICE)
    count_statements.clear()

    client.get(INVOICE)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 8  # one more for what people wrote, and one for improvements


@pytest.fixture
def reader_of(client):
    """An analyst who reads what people wrote in some way."""

    def sign_in(say):
        make_organisation()
        user = make_user(Role.ANALYST)
        journey, keys = tell_of(say)
        make_membership(user, journey)
        sign_in_as(client, user)
        return journey, keys

    return sign_in


def test_above_the_comments_it_says_how_well_they_are_read(client, reader_of):
    reader_of(agreeing)

    page = client.get(INVOICE).text

    assert "agrees strongly with the ratings beside them: rank correlation 1" in page
    assert 'class="mood is-negative"' in page


def test_moods_that_are_read_badly_are_left_out_and_it_says_why(client, reader_of):
    reader_of(contradicting)

    page = client.get(INVOICE).text

    assert PRAISE in page
    assert "Moods are left out" in page
    assert 'class="mood' not in page


def test_what_a_colleague_said_is_shown_all_the_same(client, reader_of):
    journey, keys = reader_of(contradicting)
    label(journey, keys[1:2], lambda _number: SentimentLabel.NEGATIVE, Draw.SEEN)  # comes first

    page = client.get(INVOICE).text

    assert page.count('class="mood') == 1


def test_comments_that_contradict_their_rating_can_come_first(client, reader_of):
    odd = "Geweldig, heel blij met de fantastische factuur!"
    reader_of(lambda number: odd if number == 41 else agreeing(number))

    page = client.get(INVOICE + "?order=contradicting").text

    assert "Contradicting first" in page
    assert odd in page[page.index("<blockquote") : page.index("</blockquote>")]


def test_before_twelve_months_the_trend_says_what_it_takes_to_say_more(client, analyst):
    page = client.get(INVOICE).text

    assert "Where months usually lie can be said after 11 more months" in page
    assert "Whether it has seasons can be said after 24 months" in page
    assert "A dashed line marks" not in page


def answer_later(version_id, survey_id, month, start):
    """Eight more customers, some months after the others."""
    records = []
    for number in range(start, start + 8):
        who = Respondent(Audience.CUSTOMER, Market.B2C, Channel.ONLINE, person=f"p{number}")
        now = NOON + timedelta(days=31 * month)
        ids = (survey_id, version_id, Identity.NAMED, "nl")
        sitting = Sitting(f"later-{number}", *ids, who, now - timedelta(minutes=1))
        answers = {"overall": 4, "met": ["invoice"], "rate_invoice": 3 + number % 3}
        records.append(Record(sitting, answers, now))
    record_many(records)
    db.session.commit()
    project_finished(NOON + timedelta(days=400))


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        ({"rate_invoice.text": {"nl": "En de factuur?", "en": "And the invoice?"}}, "new wording"),
        ({"rate_delivery.text": {"nl": "En de levering?", "en": "And the delivery?"}}, None),
    ],
)
def test_a_new_version_is_a_break_only_of_what_it_asks_otherwise(client, analyst, texts, note):
    survey = db.session.query(Survey).one()
    old = survey.id, db.session.query(Version.id).scalar()
    save_draft_texts(survey, texts)
    new = publish_survey(survey, NOON)
    answer_later(old[1], survey.id, 1, 1_000)
    answer_later(new.id, survey.id, 2, 2_000)

    page = client.get(INVOICE).text

    assert ("A dashed line marks" in page) == (note is not None)
    assert page.count("<td>new wording</td>") == (note is not None)

"""How well comments are read: the page, and what it does to other pages."""

import re

import pytest

from actions.correction import correct
from actions.journey import plant_journey
from actions.projection import project_finished
from actions.response import record_many
from actions.sentiment import score_comments
from extensions import db
from insights.comments.reading_quality import Evidence, Judged, Verdict
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import COMMENT, _ask_about, _record, tell
from views.reading_counts import comment_counts
from views.reading_trust import trust_sentence
from vocabulary import Draw, Market, Role, SentimentLabel

READING = "/journeys/household/reading"
BOARD = "/journeys/household/"
PRAISE = "Geweldige factuur, heel tevreden."


def agreeing(number):
    """What somebody writes who was sent a bad invoice, and what somebody writes who was not."""
    return COMMENT if number % 2 else PRAISE


def contradicting(number):
    """The other way round."""
    return PRAISE if number % 2 else COMMENT


def tell_of(say, people=80):
    """Plant the journey, with what each of these people writes; the journey and response keys."""
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")
    ids = _ask_about(journey, "retention")
    records = [_record(ids, number, say(number)) for number in range(people)]
    record_many(records)
    db.session.commit()
    score_comments(NOON)
    project_finished(NOON)
    return journey, [record.sitting.key for record in records]


def sign_in(client, journey, role=Role.ANALYST):
    user = make_user(role)
    make_membership(user, journey)
    sign_in_as(client, user)


def label(journey, keys, say, draw=Draw.RANDOM):
    """Let the team say something of each of these comments."""
    for number, key in enumerate(keys):
        correct(journey.id, (key, "comment"), (say(number), None), (draw, None), NOON)
    project_finished(NOON)


def as_meant(number):
    """What the comments of ``agreeing`` say."""
    return SentimentLabel.NEGATIVE if number % 2 else SentimentLabel.POSITIVE


@pytest.fixture(autouse=True)
def organisation(app):
    """The site is set up, in English."""
    make_organisation(language="en")


def text_of(page):
    """What a page says, without its elements and in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_an_analyst_sees_that_comments_agree_with_ratings(client):
    journey, _keys = tell_of(agreeing)
    sign_in(client, journey)

    page = text_of(client.get(READING).text)

    assert "agrees strongly with the ratings beside them: rank correlation 1" in page
    assert "80 comments)." in page
    assert "Retention, Customers Dutch 80 100% 0% 0% too few labels strong, 1" in page
    assert "Good enough" in page
    assert "Retention 80 50% needs twenty labels drawn by chance" in page
    assert "Nowhere did five persons or more write the opposite" in page
    assert "Answers up to" in page


def test_a_manager_sees_the_numbers_and_no_words(client):
    journey, _keys = tell_of(contradicting)
    sign_in(client, journey, Role.MANAGER)

    page = client.get(READING)

    assert page.status_code == 200
    assert "Where words and ratings say opposite things" in page.text
    assert "factuur" not in page.text
    assert "/labels" not in page.text


def test_who_is_no_member_finds_no_page(client):
    tell_of(agreeing, people=5)
    sign_in_as(client, make_user(Role.ANALYST))

    assert client.get(READING).status_code == 404


def test_a_journey_without_comments_says_what_will_be_here(app, client):
    sign_in(client, tell(app, people=0))

    page = client.get(READING).text

    assert "No comments yet" in page
    assert "<table" not in page


def test_without_labels_the_page_teaches_to_give_some(client):
    journey, _keys = tell_of(agreeing, people=8)
    sign_in(client, journey)

    page = client.get(READING).text

    assert "No labels yet" in page
    assert "/journeys/household/labels" in page


def test_nothing_is_said_of_four_persons(client):
    journey, _keys = tell_of(agreeing, people=4)
    sign_in(client, journey)

    page = text_of(client.get(READING).text)

    assert "How well comments are read here is not known yet" in page
    assert "Retention, Customers Dutch too few answers to show" in page
    assert "Retention too few answers to show" in page
    assert page.count("too few answers to show") == 2


def test_labels_drawn_by_chance_decide_and_correct_the_share(client):
    journey, keys = tell_of(agreeing)
    label(journey, keys[:40], as_meant)
    sign_in(client, journey)

    page = text_of(client.get(READING).text)

    assert "agrees with the team on 100% of the comments drawn by chance" in page
    assert "100% between 91% and 100%, 40 labels" in page
    assert "Retention 80 50% 50% between 38% and 62%, 40 labels" in page


def test_labels_of_what_was_wrong_are_named_as_such(client):
    journey, keys = tell_of(agreeing)
    label(journey, keys[:40], as_meant, Draw.SEEN)
    sign_in(client, journey)

    page = text_of(client.get(READING).text)

    assert "not all drawn by chance" in page
    assert "needs twenty labels drawn by chance" in page


def test_where_words_and_ratings_clash_the_way_leads_to_the_words(client):
    journey, _keys = tell_of(contradicting)
    sign_in(client, journey)

    page = client.get(READING).text

    assert "Not good enough" in page
    assert re.search(r"Retention:\s+\d+ of 80 comments", page)
    assert "touchpoints/invoice?order=contradicting" in page
    leading = re.search(r'href="(/journeys/household/stages[^"]*order=contradicting[^"]*)"', page)[
        1
    ]
    assert PRAISE in client.get(leading.replace("&amp;", "&")).text


def test_what_is_read_badly_is_not_on_the_board(client):
    journey, _keys = tell_of(contradicting)
    sign_in(client, journey)

    page = client.get(BOARD).text

    assert "sentiment__strip" not in page
    assert "Moods are left out: comments are not read well enough here." in page


def test_what_is_read_well_is_on_the_board(client):
    journey, _keys = tell_of(agreeing)
    sign_in(client, journey)

    page = client.get(BOARD).text

    assert "sentiment__strip" in page
    assert "agrees strongly with the ratings beside them" in page


def test_a_label_is_seen_at_once_though_numbers_are_remembered(client):
    journey, keys = tell_of(contradicting)
    sign_in(client, journey)
    assert "sentiment__strip" not in client.get(BOARD).text

    def as_read(number):
        return SentimentLabel.POSITIVE if number % 2 else SentimentLabel.NEGATIVE

    label(journey, keys[:40], as_read)

    assert "sentiment__strip" in client.get(BOARD).text


def test_excluded_answers_do_not_count(client):
    from models import Response

    journey, keys = tell_of(agreeing, people=10)
    db.session.query(Response).filter(Response.key.in_(keys[:3])).update({"excluded_at": NOON})
    db.session.commit()

    (row,) = comment_counts(journey.id)
    assert (row.n, row.persons, row.read) == (7, 7, 7)


@pytest.mark.parametrize(
    ("rho", "says"),
    [
        (0.6, "agrees strongly with"),
        (0.39, "agrees moderately with"),
        (0.2, "agrees weakly with"),
        (-0.4, "does not agree with"),
    ],
)
def test_how_far_readings_agree_with_ratings_is_graded(app, rho, says):
    found = Judged(Verdict.GOOD, Evidence.RATINGS, 200, rho, rho - 0.1, rho + 0.1)

    with app.test_request_context():
        sentence = trust_sentence(found)

    assert sentence.startswith(f"The program that reads comments {says} the ratings beside them: ")

"""The page of what people bring up."""

import re

import pytest
from flask import render_template

from actions.exclusion import exclude_response
from actions.journey import plant_journey, stages_of
from actions.projection import project_finished
from actions.response import record_many
from actions.sentiment import score_comments
from actions.stage import TouchpointFacts, add_touchpoint
from extensions import db
from models import Response
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import COMMENT, _ask_about, _record, tell
from views import mention, selection
from vocabulary import Channel, Market, Media, Role, Team

MENTIONS = "/journeys/household/mentions"
PARKING = TouchpointFacts(
    {"nl": "Parkeren", "en": "Parking"}, Channel.OFFLINE, Media.OWNED, Team.SERVICE
)
BLAME = "Vreselijk slecht parkeren bij jullie."


@pytest.fixture(autouse=True)
def _set_up(app):
    make_organisation(language="en")


def tell_of(say, people=8):
    """Plant a journey in which no survey asks about parking, with what each person writes."""
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")
    decision = next(stage for stage in stages_of(journey) if stage.key == "decision")
    add_touchpoint(decision, PARKING, NOON)
    ids = _ask_about(journey, "retention")
    record_many([_record(ids, number, say(number)) for number in range(people)])
    db.session.commit()
    score_comments(NOON)
    project_finished(NOON)
    return journey


def sign_in(client, journey, role=Role.ANALYST):
    user = make_user(role)
    make_membership(user, journey)
    sign_in_as(client, user)


def sentence_of(page):
    return re.search(r'<p class="lead finding">(.*?)</p>', page).group(1)


def rows_of(page):
    """Touchpoint and whether it was asked, and the rest of its row, of each row of the table."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in body.split("<tr>")[1:]]
    return [" ".join(row) for row in rows]


def test_what_no_survey_asks_about_comes_first(client):
    sign_in(client, tell_of(lambda number: BLAME if number < 6 else COMMENT))

    page = client.get(MENTIONS).text

    assert sentence_of(page) == (
        "6 people bring up “Parking”, which no survey asked them about; 100% of what they say of "
        "it is negative."
    )
    assert rows_of(page)[0].startswith("Parking Decision by no survey 6 6 100% 0% −")
    assert rows_of(page)[-1] == "Bill Retention yes – – – – – too few"


def test_what_fewer_than_five_bring_up_is_not_told(client):
    sign_in(client, tell_of(lambda number: BLAME if number < 4 else COMMENT, people=12))

    page = client.get(MENTIONS).text

    assert sentence_of(page).startswith(
        "Fewer than five people name a touchpoint that no survey asked about. "
        "Most negative is “Bill”: 100% of what 8 people say"
    )
    assert rows_of(page)[0] == "Parking Decision by no survey – – – – – too few"
    assert BLAME not in page


def test_where_all_was_asked_the_most_negative_is_named(app, client):
    sign_in(client, tell(app))

    assert sentence_of(client.get(MENTIONS).text) == (
        "No touchpoint is named that no survey asked about. Most negative is “Bill”: "
        "100% of what 80 people say of it is blame."
    )


def test_that_few_comments_are_passed_over_for_the_most_negative_is_said(client):
    content = ["Vreselijk trage levering."] * 6 + ["Geweldige factuur, heel tevreden."] * 24
    said = [words for one in content for words in (one, COMMENT)]
    sign_in(client, tell_of(said.__getitem__, people=len(said)))

    page = client.get(MENTIONS).text

    assert any(" yes 6 6 100%" in row for row in rows_of(page))
    assert sentence_of(page).endswith(
        "Of what at least 30 comments name, most negative is “Bill”: 56% of what 54 people say of "
        "it is blame."
    )


def test_a_word_of_several_stages_counts_where_a_survey_asks(client):
    """Both the stage that was asked about and "decision" have a customer service."""
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")
    ids = _ask_about(journey, "decision")
    retention = next(stage for stage in stages_of(journey) if stage.key == "retention")
    service = next(
        touchpoint
        for stage in stages_of(journey)
        for touchpoint in stage.touchpoints
        if touchpoint.key == "customer_service"
    )
    facts = TouchpointFacts(service.name, Channel.OFFLINE, Media.OWNED, Team.SERVICE)
    assert add_touchpoint(retention, facts, NOON).key == "customer_service"
    said = {"overall": 2, "comment": "De klantenservice was vreselijk slecht."}
    record_many([_record(ids, number, "")._replace(answers=said) for number in range(6)])
    db.session.commit()
    score_comments(NOON)
    project_finished(NOON)
    sign_in(client, journey)

    rows = rows_of(client.get(MENTIONS).text)

    assert [row for row in rows if "service" in row.lower()] == [
        row for row in rows if "6 6" in row
    ]
    assert not [row for row in rows if "by no survey" in row]


def test_who_may_not_read_comments_sees_the_numbers_alone(client):
    sign_in(client, tell_of(lambda _number: BLAME), Role.MANAGER)

    page = client.get(MENTIONS).text

    assert "8 people bring up “Parking”" in page
    assert BLAME not in page
    assert "Words that changed" not in page


def test_two_different_people_are_quoted_and_nobody_who_was_set_aside(client):
    sign_in(client, tell_of(lambda _number: BLAME))
    assert client.get(MENTIONS).text.count(BLAME) == 2

    for key in db.session.scalars(db.select(Response.key)).all():
        exclude_response(key, NOON)

    assert BLAME not in client.get(MENTIONS).text  # though the facts still count them


def test_themes_need_five_persons_and_show_one_example(client):
    def say(number):
        return f"De vrachtwagen toeterde {'hard' if number < 4 else 'zacht'} bij de factuur."

    sign_in(client, tell_of(say))

    page = client.get(MENTIONS).text

    themes = page[page.index('id="themes"') : page.index('id="changes"')]
    assert "vrachtwagen" in themes
    assert '<strong lang="nl">zacht' not in themes
    assert themes.count("<blockquote") == len(re.findall(r'<strong lang="nl">', themes))


def test_words_of_two_months_are_compared(client):
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")
    ids = _ask_about(journey, "retention")
    early = [_record(ids, number, "De app werkt.") for number in range(40)]
    late = [_record(ids, number, "De incasso klopt.") for number in range(40, 80)]
    record_many([*early, *(one._replace(answered_at=NOON.replace(month=12)) for one in late)])
    db.session.commit()
    score_comments(NOON)
    project_finished(NOON.replace(month=12))
    sign_in(client, journey)

    page = client.get(MENTIONS).text

    said = re.search(r"In December 2026 more often than in November 2026: .*", page).group()
    assert "incasso" in said.split("; less often: ")[0]
    assert "app" in said.split("; less often: ")[1]
    cells = (
        r'lang="nl">incasso</th>\s*<td class="is-number">too few</td>\s*<td class="is-number">40<'
    )
    assert re.search(cells, page)


def test_an_empty_page_teaches(client):
    sign_in(client, plant_journey("cycle", Market.B2C, now=NOON, key="household"))

    page = client.get(MENTIONS).text

    assert "No comment names a touchpoint yet" in page
    assert "See the words of the touchpoints" in page


def test_the_board_is_told_what_nobody_asks_about(app):
    journey = tell_of(lambda _number: BLAME)
    with app.test_request_context("/"):
        chosen = selection.load(journey)
        found = mention.unasked(chosen, selection.named(selection.stages_of(journey)))
        line = render_template("board/_unasked.html", unasked=found, journey=journey, chosen=chosen)

    assert [(row["name"], row["persons"]) for row in found] == [("Parking", 8)]
    assert "8 people bring up “Parking”, which no survey asks about." in line
    assert f'href="{MENTIONS}?from=2025-12&amp;to=2026-11"' in line


@pytest.mark.parametrize("people", [8, 80])
def test_the_page_costs_the_same_statements_however_many_comments(
    app, client, count_statements, people
):
    sign_in(client, tell(app, people=people))
    client.get(MENTIONS)
    count_statements.clear()

    client.get(MENTIONS)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 6

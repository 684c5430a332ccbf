import pytest
from sqlalchemy import func, select

from actions.journey import plant_journey, stages_of
from actions.link import read_link
from actions.survey import Settings, draft_survey, publish_survey
from extensions import db
from models import Journey, Response, Survey, Version
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from vocabulary import Audience, Channel, Identity, Market, Presentation, Role

SURVEYS = "/journeys/shop/surveys"


@pytest.fixture(autouse=True)
def _set_up(client):
    make_organisation(language="en")
    user = make_user(Role.ANALYST)
    plant_journey("cycle", Market.B2C, key="shop", user_id=user.id, now=NOON)
    sign_in_as(client, user)


def make_survey(place=3, settings=None, key="stay"):
    journey = db.session.query(Journey).filter_by(key="shop").one()
    stage = stages_of(journey)[place]
    return draft_survey(journey, stage, settings or Settings(), now=NOON, key=key)


def stored():
    db.session.expire_all()
    return db.session.query(Survey).one()


def test_one_button_leads_from_an_empty_journey_to_surveys_that_people_can_answer(client):
    page = client.get(SURVEYS).text
    assert "Publish the ready surveys for customers of 5 stages" in page

    client.post(f"{SURVEYS}/publications")

    page = client.get(SURVEYS).text
    keys = db.session.scalars(select(Survey.key)).all()
    assert len(keys) == 5
    assert all(f"/s/{key}" in page for key in keys)
    assert "for customers of" not in page
    assert client.get(f"/s/{keys[0]}").status_code == 200


def test_a_survey_is_prepared_with_what_was_chosen(client):
    sent = client.post(
        f"{SURVEYS}/new",
        data={
            "stage": "decision",
            "audience": "ex_customer",
            "identity": "anonymous",
            "presentation": "one_page",
        },
    )
    made = stored()
    assert (sent.status_code, sent.location) == (303, f"{SURVEYS}/{made.key}")
    assert (made.stage, made.audience) == ("decision", Audience.EX_CUSTOMER)
    assert (made.identity, made.presentation) == (Identity.ANONYMOUS, Presentation.ONE_PAGE)
    assert "Draft" in client.get(sent.location).text


def test_each_way_of_keeping_is_said_in_plain_words(client):
    page = client.get(f"{SURVEYS}/new?stage=decision").text
    assert '<option selected value="decision">' in page
    assert "No person and no account is kept" in page
    assert "nobody can read who it was" in page
    assert "that name is kept with the answers" in page


def test_a_stage_of_another_journey_cannot_be_asked_about(client):
    settings = {"audience": "customer", "identity": "named", "presentation": "pages"}
    assert client.post(f"{SURVEYS}/new", data={"stage": "interest"} | settings).status_code == 422
    assert db.session.scalar(select(func.count(Survey.id))) == 0


def test_words_are_edited_side_by_side_and_seen_once_published(client):
    publish_survey(make_survey(), NOON)
    page = client.get(f"{SURVEYS}/stay/texts").text
    assert 'name="overall.text-nl"' in page
    assert 'name="met.option.invoice-en"' in page

    sent = client.post(
        f"{SURVEYS}/stay/texts",
        data=texts() | {"title-nl": "Hoe gaat het?", "title-en": "How is it going?"},
    )

    assert sent.status_code == 303
    assert "The words were changed since version 1." in client.get(sent.location).text
    assert "How is it going?" not in client.get("/s/stay?lang=en").text
    client.post(f"{SURVEYS}/stay/publication")
    assert db.session.scalar(select(func.max(Version.number))) == 2


def texts():
    """Everything the form would send unchanged."""
    from questionnaires.texts import places
    from questionnaires.value import Questionnaire

    draft = Questionnaire.model_validate(stored().draft)
    return {
        f"{place.path}-{language}": place.texts.get(language, "")
        for place in places(draft)
        for language in draft.languages
    }


def test_sending_the_words_unchanged_changes_nothing(client):
    publish_survey(make_survey(), NOON)
    before = stored().draft
    client.post(f"{SURVEYS}/stay/texts", data=texts())
    assert stored().draft == before


def test_nothing_typed_is_lost_when_a_text_is_too_long(client):
    make_survey()
    before = stored().draft
    sent = client.post(
        f"{SURVEYS}/stay/texts",
        data=texts() | {"title-en": "My new title", "overall.high_end-en": "x" * 2_001},
    )
    assert sent.status_code == 422
    assert "Use at most 2000 characters." in sent.text
    assert 'value="My new title"' in sent.text
    assert stored().draft == before


@pytest.mark.parametrize("odd", ["a\x07b", "😀 שלום", "<b>bold</b>", "x" * 100_000])
def test_odd_text_is_kept_or_refused_but_never_breaks_or_runs(client, odd):
    make_survey()
    sent = client.post(
        f"{SURVEYS}/stay/texts", data=texts() | {"intro-en": odd, "nps.text-en": odd}
    )
    assert sent.status_code in {303, 422}
    page = client.get(f"{SURVEYS}/stay/preview?lang=en").text
    assert "<b>bold" not in page


@pytest.mark.parametrize("place", ["intro-en", "nps.text-en", "title-en"])
@pytest.mark.parametrize("turn", ["\u202e", "\u2066"])
def test_what_turns_a_text_round_is_refused(client, place, turn):
    make_survey()
    before = stored().draft
    sent = client.post(f"{SURVEYS}/stay/texts", data=texts() | {place: f"a{turn}b"})
    assert (sent.status_code, stored().draft) == (422, before)
    assert "invisible characters." in sent.text


def test_a_missing_text_is_named_and_keeps_the_survey_shut(client):
    make_survey()
    client.post(f"{SURVEYS}/stay/texts", data=texts() | {"nps.text-en": ""})
    sent = client.post(f"{SURVEYS}/stay/publication", follow_redirects=True).text
    assert "This is not published yet: some texts are missing." in sent
    assert "Question 12: English" in sent
    assert not stored().is_open


def test_the_preview_shows_every_question_and_stores_nothing(client):
    make_survey()
    english = client.get(f"{SURVEYS}/stay/preview?lang=en").text
    dutch = client.get(f"{SURVEYS}/stay/preview?lang=nl").text
    assert "How satisfied are you with the delivery?" in english
    assert "Hoe tevreden ben je over de bezorging?" in dutch
    assert "<textarea" in english
    assert 'action="/s/' not in english
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_a_survey_is_closed_and_opened_again(client):
    publish_survey(make_survey(), NOON)
    client.post(f"{SURVEYS}/stay/closure", data={"is_closed": "yes"})
    assert not stored().is_open
    assert client.get("/s/stay").status_code == 410
    client.post(f"{SURVEYS}/stay/closure", data={"is_closed": "no"})
    assert stored().is_open


def test_a_draft_cannot_be_closed(client):
    make_survey()
    page = client.post(f"{SURVEYS}/stay/closure", follow_redirects=True).text
    assert "This survey was never published." in page


def test_a_signed_link_carries_what_was_filled_in(client):
    publish_survey(make_survey(), NOON)
    page = client.post(
        f"{SURVEYS}/stay/links",
        data={
            "person": "k-17",
            "account": "acme",
            "audience": "prospect",
            "market": "b2b",
            "channel": "offline",
            "language": "en",
            "attributes": "region = north\nsize=large",
        },
    ).text
    signed = page.partition("/s/stay?p=")[2].partition("<")[0]
    found = read_link("stay", signed)
    assert (found.person, found.account, found.audience) == ("k-17", "acme", Audience.PROSPECT)
    assert (found.market, found.channel) == (Market.B2B, Channel.OFFLINE)
    assert found.language == "en"
    assert found.attributes == {"region": "north", "size": "large"}


@pytest.mark.parametrize("line", ["region", "Region = north", "= north", "region ="])
def test_an_attribute_that_cannot_be_read_is_refused_by_its_line(client, line):
    publish_survey(make_survey(), NOON)
    sent = client.post(f"{SURVEYS}/stay/links", data={"attributes": line})
    assert sent.status_code == 422
    assert "is not of the form name = value" in sent.text


def test_an_anonymous_survey_asks_for_no_person_in_its_links(client):
    publish_survey(make_survey(settings=Settings(identity=Identity.ANONYMOUS)), NOON)
    page = client.get(f"{SURVEYS}/stay/links").text
    assert "This survey is anonymous" in page
    assert 'name="person"' not in page
    assert "Put nothing below that names a person" in page


@pytest.mark.parametrize("who", [{"person": "P1"}, {"account": "A1"}])
def test_an_anonymous_survey_refuses_a_link_that_says_who_is_asked(client, who):
    publish_survey(make_survey(settings=Settings(identity=Identity.ANONYMOUS)), NOON)
    chosen = dict.fromkeys(("audience", "market", "channel", "language"), "")
    sent = client.post(f"{SURVEYS}/stay/links", data=chosen | who)
    assert sent.status_code == 422
    assert "leave person and account out of its links" in sent.text
    assert "?p=" not in sent.text


@pytest.mark.parametrize("n", [1, 5])
def test_the_list_costs_the_same_statements_however_long(client, count_statements, n):
    for number in range(n):
        publish_survey(make_survey(key=f"survey_{number}"), NOON)
    client.get(SURVEYS)
    count_statements.clear()
    page = client.get(SURVEYS).text
    assert f"/s/survey_{n - 1}" in page
    assert len([s for s in count_statements if s.startswith("SELECT")]) <= 6


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_only_analysts_make_surveys(client, role):
    publish_survey(make_survey(), NOON)
    user = make_user(role)
    make_membership(user, db.session.query(Journey).one())
    sign_in_as(client, user)
    for path in ("", "/new", "/stay", "/stay/texts", "/stay/preview", "/stay/links"):
        assert client.get(SURVEYS + path).status_code == 403
    for path in ("/publications", "/stay/publication", "/stay/closure"):
        assert client.post(SURVEYS + path).status_code == 403
    assert stored().is_open


def test_a_survey_of_another_journey_is_not_found(client):
    make_survey()
    plant_journey("funnel", Market.B2C, key="other", now=NOON)
    assert client.get("/journeys/other/surveys/stay").status_code == 404
    sign_in_as(client, make_user())
    assert client.get("/journeys/other/surveys/stay").status_code == 404


def test_a_touchpoint_added_later_is_named_as_not_asked(client):
    make_survey()
    assert "Not asked about" not in client.get(f"{SURVEYS}/stay").text
    client.post(
        "/journeys/shop/map/stages/retention/touchpoints/new",
        data={
            "name_nl": "Reparatie",
            "name_en": "Repair",
            "channel": "offline",
            "media": "owned",
            "team": "service",
        },
    )
    assert "Not asked about: Repair." in client.get(f"{SURVEYS}/stay").text

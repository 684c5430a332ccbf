import itertools

import pytest

from questionnaires.ready import MOST_QUESTIONS, ready_questionnaire
from questionnaires.template import TouchpointTemplate, template, templates
from questionnaires.value import Questionnaire
from vocabulary import Audience, Channel, Kind, Market, Media, Team

BOTH = ("nl", "en")
STAGES = [(journey, stage) for journey in templates() for stage in journey.stages]
EVERY = pytest.mark.parametrize(
    ("journey", "stage", "audience"),
    [(*pair, audience) for pair, audience in itertools.product(STAGES, Audience)],
    ids=lambda value: getattr(value, "key", getattr(value, "value", None)),
)


def retention(audience, market=Market.B2B):
    stage = template("cycle", market).stage("retention")
    return ready_questionnaire(stage, stage.touchpoints, audience, market, BOTH)


def own_touchpoint(key="own", nl="Sleuteloverdracht", en="Handing over the key"):
    return TouchpointTemplate(
        key=key,
        name={"nl": nl, "en": en},
        phrase={"nl": nl, "en": en},
        channel=Channel.OFFLINE,
        media=Media.OWNED,
        team=Team.SALES,
    )


@EVERY
def test_every_ready_questionnaire_is_complete_short_and_asks_all_touchpoints(
    journey, stage, audience
):
    made = ready_questionnaire(stage, stage.touchpoints, audience, journey.market, BOTH)

    questions = list(made.questions())
    assert made.missing_texts() == []
    assert set(made.intro) == set(made.thanks) == {"nl", "en"}
    assert len(questions) <= MOST_QUESTIONS
    assert (questions[0].is_overall, questions[0].kind) == (True, Kind.SATISFACTION)
    assert questions[1].kind is Kind.MET
    rated = [question.touchpoint for question in questions if question.kind is Kind.RATING]
    assert rated == [touchpoint.key for touchpoint in stage.touchpoints]
    assert sum(question.kind is Kind.COMMENT for question in questions) == 1
    assert {question.stage for question in questions} == {stage.key}
    assert "{" not in made.model_dump_json().replace('{"', "").replace(":{", "").replace(",{", "")


@EVERY
def test_business_contacts_are_addressed_formally_and_consumers_informally(
    journey, stage, audience
):
    made = ready_questionnaire(stage, stage.touchpoints, audience, journey.market, BOTH)
    dutch = " ".join(text.get("nl", "") for _, text in made._texts()).lower().split()
    formal, informal = {"u", "uw"} & set(dutch), {"je", "jij", "jou"} & set(dutch)
    assert bool(formal) is (journey.market is Market.B2B)
    assert bool(informal) is (journey.market is Market.B2C)


def test_each_scale_has_its_ends_in_words():
    scales = [question for question in retention(Audience.CUSTOMER).questions() if question.ends]
    assert len(scales) == 10
    assert all(set(scale.low_end) == set(scale.high_end) == {"nl", "en"} for scale in scales)


def test_customers_are_asked_for_effort_and_recommendation_where_it_matters():
    kinds = [question.kind for question in retention(Audience.CUSTOMER).questions()]
    assert kinds[-3:] == [Kind.COMMENT, Kind.EFFORT, Kind.NPS]


def test_people_who_left_are_asked_to_look_back_and_why_they_left():
    questions = {question.key: question for question in retention(Audience.EX_CUSTOMER).questions()}
    assert questions["overall"].text["en"] == (
        "Looking back, how satisfied are you with the time you were our customer?"
    )
    assert questions["reason"].kind is Kind.SINGLE
    assert "effort" not in questions


def test_people_who_left_are_asked_whether_they_would_return_outside_loyalty_stages():
    stage = template("cycle", Market.B2C).stage("decision")
    made = ready_questionnaire(stage, stage.touchpoints, Audience.EX_CUSTOMER, Market.B2C, BOTH)
    assert made.question("would_return").kind is Kind.AGREEMENT


def test_a_touchpoint_of_the_company_itself_is_asked_by_its_name():
    stage = template("cycle", Market.B2C).stage("decision")
    made = ready_questionnaire(stage, [own_touchpoint()], Audience.CUSTOMER, Market.B2C, BOTH)
    assert made.question("rate_own").text == {
        "nl": "Sleuteloverdracht: hoe tevreden ben je daarover?",
        "en": "Handing over the key: how satisfied are you with this?",
    }


def test_braces_in_a_name_are_only_text():
    stage = template("cycle", Market.B2C).stage("decision")
    touchpoint = own_touchpoint(nl="{u} {0}", en="{secret}")
    made = ready_questionnaire(stage, [touchpoint], Audience.CUSTOMER, Market.B2C, BOTH)
    assert made.question("rate_own").text["en"] == "{secret}: how satisfied are you with this?"


def test_a_stage_of_the_company_itself_is_asked_by_its_name():
    stage = own_touchpoint("moving_in", nl="Verhuizen", en="Moving in")
    made = ready_questionnaire(stage, [], Audience.CUSTOMER, Market.B2B, BOTH)
    assert made.title == {"nl": "Verhuizen", "en": "Moving in"}
    assert made.question("overall").text["nl"] == (
        "Hoe tevreden bent u, alles bij elkaar, over dit onderdeel: Verhuizen?"
    )
    assert [page.key for page in made.pages] == ["overall", "comment"]


def test_more_touchpoints_than_fit_are_left_out_from_the_end():
    stage = template("cycle", Market.B2B).stage("retention")
    many = [own_touchpoint(f"own_{number}") for number in range(20)]
    made = ready_questionnaire(stage, many, Audience.CUSTOMER, Market.B2B, BOTH)
    assert len(list(made.questions())) == MOST_QUESTIONS
    assert made.question("rate_own_6").touchpoint == "own_6"


def test_a_language_we_have_no_words_for_is_reported_as_missing():
    stage = template("cycle", Market.B2B).stage("awareness")
    made = ready_questionnaire(
        stage, stage.touchpoints, Audience.CUSTOMER, Market.B2B, ("nl", "fr")
    )
    assert {language for _, language in made.missing_texts()} == {"fr"}


def test_it_survives_being_stored_as_json():
    made = retention(Audience.PROSPECT)
    assert Questionnaire.model_validate_json(made.model_dump_json()) == made

from collections import Counter

import pytest
from pydantic import ValidationError

from questionnaires.template import (
    JourneyTemplate,
    UnknownTemplateError,
    phrase_of,
    template,
    templates,
)
from vocabulary import Lifecycle, Market

EACH = pytest.mark.parametrize("journey", templates(), ids=lambda t: f"{t.key}-{t.market.value}")


def test_each_journey_exists_for_companies_and_for_consumers():
    assert {(journey.key, journey.market) for journey in templates()} == {
        (key, market) for key in ("cycle", "funnel") for market in Market
    }


@EACH
def test_every_text_is_there_in_dutch_and_english(journey):
    assert all(set(texts) == {"nl", "en"} and all(texts.values()) for texts in journey.texts())


@EACH
def test_each_touchpoint_has_a_key_of_its_own_in_the_whole_journey(journey):
    keys = Counter(touchpoint.key for stage in journey.stages for touchpoint in stage.touchpoints)
    assert [key for key, n in keys.items() if n > 1] == []


@EACH
def test_a_stage_has_as_many_touchpoints_as_a_short_survey_can_ask(journey):
    assert all(3 <= len(stage.touchpoints) <= 7 for stage in journey.stages)


@EACH
def test_the_journey_leads_from_stranger_to_ambassador_without_a_gap(journey):
    assert journey.stages[0].leads_from is Lifecycle.STRANGER
    assert journey.stages[-1].leads_to is Lifecycle.AMBASSADOR
    for earlier, later in zip(journey.stages, journey.stages[1:], strict=False):
        assert later.leads_from is earlier.leads_to


def test_the_cycle_has_the_five_stages_and_their_touchpoints():
    expected = {
        "awareness": {"advertising", "word_of_mouth", "social_media"},
        "consideration": {
            "customer_reviews",
            "case_studies",
            "product_information",
            "comparison",
        },
        "decision": {
            "price",
            "customer_service",
            "product_features",
            "brand_reputation",
            "purchase_process",
        },
        "retention": {"after_sales_service", "listening", "expectations"},
        "advocacy": {"referrals", "reviews", "social_posts"},
    }
    for market in Market:
        stages = template("cycle", market).stages
        assert [stage.key for stage in stages] == list(expected)
        for stage in stages:
            assert expected[stage.key] <= {touchpoint.key for touchpoint in stage.touchpoints}


def test_the_funnel_has_three_phases_and_four_ways_of_growth():
    for market in Market:
        assert [stage.key for stage in template("funnel", market).stages] == [
            "interest",
            "convince",
            "activate",
            "cross_selling",
            "up_selling",
            "repeat_purchase",
            "ambassadors",
        ]


def test_an_unknown_template_is_named_in_the_error():
    with pytest.raises(UnknownTemplateError, match="spiral"):
        template("spiral", Market.B2B)


def test_a_template_with_a_missing_language_is_refused():
    raw = template("cycle", Market.B2C).model_dump(mode="json")
    del raw["stages"][0]["goal"]["en"]
    with pytest.raises(ValidationError, match="missing in one of the languages"):
        JourneyTemplate.model_validate(raw)


def test_a_touchpoint_that_was_renamed_has_no_phrase_any_more():
    assert phrase_of("invoice", {"nl": "Nota", "en": "Invoice"}, Market.B2B) is None

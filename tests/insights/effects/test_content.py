"""An effect as JSON."""

import pytest

from insights.effects.content import effect_content
from tests.insights.effects.test_effects import found, story


@pytest.fixture(scope="module")
def helped():
    return found(story(1.0))


def test_json_holds_plain_values_only(helped):
    content = effect_content(helped)

    assert content["verdict"] == "helped"
    assert content["n_after"] == 96
    assert content["low"] < content["change"] < content["high"]
    assert content["after"] == ["2026-02", "2026-09"]
    assert all(month["score"] == month["score"] for month in content["months"])


def test_json_does_not_tell_of_fewer_than_five(helped):
    early = story(1.0, persons=4)
    few = [fact for fact in early if fact["month"] == "2025-11"]
    content = effect_content(found([*early[:16], *few]))

    assert content["n_before"] is None
    assert content["change"] is None

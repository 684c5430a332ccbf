"""What is said of the planning of answers."""

import pytest
from flask_babel import force_locale

from wording import planning as planning_words

NOW = {"name": "Use", "shown": True, "status": "now"}
FAR = {"name": "Buy", "shown": True, "status": "far"}


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


def test_no_other_stage_is_promised_where_all_are_far():
    said = planning_words.sentence([NOW, FAR, FAR], 5)

    assert said.endswith("No other will be within two years, at today's rate.")


@pytest.mark.parametrize(
    "unknown",
    [
        {"name": "See", "shown": False, "status": "too_few_persons"},
        {"name": "See", "shown": True, "status": "standstill"},
    ],
)
def test_where_one_is_not_known_nothing_is_said_of_the_others(unknown):
    said = planning_words.sentence([NOW, FAR, unknown], 5)

    assert "No other" not in said
    assert said.endswith("Of the others it cannot be said.")

import pytest
from flask_babel import force_locale

import phrasing


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("region", "regio", "region"),
        ("decision_maker", "beslisser", "decision maker"),
        ("contract_type", "contract type", "contract type"),
        ("Utrecht", "Utrecht", "Utrecht"),
    ],
)
def test_the_usual_traits_are_said_in_the_readers_language(app, text, dutch, english):
    with app.test_request_context():
        with force_locale("nl"):
            assert phrasing.trait(text) == dutch
        with force_locale("en"):
            assert phrasing.trait(text) == english


def test_months_and_numbers_are_written_as_the_reader_does(app):
    with app.test_request_context():
        with force_locale("nl"):
            assert phrasing.short_month("2026-03") == "mrt 2026"
            assert (phrasing.points(3.24), phrasing.count(1234)) == ("−3,2", "1.234")
        with force_locale("en"):
            assert phrasing.short_month("2026-03") == "Mar 2026"
            assert (phrasing.points(3.24), phrasing.count(1234)) == ("−3.2", "1,234")


def test_an_interval_that_is_missing_is_not_blamed_on_accounts(app):
    with app.test_request_context(), force_locale("en"):
        assert phrasing.interval(None, None) == "how sure cannot be said"
        assert phrasing.lost_between(None, 3.0) == "how sure cannot be said"


def test_a_rating_keeps_its_halves(app):
    with app.test_request_context():
        with force_locale("nl"):
            assert [phrasing.rating(value) for value in (4.0, 4.5)] == ["4", "4,5"]
        with force_locale("en"):
            assert [phrasing.rating(value) for value in (4.0, 4.5)] == ["4", "4.5"]


def test_a_worth_of_answers_is_rounded_and_not_cut(app):
    with app.test_request_context(), force_locale("en"):
        assert phrasing.count(13.79) == "14"

"""What is said of a comparison, in either language."""

import pytest
from flask_babel import force_locale

from insights.comparing.compare import PERIOD, Comparison, with_value
from insights.filters import Filters
from wording import compare as compare_words

BUY = Filters("buy")
CUSTOMERS = Comparison(
    "audience", with_value(BUY, "audience", "customer"), with_value(BUY, "audience", "ex_customer")
)
MONTHS = Comparison(
    PERIOD, Filters("buy", "2026-01", "2026-03"), Filters("buy", "2026-04", "2026-04")
)
ROW = {
    "stage": "use",
    "stage_name": "Retention",
    "touchpoint": "invoice",
    "name": "Bill",
    "difference": -12.0,
    "low": -16.0,
    "high": -8.0,
    "p": 0.001,
    "smallest": 5.7,
    "is_proven": True,
    "reason": None,
}
UNSURE = ROW | {"difference": 2.0, "low": -2.0, "high": 6.0, "is_proven": False, "smallest": 7.0}
SILENT = ROW | {"p": None, "is_proven": False, "reason": "too_few_persons"}
UNASKED = SILENT | {"reason": "not_asked_b"}


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def told(*rows, comparison=CUSTOMERS):
    return " ".join(compare_words.sentences(rows, comparison))


def test_the_largest_proven_difference_comes_first():
    assert told(UNSURE, ROW | {"difference": -9.0}, ROW) == (
        "Bill scores 12.0 points lower for ex-customers than for customers (between −16.0 and "
        "−8.0). 2 of 3 differences that could be tested are proven. At best, looked at alone, a "
        "true difference of 5.7 points would be found in four of five cases; smaller ones easily "
        "stay unseen."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([ROW], "It is the only difference that could be tested."),
        ([ROW, ROW], "All 2 differences that could be tested are proven."),
        ([ROW, UNSURE], "One of 2 differences that could be tested is proven."),
        ([UNSURE], "One difference between customers and ex-customers could be tested, and is not"),
        ([UNSURE] * 2, "None of 2 differences between customers and ex-customers that could be"),
        ([SILENT, UNASKED], "Too few answers to compare customers and ex-customers anywhere."),
        (
            [SILENT | {"reason": "asked_differently"}, UNASKED],
            "customers and ex-customers (not comparable: another kind of question).",
        ),
        (
            [SILENT, SILENT | {"reason": "no_variation"}],
            "Nothing could be tested between customers and ex-customers.",
        ),
        ([UNASKED], "Nothing was asked of both customers and ex-customers."),
        ([], "Nothing was asked of both customers and ex-customers."),
    ],
)
def test_how_much_is_proven_is_said_as_it_is(rows, sentence):
    assert sentence in told(*rows)


def test_a_stage_as_a_whole_is_called_by_its_own_name():
    assert told(ROW | {"touchpoint": None}).startswith("Retention scores 12.0 points lower")


def test_periods_are_told_by_their_months():
    assert told(ROW | {"difference": 12.0}, comparison=MONTHS).startswith(
        "Bill scores 12.0 points higher in April 2026 than in January 2026 up to March 2026"
    )
    assert compare_words.side_name(MONTHS, MONTHS.a) == "Jan 2026 – Mar 2026"


@pytest.mark.parametrize(
    ("by", "value", "words"),
    [
        ("market", "b2b", "companies (B2B)"),
        ("language", "nl", "answers in Dutch"),
        ("region", "Utrecht", "region Utrecht"),
        ("role", "decision_maker", "role decision maker"),
    ],
)
def test_a_group_is_named_so_that_it_can_be_read_aloud(by, value, words):
    side = with_value(BUY, by, value)

    assert compare_words.side_words(Comparison(by, side, side), side) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not_asked_b", "not asked of ex-customers"),
        ("gives_away", "not shown: it would tell of a few others"),
        ("asked_differently", "not comparable: another kind of question"),
        ("too_few_accounts", "fewer than 5 accounts on a side"),
        ("no_variation", "all answers are alike"),
    ],
)
def test_a_difference_that_cannot_be_told_has_a_plain_reason(reason, words):
    assert compare_words.verdict(ROW | {"reason": reason}, CUSTOMERS) == words


def test_a_small_p_value_is_no_zero():
    values = (None, 0.0, 0.0421)

    assert [compare_words.p_value(value) for value in values] == ["–", "< 0.001", "0.042"]

"""Hiding what tells who wrote something."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.masking.masking import MASK, masked


@pytest.mark.parametrize(
    "told",
    [
        "jan@voorbeeld.nl",
        "Jan.de-Vries+nieuws@mail.voorbeeld.co.uk",
        "jan (at) voorbeeld.nl",
        "jan[at]voorbeeld.nl",
        "josé@vóórbeeld.nl",
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "+31 6 1234 5678",
        "+31(0)20-123 45 67",
        "(020) 123 45 67",
        "020.123.45.67",
        "0031 20 1234567",
        "+49 30 123456",
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "nl91 abna 0417 1643 00",
        "NL91.ABNA.0417.1643.00",
        "DE89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "BE68539007547034",
        "1234567",
        "4111 1111 1111 1111",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "Bel of mail {} graag.", "({})", "Ik ben {}, dank"])
def test_what_leads_to_a_person_is_hidden(told, sentence):
    hidden = masked(sentence.format(told))

    assert MASK in hidden
    assert not any(part in hidden for part in ("voorbeeld", "1234", "0417", "6016", "0044", "123"))


@pytest.mark.parametrize(
    "told",
    [
        "Ik betaal € 1.250,00 per jaar en dat is 12% meer",
        "Van 12-03-2026 tot 2026-10-31 gewacht, 3 weken lang",
        "Zit al 15 jaar bij jullie, postcode 1234 AB, huisnummer 56",
        "Om 9:30 gebeld, om 17:45 nog niets; kamer 204 op 10/10",
        "Cijfer: 7, en volgend jaar een 8 of 9",
        "Mail me maar @ kantoor",
        "",
    ],
)
def test_dates_amounts_and_small_numbers_stay(told):
    assert masked(told) == told


def test_only_the_account_goes_from_a_sentence_that_runs_on():
    assert masked("NL91ABNA0417164300 is mijn rekening") == f"{MASK} is mijn rekening"
    assert masked("naar NL91 ABNA 0417 1643 00 en niet later") == f"naar {MASK} en niet later"


@given(st.text(max_size=400))
def test_any_text_can_be_masked_and_masking_again_changes_nothing(text):
    once = masked(text)

    assert masked(once) == once


@given(
    st.text(string.ascii_letters + " ", max_size=30),
    st.text(string.digits, min_size=7, max_size=12),
    st.text(string.ascii_letters + " ", max_size=30),
)
def test_a_long_number_never_stays_between_blanks(before, number, after):
    assert number not in masked(f"{before} {number} {after}")


def test_a_very_long_comment_is_masked_in_no_time():
    assert len(masked("a" * 50_000 + " 1 " * 10_000 + "." * 20_000)) > 0

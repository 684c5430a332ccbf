import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.interchange.cells import safe_cell

STARTS = "=+-@\t\r\n＝＋－＠﹢﹣﹦﹫"


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "\x00", "\x00 "])
def test_what_a_spreadsheet_would_run_becomes_text(start, before):
    cell = safe_cell(f"{before}{start}cmd|' /C calc'!A0")
    assert cell.startswith("'")
    assert "\x00" not in cell


@pytest.mark.parametrize("number", [0, -3, 2.5, -0.25, "-3", "+31", "-1.5e-3"])
def test_numbers_stay_numbers(number):
    assert safe_cell(number) == str(number)


@pytest.mark.parametrize("text", ["", "Prima", "a=b", "1-2", "e-mail@example.org", "日本"])
def test_other_words_stay_as_they_are(text):
    assert safe_cell(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    cell = safe_cell(text)
    if cell.lstrip(" ").startswith(tuple(STARTS)):
        float(cell)

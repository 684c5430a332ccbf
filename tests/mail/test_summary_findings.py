"""What the monthly summary says beside scores, pains and changes."""

import pytest
from flask_babel import force_locale

from mail import summary_words
from mail.summary import render
from tests.mail.test_summary import EVIDENCE, copy, sheet
from tests.summaries import content
from wording import finding as finding_words


def test_what_else_was_found_is_said_with_its_numbers_and_leads_to_its_evidence(app):
    parts = render(sheet(), copy(), {})

    said = [
        (
            "Improvement “Order in three steps & fewer”: it helped. Its touchpoints changed +6.4 "
            "points more than the untouched ones (between +2.1 and +10.7; 180 ratings since)."
        ),
        (
            "The invoice (Retention): colleagues expect 82, customers give 41: 41 points less "
            "(between 33 and 50; 312 ratings)."
        ),
        (
            "Retention: 24 comments were read as the opposite of the ratings beside them. That is "
            "12% of all that have one (between 8% and 17%). The reading may be wrong: look at them."
        ),
        (
            "In 71% of the 88 accounts of which it can be said, nobody answered who is known as "
            "decision maker (between 60% and 80%)."
        ),
        "Improvement “A person on the phone”: too early to say.",
    ]
    for sentence, address in zip(said, EVIDENCE, strict=True):
        assert f"- {sentence}\n  Evidence: {address}\n" in parts.text
        assert sentence.replace("&", "&amp;") in parts.html
        assert f'href="{address}"' in parts.html


def test_the_board_and_the_mail_say_it_in_the_same_words(app):
    told = content()
    with force_locale("nl"):
        names = summary_words.Names(told)
        said = finding_words.say_all(told["further"], names)

    text = render(sheet(content=told), copy("nl"), {}).text

    assert len(said) == 5
    assert all(sentence in text for sentence in said)


@pytest.mark.parametrize("kept", [{}, {"further": []}])
def test_a_summary_that_has_nothing_else_to_say_has_no_heading_for_it(app, kept):
    older = {name: value for name, value in content().items() if name != "further"}

    parts = render(sheet(content=older | kept), copy(), {})

    assert "WHAT ELSE WAS FOUND" not in parts.text
    assert "What else was found" not in parts.html

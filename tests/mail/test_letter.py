"""A message from templates."""

from email import message_from_bytes
from email.policy import default

import pytest

from mail.letter import Reader, compose
from tests.factories import NOON

LINK = "https://survey.example.org/password/x"


@pytest.mark.parametrize("template", ["password_link", "invitation"])
def test_it_says_the_same_as_text_and_as_html(app, template):
    app.config.update(MAIL_FROM="cx@devries.example", BASE_URL="https://survey.example.org")
    reader = Reader("Els", "els@devries.example", "en")

    sent = compose(reader, "De Vries", template, NOON, link=LINK, inviter="Anna")

    read = message_from_bytes(sent.as_bytes(), policy=default)
    assert read["From"] == "De Vries <cx@devries.example>"
    assert read["To"] == "Els <els@devries.example>"
    assert read["Message-ID"].endswith("@survey.example.org>")
    assert LINK in read.get_body(("plain",)).get_content()
    html = read.get_body(("html",)).get_content()
    assert html.count(f'href="{LINK}"') == 1
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')


@pytest.mark.parametrize(
    "name", ["Els\r\nBcc: all@example.org", "Els\u2028B", "=?utf-8?q?x?=, <a@b>"]
)
def test_a_name_never_becomes_a_header_or_a_second_reader(app, name):
    sent = compose(
        Reader(name, "els@devries.example", "en"), name, "invitation", NOON, link=LINK, inviter=name
    )

    read = message_from_bytes(sent.as_bytes(), policy=default)
    assert read["Bcc"] is None
    assert [a.addr_spec for a in read["To"].addresses] == ["els@devries.example"]
    assert len(read["From"].addresses) == 1


def test_a_name_is_text_in_html(app):
    reader = Reader("<b>Els</b>", "els@devries.example", "en")

    sent = compose(reader, "De Vries", "invitation", NOON, link=LINK, inviter="<i>Anna</i>")

    html = sent.get_body(("html",)).get_content()
    assert "<b>" not in html
    assert "<i>" not in html

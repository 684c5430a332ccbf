"""A message as bytes."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from mail.wire import as_bytes


@pytest.mark.parametrize("length", [1, 60, 200])
def test_the_link_of_a_list_stays_whole_however_long(length):
    link = f"<https://{'a' * length}.example.org/unsubscribe/MQ.WGIugdUZg2Rhgt2hl6L-UqrC2Ck>"
    message = EmailMessage()
    message["List-Unsubscribe"] = link
    message.set_content("Dag\n")

    assert as_bytes(message).startswith(f"List-Unsubscribe: {link}\r\n".encode())


@pytest.mark.parametrize("words", ["Maart", "een lang onderwerp " * 12, "x" * 60])
def test_a_subject_begins_on_its_own_line_and_reads_back_as_it_was(words):
    message = EmailMessage()
    message["Subject"] = words.strip()
    message.set_content("Dag\n")

    wire = as_bytes(message)

    assert wire.startswith(b"Subject: " + words.split()[0].encode())
    assert message_from_bytes(wire, policy=default)["Subject"] == words.strip()


def test_other_headers_are_folded_as_mail_wants_it():
    message = EmailMessage()
    message["Subject"] = "é" * 80
    message.set_content("Dag\n")

    head = as_bytes(message).split(b"\r\n\r\n")[0]

    assert max(len(line) for line in head.split(b"\r\n")) <= 78


def test_a_link_cannot_bring_a_header_along():
    message = EmailMessage()

    with pytest.raises(ValueError, match="linefeed"):
        message["List-Unsubscribe"] = "<https://a.example>\r\nBcc: all@example.org"

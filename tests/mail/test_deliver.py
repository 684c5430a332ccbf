"""Handing a message to a mail server, in each of its moods."""

import socket
from email.message import EmailMessage
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from mail import deliver


class Server:
    """A mail server that answers as it is told."""

    def __init__(self, at_recipient="250 OK", at_message="250 OK"):
        self.at_recipient, self.at_message, self.taken = at_recipient, at_message, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.at_message.startswith("250"):
            self.taken.append(envelope)
        return self.at_message


@pytest.fixture
def start():
    """Start a mail server on loopback; gives its address."""
    controllers = []

    def start(handler, **options):
        controller = Controller(handler, hostname="127.0.0.1", port=_free_port(), **options)
        controller.start()
        controllers.append(controller)
        return f"smtp://127.0.0.1:{controller.port}"

    yield start
    for controller in controllers:
        controller.stop()


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _message():
    message = EmailMessage()
    message["From"] = "Outsidein <outsidein@example.org>"
    message["To"] = "Els <els@example.org>"
    message["Subject"] = "Één onderwerp"
    message.set_content("Dag Els,\n.\neen punt alleen op een regel\n")
    return message


def test_a_message_arrives_whole_and_once(start):
    server = Server()

    deliver.send(_message(), start(server))

    (envelope,) = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("outsidein@example.org", ["els@example.org"])
    assert b"een punt alleen op een regel" in envelope.content


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"at_recipient": "550 no such mailbox"}, deliver.MailRefusedError),
        ({"at_recipient": "451 later"}, deliver.MailDeferredError),
        ({"at_message": "554 unwanted"}, deliver.MailRefusedError),
        ({"at_message": "452 full"}, deliver.MailDeferredError),
    ],
)
def test_what_the_server_says_is_what_the_error_means(start, answers, error):
    server = Server(**answers)

    with pytest.raises(error, match=next(iter(answers.values()))):
        deliver.send(_message(), start(server))

    assert server.taken == []


def test_no_server_means_nothing_was_sent():
    with pytest.raises(deliver.MailUnreachableError):
        deliver.send(_message(), f"smtp://127.0.0.1:{_free_port()}")


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://x", "smtp://", "smtp://x:99999"])
def test_an_address_that_is_none_is_a_matter_of_configuration(url):
    with pytest.raises(deliver.MailNotConfiguredError):
        deliver.send(_message(), url)


def test_a_password_is_handed_over_decoded(start):
    seen = []

    def check(_server, _session, _envelope, _mechanism, data):
        seen.append((data.login, data.password))
        return AuthResult(success=True)

    url = start(Server(), authenticator=check, auth_require_tls=False)
    deliver.send(_message(), url.replace("//", "//els%40example.org:p%2Fw@"))

    assert seen == [(b"els@example.org", b"p/w")]


def test_a_refused_password_means_nothing_was_sent(start):
    refusal = AuthResult(success=False, handled=False)
    url = start(Server(), authenticator=lambda *_: refusal, auth_require_tls=False)

    with pytest.raises(deliver.MailUnreachableError):
        deliver.send(_message(), url.replace("//", "//els:wrong@"))


def _dying(listener, until):
    """A server that hangs up when it gets a line beginning with this."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 hello\r\n")
        for line in map(bytes.upper, lines):
            if line.startswith(until):
                return
            connection.sendall(b"354 go on\r\n" if line.startswith(b"DATA") else b"250 OK\r\n")
            if line.startswith(b"DATA") and until == b".":
                while lines.readline() != b".\r\n":
                    pass
                return


@pytest.mark.parametrize(
    ("until", "error"),
    [
        (b"MAIL", deliver.MailUnreachableError),
        (b"RCPT", deliver.MailUnreachableError),
        (b"DATA", deliver.MailUnreachableError),
        (b".", deliver.MailFateUnknownError),
    ],
)
def test_a_server_that_dies_leaves_the_fate_open_only_after_the_message(until, error):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_dying, args=(listener, until), daemon=True)
        thread.start()
        with pytest.raises(error):
            deliver.send(_message(), f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()


def test_a_server_that_stalls_is_given_up(monkeypatch):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(deliver.MailUnreachableError),
    ):
        deliver.send(_message(), f"smtp://127.0.0.1:{listener.getsockname()[1]}")


def _saying(listener, banner=b"220 hello\r\n", at_end=None):
    """A server that says yes to all, then this after the message, or nothing any more."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(banner)
        for line in map(bytes.upper, lines):
            connection.sendall(b"354 go on\r\n" if line.startswith(b"DATA") else b"250 OK\r\n")
            if line.startswith(b"DATA"):
                while lines.readline() != b".\r\n":
                    pass
                if at_end:
                    connection.sendall(at_end)
                lines.readline()


@pytest.mark.parametrize("at_end", [None, b"what?\r\n", b"354 more?\r\n"])
def test_silence_or_nonsense_after_the_message_leaves_the_fate_open(monkeypatch, at_end):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_saying, args=(listener,), kwargs={"at_end": at_end}, daemon=True)
        thread.start()
        with pytest.raises(deliver.MailFateUnknownError):
            deliver.send(_message(), f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()


def test_what_is_no_mail_server_gets_no_mail(monkeypatch):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        banner = b"HTTP/1.1 400 Bad Request\r\n"
        thread = Thread(target=_saying, args=(listener, banner), daemon=True)
        thread.start()
        with pytest.raises(deliver.MailUnreachableError):
            deliver.send(_message(), f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()

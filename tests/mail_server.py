"""A mail server on loopback, in the mood a test wants."""

import socket
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from threading import Thread

from aiosmtpd.controller import Controller


class MailServer:
    """Takes mail, or says what it is told to say; ``for_whom`` limits that to some recipients."""

    def __init__(self, at_recipient="250 OK", at_message="250 OK", for_whom=None):
        self.at_recipient, self.at_message, self.for_whom = at_recipient, at_message, for_whom
        self.taken, self.url = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        said = self.at_recipient if self.for_whom in {None, address} else "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        is_meant = self.for_whom is None or self.for_whom in envelope.rcpt_tos
        said = self.at_message if is_meant else "250 OK"
        if said.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=default))
        return said

    @property
    def readers(self):
        """Who got mail, in order."""
        return [message["To"].addresses[0].addr_spec for message in self.taken]


@contextmanager
def serving(server, app=None):
    """Let the server listen; the app sends by it."""
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.url = f"smtp://127.0.0.1:{controller.port}"
    if app is not None:
        app.config["SMTP_URL"] = server.url
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def hanging_up(app):
    """A server that takes the whole message and then closes the line without a word."""
    taken = []

    def work(listener):
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in map(bytes.upper, lines):
                is_data = line.startswith(b"DATA")
                connection.sendall(b"354 go on\r\n" if is_data else b"250 OK\r\n")
                if is_data:
                    taken.append(b"".join(iter(lines.readline, b".\r\n")))
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=work, args=(listener,), daemon=True)
        thread.start()
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        yield taken


def free_port():
    """A port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]

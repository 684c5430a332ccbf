"""Hand one message to the mail server, and say exactly what became of it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from mail.wire import as_bytes

TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}
_DONE, _GO_ON = 200, 300  # replies from here mean yes, or ask for more
_LATER = 400  # replies from here ask to try again, from 500 they refuse for good
_NEVER = 500


class MailError(Exception):
    """A message was not, or not certainly, taken by the mail server."""


class MailNotConfiguredError(MailError):
    """There is no mail server in the settings, or its address cannot be read."""


class MailUnreachableError(MailError):
    """No mail server answered, or not as agreed; nothing was sent, trying again is safe."""


class MailDeferredError(MailError):
    """The mail server asks to come back later; nothing was sent, trying again is safe."""


class MailRefusedError(MailError):
    """The mail server refuses this message or this recipient; trying again will not help."""


class MailFateUnknownError(MailError):
    """The connection broke after the message was handed over: it may have been sent or not."""


def send(message: EmailMessage, smtp_url: str) -> None:
    """Send one message to its one recipient.

    Args:
        message: complete, with one address in From and one in To.
        smtp_url: ``smtp://user:password@host:587`` (encrypted where the server offers it, always
            before a password is sent) or ``smtps://...:465``.

    Raises:
        MailNotConfiguredError: no or an unreadable address of a server.
        MailUnreachableError: nothing was sent, for now.
        MailDeferredError: nothing was sent, for now.
        MailRefusedError: nothing was sent, for good.
        MailFateUnknownError: the server fell silent while it had the message in hand.
    """
    server = _server(smtp_url)
    sender, recipient = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
    if not sender.isascii() or not recipient.isascii():
        raise MailRefusedError("The mail server takes no addresses with letters beyond ASCII.")
    with _connected(server) as smtp:
        _accepted(*smtp.mail(sender))
        _accepted(*smtp.rcpt(recipient))
        _accepted(*smtp.docmd("DATA"), wanted=_GO_ON)
        smtp.send(_framed(message))  # breaks off before the final dot, so nothing was taken
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise MailFateUnknownError(str(error)) from error
        if code < _DONE or _GO_ON <= code < _LATER:
            raise MailFateUnknownError(f"The mail server said something else: {code}.")
        _accepted(code, reply)


def _server(smtp_url: str) -> SplitResult:
    """The parts of the server's address."""
    if not smtp_url:
        raise MailNotConfiguredError("OUTSIDEIN_SMTP_URL is not set.")
    try:
        server = urlsplit(smtp_url)
        is_good = server.scheme in _PORTS and bool(server.hostname) and server.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise MailNotConfiguredError("OUTSIDEIN_SMTP_URL must look like smtp://host:587.")
    return server


@contextmanager
def _connected(server: SplitResult) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted and signed in as the address says; always closed."""
    try:
        smtp = _greeted(server)
    except (OSError, smtplib.SMTPException) as error:
        raise MailUnreachableError(str(error)) from error
    try:
        yield smtp
    except (OSError, smtplib.SMTPException) as error:
        raise MailUnreachableError(str(error)) from error
    finally:
        smtp.close()


def _greeted(server: SplitResult) -> smtplib.SMTP:
    """Connect, encrypt, sign in."""
    host = server.hostname or ""
    port = server.port or _PORTS[server.scheme]
    context = _context(host)
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        is_private = server.scheme == "smtps" or _is_loopback(host)
        if server.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
            is_private = True
        if server.username:
            if not is_private:
                raise MailUnreachableError(  # noqa: TRY301 -- closed below like the others
                    "The mail server offers no encryption, so the password was not sent."
                )
            smtp.login(unquote(server.username), unquote(server.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _context(host: str) -> ssl.SSLContext:
    """Certificates are checked, but for a server on this very machine, which often made its own."""
    context = ssl.create_default_context()
    if _is_loopback(host):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_loopback(host: str) -> bool:
    """Whether what is sent to this host never leaves the machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _framed(message: EmailMessage) -> bytes:
    """The message as it goes over the line: leading dots doubled, and the final dot."""
    lines = as_bytes(message).removesuffix(b"\r\n").split(b"\r\n")
    doubled = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join(doubled) + b"\r\n.\r\n"


def _accepted(code: int, reply: bytes | str, wanted: int = _DONE) -> None:
    """Raise what the server's reply means, unless it is of the hundred that means yes."""
    if wanted <= code < wanted + 100:
        return
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    kind: type[MailError] = (
        MailUnreachableError  # no reply that can stand here: something else listens
    )
    if code >= _LATER:
        kind = MailDeferredError if code < _NEVER else MailRefusedError
    raise kind(f"{code} {text}")

"""A message as the bytes that go over the line, or into a file."""

from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from textwrap import wrap

LONGEST = 78
"""Letters of a line."""

_ADDRESSES_OF_LISTS = {"list-unsubscribe", "list-unsubscribe-post"}


class _Wire(EmailPolicy):
    """Folds as SMTP wants it, but for two headers that Python's own way spoils.

    A link that is too long for a line would become encoded words, which no mail program takes for
    a link (RFC 2369 allows none there). A subject that is too long would begin on a line of its
    own, which some programs show as a blank before it.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes."""
        header = f"{name}: {value}"
        if name.lower() in _ADDRESSES_OF_LISTS:
            return f"{header}\r\n".encode("ascii")
        if name.lower() == "subject" and header.isascii():
            lines = wrap(
                header,
                LONGEST,
                subsequent_indent=" ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            return "".join(f"{line}\r\n" for line in lines).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Wire(linesep=SMTP.linesep)


def as_bytes(message: EmailMessage) -> bytes:
    """The whole message, with line ends as mail has them."""
    return message.as_bytes(policy=_POLICY)

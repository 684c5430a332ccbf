"""Text as it may stand in a header of a mail."""

import unicodedata

_COMMANDS = {"Cc", "Cf", "Zl", "Zp", "Cs"}
"""Unicode's categories of what is not seen: line breaks, controls, marks that turn text round."""


def one_line(text: str) -> str:
    r"""Bring a text into one line without invisible commands, so that it can add no header.

    Example:
        >>> one_line("Retention\r\nBcc: x@example.org\x00 ")
        'Retention Bcc: x@example.org'
    """
    plain = "".join(" " if unicodedata.category(one) in _COMMANDS else one for one in text)
    return " ".join(plain.split())

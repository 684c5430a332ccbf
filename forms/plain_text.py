"""Text as people type it: without blanks around it, and in one line where it must be."""

import unicodedata

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import ValidationError

TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Unicode's classes of commands that turn the direction of what follows, unseen."""


def stripped(text: str | None) -> str | None:
    """The text without blanks around it."""
    return text.strip() if text else text


def is_one_line(_form: Form, field: Field) -> None:
    """Refuse line breaks and other invisible commands: names go into the headers of mail."""
    text = field.data or ""
    if _turns(text) or any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in text):
        raise ValidationError(_("Keep this in one line, without invisible characters."))


def is_plain(_form: Form, field: Field) -> None:
    """Refuse invisible commands, but for line breaks and tabs."""
    letters = (field.data or "").translate({ord(blank): None for blank in "\r\n\t"})
    if _turns(letters) or any(unicodedata.category(letter) == "Cc" for letter in letters):
        raise ValidationError(_("Leave out invisible characters."))


def _turns(text: str) -> bool:
    """Whether something in it turns its direction, so that it reads as what it is not."""
    return any(unicodedata.bidirectional(letter) in TURNS for letter in text)

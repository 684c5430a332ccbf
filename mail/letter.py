"""A message from templates: text and HTML, in the language of who gets it."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale


class Reader(NamedTuple):
    """Who gets a message, and in which language."""

    name: str
    email: str
    language: str


def compose(reader: Reader, host: str, template: str, now: datetime, **values: Any) -> EmailMessage:  # noqa: ANN401 -- as render_template
    """Put a message together; its first line of text is the subject.

    Args:
        reader: who gets it.
        host: name of the organisation that sends it.
        template: name of the pair ``mail/<name>.txt`` and ``mail/<name>.html``.
        now: the moment it is written.
        **values: what the templates show.
    """
    with force_locale(reader.language):
        shown = values | {"reader": reader, "host": host}
        subject, text = render_template(f"mail/{template}.txt", **shown).strip().split("\n", 1)
        html = render_template(f"mail/{template}.html", subject=subject, **shown)
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = Address(_one_line(host), addr_spec=current_app.config["MAIL_FROM"])
    message["To"] = Address(_one_line(reader.name), addr_spec=reader.email)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(
        domain=urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    )
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.strip() + "\n")
    message.add_alternative(html, subtype="html")
    return message


def _one_line(name: str) -> str:
    """A name as it may stand in a header; forms refuse line breaks, imports might not."""
    return " ".join(name.split())

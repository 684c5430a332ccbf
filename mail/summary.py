"""The monthly summary as a mail: what was composed in, a message out, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from flask import render_template
from flask_babel import force_locale

from mail import summary_captions, summary_comments, summary_findings, summary_words
from mail.header import one_line
from mail.letter import Reader

PICTURES = ("strips", "worst")
"""The pictures of a summary, in the order in which they stand."""


@dataclass(frozen=True)
class Sheet:
    """What every reader of a summary gets.

    Attributes:
        content: what was composed; see ``actions.summary``.
        as_of: the last change of the facts it was made from.
        host: the organisation's name.
        contact: whom to ask, or empty.
        is_invented: whether the organisation is the demonstration's.
        board: the address of the journey's board.
        evidence: the addresses of what the content's further findings rest on, in their order.
    """

    content: Mapping[str, Any]
    as_of: datetime
    host: str
    contact: str
    is_invented: bool
    board: str
    evidence: Sequence[str] = ()


@dataclass(frozen=True)
class Copy:
    """What is one reader's own.

    Attributes:
        reader: who gets it.
        pictures: PNG by name, drawn in the reader's language.
        unsubscribe: the address that ends it, or empty where there is nothing to end.
        is_own_wish: whether the reader subscribed; else a colleague put them on the list.
        is_test: whether it is a test mail to oneself.
    """

    reader: Reader
    pictures: Mapping[str, bytes]
    unsubscribe: str = ""
    is_own_wish: bool = True
    is_test: bool = False


@dataclass(frozen=True)
class Rendered:
    """The three texts of a mail."""

    subject: str
    text: str
    html: str


def render(sheet: Sheet, copy: Copy, sources: Mapping[str, str]) -> Rendered:
    """Put the summary into words, as text and as HTML with its styles inline.

    Args:
        sheet: what every reader gets.
        copy: what is this reader's own.
        sources: the address of each picture; those left out are not shown.
    """
    with force_locale(copy.reader.language):
        content = sheet.content
        names = summary_words.Names(content)
        subject = summary_words.subject(content, is_test=copy.is_test)
        shown = {
            "sheet": sheet,
            "copy": copy,
            "content": content,
            "words": summary_words,
            "captions": summary_captions,
            "comments": summary_comments,
            "names": names,
            "further": summary_findings.further(content, names, sheet.evidence),
            "alternatives": _alternatives(content),
            "sources": {name: sources[name] for name in PICTURES if name in sources},
            "subject": subject,
        }
        text = render_template("mail/summary.txt", **shown)
        html = render_template("mail/summary.html", **shown)
    return Rendered(one_line(subject), _tidy(text), _inlined(html))


def compose(sheet: Sheet, copy: Copy, message_id: str, sender: str, now: datetime) -> EmailMessage:
    """Put the whole message together.

    Args:
        sheet: what every reader gets.
        copy: what is this reader's own.
        message_id: with its brackets; the same one whenever the same mail is sent again.
        sender: the address mail comes from.
        now: the moment it is sent.
    """
    local, domain = message_id.strip("<>").split("@")
    identities = {name: f"{name}.{local}@{domain}" for name in copy.pictures}
    sources = {name: f"cid:{identity}" for name, identity in identities.items()}
    rendered = render(sheet, copy, sources)
    message = EmailMessage()
    message["Subject"] = rendered.subject
    message["From"] = Address(one_line(sheet.host), addr_spec=sender)
    message["To"] = Address(one_line(copy.reader.name), addr_spec=copy.reader.email)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if copy.unsubscribe:
        message["List-Unsubscribe"] = f"<{copy.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    html = list(message.iter_parts())[1]
    for name, png in copy.pictures.items():
        html.add_related(
            png,
            "image",
            "png",
            cid=f"<{identities[name]}>",
            filename=f"{name}.png",
            disposition="inline",
        )
    return message


def _alternatives(content: Mapping[str, Any]) -> dict[str, str]:
    """What each picture shows, in words."""
    return {
        "strips": summary_captions.strips_text(content),
        "worst": summary_captions.worst_text(content),
    }


def _inlined(html: str) -> str:
    """Put the styles into the elements, where mail programs keep them; dark ones stay apart."""
    from css_inline import CSSInliner

    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    inlined: str = inliner.inline(html)
    return inlined


def _tidy(text: str) -> str:
    """Leave no blanks at the end of a line and never two empty lines."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for place, line in enumerate(lines) if line or lines[place - 1]]
    return "\n".join(kept) + "\n"

"""Numbers, months and the shared words, as the reader's language writes them.

Pages and mails use the same ones; each works within a request or Flask-Babel's ``force_locale``.
"""

from datetime import date, datetime

from flask_babel import format_date, format_datetime, format_decimal, format_percent, get_locale
from flask_babel import gettext as _

from vocabulary import Audience, Channel, Identity, Lifecycle, Market, Media, Team

TOO_FEW = "–"


def month(key: str) -> str:
    """A month in full: "2026-10" becomes "oktober 2026"."""
    return str(format_date(_first_day(key), "LLLL y"))


def short_month(key: str) -> str:
    """A month for an axis: "2026-10" becomes "okt 2026"."""
    return str(format_date(_first_day(key), "LLL y"))


def day(moment: datetime) -> str:
    """A day and a time, in the organisation's time zone."""
    return str(format_datetime(moment, "d MMMM y, HH:mm"))


def score(value: float | None) -> str:
    """A score, without decimals."""
    return TOO_FEW if value is None else str(format_decimal(round(value), "0"))


def points(value: float | None) -> str:
    """Points lost, with their minus and one decimal."""
    if value is None:
        return TOO_FEW
    text = str(format_decimal(abs(value), "0.0"))
    return text if round(value, 1) == 0 else "−" + text


def change(value: float) -> str:
    """A difference in points, with its sign and one decimal."""
    sign = "+" if round(value, 1) > 0 else "−" if round(value, 1) < 0 else ""
    return sign + str(format_decimal(abs(value), "0.0"))


def whole_change(value: float) -> str:
    """A figure that may lie below zero, with its sign and no decimals, such as NPS."""
    sign = "+" if round(value) > 0 else "−" if round(value) < 0 else ""
    return sign + str(format_decimal(abs(round(value)), "0"))


def count(value: float) -> str:
    """A number of things."""
    return str(format_decimal(round(value)))


def decimals(value: float | None, places: int) -> str:
    """A number with so many decimals."""
    return TOO_FEW if value is None else str(format_decimal(value, "0." + "0" * places))


def rating(value: float) -> str:
    """A point of a scale, as it was given: halves stay halves."""
    return str(format_decimal(value, "0.##"))


def share(value: float | None) -> str:
    """A share 0-1 as a percentage."""
    return TOO_FEW if value is None else str(format_percent(value, "0%"))


def interval(low: float | None, high: float | None) -> str:
    """The interval of a score, in words."""
    if low is None or high is None:
        return str(_("how sure cannot be said"))
    return str(_("between %(low)s and %(high)s", low=score(low), high=score(high)))


def lost_between(low: float | None, high: float | None) -> str:
    """The interval of points lost, the smaller loss last, as a ruler reads."""
    if low is None or high is None:
        return str(_("how sure cannot be said"))
    return str(_("between %(low)s and %(high)s", low=points(high), high=points(low)))


def word(value: str) -> str:
    """A shared word, or a language by its code, as readers see it; others stay as they are."""
    return str(_words().get(value) or get_locale().languages.get(value, value))


def trait(text: str) -> str:
    """A trait to compare people by, or one of its values: the usual ones as readers say them."""
    usual = {
        "product": _("product"),
        "region": _("region"),
        "role": _("role"),
        "buyer": _("buyer"),
        "decision_maker": _("decision maker"),
        "gatekeeper": _("gatekeeper"),
        "influencer": _("adviser"),
        "user": _("user"),
    }
    return str(usual.get(text) or text.replace("_", " "))


def _words() -> dict[str, str]:
    """Every shared word in the reader's language."""
    return {
        Audience.PROSPECT: _("Prospects"),
        Audience.CUSTOMER: _("Customers"),
        Audience.EX_CUSTOMER: _("Ex-customers"),
        Market.B2B: _("Business (B2B)"),
        Market.B2C: _("Consumers (B2C)"),
        Channel.ONLINE: _("Online"),
        Channel.OFFLINE: _("Offline"),
        Media.OWNED: _("Owned"),
        Media.PAID: _("Paid"),
        Media.EARNED: _("Earned"),
        Team.MARKETING: _("Marketing"),
        Team.SALES: _("Sales"),
        Team.SERVICE: _("Service"),
        Lifecycle.STRANGER: _("Stranger"),
        Lifecycle.KNOWN_VISITOR: _("Known visitor"),
        Lifecycle.LEAD: _("Lead"),
        Lifecycle.AMBASSADOR: _("Ambassador"),
        Identity.NAMED: _("Named"),
        Identity.PSEUDONYMOUS: _("Pseudonymous"),
        Identity.ANONYMOUS: _("Anonymous"),
    }


def _first_day(key: str) -> date:
    """The first day of a month."""
    return date(int(key[:4]), int(key[5:]), 1)

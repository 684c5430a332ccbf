"""What is said of a comparison, in the reader's language: pages and commands use the same words.

Works within a request or Flask-Babel's ``force_locale``, on plain rows of
``insights.comparing.contrast.contrast`` with ``name`` and ``stage_name``. Never a cause.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing

if TYPE_CHECKING:
    from insights.comparing.compare import Comparison
    from insights.filters import Filters

Row = Mapping[str, Any]

MOST_TOLD = 6
"""So many proven differences are told one by one."""


def way_name(by: str) -> str:
    """What is compared: a property of the respondents, or the period."""
    names = {
        "period": _("Period"),
        "audience": _("Audience"),
        "market": _("Market"),
        "channel": _("Channel"),
        "language": _("Language"),
    }
    return str(names.get(by) or phrasing.trait(by).capitalize())


def side_name(comparison: "Comparison", side: "Filters") -> str:
    """A side at the head of a column."""
    from insights.comparing.compare import PERIOD, value_of
    from insights.filters import DIMENSIONS

    if comparison.by == PERIOD:
        first, last = (phrasing.short_month(month or "") for month in _months(side))
        return first if first == last else f"{first} – {last}"
    value = value_of(side, comparison.by) or ""
    return phrasing.word(value) if comparison.by in DIMENSIONS else phrasing.trait(value)


def side_words(comparison: "Comparison", side: "Filters") -> str:
    """A side within a sentence, after "for"."""
    from insights.comparing.compare import PERIOD, value_of

    if comparison.by == PERIOD:
        first, last = (phrasing.month(month or "") for month in _months(side))
        return (
            first if first == last else str(_("%(first)s up to %(last)s", first=first, last=last))
        )
    value = value_of(side, comparison.by) or ""
    words = {
        ("audience", "prospect"): _("prospects"),
        ("audience", "customer"): _("customers"),
        ("audience", "ex_customer"): _("ex-customers"),
        ("market", "b2b"): _("companies (B2B)"),
        ("market", "b2c"): _("consumers (B2C)"),
        ("channel", "online"): _("online answers"),
        ("channel", "offline"): _("offline answers"),
    }
    known = words.get((comparison.by, value))
    if known:
        return str(known)
    if comparison.by == "language":
        return str(_("answers in %(language)s", language=phrasing.word(value)))
    return f"{phrasing.trait(comparison.by)} {phrasing.trait(value)}"


def sentences(rows: Sequence[Row], comparison: "Comparison") -> list[str]:
    """What the comparison found: the largest proven difference, how many are, and what is not seen.

    Args:
        rows: every row of the page.
        comparison: what was compared.
    """
    tested = [row for row in rows if row["p"] is not None]
    if not tested:
        return [_nothing(rows, comparison)]
    proven = proven_of(rows)
    if proven:
        told = [told_of(proven[0], comparison), _how_many(len(proven), len(tested))]
    else:
        a, b = _pair(comparison)
        text = ngettext(
            "One difference between %(a)s and %(b)s could be tested, and is not proven: it may be "
            "chance.",
            "None of %(count)s differences between %(a)s and %(b)s that could be tested is proven: "
            "what differs may be chance.",
            len(tested),
            count=phrasing.count(len(tested)),
            a=a,
            b=b,
        )
        told = [str(text)]
    return [*told, _smallest(min(row["smallest"] for row in tested))]


def proven_of(rows: Sequence[Row]) -> list[Row]:
    """The proven differences, the largest first."""
    proven = [row for row in rows if row["is_proven"]]
    return sorted(proven, key=lambda row: (-abs(row["difference"]), row["stage_name"], row["name"]))


def told_of(row: Row, comparison: "Comparison") -> str:
    """One difference, as a sentence."""
    a, b = _pair(comparison)
    words = {
        "name": row["name"] if row["touchpoint"] else row["stage_name"],
        "points": phrasing.decimals(abs(row["difference"]), 1),
        "between": between(row),
        "a": a,
        "b": b,
    }
    is_lower, is_period = row["difference"] < 0, comparison.by == "period"
    if is_period and is_lower:
        text = _("%(name)s scores %(points)s points lower in %(b)s than in %(a)s (%(between)s).")
    elif is_period:
        text = _("%(name)s scores %(points)s points higher in %(b)s than in %(a)s (%(between)s).")
    elif is_lower:
        text = _("%(name)s scores %(points)s points lower for %(b)s than for %(a)s (%(between)s).")
    else:
        text = _("%(name)s scores %(points)s points higher for %(b)s than for %(a)s (%(between)s).")
    return str(text) % words


def between(row: Row) -> str:
    """The interval of a difference, with signs."""
    if row["low"] is None:
        return str(_("how sure cannot be said"))
    low, high = phrasing.change(row["low"]), phrasing.change(row["high"])
    return str(_("between %(low)s and %(high)s", low=low, high=high))


def score(row: Row, side: str) -> str:
    """The score of a side, its interval in brackets, for a table."""
    value, low, high = (row[f"{name}_{side}"] for name in ("score", "low", "high"))
    if low is None:
        return phrasing.score(value)
    return f"{phrasing.score(value)} ({phrasing.score(low)} – {phrasing.score(high)})"


def ends(row: Row) -> str:
    """The interval of a difference, for a table."""
    if row["low"] is None:
        return phrasing.TOO_FEW
    low, high = phrasing.change(row["low"]), phrasing.change(row["high"])
    return str(_("%(first)s to %(last)s", first=low, last=high))


def verdict(row: Row, comparison: "Comparison") -> str:
    """Whether a difference is proven, or why that cannot be said."""
    if row["reason"]:
        return why(row["reason"], comparison)
    if not row["is_proven"]:
        return str(_("not proven"))
    return str(_("proven lower") if row["difference"] < 0 else _("proven higher"))


def why(reason: str, comparison: "Comparison") -> str:
    """Why a difference cannot be told, without a full stop."""
    from insights.clusters import MINIMUM_CLUSTERS

    words = {
        "not_asked_a": _not_asked(comparison, comparison.a),
        "not_asked_b": _not_asked(comparison, comparison.b),
        "too_few_persons": _("too few answers to show"),
        "gives_away": _("not shown: it would tell of a few others"),
        "asked_differently": _("not comparable: another kind of question"),
        "too_few_accounts": _("fewer than %(n)s accounts on a side", n=MINIMUM_CLUSTERS),
        "no_variation": _("all answers are alike"),
    }
    return str(words[reason])


def _not_asked(comparison: "Comparison", side: "Filters") -> str:
    """That a side was not asked."""
    words = side_words(comparison, side)
    if comparison.by == "period":
        return str(_("not asked in %(side)s", side=words))
    return str(_("not asked of %(side)s", side=words))


def p_value(value: float | None) -> str:
    """An adjusted p-value."""
    least = 0.001
    if value is None:
        return phrasing.TOO_FEW
    return f"< {phrasing.decimals(least, 3)}" if value < least else phrasing.decimals(value, 3)


def notes() -> list[str]:
    """What the words on the page mean, one sentence each."""
    told = [
        _(
            "Proven: of all differences called proven, at most one in ten is chance, on average; "
            "a single one may still be."
        ),
        _(
            "Shrunk: moved towards the mean of the other rows, the further the fewer answers it "
            "rests on; the better guess where a row stands out by few answers."
        ),
        _(
            "Could be shown: a true difference this large would be found in four of five cases, "
            "if it were the only one looked at."
        ),
        _("A difference between groups is no proof of a cause: they may differ otherwise, too."),
    ]
    return [str(note) for note in told]


def _how_many(proven: int, tested: int) -> str:
    """How many of the differences are proven."""
    words = {"count": phrasing.count(tested), "proven": phrasing.count(proven)}
    if proven == tested:
        text = ngettext(
            "It is the only difference that could be tested.",
            "All %(count)s differences that could be tested are proven.",
            tested,
            **words,
        )
    else:
        text = ngettext(
            "One of %(count)s differences that could be tested is proven.",
            "%(proven)s of %(count)s differences that could be tested are proven.",
            proven,
            **words,
        )
    return str(text)


def _pair(comparison: "Comparison") -> tuple[str, str]:
    """Both sides within a sentence."""
    return side_words(comparison, comparison.a), side_words(comparison, comparison.b)


def _months(side: "Filters") -> tuple[str | None, str | None]:
    """The first and last month of a side."""
    return side.month_from, side.month_to


def _smallest(points: float) -> str:
    """How large a difference must be to be seen."""
    text = _(
        "At best, looked at alone, a true difference of %(points)s points would be found in four "
        "of five cases; smaller ones easily stay unseen.",
        points=phrasing.decimals(points, 1),
    )
    return str(text)


def _nothing(rows: Sequence[Row], comparison: "Comparison") -> str:
    """That nothing could be tested, and why where all that was asked shares one reason."""
    a, b = _pair(comparison)
    reasons = {row["reason"] for row in rows} - {"not_asked_a", "not_asked_b"}
    if reasons == {"too_few_persons"}:
        text = _("Too few answers to compare %(a)s and %(b)s anywhere.", a=a, b=b)
    elif len(reasons) == 1:
        why_not = why(reasons.pop(), comparison)
        text = _(
            "Nothing could be tested between %(a)s and %(b)s (%(why)s).", a=a, b=b, why=why_not
        )
    elif reasons:
        text = _("Nothing could be tested between %(a)s and %(b)s.", a=a, b=b)
    elif comparison.by == "period":
        text = _("Nothing was asked in both %(a)s and %(b)s.", a=a, b=b)
    else:
        text = _("Nothing was asked of both %(a)s and %(b)s.", a=a, b=b)
    return str(text)

"""What is said of a change of pain, in the reader's language, on pages and by commands alike.

Works within a request or Flask-Babel's ``force_locale``, on plain rows as
``insights.pain.change_content`` makes them. Points lost more have a minus, as points lost do.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

import phrasing
from wording import pain as pain_words

Row = Mapping[str, Any]

SMALL = 0.05
"""Points; a part that is smaller than this is shown as none."""


def points(more: float | None) -> str:
    """More points lost, with a minus; fewer, with a plus."""
    return phrasing.TOO_FEW if more is None else phrasing.change(0.0 - more)


def between(low: float | None, high: float | None) -> str:
    """The interval of a change, the worse end first."""
    if low is None or high is None:
        return str(_("how sure cannot be said"))
    return str(_("between %(low)s and %(high)s", low=points(high), high=points(low)))


def whole(change: Row | None) -> str:
    """What a stage loses more or less in all; or why that cannot be said."""
    if change is None:
        return str(_("No answers before to compare with."))
    if change["reason"] == "too_few_answers":
        needed = phrasing.count(change["needed"])
        return str(_("A change cannot be said: needs %(n)s answers in each period.", n=needed))
    if change["reason"]:
        return str(_("A change cannot be said: %(why)s.", why=pain_words.why_no_pain(change)))
    found = change["whole"]
    text = _(
        "Points lost went from %(before)s to %(after)s: %(change)s, %(between)s; %(reach)s by how "
        "many met it, %(shortfall)s by how short it fell.",
        before=phrasing.points(found["total_before"]),
        after=phrasing.points(found["total_after"]),
        change=points(found["change"]),
        between=between(found["change_low"], found["change_high"]),
        reach=points(found["reach_part"]),
        shortfall=points(found["shortfall_part"]),
    )
    return str(text)


def proven(change: Row) -> list[str]:
    """The touchpoints at which more or fewer points are surely lost, and by what."""
    rows = [row for row in change["touchpoints"] if row["is_proven"]]
    return [_told(row) for row in rows] or [
        str(_("At no touchpoint did the points lost surely change."))
    ]


def _told(row: Row) -> str:
    """One change that is proven."""
    words = {
        "name": row["name"],
        "change": points(row["change"]),
        "between": between(row["change_low"], row["change_high"]),
        "why": why(row),
    }
    if row["change"] > 0:
        return str(_("More is lost at %(name)s: %(change)s, %(between)s; %(why)s.", **words))
    return str(_("Less is lost at %(name)s: %(change)s, %(between)s; %(why)s.", **words))


def why(row: Row) -> str:
    """Which of the two parts it comes from, both with their points."""
    words = {"reach": points(row["reach_part"]), "shortfall": points(row["shortfall_part"])}
    parts: Sequence[float] = (abs(row["reach_part"]), abs(row["shortfall_part"]))
    if max(parts) < SMALL:
        return str(_("hardly anything changed"))
    if parts[0] > parts[1]:
        return str(
            _(
                "%(reach)s from how many people met it, %(shortfall)s from how they rated it",
                **words,
            )
        )
    return str(
        _(
            "%(shortfall)s from how people rated it, %(reach)s from how many met it",
            **words,
        )
    )

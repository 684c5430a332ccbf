"""What is said of the gaps between colleagues and customers, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing

Row = Mapping[str, Any]

MOST = 2
"""A sentence names so many touchpoints at most."""


def sentence(rows: Sequence[Row], colleagues: int) -> str:
    """Say where the company is proud and customers hurt; else what else can be said.

    Args:
        rows: what ``insights.gaps.gaps.gaps`` gives, plain, with ``name``.
        colleagues: how many took part.
    """
    from insights.release.suppression import MINIMUM_PERSONS

    if colleagues < MINIMUM_PERSONS:
        return str(
            _(
                "Fewer than five colleagues took part: their estimates are not shown, for that "
                "would tell who thinks what."
            )
        )
    shown = [row for row in rows if row["shown"]]
    if not shown:
        return str(_("No touchpoint was both estimated by five colleagues and rated by customers."))
    off = [row for row in shown if row["is_clear"]]
    if not off:
        return str(
            _(
                "Colleagues are not surely wrong anywhere: at no touchpoint can their estimate and "
                "what customers give be told apart."
            )
        )
    told = [one(row) for row in off[:MOST]]
    return " ".join([*told, _how_many(len(off), len(shown))])


def one(row: Row) -> str:
    """What colleagues expect of a touchpoint, what customers give, and what lies between."""
    words = {
        "name": row["name"],
        "inside": phrasing.score(row["inside"]),
        "outside": phrasing.score(row["outside"]),
        "gap": phrasing.score(abs(shown_gap(row))),
        "between": gap_interval(row["low"], row["high"]),
    }
    if row["gap"] > 0:
        text = _(
            "Colleagues expect %(inside)s for “%(name)s”; customers give %(outside)s, %(gap)s "
            "points less, %(between)s.",
            **words,
        )
    else:
        text = _(
            "Colleagues expect %(inside)s for “%(name)s”; customers give %(outside)s, %(gap)s "
            "points more, %(between)s.",
            **words,
        )
    return str(text)


def gap_interval(low: float | None, high: float | None) -> str:
    """The interval of a gap: of its size, where its direction is sure; else with signs."""
    if low is None or high is None:
        return str(_("how sure cannot be said"))
    if low > 0 or high < 0:
        return phrasing.interval(*sorted((abs(low), abs(high))))
    ends = {"low": phrasing.whole_change(low), "high": phrasing.whole_change(high)}
    return str(_("between %(low)s and %(high)s", **ends))


def shown_gap(row: Row) -> int:
    """A gap as readers can check it: between the two scores as they are shown."""
    return round(float(row["inside"])) - round(float(row["outside"]))


def side_word(side: str | None) -> str:
    """What a gap means, in a few words."""
    sides = {
        "proud": _("proud, while customers hurt"),
        "high": _("customers give less"),
        "right": _("not surely off"),
        "low": _("customers give more"),
        None: _("too few to say"),
    }
    return str(sides[side])


def _how_many(n_off: int, n_shown: int) -> str:
    """At how many touchpoints colleagues are surely off."""
    return str(
        ngettext(
            "At one of %(all)s touchpoints the estimate is surely off.",
            "At %(num)s of %(all)s touchpoints the estimate is surely off.",
            n_off,
            all=phrasing.count(n_shown),
        )
    )

"""Scores weighted to a journey's known mix: remembered, and which mix it is, in words."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

import phrasing
from actions.mix import mix_of
from models import Journey
from views.mix import property_name, value_name

if TYPE_CHECKING:
    from actions.weighting import Weighted
    from facts.engine import Facts
    from insights.filters import Filters


def weighted(journey: Journey, facts: "Facts", filters: "Filters") -> "Weighted":
    """The stages' scores weighted to what is known of the people, or what was found before."""
    from actions.weighting import Weighted, weighted_of

    mix = mix_of(journey, filters.month_to)
    if not mix:
        return Weighted((), {}, [], {})
    what = ("weighted", filters, mix)
    return facts.remember(what, lambda: weighted_of(journey, facts, filters))


def mix_sentence(found: "Weighted") -> str:
    """Which mix scores are weighted to, since when, and what that does; empty without a mix."""
    if not found.mix:
        return ""
    if all(row["score"] is None for row in found.stages):
        return str(
            _(
                "A mix of people is known (%(mix)s), but no stage can be weighted to it here.",
                mix=mix_words(found),
            )
        )
    return str(
        _(
            "Under each score stands the same score weighted to the mix of people that is known: "
            "%(mix)s. In it each group counts for its share of all people, however many of it "
            "answered; only answers that may be told of each group count.",
            mix=mix_words(found),
        )
    )


def mix_words(found: "Weighted") -> str:
    """A mix, property by property, with its shares and the month from which on it holds."""
    return "; ".join(
        _(
            "%(property)s since %(month)s: %(shares)s",
            property=property_name(margin.dimension),
            month=phrasing.month(found.since[margin.dimension]),
            shares=", ".join(
                f"{value_name(margin.dimension, value)} {phrasing.share(share)}"
                for value, share in margin.shares
            ),
        )
        for margin in found.mix
    )

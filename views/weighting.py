"""Scores weighted to a journey's known mix: remembered, and which mix it is, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from actions.mix import mix_of
from models import Journey
from wording import planning as planning_words
from wording.mix import mix_words, value_name

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
                mix=mix_words(found.mix, found.since),
            )
        )
    return str(
        _(
            "Under each score stands the same score weighted to the mix of people that is known: "
            "%(mix)s. In it each group counts for its share of all people, however many of it "
            "answered; only answers that may be told of each group count.",
            mix=mix_words(found.mix, found.since),
        )
    )


def why(weighting: Mapping[str, Any]) -> str:
    """Why pain was not weighted, or whom of a mix it lacks; empty where nothing is the matter.

    Args:
        weighting: of ``insights.pain.content.stage_pain``.
    """
    parts = []
    if weighting.get("reason"):
        parts.append(f"{_('Not weighted.')} {planning_words.why_unweighted(weighting['reason'])}")
    names = [value_name(dimension, value) for dimension, value in weighting.get("absent", ())]
    if names and not parts:
        text = _("Without answers: %(names)s, so this is about the others.", names=", ".join(names))
        parts.append(str(text))
    return " ".join(parts)

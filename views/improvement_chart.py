"""The chart of an improvement, with its words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

import phrasing
from models import Improvement

if TYPE_CHECKING:
    from insights.effects.effects import Effect


def draw(effect: "Effect", improvement: Improvement, acted: Sequence[str]) -> dict[str, Any] | None:
    """Both groups by month, where any month may be shown.

    Args:
        effect: what is known.
        improvement: what was registered.
        acted: what the reader calls the acted touchpoints.
    """
    import pandas as pd

    from charts.effect import effect_trend
    from charts.theme import Caption
    from insights.months import months_from

    shown = effect.scores[effect.scores["shown"].astype(bool)]
    if shown.empty:
        return None
    months = months_from(shown["month"].min(), shown["month"].max())
    every = pd.MultiIndex.from_product([("acted", "controls"), months], names=["side", "month"])
    frame = shown.set_index(["side", "month"]).reindex(every).reset_index()
    names = ", ".join(acted)
    words = _words(names)
    frame = frame.assign(
        label=[phrasing.short_month(key) for key in frame["month"]],
        side=[words[side] for side in frame["side"]],
    )
    start = f"{improvement.starts_on:%Y-%m}"
    has_started = start <= months[-1]
    caption = Caption(
        _("%(names)s beside the untouched touchpoints", names=names),
        _("Score by month; it started in %(month)s.", month=phrasing.month(start))
        if has_started
        else _("Score by month, before the start."),
        words,
    )
    specification: dict[str, Any] = effect_trend(
        frame[["label", "side", "score", "low", "high", "n"]],
        caption,
        start=phrasing.short_month(max(start, months[0])) if has_started else None,
        breaks=[phrasing.short_month(key) for key in effect.breaks if key in months],
    ).to_dict()
    return specification


def _words(names: str) -> dict[str, str]:
    """What stands at the axes, in the legend and in a tooltip."""
    return {
        "score": _("Score (0-100)"),
        "month": _("Month"),
        "from": _("From"),
        "to": _("To"),
        "n": _("Ratings"),
        "acted": names,
        "controls": _("Untouched touchpoints"),
    }

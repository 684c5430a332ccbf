"""A score over the months, with its interval, where it usually lies, and what was asked anew."""

from collections.abc import Mapping
from types import MappingProxyType

import altair as alt
import pandas as pd

from charts.theme import ACCENT, HURTS, INK, MUTED, ROW, WIDTH, Caption, Chart, dress

_SCALE = alt.Scale(domain=[0, 100])
_NOTHING: Mapping[str, str] = MappingProxyType({})


def score_trend(
    months: pd.DataFrame,
    caption: Caption,
    *,
    breaks: Mapping[str, str] = _NOTHING,
    middle: float | None = None,
    height: int = 220,
) -> Chart:
    """Draw a score per month as a line with a band for its interval.

    Args:
        months: one row per month: ``label`` (the month in the reader's words, in order), ``mean``
            (0-100), ``low``, ``high``, ``persons``; where there are limits also ``limit_low`` and
            ``limit_high`` (null where there are none) and ``signal`` (words; "" where there is
            none). Months with too few answers are left out, and the line is broken where
            ``mean`` is null.
        caption: title, description, and words for "score", "month", "from", "to", "persons", and
            for "limits" and "signal" where there are limits.
        breaks: what changed, in words, by the label of the month from which on it was so.
        middle: the mean of the months behind the limits; None where there are none.
        height: in pixels.
    """
    order = list(months["label"])
    shown = [
        alt.Tooltip("label:N", title=caption.words["month"]),
        alt.Tooltip("mean:Q", title=caption.words["score"], format=".0f"),
        alt.Tooltip("low:Q", title=caption.words["from"], format=".0f"),
        alt.Tooltip("high:Q", title=caption.words["to"], format=".0f"),
        alt.Tooltip("persons:Q", title=caption.words["persons"]),
    ]
    months_axis = alt.X("label:N", sort=order, title=None).axis(labelAngle=0, labelOverlap="greedy")
    base = alt.Chart(months).encode(x=months_axis, tooltip=shown)
    score = alt.Y("mean:Q", scale=_SCALE, title=caption.words["score"])
    band = base.mark_area(color=ACCENT, opacity=0.16).encode(
        y=alt.Y("low:Q", scale=_SCALE, title=caption.words["score"]), y2="high:Q"
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2, point={"size": 36, "color": ACCENT})
    # A month between two empty ones has no band; its whisker still shows how sure it is.
    whiskers = base.mark_rule(color=ACCENT, opacity=0.3).encode(y="low:Q", y2="high:Q")
    layers: list[alt.Chart] = [band, whiskers, line.encode(y=score)]
    if middle is not None:
        layers = [*_limits(months, order, caption, middle), *layers]
        if (months["signal"] != "").any():
            layers.append(_signals(months, order, caption, shown))
    if breaks:
        layers += _breaks(breaks, order)
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    return dress(chart, caption)


def season_effects(months: pd.DataFrame, caption: Caption) -> Chart:
    """Draw what the time of year does: per month a point with its interval, beside nought.

    Args:
        months: one row per month of the year, in order: ``label``, ``effect``, ``low``, ``high``
            (points above an average month).
        caption: title, description, and words for "effect", "month", "from" and "to".
    """
    order = list(months["label"])
    base = alt.Chart(months).encode(
        y=alt.Y("label:N", sort=order, title=None),
        tooltip=[
            alt.Tooltip("label:N", title=caption.words["month"]),
            alt.Tooltip("effect:Q", title=caption.words["effect"], format="+.1f"),
            alt.Tooltip("low:Q", title=caption.words["from"], format="+.1f"),
            alt.Tooltip("high:Q", title=caption.words["to"], format="+.1f"),
        ],
    )
    effect = alt.X("effect:Q", title=caption.words["effect"])
    nought = alt.Chart(pd.DataFrame({"effect": [0.0]})).mark_rule(color=MUTED)
    whiskers = base.mark_rule(color=ACCENT, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    points = base.mark_point(color=ACCENT, filled=True, size=60, opacity=1).encode(x=effect)
    layers = (nought.encode(x=effect), whiskers, points)
    return dress(alt.layer(*layers).properties(width=WIDTH, height=ROW * len(order)), caption)


def _limits(
    months: pd.DataFrame, order: list[str], caption: Caption, middle: float
) -> list[alt.Chart]:
    """Two dashed lines between which months usually lie, their name, and the middle."""
    limited = months[months["limit_low"].notna()].assign(middle=middle)
    base = alt.Chart(limited).encode(x=alt.X("label:N", sort=order))
    lines = [
        base.mark_line(color=MUTED, strokeWidth=1, strokeDash=dash, interpolate="step").encode(
            y=alt.Y(f"{name}:Q", scale=_SCALE, title=caption.words["score"])
        )
        for name, dash in (("limit_low", [2, 3]), ("middle", [1, 0]), ("limit_high", [2, 3]))
    ]
    name = alt.Chart(limited[:1]).mark_text(
        align="left", baseline="bottom", dx=4, dy=-3, color=MUTED
    )
    text = alt.value(caption.words["limits"])
    place = name.encode(x=alt.X("label:N", sort=order), y="limit_high:Q", text=text)
    return [*lines, place]


def _signals(
    months: pd.DataFrame, order: list[str], caption: Caption, shown: list[alt.Tooltip]
) -> alt.Chart:
    """A diamond on every month that is part of a signal: a shape, not a colour alone."""
    marked = alt.Chart(months[months["signal"] != ""])
    marked = marked.mark_point(shape="diamond", size=110, filled=True, opacity=1)
    drawn: alt.Chart = marked.encode(
        x=alt.X("label:N", sort=order),
        y="mean:Q",
        color=alt.value(HURTS),
        stroke=alt.value(INK),
        tooltip=[*shown, alt.Tooltip("signal:N", title=caption.words["signal"])],
    )
    return drawn


def _breaks(breaks: Mapping[str, str], order: list[str]) -> list[alt.Chart]:
    """A dashed line where something was asked otherwise, with what it was beside it."""
    layers = []
    for label, text in breaks.items():
        is_late = order.index(label) > len(order) / 2
        mark = alt.Chart(pd.DataFrame({"label": [label], "text": [text]}))
        mark = mark.encode(x=alt.X("label:N", sort=order))
        words = mark.mark_text(
            align="right" if is_late else "left",
            baseline="top",
            dx=-4 if is_late else 4,
            color=MUTED,
        )
        layers += [
            mark.mark_rule(color=MUTED, strokeDash=[4, 3]),
            words.encode(y=alt.value(2), text="text:N"),
        ]
    return layers

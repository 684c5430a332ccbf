"""The acted touchpoints and the untouched by month, with the day on which it started."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import ACCENT, INK, MUTED, WIDTH, Caption, Chart, dress


def effect_trend(
    months: pd.DataFrame,
    caption: Caption,
    *,
    start: str | None,
    breaks: Sequence[str] = (),
) -> Chart:
    """Draw both groups as lines with bands for their intervals, and a line where it started.

    Args:
        months: one row per side and month: ``label`` (the month in the reader's words, in order),
            ``side`` (in the reader's words), ``score`` (0-100), ``low``, ``high``, ``n``.
        caption: title, description, and words for "score", "month", "from", "to", "n", "acted" and
            "controls": the two sides.
        start: the label of the month in which it started, if it has.
        breaks: labels of months from which on the question was worded otherwise.
    """
    order = list(dict.fromkeys(months["label"]))
    sides = [caption.words[side] for side in ("acted", "controls")]
    color = alt.Color("side:N", title=None).scale(domain=sides, range=[ACCENT, MUTED])
    dash = alt.StrokeDash("side:N", title=None).scale(domain=sides, range=[[1, 0], [5, 3]])
    legend = alt.Legend(
        orient="top", columns=1, symbolType="stroke", symbolSize=400, symbolOpacity=1
    )
    base = alt.Chart(months).encode(
        x=alt.X("label:N", sort=order, title=None).axis(labelAngle=0, labelOverlap="greedy"),
        color=color.legend(legend),
        tooltip=[
            alt.Tooltip("label:N", title=caption.words["month"]),
            alt.Tooltip("side:N", title=" "),
            alt.Tooltip("score:Q", title=caption.words["score"], format=".0f"),
            alt.Tooltip("low:Q", title=caption.words["from"], format=".0f"),
            alt.Tooltip("high:Q", title=caption.words["to"], format=".0f"),
            alt.Tooltip("n:Q", title=caption.words["n"]),
        ],
    )
    scale = alt.Scale(domain=[0, 100])
    band = base.mark_area(opacity=0.14).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = base.mark_line(strokeWidth=2, point={"size": 30}).encode(
        y=alt.Y("score:Q", title=caption.words["score"], scale=scale),
        strokeDash=dash.legend(legend),
    )
    layers: list[alt.Chart] = [band, line]
    if start:
        layers.append(_rule([start], order, {"color": INK, "strokeWidth": 1.5}))
    if breaks:
        layers.append(_rule(breaks, order, {"color": MUTED, "strokeDash": [4, 3]}))
    return dress(alt.layer(*layers).properties(width=WIDTH, height=260), caption)


def _rule(labels: Sequence[str], order: Sequence[str], look: dict[str, Any]) -> alt.Chart:
    """A line over the whole height at some months."""
    rule = alt.Chart(pd.DataFrame({"label": list(labels)})).mark_rule(**look)
    drawn: alt.Chart = rule.encode(x=alt.X("label:N", sort=list(order)))
    return drawn

"""What hurts most: points lost per touchpoint, with intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import HURTS, INK, ROW, WIDTH, Caption, Chart, dress

BESIDE = 4
"""Pixels to the right of zero at which ties are drawn."""


def pain_ranking(ranked: pd.DataFrame, caption: Caption, *, furthest: float | None = None) -> Chart:
    """Draw one bar per touchpoint to the left of zero, with a whisker for its interval.

    A line to the right of zero holds together touchpoints that the answers cannot tell apart.

    Args:
        ranked: one row per touchpoint, in the order to be drawn, as ``ranking_frame`` makes it;
            perhaps with ``tie``, the number of the tie that a touchpoint is in.
        caption: title, description, and words for "points", "touchpoint", "from", "to".
        furthest: the left end of the scale (points, below zero), so that several charts compare;
            by default as far as this one needs.
    """
    order = list(ranked["name"])
    base = alt.Chart(ranked).encode(
        y=alt.Y("name:N", sort=order, title=None)
        .scale(domain=order)
        .axis(labelLimit=220, ticks=False, domain=False),
        tooltip=[
            alt.Tooltip("name:N", title=caption.words["touchpoint"]),
            alt.Tooltip("lost:Q", title=caption.words["points"], format=".1f"),
            alt.Tooltip("lost_low:Q", title=caption.words["from"], format=".1f"),
            alt.Tooltip("lost_high:Q", title=caption.words["to"], format=".1f"),
        ],
    )
    x = alt.X("lost:Q", title=caption.words["points"])
    if furthest is not None:
        x = x.scale(domain=[furthest, 0])
    bars = base.mark_bar(color=HURTS, opacity=0.75, height=14).encode(x=x)
    whiskers = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="lost_low:Q", x2="lost_high:Q")
    ends = [
        base.mark_tick(color=INK, thickness=1.5, size=8).encode(x=f"{end}:Q")
        for end in ("lost_low", "lost_high")
    ]
    chart = alt.layer(bars, whiskers, *ends, *_brackets(ranked, order))
    chart = chart.properties(width=WIDTH, height=max(ROW * len(ranked), 2 * ROW))
    return dress(chart, caption)


def _brackets(ranked: pd.DataFrame, order: Sequence[str]) -> list[alt.Chart]:
    """A line beside each run of neighbours that are tied."""
    runs = _runs(ranked)
    if runs.empty:
        return []
    line = alt.Chart(runs).mark_rule(color=INK, strokeWidth=2, strokeCap="round", xOffset=BESIDE)
    first = alt.Y("first:N", sort=order).scale(domain=order)
    return [line.encode(x=alt.value("width"), y=first, y2="last:N")]


def _runs(ranked: pd.DataFrame) -> pd.DataFrame:
    """The first and last name of each run of neighbours with the same tie."""
    if "tie" not in ranked:
        return pd.DataFrame(columns=["first", "last"])
    number = ranked["tie"].ne(ranked["tie"].shift()).cumsum()
    runs = ranked.groupby(number)["name"].agg(["first", "last", "size"])
    return runs.loc[runs["size"] > 1, ["first", "last"]].reset_index(drop=True)


def ranking_frame(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    """Turn priced touchpoints into the frame of their chart: losses to the left of zero.

    Args:
        rows: rows of a pain result that have a pain, in the order to be drawn.
        names: what the reader calls each.

    Returns:
        Per row ``name``, ``lost`` (points, zero or below), and ``lost_low`` and ``lost_high``, the
        ends of its interval, below zero too; an end that is not known lies at the loss itself.
    """
    ends = {"lost": "pain", "lost_low": "pain_high", "lost_high": "pain_low"}
    columns = {
        column: [-(row["pain"] if row[name] is None else row[name]) for row in rows]
        for column, name in ends.items()
    }
    return pd.DataFrame({"name": list(names)} | columns)

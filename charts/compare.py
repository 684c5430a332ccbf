"""How two groups differ: one dot per difference, with its interval, round zero."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import ACCENT, HURTS, INK, MUTED, ROW, WIDTH, Caption, Chart, dress

KINDS = {
    "lower": (HURTS, "triangle-left"),
    "higher": (ACCENT, "triangle-right"),
    "unsure": (MUTED, "circle"),
}
"""Colour and shape of a difference: proven lower, proven higher, not proven; that one is hollow."""

LARGEST = 100.0
"""No difference of scores is larger."""


def difference_dots(frame: pd.DataFrame, caption: Caption, *, furthest: float) -> Chart:
    """Draw one dot per difference with a line for its interval; shape and colour say if proven.

    Args:
        frame: one row per difference, in order, as ``difference_frame`` makes it.
        caption: title, description, and words for "place", "difference", "from", "to".
        furthest: where the scale ends, on both sides of zero (points), so that charts compare.
    """
    order = list(frame["name"])
    words = caption.words
    scale = alt.Scale(domain=[-furthest, furthest], nice=False)
    axis = alt.Axis(values=[part * furthest / 2 for part in range(-2, 3)])
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=order, title=None).axis(labelLimit=220, ticks=False, domain=False),
        tooltip=[
            alt.Tooltip("name:N", title=words["place"]),
            alt.Tooltip("difference:Q", title=words["difference"], format="+.1f"),
            alt.Tooltip("low:Q", title=words["from"], format="+.1f"),
            alt.Tooltip("high:Q", title=words["to"], format="+.1f"),
        ],
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK, strokeWidth=1)
    colour, shape = _by_kind(0), _by_kind(1)
    lines = base.mark_rule(strokeWidth=3, opacity=0.5, clip=True).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q", color=alt.Color("kind:N", **colour)
    )
    dots = base.mark_point(size=110, opacity=1).encode(
        x=alt.X("difference:Q", scale=scale, title=words["difference"], axis=axis),
        stroke=alt.Stroke("kind:N", **colour),
        fill=alt.Fill("kind:N", **colour),
        shape=alt.Shape("kind:N", **shape),
        fillOpacity=alt.condition("datum.kind === 'unsure'", alt.value(0), alt.value(1)),
    )
    layers = (zero.encode(x=alt.X("at:Q", scale=scale)), lines, dots)
    chart = alt.layer(*layers).properties(width=WIDTH, height=max(ROW * len(frame), 2 * ROW))
    return dress(chart, caption)


def _by_kind(place: int) -> dict[str, Any]:
    """How a channel follows the kind of a difference: one place of ``KINDS``, without a legend."""
    chosen = [looks[place] for looks in KINDS.values()]
    return {"scale": alt.Scale(domain=list(KINDS), range=chosen), "legend": None}


def difference_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Turn rows of a comparison into the frame of their chart.

    Args:
        rows: rows of ``insights.comparing.contrast.contrast`` that have a difference, with
        ``name``.

    Returns:
        Per row ``name``, ``difference``, ``low``, ``high`` (both the difference itself where no
        interval is known) and ``kind``: "lower" and "higher" where that is proven, or "unsure".
    """
    names = ("low", "high")
    ends = {
        name: [row["difference"] if row[name] is None else row[name] for row in rows]
        for name in names
    }
    signs = ["lower" if row["difference"] < 0 else "higher" for row in rows]
    kinds = [sign if row["is_proven"] else "unsure" for sign, row in zip(signs, rows, strict=True)]
    told = {"name": [row["name"] for row in rows], "kind": kinds}
    return pd.DataFrame(told | {"difference": [row["difference"] for row in rows]} | ends)


def furthest_of(rows: Sequence[Mapping[str, Any]]) -> float:
    """Where the scale of all charts must end: at a multiple of ten points, at most a hundred.

    Args:
        rows: as for ``difference_frame``.

    Example:
        >>> furthest_of([{"difference": -3.0, "low": -7.2, "high": 1.2}])
        10.0
    """
    ends = [abs(row[name] or 0.0) for row in rows for name in ("difference", "low", "high")]
    return min(10.0 * (int(max(ends, default=0.0) // 10) + 1), LARGEST)

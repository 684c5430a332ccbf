"""What colleagues expect beside what customers give: a dumbbell per touchpoint."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import ACCENT, HURTS, INK, ROW, WIDTH, Caption, Chart, dress


def dumbbells(rows: pd.DataFrame, caption: Caption) -> Chart:
    """Draw one line per touchpoint from what customers give to what colleagues expect.

    Args:
        rows: what ``dumbbell_frame`` gives, in the order they are shown.
        caption: title, description, and words for "score", "touchpoint", "inside", "outside",
            "from" and "to".
    """
    order, words = list(rows["name"]), caption.words
    scale = alt.Scale(domain=[0, 100])
    spoken = rows.assign(inside_words=words["inside"], outside_words=words["outside"])
    base = alt.Chart(spoken).encode(
        y=alt.Y("name:N", sort=order, title=None).axis(labelLimit=220, ticks=False, domain=False),
        tooltip=[
            alt.Tooltip("name:N", title=words["touchpoint"]),
            alt.Tooltip("inside:Q", title=words["inside"], format=".0f"),
            alt.Tooltip("outside:Q", title=words["outside"], format=".0f"),
            alt.Tooltip("low:Q", title=words["from"], format=".0f"),
            alt.Tooltip("high:Q", title=words["to"], format=".0f"),
        ],
    )
    x = alt.X("outside:Q", scale=scale, title=words["score"])
    lines = base.mark_rule(strokeWidth=4).encode(
        x=x,
        x2="inside:Q",
        color=alt.condition("datum.is_worse", alt.value(HURTS), alt.value(ACCENT)),
        opacity=alt.condition("datum.is_clear", alt.value(0.9), alt.value(0.3)),
    )
    sides = [words["inside"], words["outside"]]
    who = {
        "shape": alt.Shape("who:N", title=None)
        .scale(domain=sides, range=["diamond", "circle"])
        .legend(orient="top", direction="vertical"),
        "color": alt.Color("who:N", title=None).scale(domain=sides, range=[INK, ACCENT]),
    }
    marks = [
        base.transform_calculate(who=alt.datum[f"{side}_words"])
        .mark_point(size=80, filled=True, opacity=1)
        .encode(x=alt.X(f"{side}:Q", scale=scale, title=words["score"]), **who)
        for side in ("inside", "outside")
    ]
    chart = alt.layer(lines, *marks)
    chart = chart.properties(width=WIDTH, height=max(ROW * len(rows), 2 * ROW))
    return dress(chart, caption)


def dumbbell_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Turn the gaps that may be shown into the frame of their chart.

    Args:
        rows: what ``insights.gaps.gaps.gaps`` gives, plain, with ``name``.

    Returns:
        Per row ``name``, ``inside``, ``outside``, ``low`` and ``high`` of the gap (points),
        ``is_worse`` (customers give less) and ``is_clear``. A name that comes twice has its stage
        beside it.
    """
    shown = [row for row in rows if row["shown"]]
    names = [row["name"] for row in shown]
    columns = ["inside", "outside", "low", "high", "is_clear"]
    frame = pd.DataFrame([{name: row[name] for name in columns} for row in shown], columns=columns)
    labels = [
        f"{row['name']} ({row['stage_name']})" if names.count(row["name"]) > 1 else row["name"]
        for row in shown
    ]
    return frame.assign(name=labels, is_worse=frame["inside"] > frame["outside"])

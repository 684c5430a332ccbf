"""A score counted three ways, stage by stage."""

import altair as alt
import pandas as pd

from charts.theme import ACCENT, INK, MUTED, WIDTH, Caption, Chart, dress

STRIP = 54
"""Height of one stage with its three dots, in pixels."""


def three_ways(rows: pd.DataFrame, caption: Caption) -> Chart:
    """Draw three dots per stage, each with a line for its interval, from 0 to 100.

    Args:
        rows: one row per stage and way, in order: ``label``, ``way`` (both in the reader's words),
            ``mean`` (0-100), ``low``, ``high``, ``accounts``. What may not be shown is left out.
        caption: title, description, and words for "score", "from", "to", "accounts", "way",
            and for the ways themselves: "answers", "equal" and "revenue".
    """
    order, words = list(dict.fromkeys(rows["label"])), caption.words
    names = [words[way] for way in ("answers", "equal", "revenue")]
    colour = alt.Color(
        "way:N", title=None, legend=alt.Legend(orient="top", direction="vertical")
    ).scale(domain=names, range=[INK, ACCENT, MUTED])
    base = alt.Chart(rows).encode(
        y=alt.Y("label:N", sort=order, title=None).axis(labelLimit=200, ticks=False, domain=False),
        yOffset=alt.YOffset("way:N", sort=names),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("way:N", title=words["way"]),
            alt.Tooltip("mean:Q", title=words["score"], format=".0f"),
            alt.Tooltip("low:Q", title=words["from"], format=".0f"),
            alt.Tooltip("high:Q", title=words["to"], format=".0f"),
            alt.Tooltip("accounts:Q", title=words["accounts"]),
        ],
    )
    scale = alt.Scale(domain=[0, 100])
    lines = base.mark_rule(strokeWidth=3, opacity=0.4).encode(
        x=alt.X("low:Q", scale=scale, title=words["score"]),
        x2="high:Q",
        color=colour,
    )
    dots = base.mark_point(size=70, filled=True, opacity=1).encode(
        x=alt.X("mean:Q", scale=scale, title=words["score"]),
        color=colour,
        shape=alt.Shape("way:N", title=None).scale(
            domain=names, range=["circle", "square", "diamond"]
        ),
    )
    chart = alt.layer(lines, dots).properties(width=WIDTH, height=max(STRIP * len(order), 80))
    return dress(chart, caption)

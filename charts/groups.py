"""One score, split by a group: audience, market, channel, language, or a stage."""

import altair as alt
import pandas as pd

from charts.theme import ACCENT, ROW, WIDTH, Caption, Chart, dress


def score_groups(cells: pd.DataFrame, caption: Caption) -> Chart:
    """Draw one dot per group with a line for its interval, from 0 to 100.

    Args:
        cells: one row per group, in order: ``label``, ``mean`` (0-100), ``low``, ``high``,
            ``persons``. Groups that may not be shown are left out.
        caption: title, description, and words for "score", "from", "to", "persons".
    """
    order = list(cells["label"])
    base = alt.Chart(cells).encode(
        y=alt.Y("label:N", sort=order, title=None).axis(labelLimit=200, ticks=False, domain=False),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("mean:Q", title=caption.words["score"], format=".0f"),
            alt.Tooltip("low:Q", title=caption.words["from"], format=".0f"),
            alt.Tooltip("high:Q", title=caption.words["to"], format=".0f"),
            alt.Tooltip("persons:Q", title=caption.words["persons"]),
        ],
    )
    scale = alt.Scale(domain=[0, 100])
    lines = base.mark_rule(color=ACCENT, strokeWidth=3, opacity=0.4).encode(
        x=alt.X("low:Q", scale=scale, title=caption.words["score"]), x2="high:Q"
    )
    dots = base.mark_circle(color=ACCENT, size=90, opacity=1).encode(
        x=alt.X("mean:Q", scale=scale, title=caption.words["score"])
    )
    chart = alt.layer(lines, dots).properties(width=WIDTH, height=max(ROW * len(cells), 2 * ROW))
    return dress(chart, caption)

"""How many answers a stage has, and how many a difference takes."""

import altair as alt
import pandas as pd

from charts.theme import ACCENT, INK, ROW, WIDTH, Caption, Chart, dress


def answers_and_needs(cells: pd.DataFrame, caption: Caption) -> Chart:
    """Draw one bar per stage for the answers that are there, and a mark for those it takes.

    Args:
        cells: one row per stage, in order: ``name``, ``n``, ``needed`` (answers of both periods
            together) and ``still``.
        caption: title, description, and words for "stage", "answers", "needed", "still".
    """
    order = list(cells["name"])
    base = alt.Chart(cells).encode(
        y=alt.Y("name:N", sort=order, title=None).axis(labelLimit=220, ticks=False, domain=False),
        tooltip=[
            alt.Tooltip("name:N", title=caption.words["stage"]),
            alt.Tooltip("n:Q", title=caption.words["answers"], format=",.0f"),
            alt.Tooltip("needed:Q", title=caption.words["needed"], format=",.0f"),
            alt.Tooltip("still:Q", title=caption.words["still"], format=",.0f"),
        ],
    )
    bars = base.mark_bar(color=ACCENT, opacity=0.75, height=14).encode(
        x=alt.X("n:Q", title=caption.words["answers"])
    )
    needs = base.mark_tick(color=INK, thickness=3, size=20).encode(x="needed:Q")
    chart = alt.layer(bars, needs).properties(width=WIDTH, height=max(ROW * len(cells), 2 * ROW))
    return dress(chart, caption)

"""How much more often something followed when people were hurt, per touchpoint."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import HURTS, INK, MUTED, ROW, RULE, WIDTH, Caption, Chart, dress


def outcome_gaps(rows: Sequence[Mapping[str, Any]], caption: Caption) -> Chart:
    """Draw one mark per touchpoint with a whisker for its interval, around a line at none.

    Args:
        rows: each with ``name``, ``change``, ``low``, ``high`` (percentage points) and
            ``is_proven``, in the order they are drawn.
        caption: title, description, and words for "points", "touchpoint", "from", "to", "proven"
            and "open".
    """
    words = caption.words
    frame = pd.DataFrame(list(rows))
    frame["state"] = [words["proven" if sure else "open"] for sure in frame["is_proven"]]
    states = [words["proven"], words["open"]]
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=list(frame["name"]), title=None).axis(
            labelLimit=220, ticks=False, domain=False
        ),
        tooltip=[
            alt.Tooltip("name:N", title=words["touchpoint"]),
            alt.Tooltip("change:Q", title=words["points"], format="+.1f"),
            alt.Tooltip("low:Q", title=words["from"], format="+.1f"),
            alt.Tooltip("high:Q", title=words["to"], format="+.1f"),
        ],
    )
    none = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK).encode(x="at:Q")
    whiskers = base.mark_rule(color=RULE, strokeWidth=3).encode(
        x=alt.X("low:Q", title=words["points"]), x2="high:Q"
    )
    legend = alt.Legend(title=None, orient="top")
    marks = base.mark_point(filled=True, size=80, opacity=1).encode(
        x="change:Q",
        color=alt.Color("state:N", legend=legend).scale(domain=states, range=[HURTS, MUTED]),
        shape=alt.Shape("state:N", legend=legend).scale(domain=states, range=["diamond", "circle"]),
    )
    chart = alt.layer(none, whiskers, marks)
    return dress(chart.properties(width=WIDTH, height=ROW * max(len(frame), 2)), caption)

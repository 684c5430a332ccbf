"""How the answers to one question are spread over its scale."""

import altair as alt
import pandas as pd

from charts.theme import ACCENT, WIDTH, Caption, Chart, dress


def answer_distribution(counts: pd.DataFrame, caption: Caption) -> Chart:
    """Draw one column per point of the scale.

    Args:
        counts: one row per point, in order: ``label`` (the point), ``n`` (answers),
            ``share`` (0-1).
        caption: title, description, and words for "answer", "answers", "share".
    """
    order = list(counts["label"])
    chart = (
        alt.Chart(counts)
        .mark_bar(color=ACCENT, opacity=0.85)
        .encode(
            x=alt.X("label:N", sort=order, title=caption.words["answer"]).axis(labelAngle=0),
            y=alt.Y("share:Q", title=caption.words["share"]).axis(format="%", tickCount=4),
            tooltip=[
                alt.Tooltip("label:N", title=caption.words["answer"]),
                alt.Tooltip("n:Q", title=caption.words["answers"]),
                alt.Tooltip("share:Q", title=caption.words["share"], format=".0%"),
            ],
        )
        .properties(width=WIDTH, height=180)
    )
    return dress(chart, caption)

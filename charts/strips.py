"""The stages of a journey side by side, each with its score over the months."""

import altair as alt
import pandas as pd

from charts.theme import ACCENT, FONT, INK, MUTED, RULE, Caption, Chart

COLUMNS = 3
STRIP_WIDTH, STRIP_HEIGHT = 104, 54


def stage_strips(months: pd.DataFrame, caption: Caption) -> Chart:
    """Draw one small line per stage, with a band for its interval and the last score beside it.

    Small enough to be read on a phone; all stages share one scale from 0 to 100.

    Args:
        months: one row per stage and month: ``name`` (of the stage; stages in order), ``place``
            (the month's place from left to right, a whole number), ``score`` (0-100), ``low``,
            ``high`` (may be null), ``text`` (the score in the reader's numbers in the last month
            of a stage, else empty).
        caption: title and description.
    """
    last = int(months["place"].max())
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, last + 2.6]))
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 50, 100], title=None, domain=False, ticks=False, labelPadding=4)
    y = alt.Y("score:Q", scale=scale, axis=axis)
    base = alt.Chart().encode(x=x)
    band = base.mark_area(color=ACCENT, opacity=0.18).encode(
        y=alt.Y("low:Q", scale=scale), y2="high:Q"
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2).encode(y=y)
    is_last = "datum.text !== ''"
    point = base.transform_filter(is_last).mark_point(color=ACCENT, filled=True, size=30)
    score = base.transform_filter(is_last).mark_text(
        align="left", dx=6, color=INK, fontSize=12, fontWeight="bold"
    )
    strips = alt.layer(
        band, line, point.encode(y=y), score.encode(y=y, text="text:N"), data=months
    ).properties(width=STRIP_WIDTH, height=STRIP_HEIGHT)
    order = list(dict.fromkeys(months["name"]))
    header = alt.Header(
        labelColor=INK, labelFontSize=11, labelAnchor="start", labelLimit=STRIP_WIDTH + 14
    )
    facet = alt.Facet("name:N", sort=order, title=None, header=header)
    title = alt.Title(
        caption.title, anchor="start", fontSize=13, fontWeight=600, offset=10, color=INK
    )
    chart: Chart = (
        strips.facet(facet, columns=COLUMNS, spacing=14)
        .properties(title=title, description=caption.description)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(gridColor=RULE, labelColor=MUTED, labelFontSize=9)
    )
    return chart

"""How charts look: one ink, one accent, and orange for what hurts.

The colours are those of static/tokens.css; the page swaps the ink and paper when it is dark.
"""

from typing import NamedTuple

import altair as alt

INK = "#1c1b19"
MUTED = "#55524c"
RULE = "#d9d6ce"
ACCENT = "#17548a"
HURTS = "#d9722a"
WIDTH = 640
ROW = 26
"""Height of one bar's row, in pixels."""
FONT = "system-ui, sans-serif"

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


class Caption(NamedTuple):
    """What a chart says in words, all in the reader's language.

    Attributes:
        title: says what the chart shows; stands above it.
        description: the same with its main numbers, for who cannot see it.
        words: names of axes and of the figures in a tooltip, by the chart's own names for them.
    """

    title: str
    description: str
    words: dict[str, str]


def dress(chart: Chart, caption: Caption) -> Chart:
    """Give a chart its title, the words a screen reader says, and the common look.

    Args:
        chart: a finished chart.
        caption: what it says.
    """
    heading = alt.Title(caption.title, anchor="start", fontSize=14, fontWeight=600, offset=12)
    dressed: Chart = (
        chart.properties(title=heading, description=caption.description, autosize={"type": "fit-x"})
        .configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            titleFontWeight="normal",
            gridColor=RULE,
            domainColor=RULE,
            tickColor=RULE,
            labelFontSize=12,
            titleFontSize=12,
        )
        .configure_title(color=INK)
        .configure_legend(labelColor=MUTED, titleColor=MUTED, labelFontSize=12)
    )
    return dressed

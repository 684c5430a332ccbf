"""A chart as a picture, for places where nothing can be drawn: mail."""

from textwrap import wrap

from charts.theme import Chart

PAPER = "#ffffff"
"""A picture brings its own paper, so that it can be read in a dark mail program too."""

TITLE_LENGTH = 60
"""Characters of a title that fit one line; a longer one takes two."""

SHARPNESS = 2.0
"""Pixels of the picture per pixel of the chart."""


def png(chart: Chart, language: str) -> bytes:
    """Draw a chart; no network, no browser.

    Args:
        chart: a finished chart.
        language: how its numbers are written.
    """
    import vl_convert

    specification = chart.to_dict() | {"background": PAPER, "padding": 12}
    title = specification["title"]
    specification["title"] = title | {"text": wrap(title["text"], TITLE_LENGTH)}
    drawn: bytes = vl_convert.vegalite_to_png(
        specification,
        scale=SHARPNESS,
        show_warnings=False,
        format_locale="nl-NL" if language == "nl" else "en-GB",
    )
    return drawn

"""Drawing the pictures of a summary, in every language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

import phrasing
from insights.months import YEAR, months_before
from mail import summary_captions
from mail.summary_words import Names
from vocabulary import LANGUAGES

NARROW = 400
"""Width of a picture, in pixels: it is read on a phone."""


def draw(content: Mapping[str, Any]) -> dict[tuple[str, str], bytes]:
    """Draw what there are numbers for: PNG by language and name."""
    drawn = {}
    for language in LANGUAGES:
        with force_locale(language):
            if any(content["trend"].values()):
                drawn[language, "strips"] = _strips(content)
            if content["worst"]:
                drawn[language, "worst"] = _worst(content)
    return drawn


def _strips(content: Mapping[str, Any]) -> bytes:
    """The stages over the year."""
    import pandas as pd

    from charts.picture import png
    from charts.strips import stage_strips
    from charts.theme import Caption

    names = Names(content)
    place = {months_before(content["month"], YEAR - 1 - n): n for n in range(YEAR)}
    rows = []
    for stage in (row["stage"] for row in content["stages"]):
        months = content["trend"].get(stage, [])
        for number, month in enumerate(months, start=1):
            text = phrasing.score(month["score"]) if number == len(months) else ""
            row = {"name": names.stage(stage), "place": place[month["month"]], "text": text}
            rows.append(row | {name: month[name] for name in ("score", "low", "high")})
    title, told = summary_captions.strips_title(content), summary_captions.strips_text(content)
    return png(stage_strips(pd.DataFrame(rows), Caption(title, told, {})), str(get_locale()))


def _worst(content: Mapping[str, Any]) -> bytes:
    """What hurts most."""
    from charts.picture import png
    from charts.ranking import pain_ranking, ranking_frame
    from charts.theme import Caption

    names, rows = Names(content), content["worst"]
    frame = ranking_frame(rows, [names.place(row) for row in rows])
    words = {"touchpoint": "", "points": _("Points lost"), "from": "", "to": ""}
    title, told = summary_captions.worst_title(content), summary_captions.worst_text(content)
    chart = pain_ranking(frame, Caption(title, told, words))
    return png(chart.properties(width=NARROW), str(get_locale()))

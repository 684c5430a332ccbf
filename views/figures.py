"""Numbers and words in templates: the filters they may use."""

from functools import partial

from flask import Flask

import phrasing
from questionnaires.value import in_language
from views.sentences import why_no_pain, why_no_pain_sentence


def init_app(app: Flask) -> None:
    """Give templates the phrasing of numbers, months and shared words."""
    app.jinja_env.filters.update(
        change=phrasing.change,
        change_whole=phrasing.whole_change,
        count_of=phrasing.count,
        day=phrasing.day,
        month=phrasing.month,
        one_decimal=partial(phrasing.decimals, places=1),
        points=phrasing.points,
        rating=phrasing.rating,
        score=phrasing.score,
        share=phrasing.share,
        short_month=phrasing.short_month,
        trait=phrasing.trait,
        two_decimals=partial(phrasing.decimals, places=2),
        word=phrasing.word,
    )
    app.jinja_env.globals.update(
        between=phrasing.interval,
        in_language=in_language,
        lost_between=phrasing.lost_between,
        why_no_pain=why_no_pain,
        why_no_pain_sentence=why_no_pain_sentence,
    )

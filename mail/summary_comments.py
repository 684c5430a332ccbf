"""What a monthly summary says of people's comments, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

import phrasing
from mail.summary_words import Names

Row = Mapping[str, Any]


def brought_up(content: Row, names: Names) -> list[str]:
    """What people brought up in their comments; nothing in summaries of before this was told."""
    return [_brought_up(row, names) for row in content.get("brought_up", [])]


def _brought_up(row: Row, names: Names) -> str:
    """One touchpoint that comments name: that nobody asked about it, or how much of it is blame."""
    words = {
        "name": names.touchpoint(row["stage"], row["touchpoint"]),
        "count": phrasing.count(row["persons"]),
    }
    if not row["asked"]:
        return str(
            _(
                "In a year %(count)s people brought up “%(name)s”, which no survey asks about.",
                **words,
            )
        )
    return str(
        _(
            "Of what %(count)s people wrote about “%(name)s” in a year, %(share)s is blame "
            "(between %(low)s and %(high)s).",
            share=phrasing.share(row["negative"]),
            low=phrasing.share(row["low"]),
            high=phrasing.share(row["high"]),
            **words,
        )
    )

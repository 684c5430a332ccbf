"""The words around the findings of a summary: pictures, how to read it, why one gets it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

import phrasing
from mail.summary_words import Names

Row = Mapping[str, Any]


def strips_title(content: Row) -> str:
    """Above the picture of the stages over the year."""
    first, last = (phrasing.short_month(content[name]) for name in ("year_from", "month"))
    return str(_("Score per stage, %(first)s to %(last)s", first=first, last=last))


def strips_text(content: Row) -> str:
    """The same in words: where each stage came from and where it is."""
    names, told = Names(content), []
    for row in content["stages"]:
        months = content["trend"].get(row["stage"], [])
        if months:
            told.append(
                _(
                    "%(stage)s from %(first)s to %(last)s",
                    stage=names.stage(row["stage"]),
                    first=phrasing.score(months[0]["score"]),
                    last=phrasing.score(months[-1]["score"]),
                )
            )
    return f"{strips_title(content)}: {', '.join(told)}."


def worst_title(content: Row) -> str:
    """Above the picture of what hurts most."""
    first, last = (phrasing.short_month(content[name]) for name in ("year_from", "month"))
    return str(_("Points lost with 95%% intervals, %(first)s to %(last)s", first=first, last=last))


def worst_text(content: Row) -> str:
    """The same in words."""
    names = Names(content)
    told = [f"{names.place(row)} {phrasing.points(row['pain'])}" for row in content["worst"]]
    return f"{worst_title(content)}: {', '.join(told)}."


def reading_guide() -> list[str]:
    """How to read the numbers, sentence by sentence."""
    return [
        str(_("A score runs from 0 (worst) to 100 (best).")),
        str(
            _(
                "“Between” is the range that holds the true value in 95 of 100 cases: the more "
                "answers, the narrower."
            )
        ),
        str(
            _(
                "An arrow stands only where a change is proven; of all changes called proven, one "
                "in ten at most is chance, on average."
            )
        ),
        str(
            _(
                "Points lost are an association, no proof of a cause. Nothing is told about fewer "
                "than five people."
            )
        ),
    ]


def reason(is_own_wish: bool, host: str, journey: str) -> str:
    """Why the reader gets this mail."""
    if is_own_wish:
        text = _(
            "You get this every month because you subscribed to “%(journey)s”.", journey=journey
        )
        return str(text)
    return str(
        _(
            "You get this every month because a colleague at %(host)s put you on the list for "
            "“%(journey)s”.",
            host=host,
            journey=journey,
        )
    )


def sender(host: str, contact: str) -> str:
    """Who sent it, and whom to ask."""
    if contact:
        return str(
            _("Sent by %(host)s with Outsidein. Questions: %(contact)s", host=host, contact=contact)
        )
    return str(_("Sent by %(host)s with Outsidein.", host=host))

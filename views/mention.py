"""/journeys/<journey>/mentions: what people bring up in comments, asked or not."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import phrasing
from models import Journey
from views import guard, mention_words, selection
from views.reading_trust import trust_of
from views.verbatims import may_read
from vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charts.board import Named
    from views.selection import Selection

bp = Blueprint("mention", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]

MOODS = ("mean", "low", "high", "positive", "negative")
"""What is left out where comments are not read well."""


@bp.get("/mentions")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show what people bring up, and the words they use for it."""
    chosen = selection.load(journey)
    stages = selection.named(selection.stages_of(journey))
    trust = trust_of(chosen)
    rows = _rows(chosen, stages)
    if not trust.is_shown:
        rows = [row | dict.fromkeys(MOODS) for row in rows]
    said = mention_words.load(journey, chosen, rows) if rows and may_read() else None
    return render_template(
        "mention/show.html",
        journey=journey,
        chosen=chosen,
        rows=rows,
        sentence=_sentence(rows),
        said=said,
        trust=trust,
    )


def unasked(chosen: "Selection", stages: "Sequence[Named]") -> list[Row]:
    """What at least five persons bring up though no survey asks about it, the most frequent first.

    Args:
        chosen: the facts and filters of the page.
        stages: the journey's, as the reader calls them.

    Returns:
        Rows of ``insights.comments.mention_counts`` with ``stage_name`` and ``name``.
    """
    return [row for row in _rows(chosen, stages) if row["shown"] and not row["asked"]]


def _rows(chosen: "Selection", stages: "Sequence[Named]") -> list[Row]:
    """What is named, by name: what no survey asks about first, and then the most frequent."""
    from insights.comments.brought_up import named_once
    from insights.comments.mention_counts import mention_counts

    facts, filters = chosen.facts, chosen.filters
    counts = facts.remember(
        ("mentions", filters), lambda: mention_counts(facts.narrow(facts.table, filters))
    )
    names = {
        (stage.key, touchpoint.key): {"stage_name": stage.name, "name": touchpoint.name}
        for stage in stages
        for touchpoint in stage.touchpoints
    }
    return [row | names[row["stage"], row["touchpoint"]] for row in named_once(counts, names)]


def _sentence(rows: list[Row]) -> str:
    """Say first what nobody asked about; else what is most negative of what was asked."""
    shown = [row for row in rows if row["shown"]]
    if not shown:
        return str(
            _("Too few people name a touchpoint: nothing is shown about fewer than five persons.")
        )
    first = shown[0]
    if not first["asked"]:
        return _brings_up(first)
    if any(not row["asked"] for row in rows):
        begin = _("Fewer than five people name a touchpoint that no survey asked about.")
    else:
        begin = _("No touchpoint is named that no survey asked about.")
    return f"{begin} {_most_negative(shown)}".strip()


def _brings_up(row: Row) -> str:
    """That people bring up what no survey asked about, and how much of it is blame."""
    words = {"count": phrasing.count(row["persons"]), "name": row["name"]}
    if row["negative"] is None:
        return str(
            _("%(count)s people bring up “%(name)s”, which no survey asked them about.", **words)
        )
    return str(
        _(
            "%(count)s people bring up “%(name)s”, which no survey asked them about; %(share)s of "
            "what they say of it is negative.",
            share=phrasing.share(row["negative"]),
            **words,
        )
    )


def _most_negative(shown: list[Row]) -> str:
    """What is most negative of what was asked about; of few answers only if there are no others."""
    from insights.release.suppression import FEW_ANSWERS

    read = [row for row in shown if row["negative"] is not None]
    many = [row for row in read if row["n"] >= FEW_ANSWERS] or read
    worst = max(many, key=lambda row: (row["negative"], row["n"]), default=None)
    if worst is None or not worst["negative"]:
        return ""
    words = {
        "name": worst["name"],
        "share": phrasing.share(worst["negative"]),
        "count": phrasing.count(worst["persons"]),
    }
    if len(many) < len(read):
        return str(
            _(
                "Of what at least %(least)s comments name, most negative is “%(name)s”: %(share)s "
                "of what %(count)s people say of it is blame.",
                least=FEW_ANSWERS,
                **words,
            )
        )
    return str(
        _(
            "Most negative is “%(name)s”: %(share)s of what %(count)s people say of it is blame.",
            **words,
        )
    )

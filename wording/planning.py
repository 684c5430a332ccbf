"""The planning of answers in sentences: pages and commands use the same words.

Works within a request or Flask-Babel's ``force_locale``.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing
from wording.mix import value_name

if TYPE_CHECKING:
    from insights.weighting.mix import KnownMix

Row = Mapping[str, Any]


def sentence(plans: Sequence[Row], points: int) -> str:
    """What the answers of the last year can tell, and what comes next.

    Args:
        plans: the stages that were answered, each with its name.
        points: the difference that is planned for.
    """
    shown = [plan for plan in plans if plan["shown"]]
    if not shown:
        return str(_("There are too few answers yet to plan with."))
    ready = [plan for plan in shown if plan["status"] == "now"]
    if len(ready) == len(plans):
        whole = _(
            "In every stage the answers of the last year are enough to tell a difference of "
            "%(points)s points between its two halves.",
            points=points,
        )
        return str(whole)
    said = ngettext(
        "In %(ready)s of %(count)s stage the answers of the last year are enough to tell a "
        "difference of %(points)s points between its two halves.",
        "In %(ready)s of %(count)s stages the answers of the last year are enough to tell a "
        "difference of %(points)s points between its two halves.",
        len(plans),
        ready=len(ready),
        count=len(plans),
        points=points,
    )
    return f"{said} {_next([plan for plan in plans if plan not in ready])}"


def _next(others: Sequence[Row]) -> str:
    """Which of the stages that are not there yet will be first."""
    later = [plan for plan in others if plan["shown"] and plan["status"] == "later"]
    if not later:
        if all(plan["shown"] and plan["status"] == "far" for plan in others):
            return str(_("No other will be within two years, at today's rate."))
        return str(_("Of the others it cannot be said."))
    first = min(later, key=lambda plan: (plan["month"], plan["still"]))
    text = ngettext(
        "Next is %(name)s: %(count)s more answer, expected by the end of %(month)s.",
        "Next is %(name)s: %(count)s more answers, expected by the end of %(month)s.",
        first["still"],
        name=first["name"],
        count=phrasing.count(first["still"]),
        month=phrasing.month(first["month"]),
    )
    return str(text)


def when(status: str | None, month: str | None) -> str:
    """When answers will be there, in a cell of a table."""
    if month is not None:
        return phrasing.month(month)
    words = {
        "now": _("there now"),
        "far": _("not within two years"),
        "standstill": _("no answers of late"),
        "too_few_persons": _("too few answers to show"),
    }
    return str(words.get(status or "", phrasing.TOO_FEW))


def told(plan: Row) -> str:
    """One stage of the chart, for who cannot see it."""
    text = _(
        "%(name)s: %(n)s of %(needed)s",
        name=plan["name"],
        n=phrasing.count(plan["n"]),
        needed=phrasing.count(2 * plan["each"]),
    )
    return str(text)


def response_sentence(whole: Row) -> str:
    """How many of those who were asked answered, or why nobody can say; and who finished."""
    if not whole or not whole["shown"]:
        return str(_("Too few people answered in the last year to say how many finish."))
    parts = []
    if whole["rr1"] is not None:
        parts.append(
            _(
                "Of %(eligible)s people who were asked, %(share)s finished (between %(low)s and "
                "%(high)s).",
                eligible=phrasing.count(whole["eligible"]),
                share=phrasing.share(whole["rr1"]),
                low=phrasing.share(whole["rr1_low"]),
                high=phrasing.share(whole["rr1_high"]),
            )
        )
    else:
        parts.append(why_no_rate(whole["reason"]))
    if whole["completion"] is not None:
        parts.append(
            _(
                "Of those who began, %(share)s finished (between %(low)s and %(high)s).",
                share=phrasing.share(whole["completion"]),
                low=phrasing.share(whole["completion_low"]),
                high=phrasing.share(whole["completion_high"]),
            )
        )
    return " ".join(parts)


def why_no_rate(reason: str | None) -> str:
    """Why there is no response rate."""
    words = {
        "not_told": _("Nobody has said how many people were asked, so there is no response rate."),
        "more_answers_than_invited": _(
            "More people answered than were said to be invited: a link was passed on, or a count "
            "is wrong."
        ),
        "too_few_persons": _("Too few answers to show."),
        "no_answers": _("There are no answers yet."),
    }
    return str(words.get(reason or "", ""))


def silent_sentence(row: Row) -> str:
    """What the silent would have to think to move a score by five points."""
    if row["silent"] == 0:
        return str(_("Nobody was silent."))
    parts = []
    if row["below"] is not None:
        parts.append(_("5 lower if theirs is %(score)s", score=phrasing.score(row["below"])))
    if row["above"] is not None:
        parts.append(_("5 higher if theirs is %(score)s", score=phrasing.score(row["above"])))
    return ", ".join(parts) or _("They cannot move it by 5 points.")


def weighted_sentence(row: Row, names: Mapping[tuple[str, str], str]) -> str:
    """What must be known beside a weighted score, or why there is none.

    Args:
        row: a stage of ``insights.weighting.scores``, as a plain row.
        names: what readers call each group, by property and value.
    """
    parts = [why_unweighted(row["reason"])] if row["reason"] else []
    absent = [names.get(group, group[1]) for group in row["absent"]]
    if absent:
        parts.append(
            _(
                "Without answers: %(names)s (%(share)s of all people), so this is about the "
                "others.",
                names=", ".join(absent),
                share=phrasing.share(row["absent_share"]),
            )
        )
    if row["has_others"]:
        parts.append(_("Some answers are of people the mix does not name; they keep their share."))
    if row["is_capped"]:
        parts.append(_("A weight was cut to five times the usual, so the mix is not met in full."))
    return " ".join(parts)


def group_names(mix: "KnownMix") -> dict[tuple[str, str], str]:
    """What readers call each group of a mix, by property and value."""
    return {
        (margin.dimension, value): value_name(margin.dimension, value)
        for margin in mix
        for value, _share in margin.shares
    }


def why_unweighted(reason: str) -> str:
    """Why a stage is not weighted."""
    words = {
        "no_mix": _("No mix is known."),
        "one_group": _("All answers are of one group: there is nothing to weight."),
        "too_few_of_a_group": _(
            "Of one of the groups fewer than five people answered: too few to stand for it."
        ),
        "too_few_persons": _("Too few answers to show."),
    }
    return str(words[reason])

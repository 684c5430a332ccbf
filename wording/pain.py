"""What is said of pain, in the reader's language: pages and commands use the same words.

Works within a request or Flask-Babel's ``force_locale``, on plain rows as
``insights.pain.content`` makes them. Never a cause: points "go together with" low ratings.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing

Row = Mapping[str, Any]


def why_no_pain(row: Row) -> str:
    """Why a touchpoint, or a whole stage, has no points lost: what is missing, and until when.

    Args:
        row: with ``reason`` and ``needed``; perhaps ``missing`` and ``expected_month``.
    """
    reason, needed = row.get("reason"), row.get("needed")
    if row.get("missing"):
        text = _missing(reason, row["missing"])
        if text and row.get("expected_month"):
            return str(
                _(
                    "%(needs)s, expected in %(month)s",
                    needs=text,
                    month=phrasing.month(row["expected_month"]),
                )
            )
        if text:
            return text
    words = {
        "too_few_low_ratings": _("needs %(needed)s low ratings", needed=needed),
        "too_few_answers": _("needs %(needed)s answers", needed=needed),
        "too_few_accounts": _("needs %(needed)s accounts", needed=needed),
        "too_few_persons": _("too few answers to show"),
        "collinear": _("cannot be told apart from another touchpoint"),
        "no_variation": _("all answers are alike"),
        "bad_weights": _("some weights are negative or infinite, or all are nothing"),
    }
    return str(words.get(reason or "", _("cannot be said")))


def without_past(row: Row, month: str) -> dict[str, Any]:
    """A row or a whole that names no expected month before this one.

    Where answers stopped long ago, the rate at which they came promises a month that is past.

    Args:
        row: perhaps with ``expected_month``.
        month: the month it is, "YYYY-MM".
    """
    expected = row.get("expected_month")
    return dict(row) | ({"expected_month": None} if expected and expected < month else {})


def _missing(reason: str | None, n: int) -> str:
    """How many more it takes; empty for a reason that no number mends."""
    count = phrasing.count(n)
    if reason == "too_few_low_ratings":
        text = ngettext(
            "needs one more low rating", "needs %(count)s more low ratings", n, count=count
        )
    elif reason == "too_few_answers":
        text = ngettext("needs one more answer", "needs %(count)s more answers", n, count=count)
    elif reason == "too_few_accounts":
        text = ngettext("needs one more account", "needs %(count)s more accounts", n, count=count)
    else:
        return ""
    return str(text)


def kind(row: Row) -> str:
    """What a touchpoint is, in a few words; a dash where neither surely holds."""
    words = {"dissatisfier": _("must not fail"), "delighter": _("can delight")}
    return str(words.get(row.get("kind") or "", phrasing.TOO_FEW))


def spelled(row: Row) -> str:
    """Impact times shortfall times reach, as numbers."""
    return (
        f"{phrasing.decimals(row['impact'], 2)} × {phrasing.decimals(row['shortfall'], 1)}"
        f" × {phrasing.share(row['reach'])}"
    )


def rank(row: Row) -> str:
    """The place of a touchpoint, and between which places it may well be."""
    if row.get("rank_low") is None:
        return phrasing.TOO_FEW
    first, last = phrasing.count(row["rank_low"]), phrasing.count(row["rank_high"])
    return first if first == last else str(_("%(first)s to %(last)s", first=first, last=last))


def groups_of_ties(rows: Sequence[Row]) -> list[list[str]]:
    """The names of touchpoints that the answers cannot tell apart, group by group."""
    groups: dict[int, list[str]] = {}
    for row in rows:
        if row.get("is_tied") and row.get("pain") is not None:
            groups.setdefault(row["tie"], []).append(row["name"])
    return [names for names in groups.values() if len(names) > 1]


def tied(names: Sequence[str]) -> str:
    """That these cannot be told apart."""
    return str(_("These cannot be told apart: %(names)s.", names=", ".join(names)))


def whole(found: Row) -> list[str]:
    """What a stage loses in all, and how much of its answers that explains; or why not."""
    if found["total"] is None:
        text = why_no_pain(found)
        return [str(_("Points lost cannot be said: %(why)s.", why=text))]
    lines = [
        _(
            "Low ratings go together with %(points)s points in all, %(between)s.",
            points=phrasing.points(found["total"]),
            between=phrasing.lost_between(found["low"], found["high"]),
        ),
        _(
            "What people met and how they rated it explains %(share)s of the differences between "
            "their overall answers.",
            share=phrasing.share(found["r2"]),
        ),
    ]
    return [str(line) for line in lines]


def weighted(found: Row) -> str:
    """That answers were weighted, and what that leaves of their number; empty where they were not.

    Args:
        found: ``whole`` of a pain result; perhaps with ``n_eff`` and ``deff``.
    """
    n, n_eff = found.get("n"), found.get("n_eff")
    if n is None or n_eff is None:
        return ""
    text = _(
        "Weighted: these %(n)s answers are worth %(n_eff)s that all count once (design effect "
        "%(deff)s).",
        n=phrasing.count(n),
        n_eff=phrasing.count(round(n_eff)),
        deff=phrasing.decimals(found.get("deff"), 2),
    )
    if found.get("unweighted") is None:
        return str(text)
    plain = _("Unweighted the score is %(score)s.", score=phrasing.score(found["unweighted"]))
    return f"{text} {plain}"


def worst(rows: Sequence[Row]) -> str:
    """What surely hurts most, called the most only where it is; or that nothing surely does."""
    priced = [row for row in rows if row["pain"] is not None]
    sure = [row for row in priced if row["pain_low"] and round(row["pain_low"], 1) > 0]
    if not priced:
        return ""
    if not sure:
        return str(_("No touchpoint surely costs points."))
    first = max(sure, key=lambda row: row["pain"])
    if first["pain"] == max(row["pain"] for row in priced):
        text = _("Most points go together with low ratings of %(name)s: %(points)s, %(between)s.")
    else:
        text = _("Points surely go together with low ratings of %(name)s: %(points)s, %(between)s.")
    return str(text) % {
        "name": first["name"],
        "points": phrasing.points(first["pain"]),
        "between": phrasing.lost_between(first["pain_low"], first["pain_high"]),
    }


def kinds(rows: Sequence[Row]) -> list[str]:
    """Which touchpoints must not fail, and which can delight."""
    told = {
        "dissatisfier": _("Falling short costs more than excelling wins: %(names)s."),
        "delighter": _("Excelling wins more than falling short costs: %(names)s."),
    }
    lines = []
    for name, text in told.items():
        names = [row["name"] for row in rows if row.get("kind") == name]
        if names:
            lines.append(str(text) % {"names": ", ".join(names)})
    return lines


def shrunk_note(found: Row) -> str:
    """That few answers order touchpoints by their shrunk pain; empty where there are enough."""
    from insights.pain.pain import FEW

    if found.get("total") is None or found.get("n") is None or found["n"] >= FEW:
        return ""
    text = _(
        "With fewer than %(n)s answers the order is a careful one: a touchpoint that stands out "
        "by few ratings is moved towards the others. The points shown are not.",
        n=phrasing.count(FEW),
    )
    return str(text)


def importance_note() -> str:
    """What importance is, and what it is not."""
    return str(
        _(
            "Importance is the share of the differences between people's overall answers that goes "
            "together with a touchpoint; it is no number of points."
        )
    )


def caveat() -> str:
    """What no single survey can know."""
    return str(_("An association, no proof of a cause."))

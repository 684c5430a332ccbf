"""What is said of accounts, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing

if TYPE_CHECKING:
    from insights.accounts.accounts import CompanyNumbers

Row = Mapping[str, Any]


def sentence(numbers: "CompanyNumbers", names: Mapping[str, str]) -> str:
    """Say who was not heard, whether large accounts say otherwise, and whether people agree.

    Args:
        numbers: what was found.
        names: what the reader calls each stage.
    """
    from insights.plain import plain_rows

    if numbers.n_accounts is None:
        return str(_("Fewer than five people of accounts answered: nothing of them is shown."))
    parts = [
        _silent(plain_rows(numbers.silence), has_parts=numbers.has_parts),
        _weighty(plain_rows(numbers.ways), names),
        _apart(plain_rows(numbers.agreement), names),
    ]
    return " ".join(part for part in parts if part)


def way_name(way: str) -> str:
    """A way of counting, as readers call it."""
    names = {
        "answers": _("Each answer equal"),
        "accounts": _("Each account equal"),
        "revenue": _("By revenue"),
    }
    return str(names[way])


def why_no_way(reason: str | None) -> str:
    """Why a way of counting has no score or no interval."""
    reasons = {
        None: "",
        "too_few_persons": _("fewer than five people"),
        "too_few_accounts": _("fewer than five accounts"),
        "no_revenue": _("no revenue known"),
        "dominated": _("one account outweighs all others"),
        "alike": _("all accounts say the same"),
    }
    return str(reasons[reason])


def part_name(part: str) -> str:
    """A part in the decision, as readers call it, to begin a row with."""
    return phrasing.trait(part).capitalize()


def _silent(rows: Sequence[Row], *, has_parts: bool) -> str:
    """In how many accounts no decision maker was heard."""
    if not has_parts:
        return str(_("What part those who answered play in the decision is not known."))
    row = next(one for one in rows if one["part"] == "decision_maker")
    if not row["shown"]:
        return str(_("Too few decision makers were heard to say in how many accounts none was."))
    if row["silent"] == 0:
        return str(
            _(
                "In each of the %(all)s accounts of which it can be said, a decision maker was "
                "heard.",
                all=phrasing.count(row["accounts"]),
            )
        )
    words = {
        "silent": phrasing.count(row["silent"]),
        "all": phrasing.count(row["accounts"]),
        "share": phrasing.share(row["share"]),
        "between": _between(row["low"], row["high"]),
        "revenue": phrasing.share(row["revenue_share"]),
    }
    if row["revenue_share"] is None:
        text = _(
            "In %(silent)s of the %(all)s accounts of which it can be said, no decision maker was "
            "heard (%(share)s, %(between)s).",
            **words,
        )
    else:
        text = _(
            "In %(silent)s of the %(all)s accounts of which it can be said, no decision maker was "
            "heard (%(share)s, %(between)s); they stand for %(revenue)s of the revenue of these "
            "accounts.",
            **words,
        )
    return str(text)


def _weighty(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """Where a stage surely scores otherwise when accounts or revenue count."""
    told = [row for row in rows if row["stage"] in names]
    clear = sorted((row for row in told if row["is_clear"]), key=lambda row: -abs(row["change"]))
    if clear:
        return _otherwise(clear[0], names)
    if any(row["p"] is not None for row in told):
        return str(
            _(
                "No stage surely scores otherwise when accounts or their revenue count instead of "
                "answers."
            )
        )
    return ""


def _otherwise(row: Row, names: Mapping[str, str]) -> str:
    """How far one way of counting lies from counting answers."""
    distances = sorted((abs(row["change_low"]), abs(row["change_high"])))
    ends = [phrasing.decimals(end, 1) for end in distances]
    words = {
        "way": way_name(row["way"]).lower(),
        "stage": names[row["stage"]],
        "score": phrasing.score(row["mean"]),
        "points": phrasing.decimals(abs(row["change"]), 1),
        "between": str(_("between %(low)s and %(high)s", low=ends[0], high=ends[1])),
    }
    if row["change"] > 0:
        text = _(
            "Counted otherwise (%(way)s), %(stage)s scores %(score)s, %(points)s points more than "
            "answer by answer, %(between)s.",
            **words,
        )
    else:
        text = _(
            "Counted otherwise (%(way)s), %(stage)s scores %(score)s, %(points)s points less than "
            "answer by answer, %(between)s.",
            **words,
        )
    return str(text)


def _apart(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """In which stage people of one account surely differ most often."""
    shown = [row for row in rows if row["shown"] and row["stage"] in names and row["apart"]]
    if not shown:
        return ""
    row = max(shown, key=lambda one: one["apart_low"])
    return str(
        ngettext(
            "In %(stage)s, people of one account lie more than 25 points apart in %(share)s of "
            "the accounts with two or more answering (%(between)s, %(count)s account).",
            "In %(stage)s, people of one account lie more than 25 points apart in %(share)s of "
            "the accounts with two or more answering (%(between)s, %(count)s accounts).",
            row["accounts"],
            stage=names[row["stage"]],
            share=phrasing.share(row["apart"]),
            between=_between(row["apart_low"], row["apart_high"]),
            count=phrasing.count(row["accounts"]),
        )
    )


def _between(low: float, high: float) -> str:
    """The interval of a share."""
    ends = {"low": phrasing.share(low), "high": phrasing.share(high)}
    return str(_("between %(low)s and %(high)s", **ends))

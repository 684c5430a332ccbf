"""What is said of how people go through a journey: pages and commands use the same words.

Works within a request or Flask-Babel's ``force_locale``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing
from models import Stage
from vocabulary import Happening

Row = Mapping[str, Any]

YEAR = 365

KINDS = ", ".join(kind.value for kind in Happening)
"""What an event may be, as a file calls it."""


def lead(flow: Row, stages: Sequence[Stage]) -> str:
    """The sentences on top: from where fewest go on, and what followed being hurt."""
    return " ".join(filter(None, (_fewest(flow["steps"], stages), followed(flow))))


def _fewest(steps: Sequence[Row], stages: Sequence[Stage]) -> str:
    """From which stage on the way fewest go on; not one that people stay in, nor the last."""
    loops = {stage.key for stage in stages if stage.leads_from == stage.leads_to}
    shown = [row for row in steps if row["shown"]]
    loops |= {stages[-1].key} if stages else set()
    ways = [row for row in shown if row["stage"] not in loops] or shown
    if not ways:
        return str(_("How many go on from stage to stage cannot be said yet."))
    spans = Counter(row["within"] for row in ways)
    within = max((days for days, n in spans.items() if n > 1), default=None)
    if within is None:
        return str(_("From which stage fewest go on cannot be said: no two were followed as long."))
    row = min((one for one in ways if one["within"] == within), key=lambda one: one["share"])
    said = {
        "stage": row["name"],
        "share": phrasing.share(row["share"]),
        "n": phrasing.count(row["n"]),
        "within": span(row["within"]),
        "between": share_between(row),
    }
    if len(spans) > 1:
        first = _(
            "Of the stages that could be followed for %(within)s, fewest go on from %(stage)s: "
            "%(share)s of the %(n)s who were followed (%(between)s).",
            **said,
        )
    else:
        first = _(
            "Of the stages that lead on, fewest go on from %(stage)s: %(share)s of the %(n)s who "
            "were followed, within %(within)s (%(between)s).",
            **said,
        )
    if row["days"] is None:
        return str(first)
    half = _("Half of those who went on had done so after %(span)s.", span=span(row["days"]))
    return f"{first} {half}"


def went_on(steps: Sequence[Row]) -> str:
    """Whether those who went on had judged otherwise than those who did not."""
    told = [row for row in steps if row["change"] is not None]
    if not told:
        return ""
    row = min((row for row in told if row["is_proven"]), key=lambda one: one["p"], default=None)
    if row is None:
        return str(
            _(
                "At no stage is it proven that those who went on had judged it otherwise than "
                "those who did not."
            )
        )
    said = {
        "stage": row["name"],
        "on": phrasing.score(row["score_on"]),
        "off": phrasing.score(row["score_off"]),
        "between": change_between(row),
    }
    return str(
        _(
            "Those who went on from %(stage)s had given it %(on)s, those who did not %(off)s (a "
            "difference %(between)s).",
            **said,
        )
    )


def followed(flow: Row) -> str:
    """What followed being hurt, if anything is proven."""
    if not flow["has_events"]:
        return str(_("What people did afterwards is not known: no event has been imported yet."))
    shown = [row for row in flow["outcomes"] if row["shown"]]
    if not shown:
        return str(_("What followed being hurt cannot be said yet: too few were followed a year."))
    proven = [row for row in shown if row["is_proven"]]
    if not proven:
        return str(
            _(
                "Nothing that customers did in the year after a score below 75 is proven to differ "
                "from what others did."
            )
        )
    return outcome_sentence(min(proven, key=lambda row: row["p"]))


def outcome_sentence(row: Row) -> str:
    """One outcome after one touchpoint, with how sure it is."""
    said = {
        "touchpoint": row["touchpoint_name"],
        "hurt": phrasing.share(row["share_hurt"]),
        "content": phrasing.share(row["share_content"]),
    }
    first = {
        Happening.CHURN.value: _(
            "Of the customers who scored “%(touchpoint)s” below 75, %(hurt)s "
            "left in the year after it; of the others %(content)s.",
            **said,
        ),
        Happening.REPEAT_PURCHASE.value: _(
            "Of the customers who scored “%(touchpoint)s” below 75, %(hurt)s "
            "bought again in the year after it; of the others %(content)s.",
            **said,
        ),
        Happening.CROSS_SALE.value: _(
            "Of the customers who scored “%(touchpoint)s” below 75, %(hurt)s "
            "bought something else in the year after it; of the others %(content)s.",
            **said,
        ),
        Happening.UP_SALE.value: _(
            "Of the customers who scored “%(touchpoint)s” below 75, %(hurt)s "
            "bought something larger in the year after it; of the others %(content)s.",
            **said,
        ),
        Happening.REFERRAL.value: _(
            "Of the customers who scored “%(touchpoint)s” below 75, %(hurt)s "
            "recommended us to somebody in the year after it; of the others %(content)s.",
            **said,
        ),
    }[row["outcome"]]
    return f"{first} {caveat()}"


def caveat() -> str:
    """What no outcome shows."""
    return str(_("The two go together; that is no proof that one causes the other."))


def survivorship(rows: Sequence[Row], *, is_filtered: bool = False) -> list[str]:
    """Whom the scores are about: where those who left differ most, and where nobody asked them.

    Args:
        rows: what became of those who answered, stage by stage.
        is_filtered: whether the reader chose some people: who is missing may just not be chosen.
    """
    shown = [row for row in rows if row["shown"]]
    stayed = {row["stage"]: row for row in shown if row["group"] == "customer"}
    gone = [row for row in shown if row["group"] in {"ex_customer", "lost_deal"}]
    said = []
    apart = [row for row in gone if row["change"] is not None and row["change_low"] is not None]
    if apart:
        said.append(_apart(max(apart, key=lambda row: abs(row["change"])), stayed))
    asked = {row["stage"] for row in rows if row["group"] in {"ex_customer", "lost_deal"}}
    only = [row["name"] for stage, row in stayed.items() if stage not in asked]
    if only and not is_filtered:
        said.append(
            str(
                _(
                    "Ex-customers and lost deals were not asked about %(stages)s: what they think "
                    "of it is not known, and the score may be too high.",
                    stages=", ".join(only),
                )
            )
        )
    return said


def _apart(row: Row, stayed: Mapping[str, Row]) -> str:
    """How those who left differ from those who stayed, at one stage."""
    said = {
        "stage": row["name"],
        "stayed": phrasing.score(stayed[row["stage"]]["score"]),
        "gone": phrasing.score(row["score"]),
        "group": group(row["group"]),
        "change": phrasing.change(row["change"]),
        "low": phrasing.change(row["change_low"]),
        "high": phrasing.change(row["change_high"]),
    }
    return str(
        _(
            "In %(stage)s the customers who stayed give %(stayed)s. %(group)s give %(gone)s: "
            "%(change)s points, between %(low)s and %(high)s. Whoever asks only those who stayed "
            "sees their score alone.",
            **said,
        )
    )


def span(days: float) -> str:
    """So many days, or a year."""
    if days == YEAR:
        return str(_("a year"))
    number = max(1, round(days))
    return str(ngettext("%(count)s day", "%(count)s days", number, count=phrasing.count(number)))


def days_between(row: Row) -> str:
    """The interval of a number of days."""
    if row["days_low"] is None or row["days_high"] is None:
        return str(_("how sure cannot be said"))
    low, high = (phrasing.count(max(1, round(row[end]))) for end in ("days_low", "days_high"))
    return str(_("between %(low)s and %(high)s", low=low, high=high))


def share_between(row: Row, low: str = "low", high: str = "high") -> str:
    """The interval of a share."""
    if row[low] is None or row[high] is None:
        return str(_("how sure cannot be said"))
    ends = {"low": phrasing.share(row[low]), "high": phrasing.share(row[high])}
    return str(_("between %(low)s and %(high)s", **ends))


def change_between(row: Row, scale: float = 1.0) -> str:
    """The interval of a difference, with its signs."""
    if row["change_low"] is None or row["change_high"] is None:
        return str(_("how sure cannot be said"))
    low, high = (phrasing.change(scale * row[end]) for end in ("change_low", "change_high"))
    return str(_("between %(low)s and %(high)s", low=low, high=high))


def moment(text: str) -> str:
    """A moment that is kept as text, in the organisation's time zone."""
    return phrasing.day(datetime.fromisoformat(text))


def outcome(kind: str) -> str:
    """What somebody did, in a word or two."""
    return {
        Happening.CHURN.value: str(_("left")),
        Happening.REPEAT_PURCHASE.value: str(_("bought again")),
        Happening.CROSS_SALE.value: str(_("bought something else")),
        Happening.UP_SALE.value: str(_("bought something larger")),
        Happening.REFERRAL.value: str(_("recommended us")),
    }[kind]


def outcome_title(kind: str) -> str:
    """What the picture of an outcome shows."""
    return {
        Happening.CHURN.value: str(
            _("How many more left in the year after being hurt, with intervals")
        ),
        Happening.REPEAT_PURCHASE.value: str(
            _("How many more bought again in the year after being hurt, with intervals")
        ),
        Happening.CROSS_SALE.value: str(
            _("How many more bought something else in the year after, with intervals")
        ),
        Happening.UP_SALE.value: str(
            _("How many more bought something larger in the year after, with intervals")
        ),
        Happening.REFERRAL.value: str(
            _("How many more recommended us in the year after being hurt, with intervals")
        ),
    }[kind]


def group(key: str) -> str:
    """What became of those who answered."""
    return {
        "customer": str(_("Customers who stayed")),
        "left_since": str(_("Customers who left since")),
        "ex_customer": str(_("Ex-customers")),
        "lost_deal": str(_("Lost deals")),
        "prospect": str(_("Other prospects")),
    }[key]


def why(reason: str | None) -> str:
    """Why there is no number."""
    return {
        "too_few_persons": str(_("fewer than five people")),
        "too_short": str(_("fewer than ten people were followed for a month")),
        "nothing_further": str(_("the last stage: no event tells whether its goal is reached")),
        "too_few_moves": str(_("fewer than five went on")),
        "never": str(_("it happened to nobody")),
        "no_spread": str(_("how sure cannot be said")),
    }.get(reason or "", phrasing.TOO_FEW)

"""The sentences of a monthly summary: values in, the reader's language out.

Each works within Flask-Babel's ``force_locale``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

import phrasing
from questionnaires.value import in_language
from vocabulary import Audience
from wording import finding as finding_words

Row = Mapping[str, Any]

MOST_CHANGES = 4
"""So many proven changes are told one by one."""

_PROVEN = ("fell", "rose")

_TOO_FEW = ("too_few_answers", "too_few_accounts", "too_few_persons")


class Names(finding_words.Names):
    """What the journey, its stages and its touchpoints are called in the reader's language."""

    def __init__(self, content: Row) -> None:
        """Take the names a summary keeps."""
        names, language = content["names"], str(get_locale())
        self.journey = in_language(names["journey"], language)
        super().__init__(
            {key: in_language(name, language) for key, name in names["stages"].items()},
            {
                (stage, key): in_language(name, language)
                for stage, some in names["touchpoints"].items()
                for key, name in some.items()
            },
        )


def month_name(key: str) -> str:
    """A month without its year: "2026-10" becomes "oktober"."""
    return str(format_date(date(int(key[:4]), int(key[5:]), 1), "LLLL"))


def subject(content: Row, *, is_test: bool = False) -> str:
    """The finding, after the month: the subject of the mail."""
    name = month_name(content["month"])
    text = _("%(month)s: %(finding)s", month=name[:1].upper() + name[1:], finding=finding(content))
    return _("[Test] %(subject)s", subject=text) if is_test else str(text)


def finding(content: Row) -> str:
    """What the month found, as one sentence without its full stop."""
    told, names = content["findings"], Names(content)
    if content["is_empty"]:
        return str(_("no answers came in"))
    if told[0]["subject"] == "no_answers":
        return str(_("too few answers to show a score"))
    proven = [one for one in told if one["subject"] in _PROVEN]
    if proven:
        return f"{_moved(proven[0], names)}; {_others(len(proven) - 1)}"
    main = _costs(content["worst"], names) or _lowest(content, names)
    if told[-1]["subject"] == "nothing_changed":
        unchanged = _("no change is proven")  # outside the f-string, where the extractor finds it
        return f"{main}; {unchanged}"
    return main


def heading(content: Row) -> str:
    """The finding as a sentence of its own."""
    text = finding(content)
    return f"{text[:1].upper()}{text[1:]}."


def comparison(content: Row) -> list[str]:
    """What is proven to have changed since the month before, sentence by sentence; or why not."""
    names, before = Names(content), month_name(content["before"])
    told = content["findings"][1:]
    if not told:
        return []
    if told[0]["subject"] == "not_comparable":
        text = _("Too few answers in %(before)s or now to compare the two months.", before=before)
        return [str(text)]
    if told[0]["subject"] == "nothing_changed":
        return [_nothing(told[0], names, before)]
    lines = [str(_("Proven changes since %(before)s:", before=before))]
    lines += [_change(one, names) for one in told[:MOST_CHANGES]]
    more = len(told) - MOST_CHANGES
    if more > 0:
        lines.append(str(ngettext("And %(num)s more.", "And %(num)s more.", more)))
    return lines


def size(content: Row) -> str:
    """On how much the summary rests."""
    month = phrasing.month(content["month"])
    if content["is_empty"]:
        return str(_("No answers in %(month)s.", month=month))
    if content["n"] is None:
        return str(_("Answers of fewer than five people in %(month)s.", month=month))
    people = ngettext("%(num)s person", "%(num)s people", content["persons"])
    return str(
        ngettext(
            "%(num)s answer of %(people)s in %(month)s.",
            "%(num)s answers of %(people)s in %(month)s.",
            content["n"],
            people=people,
            month=month,
        )
    )


def late(content: Row) -> list[str]:
    """Over which earlier months answers came in after the summary that was sent."""
    return [_late(one) for one in content["late"]]


def stage_note(row: Row) -> str:
    """What stands small beside a stage's score: its interval and n."""
    if row["score"] is None:
        return str(_("too few answers"))
    parts = [phrasing.interval(row["low"], row["high"])]
    parts.append(ngettext("%(num)s answer", "%(num)s answers", row["n"]))
    if row["is_few"]:
        parts.append(_("few answers"))
    return " · ".join(str(part) for part in parts)


def stage_change(row: Row) -> str:
    """A proven change in words, for who sees no arrow; empty where none is proven."""
    if row["change"] is None:
        return ""
    points = phrasing.decimals(abs(row["change"]), 1)
    if row["change"] < 0:
        return str(_("fell %(points)s points", points=points))
    return str(_("rose %(points)s points", points=points))


def pain_note(row: Row) -> str:
    """What stands small beside points lost: the interval, n, and whether it is sure."""
    parts = [phrasing.lost_between(row["pain_low"], row["pain_high"])]
    parts.append(ngettext("%(num)s rating", "%(num)s ratings", row["n"]))
    if not row["is_sure"]:
        parts.append(_("not sure that it costs anything"))
    return " · ".join(str(part) for part in parts)


def are_tied(content: Row) -> bool:
    """Whether the first two touchpoints cannot be told apart."""
    ties = [(one["stage"], one["tie"]) for one in content["worst"][:2]]
    return len(ties) > 1 and ties[0] == ties[1]


def nothing_hurts(content: Row) -> str:
    """Why no touchpoint is named that hurts: nothing surely does, or too little is known."""
    untold = [row["reason"] in _TOO_FEW for row in content["pain"].values()]
    if all(untold):
        return str(_("There are too few answers yet to say what any touchpoint costs."))
    if any(untold):
        return str(
            _("No touchpoint surely costs points; of some stages too few answers are there to say.")
        )
    return str(_("No touchpoint surely costs points."))


def quote_source(quote: Row, names: Names) -> str:
    """Who said it, as far as may be told, and about what."""
    about = names.place(quote)
    who = {
        Audience.CUSTOMER: _("A customer about %(about)s", about=about),
        Audience.PROSPECT: _("A prospect about %(about)s", about=about),
        Audience.EX_CUSTOMER: _("An ex-customer about %(about)s", about=about),
    }
    return str(who[Audience(quote["audience"])])


def _moved(told: Row, names: Names) -> str:
    """A proven change, shortly."""
    words = {
        "what": names.place(told),
        "points": phrasing.decimals(abs(told["change"]), 1),
        "score": phrasing.score(told["score"]),
    }
    if told["subject"] == "fell":
        return str(_("%(what)s fell %(points)s points to %(score)s", **words))
    return str(_("%(what)s rose %(points)s points to %(score)s", **words))


def _change(told: Row, names: Names) -> str:
    """A proven change with its interval and n."""
    between = _(
        "between %(low)s and %(high)s",
        low=phrasing.change(told["low"]),
        high=phrasing.change(told["high"]),
    )
    n = ngettext("%(num)s answer", "%(num)s answers", told["n"])
    return f"{_moved(told, names)} ({between}; {n})."


def _others(count: int) -> str:
    """What else changed."""
    if not count:
        return str(_("no other change is proven"))
    return str(ngettext("%(num)s other change", "%(num)s other changes", count))


def _costs(worst: list[Row], names: Names) -> str:
    """What surely hurts most; empty where nothing surely does."""
    if not worst or not worst[0]["is_sure"]:
        return ""
    return str(
        _(
            "%(touchpoint)s costs %(stage)s %(points)s points",
            touchpoint=names.touchpoint(worst[0]["stage"], worst[0]["touchpoint"]),
            stage=names.stage(worst[0]["stage"]),
            points=phrasing.decimals(worst[0]["pain"], 1),
        )
    )


def _lowest(content: Row, names: Names) -> str:
    """Which stage is weakest, or merely scores lowest."""
    told = content["findings"][0]
    words = {"stage": names.stage(told["stage"]), "score": phrasing.score(told["score"])}
    if content["is_clear"]:
        return str(_("%(stage)s is the weakest stage, %(score)s", **words))
    return str(_("%(stage)s scores lowest, %(score)s", **words))


def _nothing(told: Row, names: Names, before: str) -> str:
    """That nothing is proven to have changed, and what would have been seen."""
    return str(
        _(
            "No change since %(before)s is proven. At best, looked at alone, a change of "
            "%(points)s points in %(what)s would have shown in four of five cases; smaller ones "
            "these answers can hardly show.",
            before=before,
            points=phrasing.decimals(told["smallest"], 1),
            what=names.place(told),
        )
    )


def _late(row: Row) -> str:
    """How many answers over one month came in late."""
    month = phrasing.month(row["month"])
    if row["n"] is None:
        return str(
            _(
                "Fewer than five answers over %(month)s came in after the last summary; they are "
                "counted here.",
                month=month,
            )
        )
    return str(
        ngettext(
            "%(num)s answer over %(month)s came in after the last summary; it is counted here.",
            "%(num)s answers over %(month)s came in after the last summary; they are counted here.",
            row["n"],
            month=month,
        )
    )

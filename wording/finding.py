"""The findings in the reader's language: the board, the mail and the command line say the same.

Works within a request or Flask-Babel's ``force_locale``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing
from wording.gap import shown_gap

Row = Mapping[str, Any]


class Names:
    """What stages and touchpoints are called in the reader's language."""

    def __init__(
        self, stages: Mapping[str, str], touchpoints: Mapping[tuple[str, str], str]
    ) -> None:
        """Take the names by key; what has none is called by its key."""
        self._stages, self._touchpoints = stages, touchpoints

    def stage(self, key: str) -> str:
        """A stage's name."""
        return self._stages.get(key, key)

    def touchpoint(self, stage: str, key: str) -> str:
        """A touchpoint's name."""
        return self._touchpoints.get((stage, key), key)

    def place(self, row: Row) -> str:
        """What a finding is about: a touchpoint and its stage, or a stage as a whole."""
        if not row["touchpoint"]:
            return self.stage(row["stage"])
        touchpoint = self.touchpoint(row["stage"], row["touchpoint"])
        return str(
            _("%(touchpoint)s (%(stage)s)", touchpoint=touchpoint, stage=self.stage(row["stage"]))
        )


def say(row: Row, names: Names) -> str:
    """Say a finding in a sentence or two, with its interval and n.

    Args:
        row: a finding as plain values.
        names: what things are called.
    """
    says: dict[str, Callable[[Row, Names], str]] = {
        "weakest_stage": _weakest,
        "hurts": _hurts,
        "fell": _changed,
        "rose": _changed,
        "nothing_changed": _nothing,
        "not_comparable": _not_comparable,
        "no_answers": _no_answers,
        "gap": _gap,
        "clash": _clash,
        "silent": _silent,
    }
    return says.get(row["subject"], _verdict)(row, names)


def say_all(rows: Sequence[Row], names: Names) -> list[str]:
    """Say every finding, in order."""
    return [say(row, names) for row in rows]


def _weakest(row: Row, names: Names) -> str:
    """The stage with the lowest score."""
    return str(
        ngettext(
            "%(stage)s scores lowest: %(score)s of 100, from %(count)s answer.",
            "%(stage)s scores lowest: %(score)s of 100, from %(count)s answers.",
            row["n"],
            stage=names.stage(row["stage"]),
            score=phrasing.score(row["score"]),
            count=phrasing.count(row["n"]),
        )
    )


def _hurts(row: Row, names: Names) -> str:
    """A touchpoint whose low ratings go together with points lost."""
    text = _(
        "%(place)s: low ratings go together with %(points)s points of the stage's score, "
        "%(between)s (%(count)s ratings).",
        place=names.place(row),
        points=phrasing.points(-row["change"]),
        between=phrasing.lost_between(-row["high"], -row["low"]),
        count=phrasing.count(row["n"]),
    )
    if not row["tied"]:
        return str(text)
    others = ", ".join(names.touchpoint(row["stage"], key) for key in row["tied"])
    tied = _("It cannot be told apart from: %(names)s.", names=others)
    return f"{text} {tied}"


def _changed(row: Row, names: Names) -> str:
    """A proven change since the month before."""
    words = {
        "place": names.place(row),
        "points": phrasing.decimals(abs(row["change"]), 1),
        "score": phrasing.score(row["score"]),
        "low": phrasing.change(row["low"]),
        "high": phrasing.change(row["high"]),
        "count": phrasing.count(row["n"]),
    }
    if row.get("month"):
        return _changed_in(row["month"], row["subject"], words)
    if row["subject"] == "fell":
        text = _(
            "%(place)s fell %(points)s points to %(score)s in the last closed month (between "
            "%(low)s and %(high)s; %(count)s answers).",
            **words,
        )
    else:
        text = _(
            "%(place)s rose %(points)s points to %(score)s in the last closed month (between "
            "%(low)s and %(high)s; %(count)s answers).",
            **words,
        )
    return str(text)


def _changed_in(month: str, subject: str, words: Mapping[str, str]) -> str:
    """A proven change of an earlier month."""
    words = {**words, "month": phrasing.month(month)}
    if subject == "fell":
        text = _(
            "In %(month)s %(place)s fell %(points)s points to %(score)s (between %(low)s and "
            "%(high)s; %(count)s answers). Figures over the whole year hold both levels.",
            **words,
        )
    else:
        text = _(
            "In %(month)s %(place)s rose %(points)s points to %(score)s (between %(low)s and "
            "%(high)s; %(count)s answers). Figures over the whole year hold both levels.",
            **words,
        )
    return str(text)


def _nothing(row: Row, names: Names) -> str:
    """That nothing is proven to have changed."""
    return str(
        _(
            "Nothing is proven to have changed in the last closed month. At best, looked at "
            "alone, a change of %(points)s points in %(place)s would have shown in four of five "
            "cases.",
            points=phrasing.decimals(row["smallest"], 1),
            place=names.place(row),
        )
    )


def _not_comparable(_row: Row, _names: Names) -> str:
    """That the last two months cannot be compared."""
    return str(_("Too few answers in the last two closed months to compare them."))


def _no_answers(_row: Row, _names: Names) -> str:
    """That nothing can be shown."""
    return str(
        _("Too few answers to show a score: nothing is shown about fewer than five persons.")
    )


def _gap(row: Row, names: Names) -> str:
    """Where colleagues think better of a touchpoint than customers."""
    return str(
        _(
            "%(place)s: colleagues expect %(inside)s, customers give %(outside)s: %(points)s "
            "points less (between %(low)s and %(high)s; %(count)s ratings).",
            place=names.place(row),
            inside=phrasing.score(row["other"]),
            outside=phrasing.score(row["score"]),
            points=phrasing.count(shown_gap({"inside": row["other"], "outside": row["score"]})),
            low=phrasing.decimals(row["low"], 0),
            high=phrasing.decimals(row["high"], 0),
            count=phrasing.count(row["n"]),
        )
    )


def _clash(row: Row, names: Names) -> str:
    """Where comments were read as the opposite of the ratings beside them."""
    text = ngettext(
        "%(place)s: %(count)s comment was read as the opposite of the rating beside it.",
        "%(place)s: %(count)s comments were read as the opposite of the ratings beside them.",
        row["n"],
        place=names.place(row),
        count=phrasing.count(row["n"]),
    )
    look = _("The reading may be wrong: look at them.")
    if row["share"] is None:
        return f"{text} {look}"
    part = _(
        "That is %(share)s of all that have one (between %(low)s and %(high)s).",
        share=phrasing.share(row["share"]),
        low=phrasing.share(row["low"]),
        high=phrasing.share(row["high"]),
    )
    return f"{text} {part} {look}"


def _silent(row: Row, _names: Names) -> str:
    """Which part in decisions was not heard in most accounts, and how many have anybody of it."""
    part = phrasing.trait(row["title"])
    text = _(
        "In %(share)s of the %(count)s accounts of which it can be said, nobody answered who "
        "is known as %(part)s (between %(low)s and %(high)s).",
        share=phrasing.share(row["share"]),
        count=phrasing.count(row["n"]),
        part=part,
        low=phrasing.share(row["low"]),
        high=phrasing.share(row["high"]),
    )
    if row["other"] is None:
        return str(text)
    n = int(row["other"])
    known = ngettext(
        "In %(count)s of these the CRM knows one.",
        "In %(count)s of these the CRM knows one.",
        n,
        count=phrasing.count(n),
    )
    return f"{text} {known}"


def _verdict(row: Row, _names: Names) -> str:
    """What became of an improvement."""
    title = row["title"]
    verdicts = {
        "helped": _("Improvement “%(title)s”: it helped.", title=title),
        "made_worse": _("Improvement “%(title)s”: it hurt.", title=title),
        "no_effect": _("Improvement “%(title)s”: no effect seen.", title=title),
        "no_proof": _("Improvement “%(title)s”: no proof either way.", title=title),
        "too_early": _("Improvement “%(title)s”: too early to say.", title=title),
    }
    text = str(verdicts[row["subject"]])
    if row["change"] is None:
        return text
    seen = _(
        "Its touchpoints changed %(points)s points more than the untouched ones (between %(low)s "
        "and %(high)s; %(count)s ratings since).",
        points=phrasing.change(row["change"]),
        low=phrasing.change(row["low"]),
        high=phrasing.change(row["high"]),
        count=phrasing.count(row["n"]),
    )
    return f"{text} {seen}"

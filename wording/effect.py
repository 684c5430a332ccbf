"""What is said of an improvement's effect, in the reader's language: pages, mails and commands.

Works within a request or Flask-Babel's ``force_locale``.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

import phrasing

if TYPE_CHECKING:
    from insights.effects.contrast import Contrast
    from insights.effects.effects import Effect
    from insights.effects.verdict import Needed
    from insights.intervals import Interval

FEW_TO_TELL = 5
"""Of fewer ratings it is not said how many there are."""

WITHDRAWN = "withdrawn"
"""What stands in place of a verdict on what did not take place."""


def day(on: date) -> str:
    """A day, as the reader writes it."""
    return str(format_date(on, "d MMMM y"))


def verdict_word(verdict: str) -> str:
    """A verdict in a word or two."""
    words = {
        "helped": _("Helped"),
        "no_effect": _("No effect seen"),
        "hurt": _("Hurt"),
        "too_early": _("Too early"),
        "no_proof": _("No proof"),
        WITHDRAWN: _("Withdrawn"),
    }
    return str(words[verdict])


def effect_sentence(effect: "Effect", names: Sequence[str], starts_on: date) -> str:
    """Say the verdict in a sentence or two.

    Args:
        effect: what is known.
        names: the acted touchpoints, as the reader calls them.
        starts_on: the first day of the improvement.
    """
    told = {
        "helped": _("It helped."),
        "no_effect": _("No effect seen."),
        "hurt": _("It hurt."),
        "too_early": _("Too early to say."),
        "no_proof": _("No proof either way."),
    }
    if effect.verdict == "too_early":
        more = _why_too_early(effect, starts_on)
    elif effect.verdict == "no_proof":
        more = _why_no_proof(effect)
    else:
        more = _seen(effect.case.compared, names)
    if effect.verdict in {"helped", "hurt"}:
        more = f"{more} {_assumed()}"
    return f"{told[effect.verdict]} {more}"


def further_sentences(effect: "Effect", names: Sequence[str], expected: float) -> list[str]:
    """Say what is seen so far where there is no verdict, and what would tell more.

    Args:
        effect: what is known.
        names: the acted touchpoints.
        expected: the points that were expected.
    """
    compared, told = effect.case.compared, []
    if effect.verdict in {"too_early", "no_proof"} and compared.is_sure:
        told += [_seen(compared, names), str(_("So far, that is no proof."))]
    if effect.verdict == "no_effect":
        text = _(
            "An effect of %(points)s points or more would have been seen in four cases of five.",
            points=phrasing.decimals(compared.smallest, 1),
        )
        told.append(str(text))
    is_open = effect.verdict == "no_effect" or effect.reason == "few_months"
    if is_open and effect.needed:
        told.append(_what_it_takes(effect.needed, expected))
    return told


def between(interval: "Interval") -> str:
    """An interval of changes."""
    low, high = (phrasing.change(end) for end in interval)
    return str(_("between %(low)s and %(high)s", low=low, high=high))


def count_of_ratings(n: int) -> str:
    """A number of ratings; of fewer than five it is not said how few."""
    return phrasing.count(n) if n >= FEW_TO_TELL else str(_("fewer than 5"))


def _seen(compared: "Contrast", names: Sequence[str]) -> str:
    """How the acted touchpoints changed beside the untouched."""
    text = _(
        "Set against the untouched touchpoints, %(names)s changed by %(change)s points, "
        "%(between)s.",
        names=", ".join(names),
        change=phrasing.change(compared.change),
        between=between(compared.interval),
    )
    return str(text)


def _assumed() -> str:
    """What must hold for a change to be the improvement's."""
    text = _(
        "It assumes that nothing else befell just these touchpoints then, and that they had no "
        "trend of their own."
    )
    return str(text)


def _why_too_early(effect: "Effect", starts_on: date) -> str:
    """What is waited for, and until when."""
    window = effect.case.window
    if effect.reason == "few_answers":
        return f"{_few_since(effect.case.amount.n_after)} {_when(effect.needed)}".strip()
    if effect.reason == "first_seen":
        text = _("A change is seen for the first time; it is a verdict if next month shows it too.")
        return str(text)
    month = phrasing.month(window.verdict_in)
    if effect.reason == "not_started":
        text = _(
            "It starts on %(day)s; a first verdict can be given in %(month)s, after six whole "
            "months.",
            day=day(starts_on),
            month=month,
        )
        return str(text)
    text = ngettext(
        "%(count)s whole month has passed since the start; a verdict takes six, and can be given "
        "in %(month)s.",
        "%(count)s whole months have passed since the start; a verdict takes six, and can be given "
        "in %(month)s.",
        window.n_months_after,
        count=phrasing.count(window.n_months_after),
        month=month,
    )
    return str(text)


def _few_since(n: int) -> str:
    """That there are too few ratings since the start; of fewer than five not how few."""
    if n < FEW_TO_TELL:
        text = _(
            "Since the start there are fewer than 5 ratings; a verdict takes 30, of five accounts "
            "or persons at least."
        )
        return str(text)
    return str(
        ngettext(
            "Since the start there is %(count)s rating; a verdict takes 30, of five accounts or "
            "persons at least.",
            "Since the start there are %(count)s ratings; a verdict takes 30, of five accounts or "
            "persons at least.",
            n,
            count=phrasing.count(n),
        )
    )


def _why_no_proof(effect: "Effect") -> str:
    """Why it cannot be proven, and what would be needed another time."""
    months = ", ".join(phrasing.month(each) for each in effect.breaks)
    reasons = {
        "registered_late": _(
            "It was registered when it had started, so it is kept as a note: announce the next "
            "one before it starts."
        ),
        "too_few_before": _(
            "Too little was asked before the start: it takes 30 ratings in three months."
        ),
        "too_few_after": _(
            "Too little was asked in the year since the start: it takes 30 ratings."
        ),
        "no_controls": _(
            "No untouched touchpoint is left to compare with: leave one alone next time."
        ),
        "overlaps": _(
            "Another improvement changed the same touchpoints in these months: nobody can tell "
            "which of them did it."
        ),
        "questions_changed": _(
            "The questionnaire changed in %(months)s: what changed may be the question.",
            months=months,
        ),
        "no_variation": _("All answers are alike, so nothing can be said of chance."),
        "not_parallel": _(
            "The touchpoints drifted apart before the start already, and the months do not show "
            "a step at the start."
        ),
        "one_control": _(
            "There is one untouched touchpoint only, and the months do not show a step at the "
            "start."
        ),
        "first_seen": _("A change was seen only with the last month that counts."),
        "months_disagree": _(
            "Before and after differ, but month by month there is no such step at the start."
        ),
    }
    return str(reasons[effect.reason or ""])


def _what_it_takes(needed: "Needed", expected: float) -> str:
    """How many ratings would show what was expected."""
    points = phrasing.decimals(expected, 1)
    if needed.ratings is None:
        text = _(
            "The %(points)s points expected cannot be told from chance here, however many "
            "answers come: the touchpoints drift too much, or too few answered before.",
            points=points,
        )
        return str(text)
    text = ngettext(
        "To see the %(points)s points expected takes one more rating.",
        "To see the %(points)s points expected takes %(count)s more ratings.",
        needed.ratings,
        count=phrasing.count(needed.ratings),
        points=points,
    )
    return f"{text} {_when(needed)}".strip()


def _when(needed: "Needed | None") -> str:
    """When the ratings that are missing will be there."""
    if needed is None or needed.ratings is None:
        return ""
    if needed.month is None:
        return str(_("At the rate since the start they do not come within the year that counts."))
    text = _(
        "At the rate since the start they are there in %(month)s.",
        month=phrasing.month(needed.month),
    )
    return str(text)

"""What an improvement's verdict rests on, in the reader's language.

Works within a request or Flask-Babel's ``force_locale``.
"""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

import phrasing
from wording.effect import between, count_of_ratings

if TYPE_CHECKING:
    from insights.effects.effects import Effect


def checks(effect: "Effect") -> list[str]:
    """Say what was compared, and what speaks for trusting it or against."""
    return [
        text
        for text in (_amounts(effect), _before_start(effect), _step(effect), _caveat(effect))
        if text
    ]


def why_left_out(reason: str | None) -> str:
    """Why an untouched touchpoint is not compared with; or that it is."""
    words = {
        None: _("compared with"),
        "own_improvement": _("left out: it has an improvement of its own"),
        "too_few": _("left out: too few ratings before or after"),
        "changed_itself": _("left out: it changed a lot by itself"),
    }
    return str(words[reason])


def _amounts(effect: "Effect") -> str:
    """What was compared."""
    window, amount = effect.case.window, effect.case.amount
    if window.after is None:
        return ""
    text = _(
        "Compared: %(before)s ratings from %(first)s to %(last)s with %(after)s from %(start)s to "
        "%(end)s.",
        before=count_of_ratings(amount.n_before),
        after=count_of_ratings(amount.n_after),
        first=phrasing.month(window.before.first),
        last=phrasing.month(window.before.last),
        start=phrasing.month(window.after.first),
        end=phrasing.month(window.after.last),
    )
    return str(text)


def _before_start(effect: "Effect") -> str:
    """Whether both groups moved alike before the start."""
    found = effect.case.before_start
    if found is None or not found.is_sure:
        return str(
            _("Whether they moved alike before the start cannot be checked: too few answers.")
        )
    words = {"change": phrasing.change(found.change), "between": between(found.interval)}
    if found.is_seen:
        text = _(
            "Warning: before the start the touchpoints were drifting apart already, by "
            "%(change)s points (%(between)s) between the first and the second half of that time.",
            **words,
        )
    else:
        text = _(
            "Before the start they moved alike, as far as can be seen: %(change)s points "
            "(%(between)s) between the first and the second half of that time.",
            **words,
        )
    return str(text)


def _step(effect: "Effect") -> str:
    """What the months say."""
    if effect.case.window.after is None:
        return ""
    found = effect.case.step
    if found is None:
        return str(_("Month by month nothing can be said: it takes four months on each side."))
    text = _(
        "Month by month, a trend left aside, the difference steps by %(change)s points at the "
        "start (%(between)s; %(count)s months).",
        change=phrasing.change(found.change),
        between=between(found.interval),
        count=phrasing.count(found.n_months),
    )
    seasons = _("Each month of the year has its own level.") if found.has_seasons else ""
    return f"{text} {seasons}".strip()


def _caveat(effect: "Effect") -> str:
    """What else must be known of the comparison."""
    is_one = effect.case.n_controls == 1
    return str(_("There is only one untouched touchpoint to compare with.")) if is_one else ""

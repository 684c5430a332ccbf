"""What a trend says, in sentences: what was asked anew, usual limits, signals, seasons."""

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

import phrasing

if TYPE_CHECKING:
    from insights.trends.process_limits import Behaviour
    from insights.trends.process_rules import Signal
    from insights.trends.reading import TrendReading
    from insights.trends.seasonality import Seasons, YearOnYear

MOST_SIGNALS = 3
"""So many signals are told in sentences, the newest ones; the table has them all."""


def changed_words(changed: str) -> str:
    """What was asked otherwise, short enough to stand in a picture.

    Args:
        changed: values of ``insights.trends.asked.Change`` with blanks between them.
    """
    words = {
        "wording": _("new wording"),
        "scale": _("other scale"),
        "touchpoints": _("other touchpoints asked"),
        "version": _("new version"),
    }
    return ", ".join(str(words[change]) for change in changed.split())


def trend_sentences(reading: "TrendReading") -> list[str]:
    """Everything a trend says beyond its picture, the most important first."""
    said = [*_signals(reading.behaviour), _limits(reading.behaviour), _year(reading.year)]
    return [sentence for sentence in said if sentence]


def season_sentence(seasons: "Seasons") -> str:
    """Whether the time of year makes a difference, or what it takes to know."""
    if seasons.reason is not None:
        reasons = {
            "too_short": ngettext(
                "Whether it has seasons can be said after 24 months with a score that was asked in "
                "the same way; there is one.",
                "Whether it has seasons can be said after 24 months with a score that was asked in "
                "the same way; there are %(num)s.",
                seasons.n,
            ),
            "gaps": _(
                "Whether it has seasons cannot be said: some month of the year was there only once."
            ),
            "no_variation": _("Whether it has seasons cannot be said: all months are alike."),
        }
        return str(reasons[seasons.reason.value])
    if not seasons.is_seasonal:
        text = _(
            "No seasons were found: over %(n)s months, the months of the year differ no more than "
            "chance makes them.",
            n=seasons.n,
        )
        return str(text)
    rows = seasons.months.sort_values("effect")
    lowest, highest = rows.iloc[0], rows.iloc[-1]
    text = _(
        "It has seasons, over %(n)s months: %(lowest)s usually lies %(low)s points from an average "
        "month, %(highest)s %(high)s.",
        n=seasons.n,
        lowest=month_name(int(lowest["calendar"])),
        low=phrasing.change(lowest["effect"]),
        highest=month_name(int(highest["calendar"])),
        high=phrasing.change(highest["effect"]),
    )
    return str(text)


def month_name(calendar: int) -> str:
    """A month of the year, 1 to 12, by its name."""
    return str(format_date(date(2000, calendar, 1), "LLLL"))


def signal_words(signal: "Signal") -> str:
    """One signal, as a sentence."""
    first, last = phrasing.month(signal.first), phrasing.month(signal.last)
    words = {"n": signal.n, "first": first, "last": last}
    told = (_rising(words) if signal.is_up else _falling(words))[
        signal.rule.value if signal.n > 1 else "alone"
    ]
    return _capital(told)


def _rising(words: dict[str, Any]) -> dict[str, str]:
    """What may be said of months that lie high, by rule."""
    return {
        "alone": _("%(last)s lies higher than months usually do.", **words),
        "outside": _(
            "%(n)s months in a row, from %(first)s to %(last)s, lie higher than months usually do.",
            **words,
        ),
        "near": _(
            "%(n)s months from %(first)s to %(last)s lie near the upper limit.",
            **words,
        ),
        "run": _(
            "%(n)s months in a row, from %(first)s to %(last)s, lie above the mean.",
            **words,
        ),
        "drift": _("It rose for %(n)s months in a row, from %(first)s to %(last)s.", **words),
    }


def _falling(words: dict[str, Any]) -> dict[str, str]:
    """What may be said of months that lie low, by rule."""
    return {
        "alone": _("%(last)s lies lower than months usually do.", **words),
        "outside": _(
            "%(n)s months in a row, from %(first)s to %(last)s, lie lower than months usually do.",
            **words,
        ),
        "near": _(
            "%(n)s months from %(first)s to %(last)s lie near the lower limit.",
            **words,
        ),
        "run": _(
            "%(n)s months in a row, from %(first)s to %(last)s, lie below the mean.",
            **words,
        ),
        "drift": _("It fell for %(n)s months in a row, from %(first)s to %(last)s.", **words),
    }


def signal_note(signal: "Signal") -> str:
    """A signal in the row of one of its months."""
    notes = {
        ("outside", True): _("higher than usual"),
        ("outside", False): _("lower than usual"),
        ("near", True): _("near the upper limit"),
        ("near", False): _("near the lower limit"),
        ("run", True): _("in a row above the mean"),
        ("run", False): _("in a row below the mean"),
        ("drift", True): _("in a row of rising months"),
        ("drift", False): _("in a row of falling months"),
    }
    return str(notes[signal.rule.value, signal.is_up])


def _signals(behaviour: "Behaviour") -> list[str]:
    """The newest signals, and how to take them; or that there are none."""
    if behaviour.limits is None:
        return []
    if not behaviour.signals:
        return [str(_("All months lie where they usually do: their ups and downs may be chance."))]
    told = [signal_words(signal) for signal in behaviour.signals[:MOST_SIGNALS]]
    more = len(behaviour.signals) - len(told)
    if more > 0:
        told.append(
            ngettext(
                "One earlier signal is in the table.",
                "%(num)s earlier signals are in the table.",
                more,
            )
        )
    caution = _(
        "That is a reason to look for what happened, no proof: where nothing changes, fewer than "
        "one in ten touchpoints show such a signal within two years."
    )
    told.append(str(caution))
    return told


def _limits(behaviour: "Behaviour") -> str:
    """Where months usually lie, or what it takes to say so."""
    limits = behaviour.limits
    if limits is None:
        reasons = {
            "too_short": ngettext(
                "Where months usually lie can be said after one more month that was asked in the "
                "same way.",
                "Where months usually lie can be said after %(num)s more months that were asked in "
                "the same way.",
                behaviour.needed or 0,
            ),
            "gaps": _(
                "Where months usually lie cannot be said: too few of them follow each other."
            ),
            "no_variation": _("Where months usually lie cannot be said: all of them are alike."),
        }
        return str(reasons[behaviour.reason.value]) if behaviour.reason else ""
    text = _(
        "Months usually lie between %(low)s and %(high)s, and one differs from the next by at most "
        "%(step)s points; months with few answers may lie further out. That rests on %(first)s to "
        "%(last)s.",
        low=phrasing.score(limits.low),
        high=phrasing.score(limits.high),
        step=phrasing.score(limits.step),
        first=phrasing.month(limits.first),
        last=phrasing.month(limits.last),
    )
    return str(text)


def _year(year: "YearOnYear | None") -> str:
    """The newest month beside the same month a year ago."""
    if year is None:
        return ""
    words = {
        "month": phrasing.month(year.month),
        "before": phrasing.month(year.before),
        "change": phrasing.change(year.change),
    }
    if year.low is None or year.high is None:
        text = _(
            "%(month)s differs by %(change)s points from %(before)s; how sure that is, cannot be "
            "said.",
            **words,
        )
        return _capital(str(text))
    words |= {"low": phrasing.change(year.low), "high": phrasing.change(year.high)}
    if year.low <= 0 <= year.high:
        text = _(
            "%(month)s differs by %(change)s points from the same month a year ago (between "
            "%(low)s and %(high)s): that may be chance.",
            **words,
        )
    else:
        text = _(
            "%(month)s differs by %(change)s points from the same month a year ago (between "
            "%(low)s and %(high)s).",
            **words,
        )
    return _capital(str(text))


def _capital(text: str) -> str:
    """A sentence begins with a capital; a month in Dutch does not."""
    return text[:1].upper() + text[1:]

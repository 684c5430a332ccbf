"""The charts of a touchpoint's page, with their words."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

import phrasing
from views.trend_words import changed_words, month_name, signal_words

if TYPE_CHECKING:
    import pandas as pd

    from insights.touchpoint import TouchpointNumbers

Specification = dict[str, Any]


def draw(name: str, numbers: "TouchpointNumbers") -> dict[str, Specification]:
    """Draw every chart there are numbers for: trend, seasons, distribution, one per group."""
    charts: dict[str, Specification] = {}
    if numbers.trend["shown"].any():
        charts["trend"] = _trend(name, numbers)
    if numbers.reading.seasons.is_seasonal:
        charts["seasons"] = _seasons(name, numbers.reading.seasons.months)
    if len(numbers.distribution):
        charts["distribution"] = _distribution(name, numbers.distribution)
    for group, cells in numbers.groups.items():
        shown = cells[cells["shown"]]
        if len(shown):
            charts[group] = _group(name, group, shown)
    return charts


def _trend(name: str, numbers: "TouchpointNumbers") -> Specification:
    """The score by month, where it usually lies, and what was asked anew."""
    from charts.theme import Caption
    from charts.trend import score_trend
    from insights.trends.process_rules import signal_months

    months, behaviour = numbers.line.months, numbers.reading.behaviour
    labelled = months.assign(label=[phrasing.short_month(key) for key in months["month"]])
    labelled = labelled.rename(columns={"score": "mean"})
    labelled = labelled.merge(behaviour.bounds, on="month", how="left")
    signals = signal_months(behaviour.signals)
    labelled["signal"] = [
        " ".join(map(signal_words, signals.get(month, []))) if is_shown else ""
        for month, is_shown in zip(labelled["month"], labelled["mean"].notna(), strict=True)
    ]
    last = labelled[labelled["mean"].notna()].iloc[-1]
    caption = Caption(
        _("%(name)s: score by month", name=name),
        _("Last: %(score)s in %(month)s.", score=phrasing.score(last["mean"]), month=last["label"]),
        _words() | {"month": _("Month"), "limits": _("usual limits"), "signal": _("Signal")},
    )
    columns = ["label", "mean", "low", "high", "persons", "limit_low", "limit_high", "signal"]
    changed = labelled[labelled["is_break"]]
    breaks = dict(zip(changed["label"], map(changed_words, changed["changed"]), strict=True))
    middle = behaviour.limits.middle if behaviour.limits else None
    drawn = score_trend(labelled[columns], caption, breaks=breaks, middle=middle)
    specification: Specification = drawn.to_dict()
    return specification


def _seasons(name: str, months: "pd.DataFrame") -> Specification:
    """What the time of year does."""
    from charts.theme import Caption
    from charts.trend import season_effects

    labelled = months.assign(label=[month_name(int(each)) for each in months["calendar"]])
    rows = labelled.to_dict("records")
    told = ", ".join(f"{row['label']}: {phrasing.change(row['effect'])}" for row in rows)
    words = _words() | {"month": _("Month"), "effect": _("Points from an average month")}
    caption = Caption(_("%(name)s: what the time of year does", name=name), told, words)
    frame = labelled[["label", "effect", "low", "high"]]
    specification: Specification = season_effects(frame, caption).to_dict()
    return specification


def _distribution(name: str, counts: "pd.DataFrame") -> Specification:
    """How the ratings are spread."""
    from charts.distribution import answer_distribution
    from charts.theme import Caption

    labelled = counts.assign(label=[phrasing.rating(value) for value in counts["value"]])
    rows = labelled.to_dict("records")
    told = ", ".join(f"{row['label']}: {phrasing.share(row['share'])}" for row in rows)
    words = {"answer": _("Rating"), "answers": _("Answers"), "share": _("Share")}
    caption = Caption(_("%(name)s: how the ratings are spread", name=name), told, words)
    frame = labelled[["label", "n", "share"]]
    specification: Specification = answer_distribution(frame, caption).to_dict()
    return specification


def _group(name: str, group: str, cells: "pd.DataFrame") -> Specification:
    """The score by one property of the respondents."""
    from charts.groups import score_groups
    from charts.theme import Caption

    labelled = cells.assign(label=[phrasing.word(value) for value in cells[group]])
    rows = labelled.to_dict("records")
    told = ", ".join(f"{row['label']}: {phrasing.score(row['mean'])}" for row in rows)
    titles = {
        "audience": _("%(name)s by audience", name=name),
        "market": _("%(name)s by market", name=name),
        "channel": _("%(name)s by channel", name=name),
        "language": _("%(name)s by language", name=name),
    }
    frame = labelled[["label", "mean", "low", "high", "persons"]]
    caption = Caption(titles[group], told, _words())
    specification: Specification = score_groups(frame, caption).to_dict()
    return specification


def _words() -> dict[str, str]:
    """The words all charts of scores share."""
    return {
        "score": _("Score (0-100)"),
        "from": _("From"),
        "to": _("To"),
        "persons": _("Persons"),
    }

"""The sentences above a board and a touchpoint: findings in, the reader's language out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

import phrasing
from views.moment import this_month
from wording import pain as pain_words

if TYPE_CHECKING:
    from charts.board import Named
    from insights.findings.headline import Headline

Row = Mapping[str, Any]


def board_sentence(
    headline: "Headline | None", stages: "Sequence[Named]", wholes: Mapping[str, Row]
) -> str:
    """Say which stage is weakest and what hurts most in it.

    Args:
        headline: the finding; None where no stage may be shown.
        stages: the stages shown, as the reader calls them.
        wholes: per stage that was looked at its ``whole``, as ``insights.pain.content`` names it.
    """
    if headline is None:
        text = _(
            "Too few answers to say which stage is weakest: nothing is shown about fewer than five "
            "persons."
        )
        return str(text)
    stage = next(one for one in stages if one.key == headline.stage)
    parts = [_weakest(headline, stage.name), _hurts(headline, stage)]
    if headline.are_tied:
        parts.append(str(_("The first two cannot be told apart.")))
    if not headline.hurts and stage.key in wholes:
        parts.append(_no_hurt(wholes[stage.key]))
    return " ".join(part for part in parts if part)


def touchpoint_sentence(score: Row | None, pain: Row | None, stage_name: str) -> str:
    """Say how a touchpoint scores, what it costs its stage, and which way it works.

    Args:
        score: its plain row of ``insights.scores.touchpoint_scores``, if it was rated.
        pain: its row of the pain result, if there is one.
        stage_name: what the reader calls its stage.
    """
    if score is None or not score["shown"]:
        text = _(
            "Too few answers to show a score here: nothing is shown about fewer than five persons."
        )
        return str(text)
    parts = [_scores(score)]
    if pain is not None:
        parts += [_costs(pain, stage_name), _kind(pain.get("kind"))]
    return " ".join(part for part in parts if part)


def why_no_pain(row: Row | None) -> str:
    """Why points lost have no number, without a full stop.

    Args:
        row: a touchpoint, or the whole of a stage, of a pain result; None where nothing was
            computed.
    """
    if row is None or row.get("reason") is None:
        return str(_("points lost: not computed yet"))
    why = pain_words.why_no_pain(pain_words.without_past(row, this_month()))
    return str(_("points lost: %(why)s", why=why))


def why_no_pain_sentence(row: Row | None) -> str:
    """The same as a sentence of its own."""
    text = why_no_pain(row)
    return f"{text[:1].upper()}{text[1:]}."


def _weakest(headline: "Headline", name: str) -> str:
    """Which stage is weakest, or merely scores lowest."""
    words = {
        "stage": name,
        "score": phrasing.score(headline.score),
        "count": phrasing.count(headline.n),
    }
    if headline.is_alone:
        text = ngettext(
            "Only %(stage)s has enough answers to show (%(score)s, %(count)s answer).",
            "Only %(stage)s has enough answers to show (%(score)s, %(count)s answers).",
            headline.n,
            **words,
        )
    elif headline.is_clear:
        text = ngettext(
            "%(stage)s is the weakest stage (%(score)s, %(count)s answer).",
            "%(stage)s is the weakest stage (%(score)s, %(count)s answers).",
            headline.n,
            **words,
        )
    else:
        text = ngettext(
            "%(stage)s scores lowest (%(score)s, %(count)s answer), but not surely lower than every"
            " other stage.",
            "%(stage)s scores lowest (%(score)s, %(count)s answers), but not surely lower than "
            "every other stage.",
            headline.n,
            **words,
        )
    return str(text)


def _hurts(headline: "Headline", stage: "Named") -> str:
    """Where points are surely lost, and which part of all that is; empty where nothing surely is.

    Most are lost there only where no other touchpoint may have lost more, sure or not.
    """
    if not headline.hurts:
        return ""
    names = {touchpoint.key: touchpoint.name for touchpoint in stage.touchpoints}
    told = [
        f"{names.get(hurt.touchpoint, hurt.touchpoint)} ({phrasing.points(hurt.pain)})"
        for hurt in headline.hurts
    ]
    share, is_one = phrasing.share(headline.share), len(told) == 1
    if headline.are_largest and is_one:
        text = _("Most points are lost at: %(names)s, which is %(share)s of what it loses.")
    elif headline.are_largest:
        text = _("Most points are lost at: %(names)s; together %(share)s of what it loses.")
    elif is_one:
        text = _("Points are surely lost at: %(names)s, which is %(share)s of what it loses.")
    else:
        text = _("Points are surely lost at: %(names)s; together %(share)s of what it loses.")
    return str(text) % {"names": ", ".join(told), "share": share}


def _no_hurt(whole: Row) -> str:
    """That nothing surely costs points; or why that cannot be said."""
    if whole["reason"] is None:
        return str(_("No touchpoint surely costs it points."))
    return why_no_pain_sentence(whole)


def _scores(score: Row) -> str:
    """The score of a touchpoint."""
    text = ngettext(
        "Scores %(score)s, %(between)s, from one rating.",
        "Scores %(score)s, %(between)s, from %(count)s ratings.",
        score["n"],
        count=phrasing.count(score["n"]),
        score=phrasing.score(score["score"]),
        between=phrasing.interval(score["low"], score["high"]),
    )
    return str(text)


def _costs(pain: Row, stage_name: str) -> str:
    """What low ratings go together with; or why that cannot be said."""
    if pain["pain"] is None:
        return why_no_pain_sentence(pain)
    text = _(
        "Low ratings here go together with %(points)s points of the stage %(stage)s, %(between)s.",
        points=phrasing.points(pain["pain"]),
        stage=stage_name,
        between=phrasing.lost_between(pain["pain_low"], pain["pain_high"]),
    )
    return str(text)


def _kind(kind: str | None) -> str:
    """Whether falling short weighs more than excelling; empty where neither surely does."""
    kinds = {
        "dissatisfier": _("Falling short costs more here than excelling wins."),
        "delighter": _("Excelling wins more here than falling short costs."),
    }
    return str(kinds.get(kind or "", ""))

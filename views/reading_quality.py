"""/journeys/<journey>/reading: how well comments are read, and where they clash with ratings."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy import select

from actions.response import questionnaire_of
from extensions import db
from models import Journey, Stage, Touchpoint
from questionnaires.value import in_language
from views import guard, selection
from views.reading_counts import comment_counts, read_by_question, readers, said
from views.reading_trust import labels_frame, trust_of
from vocabulary import Draw, Role, SentimentLabel, Team

if TYPE_CHECKING:
    import pandas as pd

    from views.selection import Selection

bp = Blueprint("reading_quality", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]
Key = tuple[str, str]


@bp.get("/reading")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show what readings are worth: per survey and language, per stage, and where they clash."""
    chosen = selection.load(journey)
    labels = labels_frame(journey.id)
    names, surveys = _names(journey), _surveys(journey, chosen, labels)
    months = chosen.choices.months
    return render_template(
        "reading_quality/show.html",
        journey=journey,
        chosen=chosen,
        trust=trust_of(chosen),
        surveys=surveys,
        n_labels=len(labels),
        names=names,
        stages=_stages(journey, labels),
        clashes=[row for row in _clashes(journey, chosen) if _place(row) in names],
        readers=_readers(journey),
        ever={"from": chosen.filters.month_from, "to": chosen.filters.month_to} if months else {},
        results={},
    )


def _surveys(journey: Journey, chosen: "Selection", labels: "pd.DataFrame") -> list[Row]:
    """Per survey and language: how much was read, and what that agrees with."""
    from insights.comments.reading_quality import (
        agreement_with_labels,
        agreement_with_ratings,
        strength,
        verdict,
    )
    from insights.filters import Filters

    facts = chosen.facts
    ratings = facts.remember(
        ("reading and ratings", journey.key),
        lambda: agreement_with_ratings(facts.narrow(facts.table, Filters(journey.key))),
    )
    by_labels, by_ratings = _by_survey(agreement_with_labels(labels)), _by_survey(ratings)
    rows = [row._asdict() for row in comment_counts(journey.id)]
    found = []
    for row in _hidden_if_few(rows, ["n", "read", "unsure"]):
        key = row["survey"], row["language"]
        of_labels, of_ratings = by_labels.get(key), by_ratings.get(key)
        judged = verdict(of_labels, of_ratings)
        rho = of_ratings["rho"] if of_ratings else None
        found.append(
            row
            | {"labels": of_labels, "ratings": of_ratings, "verdict": judged.verdict.value}
            | {"strength": None if rho is None else strength(rho).value}
        )
    return found


def _by_survey(frame: "pd.DataFrame") -> dict[Key, Row]:
    """The plain rows of a table by survey and language."""
    from insights.plain import plain_rows

    return {(row["survey"], row["language"]): row for row in plain_rows(frame)}


def _stages(journey: Journey, labels: "pd.DataFrame") -> list[Row]:
    """Per stage the share negative as it was read, and as labels drawn by chance correct it."""
    counted: dict[str, Row] = {}
    for row in read_by_question(journey.id):
        stage = _stage_of(row.version_id, row.question)
        cell = counted.setdefault(stage, {"stage": stage, "persons": 0, "n": 0, "negative": 0})
        cell["persons"] = max(cell["persons"], row.persons)  # at least so many
        cell["n"] += row.n
        cell["negative"] += row.negative
    places = zip(labels["version_id"], labels["question"], strict=True)
    labels = labels.assign(stage=[_stage_of(*place) for place in places])
    is_counted = (labels["draw"] == Draw.RANDOM) & labels["said"].notna()
    labels = labels[is_counted & (labels["said"] != SentimentLabel.UNREAD)]
    order = {stage.key: number for number, stage in enumerate(selection.stages_of(journey))}
    found = sorted(
        (cell for cell in counted.values() if cell["stage"] in order),
        key=lambda cell: order[cell["stage"]],
    )
    for cell in found:
        cell["share"] = cell["negative"] / cell["n"]
        cell["corrected"] = _corrected(cell, labels[labels["stage"] == cell["stage"]])
    return _hidden_if_few(found, ["n", "negative", "share", "corrected"])


def _corrected(row: Row, labels: "pd.DataFrame") -> Any:  # noqa: ANN401 -- Powered, or nothing
    """The share negative of a stage as its labels correct it."""
    import numpy as np

    from insights.comments.prediction_powered import powered_share
    from insights.release.suppression import MINIMUM_PERSONS

    if labels["respondent"].nunique() < MINIMUM_PERSONS:
        return None
    every = np.repeat([1.0, 0.0], [row["negative"], row["n"] - row["negative"]])
    as_read, as_said = (labels[name] == SentimentLabel.NEGATIVE for name in ("said", "given"))
    return powered_share(every, as_read, as_said)


def _clashes(journey: Journey, chosen: "Selection") -> list[Row]:
    """The places where enough people wrote the opposite of what they gave, in the period chosen."""
    from insights.comments.disagreements import clashing, disagreements
    from insights.plain import plain_rows

    facts, people = chosen.facts, _people(journey)

    def count() -> list[Row]:
        """Ask the facts where, and the words why."""
        table = facts.narrow(facts.table, chosen.filters)
        contrasts = _contrasts(clashing(table))
        return plain_rows(disagreements(table, contrasts, people))

    rows = facts.remember(("disagreements", chosen.filters, people), count)
    shown = [row for row in rows if row["shown"]]
    return sorted(shown, key=lambda row: -row["n"])


def _place(row: Row) -> Key | str:
    """The key of a touchpoint, or of a stage as a whole, as ``_names`` has it."""
    return (row["stage"], row["touchpoint"]) if row["touchpoint"] else str(row["stage"])


def _readers(journey: Journey) -> list[Row]:
    """Who read how many comments; how many is not said where fewer than five wrote them."""
    from insights.release.suppression import MINIMUM_PERSONS

    rows = [row._asdict() for row in readers(journey.id)]
    return [row | {"shown": row["persons"] >= MINIMUM_PERSONS} for row in rows]


def _contrasts(keys: Iterable[Key]) -> set[Key]:
    """Those of the comments that say both, or in which one thing is held against another."""
    from insights.sentiment.language import READ
    from insights.sentiment.lexicon import lexicon_of
    from insights.sentiment.words import words

    found = set()
    for key, one in said(set(keys)).items():
        turns = lexicon_of(one.language).turns.contrasts if one.language in READ else frozenset()
        texts = {word.text for word in words(one.text, one.language)}
        if one.label is SentimentLabel.MIXED or texts & turns:
            found.add(key)
    return found


def _people(journey: Journey) -> frozenset[Key]:
    """The touchpoints at which people of the company are met: those of its service team."""
    found = (
        select(Stage.key, Touchpoint.key)
        .join(Touchpoint, Touchpoint.stage_id == Stage.id)
        .where(Stage.journey_id == journey.id, Touchpoint.team == Team.SERVICE)
    )
    return frozenset((stage, touchpoint) for stage, touchpoint in db.session.execute(found))


def _names(journey: Journey) -> Mapping[Key | str, str]:
    """What the reader calls what is in use: stages by key, touchpoints by both keys."""
    language = str(get_locale())
    names: dict[Key | str, str] = {}
    for stage in selection.stages_of(journey):
        names[stage.key] = in_language(stage.name, language)
        for touchpoint in stage.touchpoints:
            if touchpoint.retired_at is None:
                names[stage.key, touchpoint.key] = in_language(touchpoint.name, language)
    return names


def _stage_of(version_id: int, key: str) -> str:
    """The stage that a question of a version is about; empty where it has none."""
    questions = questionnaire_of(version_id).questions()
    return next((one.stage or "" for one in questions if one.key == key), "")


def _hidden_if_few(rows: list[Row], numbers: list[str]) -> list[Row]:
    """Blank the numbers of rows about too few persons, and of those that would tell of them."""
    import pandas as pd

    from insights.release.suppression import protect

    if not rows:
        return []
    shown = protect(pd.DataFrame({"persons": [row["persons"] for row in rows]}), [])["shown"]
    blank = dict.fromkeys([*numbers, "persons"])
    return [
        row | ({} if is_shown else blank) | {"shown": bool(is_shown)}
        for row, is_shown in zip(rows, shown, strict=True)
    ]

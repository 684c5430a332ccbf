"""Train a reader on what this organisation's own people say, and take it only if it is better."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, literal, select, update

from actions.reading import reading
from actions.response import questionnaire_of
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Answer, Correction, Import, Reader, Response, Sentiment
from questionnaires.value import Question, Questionnaire
from vocabulary import Draw, SentimentLabel

if TYPE_CHECKING:
    from insights.sentiment.trial import Example

MOST = 20_000
"""Examples at most; the newest."""

HIGH, LOW = 0.75, 0.25
"""Where a rating lies between worst and best from which on it is a label for the text beside it."""

OF_RATING = 0.5
"""What a rating counts as an example, beside a colleague's label."""


class TooFewLabelsError(Exception):
    """There is not enough to judge by; says how many labels by chance and ratings there are."""


class Outcome(NamedTuple):
    """What came of a training."""

    language: str
    n_labels: int
    n_ratings: int
    figures: dict[str, Any]  # before and after, on comments not learnt from
    is_taken: bool


def ask_to_train(now: datetime, language: str) -> None:
    """Have the worker train the reader of a language."""
    queue.put(JobKind.TRAIN_READER, {"language": language}, now=now, once=f"train:{language}")
    db.session.commit()


def train_reader(
    language: str, now: datetime, report: Callable[[float], None] | None = None
) -> Outcome:
    """Train a reader and keep it; if it reads better, have every comment read again by it.

    Args:
        language: whose reader.
        now: the moment.
        report: is told the share done.

    Raises:
        TooFewLabelsError: fewer than fifty labels drawn by chance and fifty ratings.
    """
    from insights.sentiment.trial import FEWEST, trial

    with reading():
        labels, ratings = _labels(language), _ratings(language)
    n_by_chance = sum(example.is_by_chance for example in labels)
    if max(n_by_chance, len(ratings)) < FEWEST:
        raise TooFewLabelsError(n_by_chance, len(ratings))
    found = trial(language, labels, ratings, f"{now:%Y%m%d%H%M%S}", report)
    db.session.add(
        Reader(
            language=language,
            version=found.version,
            weights=found.weights,
            figures=found.figures,
            trained_at=now,
            taken_at=now if found.is_better else None,
        )
    )
    if found.is_better:
        queue.put(JobKind.RESCORE_COMMENTS, {}, now=now)
    db.session.commit()
    return Outcome(language, len(labels), len(ratings), found.figures, found.is_better)


def keep_too_few(language: str, error: TooFewLabelsError, now: datetime) -> None:
    """Keep that a training had too little to go by, for those who asked for it."""
    n_labels, n_ratings = error.args
    figures = {"n_labels": n_labels, "n_ratings": n_ratings}
    version = f"{now:%Y%m%d%H%M%S}"
    db.session.add(
        Reader(language=language, version=version, weights=b"", figures=figures, trained_at=now)
    )
    db.session.commit()


def retire_readers(language: str, now: datetime) -> None:
    """Go back to the product's own reader, and have every comment read again by it."""
    db.session.execute(
        update(Reader)
        .where(Reader.language == language, Reader.retired_at.is_(None))
        .values(retired_at=now)
    )
    queue.put(JobKind.RESCORE_COMMENTS, {}, now=now)
    db.session.commit()


def _labels(language: str) -> "list[Example]":
    """The comments that colleagues labelled."""
    found = _read_in(language, Correction.label, Correction.draw).where(
        Correction.label.is_not(None)
    )
    return [
        _example(row, _question(row.version_id, row.question), str(row.label), 1.0)
        for row in db.session.execute(found)
    ]


def _ratings(language: str) -> "list[Example]":
    """The comments beside a rating that they explain, and that no colleague labelled.

    That is a comment about a touchpoint beside the rating of this touchpoint, and an answer to
    "why?" beside the stage's overall question; what could be better explains no rating.
    """
    found = _read_in(language, literal(None).label("draw")).where(Correction.label.is_(None))
    examples: list[Example] = []
    rows = db.session.execute(found).all()
    for first in range(0, len(rows), 1_000):
        some = rows[first : first + 1_000]
        points = _points([row.response_id for row in some])
        examples += filter(None, (_explained(row, points) for row in some))
    return examples


def _read_in(language: str, *more: Any) -> Any:  # noqa: ANN401 -- a selection
    """The comments that count and were read in a language, the newest first."""
    of_answer = [
        (table.response_id == Answer.response_id) & (table.question == Answer.question)
        for table in (Sentiment, Correction)
    ]
    return (
        select(
            Answer.response_id,
            Answer.question,
            Answer.text,
            Response.version_id,
            func.coalesce(Response.person, Response.key).label("who"),
            *more,
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Sentiment, of_answer[0])
        .outerjoin(Correction, of_answer[1])
        .outerjoin(Import, Import.id == Response.import_id)
        .where(
            Sentiment.language == language,
            Response.excluded_at.is_(None),
            Import.undone_at.is_(None),
        )
        .order_by(Response.answered_at.desc(), Response.key, Answer.question)
        .limit(MOST)
    )


def _points(ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """The points that responses gave, by response and question."""
    query = select(Answer.response_id, Answer.question, Answer.point)
    found = query.where(Answer.response_id.in_(ids), Answer.point.is_not(None))
    return {
        (number, key): point
        for number, key, point in db.session.execute(found)
        if point is not None
    }


def _explained(row: Any, points: dict[tuple[int, str], int]) -> "Example | None":  # noqa: ANN401 -- a row of a join
    """A comment with its rating as its label; nothing where it explains none, or a middling one."""
    from insights.sentiment.question import QuestionKind, question_kind

    questionnaire = questionnaire_of(row.version_id)
    comment = _question(row.version_id, row.question)
    rated = comment and _rated(questionnaire, comment)
    if comment is None or rated is None or rated.worst_and_best is None:
        return None
    asks_why = question_kind(_words(comment)) is QuestionKind.WHY
    if comment.touchpoint is None and not asks_why:
        return None
    point = points.get((row.response_id, rated.key))
    if point is None:
        return None
    worst, best = rated.worst_and_best
    share = (point - worst) / (best - worst)
    if LOW < share < HIGH:
        return None
    label = SentimentLabel.POSITIVE if share >= HIGH else SentimentLabel.NEGATIVE
    return _example(row, comment, label.value, OF_RATING)


def _rated(questionnaire: Questionnaire, comment: Question) -> Question | None:
    """The rating that stands beside a comment."""
    for question in questionnaire.questions():
        if question.stage != comment.stage:
            continue
        if comment.touchpoint and question.rates_touchpoint:
            if question.touchpoint == comment.touchpoint:
                return question
        elif not comment.touchpoint and question.is_overall:
            return question
    return None


def _question(version_id: int, key: str) -> Question | None:
    """A question of a version."""
    questions = questionnaire_of(version_id).questions()
    return next((question for question in questions if question.key == key), None)


def _words(question: Question | None) -> str:
    """What a question asks, in any language."""
    return next(iter(question.text.values()), "") if question else ""


def _example(row: Any, question: Question | None, label: str, weight: float) -> "Example":  # noqa: ANN401 -- a row of a join
    """One example to learn from."""
    from insights.sentiment.trial import Example

    is_by_chance = row.draw == Draw.RANDOM
    return Example(row.text or "", _words(question), label, weight, row.who, is_by_chance)

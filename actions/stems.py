"""By which words touchpoints are found in comments: as somebody set them, else the ready ones."""

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from extensions import db
from models import Correction, Response, Sentiment, Stage, Survey, Touchpoint
from questionnaires.stems import default_stems

if TYPE_CHECKING:
    from insights.comments.learnt_words import Example
    from insights.comments.mentions import Known


class Place(NamedTuple):
    """A touchpoint in use, and the key of its stage."""

    stage: str
    touchpoint: Touchpoint


class Naming(NamedTuple):
    """By what the touchpoints of a journey are found in comments."""

    places: list[Place]  # in the journey's order
    examples: "dict[str, list[Example]]"  # what colleagues said comments are about, by language


def naming_of(journey_id: int) -> Naming:
    """The touchpoints of a journey that are in use, and what colleagues said comments name."""
    found = (
        select(Stage.key, Touchpoint)
        .join(Touchpoint, Touchpoint.stage_id == Stage.id)
        .where(
            Stage.journey_id == journey_id,
            Touchpoint.retired_at.is_(None),
            Stage.retired_at.is_(None),
        )
        .order_by(Stage.position, Touchpoint.position)
    )
    places = [Place(stage, touchpoint) for stage, touchpoint in db.session.execute(found)]
    return Naming(places, _examples(journey_id))


def known_touchpoints(naming: Naming, language: str) -> "tuple[Known, ...]":
    """Touchpoints with their stems in a language, and the words that were learnt of labels."""
    from insights.comments.learnt_words import learnt_words, with_words
    from insights.comments.mentions import Known

    known = tuple(
        Known(stage, touchpoint.key, stems_of(touchpoint, language))
        for stage, touchpoint in naming.places
    )
    examples = naming.examples.get(language)
    return with_words(known, learnt_words(examples, language, known)) if examples else known


def stems_of(touchpoint: Touchpoint, language: str) -> tuple[str, ...]:
    """The stems of a touchpoint in a language."""
    if touchpoint.stems is not None and language in touchpoint.stems:
        return tuple(touchpoint.stems[language])
    return default_stems(touchpoint.key, touchpoint.name, language)


def recipe_of(naming: Naming) -> str:
    """What a comment is read with besides a reader: how it is masked, and what it can name.

    A reading that was made with another recipe is out of date.
    """
    from insights.masking.masking import VERSION
    from insights.sentiment.language import READ

    digest = hashlib.sha256(VERSION.encode())
    for language in READ:
        digest.update(repr(known_touchpoints(naming, language)).encode())
    return digest.hexdigest()[:16]


def _examples(journey_id: int) -> "dict[str, list[Example]]":
    """What colleagues said that comments of a journey are about, by language."""
    from insights.comments.learnt_words import Example

    found = (
        select(Sentiment.language, Sentiment.masked, Correction.touchpoints)
        .join(
            Correction,
            (Correction.response_id == Sentiment.response_id)
            & (Correction.question == Sentiment.question),
        )
        .join(Response, Response.id == Sentiment.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(
            Survey.journey_id == journey_id,
            Response.excluded_at.is_(None),
            Correction.touchpoints.is_not(None),
        )
        .order_by(Response.key, Sentiment.question)
    )
    examples: dict[str, list[Example]] = {}
    for language, text, named in db.session.execute(found):
        places = frozenset(
            (place.partition("/")[0], place.partition("/")[2]) for place in named or ()
        )
        examples.setdefault(language, []).append(Example(text or "", places))
    return examples

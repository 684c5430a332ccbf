"""The shape of a scale: as numbers, stars, faces or yes and no, and of how many points.

What is asked stays the same; how it can be answered may be chosen anew, until it is published and
after. Answers to the old shape keep theirs, for each version is kept as it was asked.
"""

from collections.abc import Mapping
from typing import NamedTuple

from questionnaires.value import FROM_ZERO, LENGTHS, SCALE_ENDS, Page, Question, Questionnaire
from vocabulary import Kind

_LIKED = (Kind.SATISFACTION, Kind.STARS, Kind.SMILEYS, Kind.YES_NO)
_KINDS: Mapping[Kind, tuple[Kind, ...]] = {
    **dict.fromkeys(_LIKED, _LIKED),
    Kind.AGREEMENT: (Kind.AGREEMENT, Kind.YES_NO),
    Kind.EFFORT: (Kind.EFFORT,),
}
_RATING_KINDS = (Kind.RATING, Kind.STARS, Kind.SMILEYS)


class Shape(NamedTuple):
    """How a scale is shown, and which end is good."""

    kind: Kind
    points: int
    is_reversed: bool = False


def shape_of(question: Question) -> Shape:
    """The shape a question has now."""
    return Shape(question.kind, question.points, question.is_reversed)


def shapes_for(questionnaire: Questionnaire, question: Question) -> list[Shape]:
    """The shapes a question may have; none where there is nothing to choose.

    A recommendation is always asked from 0 to 10. A question on whose points another one depends
    keeps its scale, or the other would be asked of the wrong people.

    Example:
        >>> stars = Question(key="a", kind=Kind.STARS, text={"en": "How was it?"}, touchpoint="b")
        >>> whole = Questionnaire(
        ...     languages=("en",), title={"en": "A"}, pages=(Page(key="c", questions=(stars,)),))
        >>> len(shapes_for(whole, stars)), shapes_for(whole, stars)[-1].kind.value
        (23, 'smileys')
    """
    conditions = [other.show_if for other in questionnaire.questions() if other.show_if]
    is_depended_on = any(
        one.question == question.key and one.includes is None for one in conditions
    )
    kinds = _RATING_KINDS if question.touchpoint else _KINDS.get(question.kind, ())
    if not question.points or is_depended_on or question.kind not in kinds:
        return []
    offered = [Shape(kind, points) for kind in kinds for points in LENGTHS[kind]]
    turned = [Shape(kind, points, is_reversed=True) for kind, points, _ in offered if points == 2]  # noqa: PLR2004
    offered += [shape for shape in turned if shape.kind is Kind.YES_NO]
    now = shape_of(question)
    return offered if now in offered else [now, *offered]


def with_shapes(questionnaire: Questionnaire, chosen: Mapping[str, Shape]) -> Questionnaire:
    """The same questionnaire with scales of other shapes.

    Args:
        questionnaire: which stays as it is.
        chosen: new shapes by the question's key; who is not in it keeps its own, and so does a
            question for which the shape is none of ``shapes_for``.
    """

    def question(old: Question) -> Question:
        """A question in another shape."""
        shape = chosen.get(old.key)
        is_new = shape is not None and shape != shape_of(old)
        if shape is None or not is_new or shape not in shapes_for(questionnaire, old):
            return old
        return old.model_copy(update=_scale(shape))

    def page(old: Page) -> Page:
        """A page in other shapes."""
        return old.model_copy(update={"questions": tuple(question(each) for each in old.questions)})

    pages = tuple(page(each) for each in questionnaire.pages)
    changed = questionnaire.model_copy(update={"pages": pages})
    return Questionnaire.model_validate(changed.model_dump())


def _scale(shape: Shape) -> dict[str, object]:
    """What a question holds of a shape; nothing of its ends where they are the usual ones."""
    low = 0 if shape.points == FROM_ZERO or shape.kind is Kind.YES_NO else 1
    ends = (low, low + shape.points - 1)
    is_usual = ends == SCALE_ENDS[shape.kind]
    return {
        "kind": shape.kind,
        "low": None if is_usual else ends[0],
        "high": None if is_usual else ends[1],
        "is_reversed": shape.is_reversed,
    }

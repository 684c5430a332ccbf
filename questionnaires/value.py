"""A questionnaire as a value: frozen, comparable, stored as JSON and never changed once published.

Keys are stable: an answer names its question by key, for ever. Texts are one string per language.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from vocabulary import Kind

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
Texts = dict[str, Annotated[str, StringConstraints(max_length=2_000)]]

NOT_APPLICABLE = "not_applicable"
"""What is stored where a respondent says that a question does not apply."""

COMMENT_LIMIT = 4_000
"""The longest comment that is taken, in characters."""

SCALE_ENDS: dict[Kind, tuple[int, int]] = {
    Kind.SATISFACTION: (1, 5),
    Kind.NPS: (0, 10),
    Kind.EFFORT: (1, 7),
    Kind.STARS: (1, 5),
    Kind.SMILEYS: (1, 5),
    Kind.AGREEMENT: (1, 5),
    Kind.YES_NO: (0, 1),
    Kind.RATING: (1, 5),
}
"""The lowest and highest point of each scale, where a question does not say otherwise."""

LENGTHS: dict[Kind, range] = {
    Kind.SATISFACTION: range(2, 12),
    Kind.NPS: range(11, 12),
    Kind.EFFORT: range(2, 12),
    Kind.STARS: range(2, 12),
    Kind.SMILEYS: range(3, 6),
    Kind.AGREEMENT: range(2, 12),
    Kind.YES_NO: range(2, 3),
    Kind.RATING: range(2, 12),
}
"""How many points each scale may have where it is asked; imported ones may be longer."""

FROM_ZERO = 11
"""A scale of so many points runs from 0 to 10, as everybody knows it; a shorter one from 1."""

WORDED = frozenset({Kind.SMILEYS, Kind.YES_NO})
"""Kinds whose points have words of their own, so that the ends need none."""

RATES = frozenset({Kind.RATING, Kind.STARS, Kind.SMILEYS})
"""Kinds that rate a touchpoint, where the question has one."""


class Value(BaseModel):
    """What all parts share: frozen, and strict about unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Value):
    """One thing to choose; a met-touchpoints option has the touchpoint's key."""

    key: Key
    text: Texts


class Condition(Value):
    """Show a question only if an earlier one was answered so.

    Exactly one of the tests is given: ``includes`` (an option chosen), ``below`` or ``above``
    (a point on a scale, exclusive).
    """

    question: Key
    includes: str | None = None
    below: int | None = None
    above: int | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        """Refuse a condition with no test, or with several."""
        if sum(test is not None for test in (self.includes, self.below, self.above)) != 1:
            raise ValueError("A condition has exactly one test.")
        return self

    def holds(self, answer: object) -> bool:
        """Whether an answer meets the condition; no answer meets none.

        Example:
            >>> Condition(question="overall", below=3).holds(2)
            True
        """
        if self.includes is not None:
            chosen = answer if isinstance(answer, list | tuple) else [answer]
            return self.includes in chosen
        if not isinstance(answer, int):
            return False
        if self.below is not None:
            return answer < self.below
        return self.above is not None and answer > self.above


class Question(Value):
    """One question: what is asked, how it is answered, and what it measures.

    ``stage`` and ``touchpoint`` are keys of the journey; ``is_overall`` marks the stage's own
    overall question, the anchor of its score.
    """

    key: Key
    kind: Kind
    text: Texts
    hint: Texts = Field(default_factory=dict)
    stage: Key | None = None
    touchpoint: Key | None = None
    is_overall: bool = False
    is_required: bool = False
    may_not_apply: bool = False
    options: tuple[Option, ...] = ()
    is_random_order: bool = False  # of its options
    show_if: Condition | None = None
    low: int | None = None
    high: int | None = None
    is_reversed: bool = False  # its lowest point is the best answer
    low_end: Texts = Field(default_factory=dict)
    high_end: Texts = Field(default_factory=dict)

    @property
    def ends(self) -> tuple[int, int] | None:
        """The lowest and highest point of its scale; None for choices and comments."""
        usual = SCALE_ENDS.get(self.kind)
        if usual is None:
            return None
        low, high = usual
        return (low if self.low is None else self.low, high if self.high is None else self.high)

    @property
    def points(self) -> int:
        """How many points its scale has; 0 for choices and comments."""
        return self.ends[1] - self.ends[0] + 1 if self.ends else 0

    @property
    def worst_and_best(self) -> tuple[int, int] | None:
        """The ends of its scale, the worst answer first; None for choices and comments."""
        return self.ends[::-1] if self.ends and self.is_reversed else self.ends

    @property
    def rates_touchpoint(self) -> bool:
        """Whether the answer is the rating of a touchpoint."""
        return self.touchpoint is not None and self.kind in RATES

    @property
    def takes_several(self) -> bool:
        """Whether the answer is a list of option keys."""
        return self.kind in {Kind.MULTIPLE, Kind.MET}


class Page(Value):
    """What is shown together; with a random order its questions are shuffled per respondent."""

    key: Key
    title: Texts = Field(default_factory=dict)
    questions: tuple[Question, ...] = Field(min_length=1)
    is_random_order: bool = False


class Questionnaire(Value):
    """Everything that is asked in one survey, in all its languages."""

    languages: tuple[str, ...] = Field(min_length=1)
    title: Texts
    intro: Texts = Field(default_factory=dict)
    thanks: Texts = Field(default_factory=dict)
    pages: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Refuse double keys, conditions on later questions, and choices with no options."""
        earlier: set[str] = set()
        for question in self.questions():
            if question.key in earlier:
                raise ValueError(f"Question key “{question.key}” is used twice.")
            if question.show_if and question.show_if.question not in earlier:
                raise ValueError(f"“{question.key}” depends on a question that comes later.")
            if question.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.MET} and not question.options:
                raise ValueError(f"“{question.key}” has no options.")
            if question.kind is Kind.RATING and not question.touchpoint:
                raise ValueError(f"“{question.key}” rates no touchpoint.")
            if question.ends and question.ends[0] >= question.ends[1]:
                raise ValueError(f"“{question.key}” has a scale with no length.")
            if question.kind in WORDED and question.points not in LENGTHS[question.kind]:
                raise ValueError(f"“{question.key}” has more or fewer points than there are words.")
            earlier.add(question.key)
        return self

    def questions(self) -> Iterator[Question]:
        """All questions, in the order they are asked."""
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question:
        """The question with this key.

        Raises:
            KeyError: there is none.
        """
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def missing_texts(self) -> list[tuple[str, str]]:
        """What is not yet written: (where, language) pairs; publishing wants none.

        Every text that exists in one language must exist in all of them.
        """
        return [
            (where, language)
            for where, texts in self._texts()
            for language in self.languages
            if not texts.get(language, "").strip()
        ]

    def _texts(self) -> Iterator[tuple[str, Texts]]:
        """Every text that must be complete, with a name for where it stands."""
        yield "title", self.title
        for name, texts in (("intro", self.intro), ("thanks", self.thanks)):
            if texts:
                yield name, texts
        for page in self.pages:
            if page.title:
                yield page.key, page.title
        for question in self.questions():
            yield question.key, question.text
            ends = () if question.kind in WORDED else (question.low_end, question.high_end)
            for extra in (question.hint, *ends):
                if any(extra.values()):
                    yield question.key, extra
            for option in question.options:
                yield f"{question.key}.{option.key}", option.text


def in_language(texts: Texts, language: str) -> str:
    """The text in a language, else in the first language it exists in, else nothing.

    Example:
        >>> in_language({"nl": "Factuur", "en": "Invoice"}, "fr")
        'Factuur'
    """
    if texts.get(language):
        return texts[language]
    return next((text for text in texts.values() if text), "")

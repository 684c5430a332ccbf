"""The texts of a questionnaire as a flat list, to be edited without touching its structure.

Each text has a path: ``title``, ``page.ratings``, ``overall.text``, ``overall.low_end``,
``reason.option.price``. A key holds no dot, so that no two paths are the same.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from questionnaires.value import WORDED, Option, Page, Question, Questionnaire, Texts


class Part(StrEnum):
    """What a text is for."""

    TITLE = "title"
    INTRO = "intro"
    THANKS = "thanks"
    PAGE = "page"
    TEXT = "text"
    HINT = "hint"
    LOW_END = "low_end"
    HIGH_END = "high_end"
    OPTION = "option"


class Place(NamedTuple):
    """One text, and where it stands."""

    path: str
    part: Part
    texts: Texts
    question: Question | None = None


def places(questionnaire: Questionnaire) -> Iterator[Place]:
    """Every text that can be edited, in the order a respondent reads them.

    Hints of questions and titles of pages are among them only where there is one.
    """
    yield Place("title", Part.TITLE, questionnaire.title)
    yield Place("intro", Part.INTRO, questionnaire.intro)
    for page in questionnaire.pages:
        if page.title:
            yield Place(f"page.{page.key}", Part.PAGE, page.title)
        for question in page.questions:
            yield from _places_of(question)
    yield Place("thanks", Part.THANKS, questionnaire.thanks)


def _places_of(question: Question) -> Iterator[Place]:
    """The texts of one question."""
    yield Place(f"{question.key}.text", Part.TEXT, question.text, question)
    if question.hint:
        yield Place(f"{question.key}.hint", Part.HINT, question.hint, question)
    if question.ends and question.kind not in WORDED:
        yield Place(f"{question.key}.low_end", Part.LOW_END, question.low_end, question)
        yield Place(f"{question.key}.high_end", Part.HIGH_END, question.high_end, question)
    for option in question.options:
        yield Place(f"{question.key}.option.{option.key}", Part.OPTION, option.text, question)


def with_texts(questionnaire: Questionnaire, edited: Mapping[str, Texts]) -> Questionnaire:
    """The same questionnaire in other words.

    Args:
        questionnaire: which stays as it is.
        edited: new texts by path; a path left out keeps its texts, and an unknown one is passed
            over. A text of blanks only is taken as none.
    """

    def text(path: str, old: Texts) -> Texts:
        """The text at a path."""
        new = edited.get(path, old)
        return {language: words.strip() for language, words in new.items() if words.strip()}

    def option(question: Question, old: Option) -> Option:
        """An option in other words."""
        return old.model_copy(update={"text": text(f"{question.key}.option.{old.key}", old.text)})

    def question(old: Question) -> Question:
        """A question in other words."""
        changed: dict[str, Any] = {
            part.value: text(f"{old.key}.{part}", getattr(old, part)) for part in _OF_A_QUESTION
        }
        options = tuple(option(old, each) for each in old.options)
        return old.model_copy(update=changed | {"options": options})

    def page(old: Page) -> Page:
        """A page in other words."""
        return old.model_copy(
            update={
                "title": text(f"page.{old.key}", old.title),
                "questions": tuple(question(each) for each in old.questions),
            }
        )

    changed = questionnaire.model_copy(
        update={
            "title": text("title", questionnaire.title),
            "intro": text("intro", questionnaire.intro),
            "thanks": text("thanks", questionnaire.thanks),
            "pages": tuple(page(each) for each in questionnaire.pages),
        }
    )
    return Questionnaire.model_validate(changed.model_dump())


_OF_A_QUESTION = (Part.TEXT, Part.HINT, Part.LOW_END, Part.HIGH_END)

"""The steps of a survey: what is shown on one screen, and which screen comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.logic import NONE_MET, Answers, is_shown, ordered_questions
from questionnaires.value import Page, Question, Questionnaire
from vocabulary import Kind, Presentation

SECONDS = {Kind.COMMENT: 25, Kind.MET: 15, Kind.MULTIPLE: 12, Kind.RATING: 3}
"""What a question takes; of the ratings a respondent gets only those of what they met."""


@dataclass(frozen=True)
class Step:
    """One screen: one page of the questionnaire, or all of them."""

    number: int  # counted from 1
    n_steps: int
    pages: tuple[Page, ...]

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before it."""
        return self.number == 1

    def sections(self, answers: Answers, seed: str) -> list[tuple[Page, list[Question]]]:
        """Its pages, each with the questions that are shown to one respondent, in their order.

        A question that depends on another one of the same screen is there from the start: without
        JavaScript nothing can appear, and with it the question is hidden until it is called for.
        """
        here = {question.key for page in self.pages for question in page.questions}
        found = []
        for page in self.pages:
            shown = [
                question
                for question in ordered_questions(page, seed)
                if (question.show_if and question.show_if.question in here)
                or is_shown(question, answers)
            ]
            if shown:
                found.append((page, shown))
        return found


def steps_of(questionnaire: Questionnaire, presentation: Presentation) -> list[Step]:
    """All screens of a survey."""
    pages = questionnaire.pages
    if presentation is Presentation.ONE_PAGE:
        return [Step(1, 1, pages)]
    return [Step(number, len(pages), (page,)) for number, page in enumerate(pages, 1)]


def first_shown(steps: list[Step], number: int, answers: Answers) -> Step | None:
    """The first screen from this number on that has something to ask; None after the last."""
    return next((s for s in steps[number - 1 :] if s.sections(answers, "")), None)


def last_shown(steps: list[Step], number: int, answers: Answers) -> Step | None:
    """The last screen before this number that has something to ask; None before the first."""
    return next((s for s in reversed(steps[: number - 1]) if s.sections(answers, "")), None)


def minutes(questionnaire: Questionnaire) -> int:
    """How long it takes, in whole minutes."""
    seconds = sum(SECONDS.get(question.kind, 8) for question in questionnaire.questions())
    return max(1, round(seconds / 60))


def with_met(questions: Sequence[Question], answers: Answers) -> Answers:
    """The answers, where what was rated counts as met, though its box was not ticked."""
    found = dict(answers)
    kinds = {question.key: question.kind for question in questions}
    for question in questions:
        condition = question.show_if
        if condition is None or condition.includes is None or question.key not in found:
            continue
        if kinds.get(condition.question) in {Kind.MET, Kind.MULTIPLE}:
            ticked = found.get(condition.question, [])
            ticked = [] if isinstance(ticked, str | int) else list(ticked)
            if condition.includes not in ticked:
                met = [key for key in ticked if key != NONE_MET]
                found[condition.question] = [*met, condition.includes]
    return found

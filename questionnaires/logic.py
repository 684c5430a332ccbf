"""What is shown to a respondent, and what became of each question in the end.

Answers are a dictionary by question key: a whole number (a scale), a list of option keys (several
choices), a word (one option's key, or a comment), or ``NOT_APPLICABLE``. A question that was passed
over is not in it.
"""

from collections.abc import Mapping, Sequence
from random import Random

from questionnaires.value import NOT_APPLICABLE, Condition, Option, Page, Question, Questionnaire
from vocabulary import Kind, State

NONE_MET = "none_of_these"
"""The option of a met-touchpoints question for who met none; no touchpoint has this key."""

Answers = Mapping[str, int | str | Sequence[str]]


def ordered_questions(page: Page, seed: str) -> list[Question]:
    """All questions of a page in the order one respondent sees them, whatever is shown.

    Args:
        page: whose questions.
        seed: the respondent's own; the same seed gives the same order on every visit.
    """
    questions = list(page.questions)
    if page.is_random_order:
        Random(f"{seed}/{page.key}").shuffle(questions)  # noqa: S311 -- an order, not a secret
    return questions


def ordered_options(question: Question, seed: str) -> list[Option]:
    """The options in the order one respondent sees them; "none of these" stays last."""
    options = [option for option in question.options if option.key != NONE_MET]
    if question.is_random_order:
        Random(f"{seed}/{question.key}").shuffle(options)  # noqa: S311 -- as above
    return options + [option for option in question.options if option.key == NONE_MET]


def shown_questions(page: Page, answers: Answers, seed: str) -> list[Question]:
    """The questions of a page that these answers call for; none at all means: pass the page by.

    Example:
        >>> from questionnaires.value import Question, Condition
        >>> why = Question(key="why", kind=Kind.COMMENT, text={"en": "Why?"},
        ...     show_if=Condition(question="overall", below=3))
        >>> page = Page(key="page", questions=(why,))
        >>> [len(shown_questions(page, {"overall": point}, "seed")) for point in (2, 4)]
        [1, 0]
    """
    return [question for question in ordered_questions(page, seed) if is_shown(question, answers)]


def is_shown(question: Question, answers: Answers) -> bool:
    """Whether the answers so far call for this question."""
    condition = question.show_if
    return condition is None or condition.holds(answers.get(condition.question))


def asked_items(
    questionnaire: Questionnaire, answers: Answers, n_pages: int, *, is_finished: bool
) -> list[tuple[Question, State]]:
    """What was asked, and what became of it.

    A rating counts as asked of everyone who got that far: whether the touchpoint was met is an
    answer too; where no other question asks that, a rating that does not apply says it. Any other
    question whose condition does not hold was not asked, and neither was anything on a page that
    was not reached.

    Args:
        questionnaire: the version that was answered.
        answers: what was answered, by question key.
        n_pages: how many pages were sent.
        is_finished: whether the last page was sent; then every page was reached.
    """
    pages = questionnaire.pages if is_finished else questionnaire.pages[:n_pages]
    kinds = {question.key: question.kind for question in questionnaire.questions()}
    items = []
    for page in pages:
        for question in page.questions:
            state = _state(question, answers, kinds)
            if state is not None:
                items.append((question, state))
    return items


def _state(question: Question, answers: Answers, kinds: Mapping[str, Kind]) -> State | None:
    """What became of one question; nothing if it was not asked."""
    condition = question.show_if
    asks_if_met = condition is not None and _asks_if_met(question, condition, kinds)
    if not asks_if_met and not is_shown(question, answers):
        return None
    answer = answers.get(question.key)
    if answer == NOT_APPLICABLE:
        is_unmet = question.rates_touchpoint and not asks_if_met
        return State.NOT_MET if is_unmet else State.NOT_APPLICABLE
    if _is_given(question, answer):
        return State.ANSWERED
    if condition is None or not asks_if_met or condition.question not in answers:
        return State.SKIPPED  # whether the touchpoint was met is not known either
    return State.MET_UNRATED if is_shown(question, answers) else State.NOT_MET


def _asks_if_met(question: Question, condition: Condition, kinds: Mapping[str, Kind]) -> bool:
    """Whether this rates a touchpoint that another question asks the meeting of."""
    return (
        question.rates_touchpoint
        and condition.includes is not None
        and kinds[condition.question] is Kind.MET
    )


def _is_given(question: Question, answer: object) -> bool:
    """Whether there is an answer; an empty list is one only where "none" can be meant."""
    if answer is None or answer == "":
        return False
    return answer != [] or question.kind is Kind.MET

"""The form a respondent fills: one field per question, made from the questionnaire.

It says what may be sent and why something is refused; it never writes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional

from questionnaires.logic import NONE_MET, Answers
from questionnaires.value import COMMENT_LIMIT, NOT_APPLICABLE, Question, in_language
from vocabulary import Kind


class AnswerForm(BaseForm):  # type: ignore[misc]  # untyped
    """The questions that are shown together, each a field named by the question's key.

    Built on WTForms' bare form, whose fields are items and not attributes, so that a question may
    have any key, "data" or "errors" too.
    """

    def __init__(self, questions: Iterable[Question], fields: Mapping[str, Any]) -> None:
        """Make the form for these questions.

        Args:
            questions: what is asked, in order.
            fields: what ``answer_fields`` made of these questions, and perhaps of more.
        """
        self.questions = tuple(questions)
        super().__init__({question.key: fields[question.key] for question in self.questions})

    def fill(self, answers: Answers) -> None:
        """Show what was answered before."""
        shown = {
            question.key: _as_data(question, answers[question.key])
            for question in self.questions
            if question.key in answers
        }
        self.process(None, data=shown)

    def answers(self) -> dict[str, int | str | list[str]]:
        """What was answered, without what is in error; a question passed over is left out."""
        found = {
            question.key: _from_data(question, self[question.key].data)
            for question in self.questions
            if not self[question.key].errors
        }
        return {key: answer for key, answer in found.items() if answer is not None}

    def mistakes(self) -> dict[str, list[str]]:
        """What is wrong with what was given, leaving out what is only missing."""
        return {key: errors for key, errors in self.errors.items() if self[key].data}


def answer_fields(questions: Iterable[Question], language: str) -> dict[str, Any]:
    """Make one unbound field per question, with its texts in this language."""
    return {question.key: _field(question, language) for question in questions}


def _field(question: Question, language: str) -> Any:  # noqa: ANN401 -- WTForms is untyped
    """The field that takes the answer to one question."""
    label = in_language(question.text, language)
    if question.kind is Kind.COMMENT:
        too_long = _("Please keep it under %(limit)s characters.", limit=f"{COMMENT_LIMIT:,}")
        rules = [_presence(question), Length(max=COMMENT_LIMIT, message=too_long)]
        return TextAreaField(label, rules, filters=[_clean])
    kind = SelectMultipleField if question.takes_several else RadioField
    return kind(
        label,
        [_presence(question)],
        choices=_choices(question, language),
        invalid_choice_message=_("Please choose one of the answers shown."),
    )


def _presence(question: Question) -> Any:  # noqa: ANN401 -- WTForms is untyped
    """Whether an answer must be given."""
    if not question.is_required:
        return Optional()
    if question.kind is Kind.COMMENT:
        return InputRequired(_("Please write a few words here."))
    return InputRequired(_("Please choose an answer."))


def point_word(question: Question, point: int) -> str:
    """What a point of a scale is called: a number, or the word it stands under."""
    if question.kind is Kind.YES_NO:
        return str(_("Yes") if point == 1 else _("No"))
    if question.kind is Kind.SMILEYS and question.ends:
        five = (_("Very bad"), _("Bad"), _("Neutral"), _("Good"), _("Very good"))
        chosen = {3: five[1:4], 4: five[:2] + five[3:]}.get(question.points, five)
        return str(chosen[point - question.ends[0]])
    return str(point)


def _choices(question: Question, language: str) -> list[SelectChoice]:
    """Everything that can be chosen; the way out comes last."""
    if question.ends:
        choices = [SelectChoice(str(p), point_word(question, p)) for p in _points(question)]
    else:
        choices = [
            SelectChoice(option.key, in_language(option.text, language))
            for option in question.options
        ]
    if question.may_not_apply:
        choices.append(SelectChoice(NOT_APPLICABLE, _("Does not apply")))
    return choices


def _clean(text: str | None) -> str | None:
    """Words as they are stored.

    A NUL is taken out, for PostgreSQL stores none; a line ends in one character, not two, so that
    a browser and we count alike.
    """
    if text is None:
        return None
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _as_data(question: Question, answer: object) -> Any:  # noqa: ANN401 -- as the field wants it
    """An answer as its field holds it."""
    if not question.takes_several:
        return str(answer)
    return answer if isinstance(answer, list) else [answer]


def _from_data(question: Question, data: Any) -> int | str | list[str] | None:  # noqa: ANN401 -- what a field holds
    """What a field holds, as an answer; None if that is none.

    Who ticks touchpoints and "none of these" too has met the touchpoints.
    """
    given = [data] if isinstance(data, str) else data or []
    chosen = [option.key for option in question.options if option.key in given]
    if len(chosen) > 1 and NONE_MET in chosen:
        chosen.remove(NONE_MET)
    if question.kind is Kind.COMMENT:
        return data or None
    if not chosen and question.may_not_apply and NOT_APPLICABLE in given:
        return NOT_APPLICABLE
    if question.ends:
        return next((point for point in _points(question) if str(point) in given), None)
    return (chosen if question.takes_several else chosen[0]) if chosen else None


def _points(question: Question) -> range:
    """The points of a question's scale, in the order they are shown: yes stands before no."""
    low, high = question.ends or (0, -1)
    points = range(low, high + 1)
    return points[::-1] if question.kind is Kind.YES_NO else points

"""What a respondent sees: one step of a survey, and the thanks.

What is the same for all respondents is rendered once per process, with marks where they differ:
rendering would be most of the work of a page.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from babel import Locale
from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import escape

from actions.response import Sitting
from forms.answer import AnswerForm, answer_fields
from questionnaires.logic import ordered_options
from questionnaires.value import Question, in_language
from views import sitting
from views.asking import Asking
from views.step import Step, last_shown, minutes
from vocabulary import Identity, Kind

QUESTIONS, TOKEN, SITTING = "\x02questions\x03", "\x02token\x03", "\x02sitting\x03"
"""Marks for what differs; no text of a survey can hold these characters."""

KEPT = 2_000
"""How many rendered pieces are kept in memory, at most."""


def form_of(asking: Asking, step: Step, who: Sitting) -> AnswerForm:
    """The empty form of one step."""
    sections = step.sections(asking.answers, who.key)
    questions = [question for _page, shown in sections for question in shown]
    return AnswerForm(questions, _fields(asking, who))


def ask(
    asking: Asking, step: Step, who: Sitting, form: AnswerForm | None = None, problem: str = ""
) -> Response:
    """Show one step of a survey.

    Args:
        asking: the survey.
        step: which screen of it.
        who: the sitting; its token goes into the page and, if need be, into the cookie.
        form: what was sent, with what is wrong with it; by default what is stored.
        problem: what went wrong with the whole page.
    """
    token = sitting.sign(asking.survey_key, who)
    mistakes = [q for q in form.questions if form[q.key].errors] if form else []
    with force_locale(who.language):
        if problem or mistakes:
            page = _around(asking, step, who, problem=problem, mistakes=mistakes)
        else:
            is_return = asking.is_stored and request.endpoint == "answer.show"
            name = (
                asking.survey_key,
                (step.number, step.n_steps, _number_before(asking, step)),
                (who.version_id, who.language, is_return),
                (asking.identity, asking.organisation),
            )
            page = _kept(name, lambda: _around(asking, step, who, is_return=is_return))
        questions = _questions(asking, step, who, form)
    page = page.replace(TOKEN, escape(token)).replace(SITTING, who.key[:12])
    response = make_response(page.replace(QUESTIONS, questions))
    response.status_code = 400 if problem else 422 if mistakes else 200
    if request.cookies.get(sitting.COOKIE) != token:
        sitting.keep(response, asking.survey_key, token)
    return response


def go_to(asking: Asking, step: Step, who: Sitting) -> Response:
    """Lead to another step: by its own address, or at once where the browser keeps no cookie."""
    if not _keeps_cookie(asking, who):
        return ask(asking, step, who)
    address = url_for("answer.page", survey_key=asking.survey_key, number=step.number)
    return make_response(redirect(address, code=303))


def thank(asking: Asking, who: Sitting, *, is_here: bool = False) -> Response:
    """Thank for a finished response, with its receipt.

    Args:
        asking: the survey.
        who: whose response it is.
        is_here: whether this is the address of the thanks already.
    """
    if not is_here and _keeps_cookie(asking, who):
        address = url_for("answer.thanks", survey_key=asking.survey_key)
        return make_response(redirect(address, code=303))
    name = (
        asking.survey_key,
        "thanks",
        who.version_id,
        who.language,
        asking.organisation,
        who.identity,
    )
    with force_locale(who.language):
        page = _kept(
            name,
            lambda: render_template(
                "answer/thanks.html",
                asking=asking,
                survey=asking.questionnaire,
                language=who.language,
                is_anonymous=who.identity is Identity.ANONYMOUS,
                receipt=SITTING,
                token=TOKEN,
            ),
        )
    token = sitting.sign(asking.survey_key, who)
    return make_response(page.replace(SITTING, receipt(who)).replace(TOKEN, escape(token)))


def receipt(who: Sitting) -> str:
    """A short name for a response, for its respondent to keep."""
    return "-".join((who.key[:4], who.key[4:8], who.key[8:12])).upper()


@cache
def language_name(code: str) -> str:
    """A language in its own words.

    Example:
        >>> language_name("nl")
        'Nederlands'
    """
    name = Locale.parse(code).get_language_name(code) or code
    return name[0].upper() + name[1:]


def _around(asking: Asking, step: Step, who: Sitting, **more: Any) -> str:  # noqa: ANN401
    """The page around the questions, with marks where respondents differ."""
    return render_template(
        "answer/step.html",
        asking=asking,
        survey=asking.questionnaire,
        step=step,
        language=who.language,
        back_number=_number_before(asking, step),
        n_minutes=minutes(asking.questionnaire),
        questions=QUESTIONS,
        token=TOKEN,
        sitting=SITTING,
        **more,
    )


def _questions(asking: Asking, step: Step, who: Sitting, form: AnswerForm | None) -> str:
    """The questions of a step, in this respondent's order."""
    parts: Any = current_app.jinja_env.get_template("parts/scale.html").module
    sections = step.sections(asking.answers, who.key)
    pieces = []
    for page, questions in sections:
        if page.title and (len(sections) > 1 or step.n_steps > 1):
            pieces.append(parts.section(in_language(page.title, who.language)))
        for question in questions:
            is_new = form is None and question.key not in asking.answers
            if is_new and not question.is_random_order:
                name = (who.version_id, question.key, who.language)
                piece = _kept(name, partial(_question, asking, who, question, None, parts))
            else:
                piece = _question(asking, who, question, form, parts)
            pieces.append(piece)
    return "".join(pieces)


def _question(
    asking: Asking,
    who: Sitting,
    question: Question,
    form: AnswerForm | None,
    parts: Any,  # noqa: ANN401
) -> str:
    """One question, with what was sent or else what is stored."""
    if form is None:
        form = AnswerForm([question], _fields(asking, who))
        form.fill(asking.answers)
    choices = _choices(question, form, who)
    return str(parts.question_field(question, form[question.key], choices, who.language))


def _choices(question: Question, form: AnswerForm, who: Sitting) -> list[Any]:
    """What can be chosen, in this respondent's order; nothing where words are asked."""
    if question.kind is Kind.COMMENT:
        return []
    choices = list(form[question.key].iter_choices())
    if not question.is_random_order:
        return choices
    order = [option.key for option in ordered_options(question, who.key)]
    order += [choice.value for choice in choices if choice.value not in order]
    return sorted(choices, key=lambda choice: order.index(choice.value))


def _kept(name: tuple[Any, ...], render: Callable[[], str]) -> str:
    """A rendered piece, from memory if it was rendered before under this name."""
    kept: dict[tuple[Any, ...], str] = current_app.extensions.setdefault("kept screens", {})
    if name not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[name] = render()
    return kept[name]


def _fields(asking: Asking, who: Sitting) -> dict[str, Any]:
    """The unbound fields of all questions in one language, made once per process."""
    made: dict[tuple[int, str], dict[str, Any]] = current_app.extensions.setdefault("fields", {})
    name = (who.version_id, who.language)
    if name not in made:
        made[name] = answer_fields(asking.questionnaire.questions(), who.language)
    return made[name]


def _number_before(asking: Asking, step: Step) -> int | None:
    """The step that "back" leads to, if there is one."""
    before = last_shown(asking.steps, step.number, asking.answers)
    return before.number if before else None


def _keeps_cookie(asking: Asking, who: Sitting) -> bool:
    """Whether the browser sent this sitting's cookie along."""
    kept = sitting.read(request.cookies.get(sitting.COOKIE), asking.survey_key)
    return kept is not None and kept.key == who.key

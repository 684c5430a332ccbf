"""/journeys/<journey>/surveys/<survey>/preview: a draft as respondents will see it."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from sqlalchemy import select

from actions.survey import draft_of
from extensions import db
from forms.answer import AnswerForm, answer_fields
from models import Journey, Survey
from questionnaires.value import Question
from views import guard
from vocabulary import Role

bp = Blueprint("preview", __name__, url_prefix="/journeys/<journey_key>/surveys/<survey_key>")


@bp.get("/preview")
@guard.members(Role.ANALYST)
def show(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Show every screen of a draft; there is nothing to send, so nothing is stored."""
    found = select(Survey).where(Survey.journey_id == journey.id, Survey.key == survey_key)
    survey = db.session.scalar(found.where(Survey.stage.is_not(None))) or abort(404)
    draft = draft_of(survey)
    language = request.args.get("lang") or str(get_locale())
    if language not in draft.languages:
        language = draft.languages[0]
    with force_locale(language):
        questions = list(draft.questions())
        form = AnswerForm(questions, answer_fields(questions, language))
        form.process()
        return render_template(
            "survey/preview.html",
            journey=journey,
            survey=survey,
            draft=draft,
            form=form,
            language=language,
            choices_of=lambda question: _choices(form, question),
        )


def _choices(form: AnswerForm, question: Question) -> list[Any]:
    """What can be chosen, in the order it was written."""
    return [] if question.kind == "comment" else list(form[question.key].iter_choices())

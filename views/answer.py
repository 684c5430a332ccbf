"""Answering: what a respondent may send, and where it leads."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from actions.link import Invitation, LinkError, read_link
from actions.response import Respondent, Sheet, Sitting, draw_key, save_page
from extensions import csrf
from questionnaires.logic import Answers
from questionnaires.value import COMMENT_LIMIT, in_language
from views import guard, no_survey, screen, sitting
from views.asking import Asking, look_up
from views.step import Step, first_shown, last_shown, with_met
from vocabulary import Presentation

bp = Blueprint("answer", __name__, url_prefix="/s/<survey_key>")


@bp.record_once
def _teach_templates(state: BlueprintSetupState) -> None:
    """Give the templates the words they need."""
    state.app.jinja_env.globals.update(
        COMMENT_LIMIT=COMMENT_LIMIT, in_language=in_language, language_name=screen.language_name
    )


@bp.get("")
@guard.public
def show(survey_key: str) -> ResponseReturnValue:
    """Ask, at the screen this respondent has come to."""
    asking = _look_up(survey_key, request.cookies.get(sitting.COOKIE))
    if asking is None:
        return no_survey.unknown()
    try:
        asking, who = _seated(asking, datetime.now(UTC))
    except LinkError:
        return no_survey.altered(asking, _language(asking))
    if asking.is_finished:
        return redirect(url_for("answer.thanks", survey_key=survey_key), code=303)
    if not asking.is_open:
        return no_survey.closed(asking, who.language)
    return screen.ask(asking, asking.reached, who)


@bp.get("/pages/<int:number>")
@guard.public
def page(survey_key: str, number: int) -> ResponseReturnValue:
    """Ask again what was asked before, with what was answered."""
    asking = _look_up(survey_key, request.cookies.get(sitting.COOKIE))
    if asking is None:
        return no_survey.unknown()
    who = asking.sitting
    if who is None or asking.is_finished or not 0 < number <= asking.reached.number:
        return redirect(url_for("answer.show", survey_key=survey_key), code=303)
    who = replace(who, language=_language(asking))
    if not asking.is_open:
        return no_survey.closed(asking, who.language)
    return screen.ask(asking, asking.steps[number - 1], who)


# The token that is sent along is the sitting, signed: it proves that the page came from us.
@bp.post("/pages/<int:number>")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF is untyped
@guard.public
def send(survey_key: str, number: int) -> ResponseReturnValue:
    """Keep what was answered on one screen, and go on."""
    now = datetime.now(UTC)
    asking = _look_up(survey_key, request.form.get("_token"))
    if asking is None:
        return no_survey.unknown()
    who = asking.sitting
    if who is None:
        return _ask_anew(asking, number, now)
    if asking.is_finished or not asking.is_open:
        return _stop(asking, who)
    if not 0 < number <= asking.reached.number:
        return screen.ask(asking, asking.reached, who)
    return _save(asking, asking.steps[number - 1], who, now)


@bp.get("/thanks")
@guard.public
def thanks(survey_key: str) -> ResponseReturnValue:
    """Thank, once everything is stored."""
    asking = _look_up(survey_key, request.cookies.get(sitting.COOKIE))
    if asking is None:
        return no_survey.unknown()
    if asking.sitting is None or not asking.is_finished:
        return redirect(url_for("answer.show", survey_key=survey_key), code=303)
    who = replace(asking.sitting, language=_language(asking))
    return screen.thank(asking, who, is_here=True)


# Nothing that is stored changes; the token tells who is to make place.
@bp.post("/sittings")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF is untyped
@guard.public
def begin_again(survey_key: str) -> ResponseReturnValue:
    """Let somebody else answer on this device: what was sent is kept, and no longer shown."""
    asking = _look_up(survey_key, request.form.get("_token"))
    response = make_response(redirect(url_for("answer.show", survey_key=survey_key), code=303))
    if asking and asking.sitting:
        before = asking.sitting
        fresh = _begun(asking, sitting.someone_else(before), before.language, datetime.now(UTC))
        sitting.keep(response, survey_key, sitting.sign(survey_key, fresh))
    return response


@bp.get("/privacy")
@guard.public
def privacy(survey_key: str) -> ResponseReturnValue:
    """Say what is stored, for how long, and whom to ask."""
    asking = _look_up(survey_key, request.cookies.get(sitting.COOKIE))
    if asking is None:
        return no_survey.unknown()
    language = _language(asking)
    attributes = asking.sitting.respondent.attributes if asking.sitting else {}
    with force_locale(language):
        return render_template(
            "answer/privacy.html",
            asking=asking,
            survey=asking.questionnaire,
            language=language,
            traits=", ".join(f"{name}: {value}" for name, value in sorted(attributes.items())),
        )


def _look_up(survey_key: str, token: str | None) -> Asking | None:
    """The survey, if its key is one that we could have given."""
    return look_up(survey_key, token) if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", survey_key) else None


def _seated(asking: Asking, now: datetime) -> tuple[Asking, Sitting]:
    """The survey and a sitting: the one begun on this device, else a new one.

    A signed link for somebody else begins a new one. One of which nothing was sent yet moves on to
    the newest version.

    Raises:
        LinkError: the link was altered.
    """
    signed, invitation = request.args.get("p"), Invitation()
    if signed is not None:
        invitation = read_link(asking.survey_key, signed)
    asked = sitting.invited(invitation, audience=asking.audience, market=asking.market)
    asked = sitting.promised(asking.identity, asked)
    before = asking.sitting
    if before is None or (signed is not None and before.respondent != asked):
        asking = replace(
            asking, sitting=None, n_pages=0, is_stored=False, is_finished=False, answers={}
        )
        who = _begun(asking, asked, _language(asking, invitation.language), now)
    elif asking.is_stored:
        who = replace(before, language=_language(asking))
    else:
        who = _begun(asking, before.respondent, _language(asking), before.started_at)
        who = replace(who, key=before.key)
    return replace(asking, sitting=who), who


def _begun(asking: Asking, respondent: Respondent, language: str, now: datetime) -> Sitting:
    """A new sitting, at the newest version."""
    return Sitting(
        key=draw_key(),
        survey_id=asking.survey_id,
        version_id=asking.newest_version_id,
        identity=asking.identity,
        language=language,
        respondent=sitting.promised(asking.identity, respondent),
        started_at=now.replace(microsecond=0),
    )


def _language(asking: Asking, invited: str | None = None) -> str:
    """The language to go on in: as chosen just now, as so far, as the link says, as usual here."""
    chosen = request.form.get("_language") or request.args.get("lang")
    so_far = asking.sitting.language if asking.sitting else None
    wishes = (chosen, so_far, invited, request.cookies.get("language"))
    return sitting.choose_language(asking.questionnaire.languages, *wishes)


def _stop(asking: Asking, who: Sitting) -> ResponseReturnValue:
    """Take no more: the response is finished, or the survey closed."""
    if asking.is_finished:
        return screen.thank(asking, who)
    return no_survey.closed(asking, who.language)


def _ask_anew(asking: Asking, number: int, now: datetime) -> ResponseReturnValue:
    """Refuse a page that does not prove to be ours, with all that was typed still there."""
    before = _look_up(asking.survey_key, request.cookies.get(sitting.COOKIE))
    asking, who = _seated(before or asking, now)
    if asking.is_finished or not asking.is_open:
        return _stop(asking, who)
    step = asking.steps[min(max(number, 1), asking.reached.number) - 1]
    with force_locale(who.language):
        form = screen.form_of(asking, step, who)
        problem = _("Nothing was sent yet, because this page had expired. Please send it again.")
    form.process(request.form)
    return screen.ask(asking, step, who, form=form, problem=problem)


def _save(asking: Asking, step: Step, who: Sitting, now: datetime) -> ResponseReturnValue:
    """Store one step; then the next one, the one before, or the thanks."""
    who = replace(who, language=_language(asking))
    with force_locale(who.language):
        form = screen.form_of(asking, step, who)
        form.process(request.form)
        if "_language" in request.form:
            return screen.ask(asking, step, who, form=form)
        is_valid = form.validate()
    is_going_back = request.form.get("_go") == "back"
    if not is_valid and (form.mistakes() or not is_going_back):
        return screen.ask(asking, step, who, form=form)
    here = {question.key for page in step.pages for question in page.questions}
    given = with_met(form.questions, form.answers())
    answers = {key: old for key, old in asking.answers.items() if key not in here}
    answers.update(given)
    if is_going_back:
        there = last_shown(asking.steps, step.number, answers)
    else:
        there = first_shown(asking.steps, step.number + 1, answers)
    sheet = Sheet(
        answers=given,
        asked=here | _no_longer_asked(asking, answers),
        n_pages=_n_pages(asking, there, is_going_back=is_going_back),
        is_last=there is None and not is_going_back,
        is_junk=bool(request.form.get("_leave_empty")),
    )
    if save_page(who, sheet, now).is_finished:
        return screen.thank(asking, who)
    asking = replace(asking, answers=answers, n_pages=sheet.n_pages, is_stored=True)
    return screen.go_to(asking, there or step, who)


def _n_pages(asking: Asking, there: Step | None, *, is_going_back: bool) -> int:
    """How many pages were sent, those included that had nothing to ask."""
    if is_going_back:
        return asking.n_pages
    n_sent = there.number - 1 if there else len(asking.questionnaire.pages)
    return max(asking.n_pages, n_sent)


def _no_longer_asked(asking: Asking, answers: Answers) -> set[str]:
    """Questions answered before that the answers of now do not lead to any more."""
    if asking.presentation is Presentation.ONE_PAGE:
        return set()
    shown = {
        question.key
        for step in asking.steps
        for _page, questions in step.sections(answers, "")
        for question in questions
    }
    return set(asking.answers) - shown

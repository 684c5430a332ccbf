"""/journeys/<journey>/surveys: what is asked, in which words, and where to answer it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from actions import survey as act
from actions.link import AnonymousSurveyError, LinkError, make_link
from actions.survey import MissingTextsError, NotPublishedError, Settings
from extensions import db
from forms.survey import (
    AUDIENCES,
    IDENTITIES,
    LANGUAGE_LABELS,
    PRESENTATIONS,
    LinkForm,
    SurveyForm,
    TextsForm,
)
from models import Journey, Response, Stage, Survey, Touchpoint, Version
from questionnaires.shape import shape_of, shapes_for
from questionnaires.texts import places
from questionnaires.value import Questionnaire, in_language
from views import guard
from vocabulary import Audience, Identity, Presentation, Role

bp = Blueprint("survey", __name__, url_prefix="/journeys/<journey_key>/surveys")


@bp.get("")
@guard.members(Role.ANALYST)
def index(journey: Journey) -> ResponseReturnValue:
    """List the surveys of a journey, stage by stage."""
    rows, stages = _rows(journey), _stages(journey)
    asked = {row.Survey.stage for row in rows if row.Survey.audience is Audience.CUSTOMER}
    return render_template(
        "survey/index.html",
        journey=journey,
        groups=[
            (stage, [row for row in rows if row.Survey.stage == stage.key]) for stage in stages
        ],
        n_unasked=sum(stage.retired_at is None and stage.key not in asked for stage in stages),
        has_surveys=bool(rows),
        audiences=AUDIENCES,
        link_of=make_link,
    )


@bp.route("/new", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def new(journey: Journey) -> ResponseReturnValue:
    """Draft a survey about one stage."""
    stages = {stage.key: stage for stage in _stages(journey) if stage.retired_at is None}
    form = SurveyForm(stage=request.args.get("stage"))
    form.offer((key, _name(stage)) for key, stage in stages.items())
    if form.validate_on_submit():
        settings = Settings(
            Audience(form.audience.data),
            Identity(form.identity.data),
            Presentation(form.presentation.data),
        )
        now = datetime.now(UTC)
        survey = act.draft_survey(journey, stages[form.stage.data], settings, now=now)
        return _to(journey, survey)
    page = render_template("survey/new.html", journey=journey, form=form)
    return page, 422 if form.errors else 200


@bp.post("/publications")
@guard.members(Role.ANALYST)
def publish_all(journey: Journey) -> ResponseReturnValue:
    """Publish the ready survey of every stage that does not ask customers yet."""
    made = act.publish_all_stages(journey, Settings(), datetime.now(UTC))
    flash(
        ngettext(
            "One survey is open. Its link is below.",
            "%(num)s surveys are open. Their links are below.",
            len(made),
        )
        if made
        else _("Every stage has a survey for customers already.")
    )
    return redirect(url_for("survey.index", journey_key=journey.key), code=303)


@bp.get("/<survey_key>")
@guard.members(Role.ANALYST)
def show(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Show one survey: its state, its link, its versions."""
    survey = _survey(journey, survey_key)
    versions = _versions(survey)
    newest = versions[0].Version if versions else None
    draft = act.draft_of(survey)
    stage = _stage(survey)
    return render_template(
        "survey/show.html",
        journey=journey,
        survey=survey,
        draft=draft,
        missing=[(_where(draft, place), language) for place, language in draft.missing_texts()],
        left_out=_left_out(draft, stage),
        languages=LANGUAGE_LABELS,
        spoken=[LANGUAGE_LABELS.get(code, code) for code in draft.languages],
        versions=versions,
        is_changed=act.is_changed(survey, newest),
        link=make_link(survey),
        stage=_name(stage),
        audiences=AUDIENCES,
        identities=IDENTITIES,
        presentations=PRESENTATIONS,
    )


@bp.route("/<survey_key>/texts", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def edit(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Edit the words of the draft, languages side by side."""
    survey = _survey(journey, survey_key)
    draft = act.draft_of(survey)
    offered = {each.key: shapes_for(draft, each) for each in draft.questions()}
    now = {each.key: shape_of(each) for each in draft.questions()}
    offered = {key: shapes for key, shapes in offered.items() if shapes}
    form = TextsForm(places(draft), draft.languages, offered, now)
    if request.method == "POST":
        form.process(request.form)
        if form.validate():
            act.save_draft_texts(survey, form.texts(), form.shapes())
            flash(_("Saved. People see these words once you publish them."))
            return _to(journey, survey)
    page = render_template(
        "survey/edit.html", journey=journey, survey=survey, draft=draft, form=form
    )
    return page, 422 if form.errors else 200


@bp.post("/<survey_key>/publication")
@guard.members(Role.ANALYST)
def publish(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Publish the draft and open the survey."""
    survey = _survey(journey, survey_key)
    try:
        version = act.publish_survey(survey, datetime.now(UTC))
    except MissingTextsError:
        flash(_("This is not published yet: some texts are missing."), "problem")
    else:
        flash(_("Version %(number)s is open for answers.", number=version.number))
    return _to(journey, survey)


@bp.post("/<survey_key>/closure")
@guard.members(Role.ANALYST)
def closure(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Close the survey, or open it again."""
    survey = _survey(journey, survey_key)
    try:
        if request.form.get("is_closed") == "no":
            act.reopen_survey(survey)
            flash(_("The survey takes answers again."))
        else:
            act.close_survey(survey, datetime.now(UTC))
            flash(_("The survey takes no more answers. What was answered is kept."))
    except NotPublishedError:
        flash(_("This survey was never published."), "problem")
    return _to(journey, survey)


@bp.route("/<survey_key>/links", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def links(journey: Journey, survey_key: str) -> ResponseReturnValue:
    """Make a signed link that says who is asked."""
    survey = _survey(journey, survey_key)
    form, link, problem = LinkForm(), None, None
    if form.validate_on_submit():
        try:
            link = make_link(survey, **form.invitation())
        except AnonymousSurveyError:
            problem = _(
                "This survey is anonymous: leave person and account out of its links, or use a "
                "survey that keeps them."
            )
        except LinkError as error:
            problem = str(error)
    page = render_template(
        "survey/links.html",
        journey=journey,
        survey=survey,
        form=form,
        link=link,
        problem=problem,
        stage=_name(_stage(survey)),
    )
    return page, 422 if form.errors or problem else 200


def _survey(journey: Journey, key: str) -> Survey:
    """The survey of this journey with this key, else 404; an imported one has no page here."""
    found = select(Survey).where(
        Survey.journey_id == journey.id, Survey.key == key, Survey.stage.is_not(None)
    )
    return db.session.scalar(found) or abort(404)


def _stages(journey: Journey) -> list[Stage]:
    """The stages of the journey in order, retired ones too."""
    found = select(Stage).where(Stage.journey_id == journey.id).order_by(Stage.position)
    return list(db.session.scalars(found))


def _rows(journey: Journey) -> list[Row[Any]]:
    """Surveys about a stage, each with how many responses it has."""
    n_responses = (
        select(func.count())
        .where(Response.survey_id == Survey.id, Response.excluded_at.is_(None))
        .scalar_subquery()
    )
    found = (
        select(Survey, n_responses.label("n_responses"))
        .where(Survey.journey_id == journey.id, Survey.stage.is_not(None))
        .order_by(Survey.created_at, Survey.id)
    )
    return list(db.session.execute(found))


def _versions(survey: Survey) -> list[Row[Any]]:
    """The published versions, newest first, each with how many responses it has."""
    n_responses = select(func.count()).where(Response.version_id == Version.id).scalar_subquery()
    found = (
        select(Version, n_responses.label("n_responses"))
        .where(Version.survey_id == survey.id)
        .order_by(Version.number.desc())
    )
    return list(db.session.execute(found))


def _stage(survey: Survey) -> Stage:
    """The stage a survey is about, with its touchpoints."""
    found = (
        select(Stage)
        .where(Stage.journey_id == survey.journey_id, Stage.key == survey.stage)
        .options(selectinload(Stage.touchpoints))
    )
    return db.session.scalars(found).one()


def _left_out(draft: Questionnaire, stage: Stage) -> list[str]:
    """Touchpoints in use that the survey does not ask about: too many, or added later."""
    asked = {question.touchpoint for question in draft.questions()}
    return [
        _name(touchpoint)
        for touchpoint in stage.touchpoints
        if touchpoint.retired_at is None and touchpoint.key not in asked
    ]


def _where(draft: Questionnaire, place: str) -> str:
    """Where a missing text belongs, as a reader finds it: by the question it is part of."""
    parts = {"title": _("Title"), "intro": _("Why you ask"), "thanks": _("Thanks at the end")}
    if place in parts:
        return str(parts[place])
    numbers = {question.key: n for n, question in enumerate(draft.questions(), 1)}
    number = numbers.get(place.partition(".")[0])
    return _("Question %(number)s", number=number) if number else place


def _name(part: Stage | Touchpoint) -> str:
    """A stage or touchpoint as the reader calls it."""
    return in_language(part.name, str(get_locale()))


def _to(journey: Journey, survey: Survey) -> ResponseReturnValue:
    """Lead to the survey's page."""
    path = url_for("survey.show", journey_key=journey.key, survey_key=survey.key)
    return redirect(path, code=303)

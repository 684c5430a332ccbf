"""/journeys/<journey>/outreach: how many were asked to answer, per survey and month."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

import phrasing
from actions import outreach as act
from extensions import db
from forms.outreach import OutreachForm
from models import Journey, Outreach, Stage, Survey
from questionnaires.value import in_language
from views import guard
from views.moment import this_month
from vocabulary import Role

bp = Blueprint("outreach", __name__, url_prefix="/journeys/<journey_key>/outreach")


@bp.route("", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def show(journey: Journey) -> ResponseReturnValue:
    """Show what was told of mailings, and take in what else is known."""
    found = select(Survey).where(Survey.journey_id == journey.id, Survey.opened_at.is_not(None))
    surveys = {survey.key: survey for survey in db.session.scalars(found)}
    told = act.outreach_of(journey)
    surveys |= {survey.key: survey for survey, _outreach in told}
    names = survey_names(journey)
    form = OutreachForm()
    offered = sorted(((key, names[key]) for key in surveys), key=lambda pair: pair[1])
    form.offer(offered, this_month())
    if form.validate_on_submit():
        counts = act.Counts(
            form.invited.data, form.bounced.data, form.refused.data, form.ineligible.data
        )
        survey = surveys[form.survey.data]
        act.set_outreach(survey, form.month.data, counts, datetime.now(UTC))
        flash(_("Kept: %(name)s, %(month)s.", name=names[survey.key], month=_month(form)))
        return redirect(url_for("outreach.show", journey_key=journey.key), 303)
    page = render_template(
        "planning/outreach.html",
        journey=journey,
        form=form,
        has_surveys=bool(surveys),
        told=[
            {"name": names[survey.key], "year": outreach.month[:4], "told": outreach}
            for survey, outreach in told
        ],
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:number>/deletion")
@guard.members(Role.ANALYST)
def deletion(journey: Journey, number: int) -> ResponseReturnValue:
    """Take back what was told of a mailing."""
    found = (
        select(Outreach)
        .join(Survey, Survey.id == Outreach.survey_id)
        .where(Outreach.id == number, Survey.journey_id == journey.id)
    )
    act.remove_outreach(db.session.scalar(found) or abort(404))
    flash(_("What was told of this mailing is taken back."))
    return redirect(url_for("outreach.show", journey_key=journey.key), 303)


def stage_names(journey: Journey) -> dict[str, str]:
    """What readers call each stage, those that are retired too: they were answered."""
    language = str(get_locale())
    stages = select(Stage.key, Stage.name).where(Stage.journey_id == journey.id)
    return {key: in_language(name, language) for key, name in db.session.execute(stages)}


def survey_names(journey: Journey) -> dict[str, str]:
    """What readers call each survey: its stage and audience, else its key."""
    names = stage_names(journey)
    found = select(Survey.key, Survey.stage, Survey.audience).where(Survey.journey_id == journey.id)
    rows = db.session.execute(found).all()
    called = {
        key: f"{names.get(stage, stage)}, {phrasing.word(audience.value)}"
        if stage and audience
        else key
        for key, stage, audience in rows
    }
    double = {name for name in called.values() if list(called.values()).count(name) > 1}
    return {key: f"{name} ({key})" if name in double else name for key, name in called.items()}


def _month(form: OutreachForm) -> str:
    """The month of a form, in words."""
    return phrasing.month(form.month.data)

"""/e/<token>: a colleague says, without signing in, what they think customers give."""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions import estimate as actions
from extensions import csrf, db
from forms.estimate import EstimateForm, asked_about
from models import EstimateRound
from views import guard

bp = Blueprint("estimate", __name__, url_prefix="/e/<token>")

COOKIE = "estimate"
KEPT = timedelta(days=90)
"""How long a colleague can come back to their sheet on the same device."""


@bp.get("")
@guard.public
def show(token: str) -> ResponseReturnValue:
    """Ask what customers give, with what this colleague said before."""
    asked = _round(token)
    if asked is None or asked.closed_at is not None:
        return _stop(asked)
    key = _read(token, request.cookies.get(COOKIE)) or secrets.token_urlsafe(24)
    form = _form(asked)
    before = actions.sheet_of(asked, key)
    if before:
        form.fill(before.name, before.team, before.points)
    else:
        form.process(None)
    return _page(asked, key, form, is_return=before is not None)


# The token that is sent along is the colleague's own key, signed: it proves that the page came
# from us, and nobody else's page knows it.
@bp.post("")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF is untyped
@guard.public
def send(token: str) -> ResponseReturnValue:
    """Keep a sheet, or say what is wrong with it."""
    asked = _round(token)
    if asked is None or asked.closed_at is not None:
        return _stop(asked)
    form = _form(asked)
    form.process(request.form)
    key = _read(token, request.form.get("_token"))
    if key is None:
        fresh = _read(token, request.cookies.get(COOKIE)) or secrets.token_urlsafe(24)
        problem = _("Nothing was sent yet, because this page had expired. Please send it again.")
        return _page(asked, fresh, form, problem=problem)
    if not form.validate():
        return _page(asked, key, form)
    who = actions.Colleague(form["name"].data or None, form.team)
    try:
        actions.save_sheet(token, key, who, form.points(), datetime.now(UTC))
    except actions.RoundClosedError:
        return _stop(_round(token))
    except actions.RoundFullError:
        problem = _("So many people took part that no more can. Nothing was sent.")
        return _page(asked, key, form, problem=problem)
    return redirect(url_for("estimate.thanks", token=token), code=303)


@bp.get("/thanks")
@guard.public
def thanks(token: str) -> ResponseReturnValue:
    """Thank, and say until when it can be changed."""
    asked = _round(token)
    if asked is None:
        return _stop(asked)
    return render_template("estimate/thanks.html", asked=asked)


def _round(token: str) -> EstimateRound | None:
    """The round with this token, if it is one that we could have given."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", token):
        return None
    found = select(EstimateRound).where(EstimateRound.token == token)
    return db.session.scalar(found.options(joinedload(EstimateRound.journey)))


def _form(asked: EstimateRound) -> EstimateForm:
    """The empty form of a round."""
    stages = actions.touchpoints_to_estimate(asked.journey_id)
    return EstimateForm(asked_about(stages, asked.journey.market), str(get_locale()))


def _page(
    asked: EstimateRound,
    key: str,
    form: EstimateForm,
    *,
    problem: str = "",
    is_return: bool = False,
) -> Response:
    """The form itself; its key goes into the page and into the browser."""
    signed = _signer().dumps([asked.token, key])
    mistakes = [one.question for one in form.asked if form[one.question.key].errors]
    page = render_template(
        "estimate/show.html",
        asked=asked,
        form=form,
        language=str(get_locale()),
        mistakes=mistakes,
        problem=problem,
        is_return=is_return,
        sheet=hashlib.sha256(key.encode()).hexdigest()[:12],
        signed=signed,
    )
    response = make_response(page, 400 if problem else 422 if form.errors else 200)
    response.set_cookie(
        COOKIE,
        signed,
        max_age=KEPT,
        path=url_for("estimate.show", token=asked.token),
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _stop(asked: EstimateRound | None) -> ResponseReturnValue:
    """Say that there is nothing to estimate here, or no more."""
    if asked is None:
        heading = _("There is nothing to estimate here")
        advice = _(
            "Please check the link: perhaps a part of it is missing. Or ask who sent it to you."
        )
        return render_template("answer/stop.html", heading=heading, advice=advice), 404
    heading = _("This round is closed")
    advice = _("It takes no more estimates. What you sent before counts.")
    return render_template("answer/stop.html", heading=heading, advice=advice), 410


def _read(token: str, signed: str | None) -> str | None:
    """The colleague's key in something we signed for this round."""
    if not signed:
        return None
    try:
        of_round, key = _signer().loads(signed)
    except (BadData, ValueError, TypeError):
        return None
    return str(key) if of_round == token else None


def _signer() -> Any:  # noqa: ANN401 -- generic over a serializer of no interest here
    """Signs with our secret, for sheets only."""
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt="estimate",
        signer_kwargs={"digest_method": hashlib.sha256},
    )

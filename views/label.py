"""/journeys/<journey>/labels: say what comments mean, one by one or where they are read."""

import secrets
from datetime import UTC, datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from actions.correction import (
    FOR_CHANCE,
    Drawn,
    UnknownCommentError,
    correct,
    draw_comment,
    n_labelled,
    withdraw,
)
from actions.response import questionnaire_of
from actions.training import ask_to_train, retire_readers
from extensions import db
from models import Journey, Reader
from questionnaires.value import Texts
from views import guard
from views.local_path import local_path
from views.selection import named, stages_of
from vocabulary import Draw, Role, SentimentLabel

bp = Blueprint("label", __name__, url_prefix="/journeys/<journey_key>")

READ_LANGUAGES = ("nl", "en", "de", "fr")
"""Languages whose reader can be trained."""

GIVEN = ("positive", "neutral", "negative", "mixed")
"""Labels that a colleague can give."""


@bp.get("/labels")
@guard.members(Role.ANALYST)
def show(journey: Journey) -> ResponseReturnValue:
    """Show a comment to be labelled, and how far the team is."""
    counts = n_labelled(journey.id)
    found = select(Reader).order_by(Reader.trained_at.desc(), Reader.id.desc()).limit(10)
    readers = list(db.session.scalars(found))
    drawn = draw_comment(journey.id, secrets.randbits(64), request.args.get("after", "")[:64])
    return render_template(
        "label/show.html",
        journey=journey,
        drawn=drawn,
        asked=drawn and _asked(drawn),
        ticket=drawn and _tickets().dumps([drawn.response, drawn.question, drawn.draw.value]),
        n_labels=sum(counts.values()),
        n_by_chance=counts[Draw.RANDOM],
        for_chance=FOR_CHANCE,
        touchpoints=_touchpoints(journey),
        readers=readers,
        reading={one.id for one in _reading(readers)},
    )


@bp.post("/labels")
@guard.members(Role.ANALYST)
def add(journey: Journey) -> ResponseReturnValue:
    """Keep the label of the comment that was shown, or pass it over."""
    label = request.form.get("label", "")
    if label == "pass":
        after = request.form.get("response", "")[:64]
        return redirect(url_for("label.show", journey_key=journey.key, after=after), code=303)
    if label not in GIVEN:
        abort(400)
    about = request.form.getlist("about")
    _correct(journey, SentimentLabel(label), _places(journey, about) if about else None, _drawn())
    flash(_("Kept. The next one:"))
    return redirect(url_for("label.show", journey_key=journey.key), code=303)


@bp.post("/corrections")
@guard.members(Role.ANALYST, Role.OWNER)
def correction(journey: Journey) -> ResponseReturnValue:
    """Correct what the reader made of one comment, and go back to where it was read."""
    label = request.form.get("label", "")
    about = request.form.getlist("about")
    if label == "reader":
        _withdraw(journey)
        flash(_("The reader's word counts again."))
    elif label in GIVEN or about:
        said = SentimentLabel(label) if label in GIVEN else None
        _correct(journey, said, _places(journey, about) if about else None, Draw.SEEN)
        flash(_("Corrected. The numbers follow within a minute."))
    else:
        abort(400)
    otherwise = url_for("board.show", journey_key=journey.key)
    return redirect(local_path(request.form.get("next", ""), otherwise), code=303)


@bp.post("/labels/training")
@guard.members(Role.ANALYST)
def training(journey: Journey) -> ResponseReturnValue:
    """Have the reader of a language trained on the labels there are."""
    language = request.form.get("language", "")
    if language not in READ_LANGUAGES:
        abort(400)
    ask_to_train(datetime.now(UTC), language)
    flash(_("The training has begun. What came of it will stand below; reload in a minute."))
    return redirect(url_for("label.show", journey_key=journey.key), code=303)


@bp.post("/labels/retirement")
@guard.members(Role.ANALYST)
def retirement(journey: Journey) -> ResponseReturnValue:
    """Put the trained reader of a language away."""
    language = request.form.get("language", "")
    if language not in READ_LANGUAGES:
        abort(400)
    retire_readers(language, datetime.now(UTC))
    flash(_("The reader of Outsidein itself reads again; all comments are read anew."))
    return redirect(url_for("label.show", journey_key=journey.key), code=303)


def _tickets() -> URLSafeSerializer:
    """Signs how a comment was drawn, so that nobody can pick what is "drawn by chance"."""
    return URLSafeSerializer(current_app.secret_key or "", salt="label")


def _asked(drawn: Drawn) -> Texts:
    """What was asked, in the languages there are."""
    questions = questionnaire_of(drawn.version_id).questions()
    return next((one.text for one in questions if one.key == drawn.question), {})


def _drawn() -> Draw:
    """How the comment that the form names was drawn; seen by choice where no ticket says so."""
    try:
        response, question, draw = _tickets().loads(request.form.get("ticket", ""))
    except (BadSignature, ValueError):
        return Draw.SEEN
    named = (request.form.get("response"), request.form.get("question"))
    return Draw(draw) if (response, question) == named else Draw.SEEN


def _reading(readers: list[Reader]) -> list[Reader]:
    """Of readers, the newest first, those that read now: one per language."""
    found: dict[str, Reader] = {}
    for reader in readers:
        if reader.taken_at and not reader.retired_at:
            found.setdefault(reader.language, reader)
    return list(found.values())


def _correct(
    journey: Journey, label: SentimentLabel | None, about: list[str] | None, draw: Draw
) -> None:
    """Keep a correction of the comment that the form names, else 404."""
    comment = request.form.get("response", ""), request.form.get("question", "")
    try:
        source = draw, current_user.id
        correct(journey.id, comment, (label, about), source, datetime.now(UTC))
    except UnknownCommentError:
        abort(404)


def _withdraw(journey: Journey) -> None:
    """Take the correction of the comment that the form names back, else 404."""
    comment = request.form.get("response", ""), request.form.get("question", "")
    try:
        withdraw(journey.id, comment, datetime.now(UTC))
    except UnknownCommentError:
        abort(404)


def _touchpoints(journey: Journey) -> list[tuple[str, str]]:
    """Each touchpoint in use, as "stage/touchpoint" and by its names."""
    return [
        (f"{stage.key}/{touchpoint.key}", f"{stage.name}: {touchpoint.name}")
        for stage in named(stages_of(journey))
        for touchpoint in stage.touchpoints
    ]


def _places(journey: Journey, asked: list[str]) -> list[str]:
    """Those of the places that are touchpoints of the journey; "none" leaves no place."""
    known = {place for place, _name in _touchpoints(journey)}
    if any(place not in known and place != "none" for place in asked):
        abort(400)
    return [place for place in asked if place in known]

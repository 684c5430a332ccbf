"""/journeys/<journey>/improvements: what the company changes, and whether it helped."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select

from actions import improvement as act
from extensions import db
from forms.improvement import ImprovementForm
from models import Improvement, Journey, Stage
from questionnaires.value import in_language
from views import guard, improvement_chart, selection
from vocabulary import Role
from wording import effect as effect_words
from wording import effect_basis

if TYPE_CHECKING:
    from insights.effects.effects import Effect

bp = Blueprint("improvement", __name__, url_prefix="/journeys/<journey_key>/improvements")
bp.add_app_template_global(effect_words.verdict_word)
bp.add_app_template_global(effect_words.day, "on_day")


class Row(NamedTuple):
    """One improvement as a list shows it."""

    improvement: Improvement
    verdict: str
    stage: str
    touchpoints: list[str]
    sentence: str


@bp.get("")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def index(journey: Journey) -> ResponseReturnValue:
    """List the improvements of a journey with their verdicts."""
    rows = rows_of(journey, act.improvements_of(journey.id), datetime.now(UTC))
    return render_template("improvement/index.html", journey=journey, rows=rows, as_of=_as_of())


@bp.route("/new", methods=["GET", "POST"])
@guard.members(Role.ANALYST, Role.OWNER)
def new(journey: Journey) -> ResponseReturnValue:
    """Register an improvement at touchpoints of one stage."""
    stages = [each for each in selection.stages_of(journey) if _in_use(each)]
    stage = next((each for each in stages if each.key == request.args.get("stage")), None)
    if stage is None:
        language = str(get_locale())
        choices = [(each.key, in_language(each.name, language)) for each in stages]
        return render_template("improvement/stage.html", journey=journey, stages=choices)
    now, zone = datetime.now(UTC), current_app.config["TIME_ZONE"]
    form = ImprovementForm()
    form.offer(_in_use(stage), now.astimezone(zone).date())
    if form.validate_on_submit():
        announced = _announcement(form, stage.key)
        made = act.register_improvement(journey, announced, now, zone, current_user.id)
        flash(_("The improvement is registered."))
        return _to(journey, made)
    name = in_language(stage.name, str(get_locale()))
    page = render_template("improvement/new.html", journey=journey, form=form, stage=name)
    return page, 422 if form.errors else 200


@bp.get("/<int:number>")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey, number: int) -> ResponseReturnValue:
    """Show what became of an improvement: the verdict, the months, and what it rests on."""
    from insights.plain import plain_rows

    improvement, zone = _improvement(journey, number), current_app.config["TIME_ZONE"]
    now = datetime.now(UTC)
    effect = act.effects([improvement], journey, current_app.config["HOME"], now, zone).get(number)
    names = _names(journey)
    acted = _called(names, improvement, improvement.touchpoints)
    return render_template(
        "improvement/show.html",
        journey=journey,
        improvement=improvement,
        row=_row(improvement, effect, names),
        further=effect_words.further_sentences(effect, acted, improvement.expected)
        if effect
        else [],
        checks=effect_basis.checks(effect) if effect else [],
        chart=improvement_chart.draw(effect, improvement, acted) if effect else None,
        months=_months(plain_rows(effect.scores)) if effect else [],
        controls=_controls(effect, improvement, names) if effect else [],
        as_of=_as_of(),
        is_late=act.was_late(improvement, zone),
        can_withdraw=act.can_withdraw(improvement, now, zone),
        registered_on=improvement.registered_at.astimezone(zone).date(),
    )


@bp.post("/<int:number>/withdrawal")
@guard.members(Role.ANALYST, Role.OWNER)
def withdraw(journey: Journey, number: int) -> ResponseReturnValue:
    """Say that an improvement did not take place."""
    improvement = _improvement(journey, number)
    try:
        act.withdraw_improvement(improvement, datetime.now(UTC), current_app.config["TIME_ZONE"])
    except act.AlreadyJudgedError:
        flash(_("There is a verdict already: it stays, and the improvement cannot be withdrawn."))
    else:
        flash(_("The improvement is withdrawn; what was announced stays here to be read."))
    return _to(journey, improvement)


def at_touchpoint(journey: Journey, stage: str, touchpoint: str, now: datetime) -> list[Row]:
    """The improvements of one touchpoint, for ``improvement/_of_touchpoint.html`` on its page."""
    return rows_of(journey, act.improvements_of(journey.id, (stage, touchpoint)), now)


def rows_of(journey: Journey, improvements: Sequence[Improvement], now: datetime) -> list[Row]:
    """Improvements with their verdicts, as lists show them.

    Args:
        journey: whose they are.
        improvements: as ``actions.improvement.improvements_of`` gives them.
        now: the moment.
    """
    if not improvements:
        return []
    zone, home = current_app.config["TIME_ZONE"], current_app.config["HOME"]
    found, names = act.effects(improvements, journey, home, now, zone), _names(journey)
    return [_row(each, found.get(each.id), names) for each in improvements]


def _row(improvement: Improvement, effect: "Effect | None", names: Mapping[str, str]) -> Row:
    """One improvement with its verdict."""
    acted = _called(names, improvement, improvement.touchpoints)
    if effect is None:
        verdict, sentence = effect_words.WITHDRAWN, str(_("Withdrawn: it did not take place."))
    else:
        verdict = effect.verdict.value
        sentence = effect_words.effect_sentence(effect, acted, improvement.starts_on)
    stage = names.get(improvement.stage, improvement.stage)
    return Row(improvement, verdict, stage, acted, sentence)


def _as_of() -> datetime:
    """When the last answer came into the facts."""
    from facts.engine import open_facts

    return open_facts(current_app.config["HOME"]).as_of


def _names(journey: Journey) -> dict[str, str]:
    """What the reader calls stages, by key, and touchpoints, by stage and key; retired ones too."""
    from actions.journey import stages_of

    language, names = str(get_locale()), {}
    for stage in stages_of(journey):
        names[stage.key] = in_language(stage.name, language)
        for touchpoint in stage.touchpoints:
            names[f"{stage.key}/{touchpoint.key}"] = in_language(touchpoint.name, language)
    return names


def _called(names: Mapping[str, str], improvement: Improvement, keys: Sequence[str]) -> list[str]:
    """What the reader calls touchpoints of the improvement's stage."""
    return [names.get(f"{improvement.stage}/{key}", key) for key in keys]


def _controls(
    effect: "Effect", improvement: Improvement, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The untouched touchpoints, for the table."""
    from insights.plain import number

    return [
        {
            "name": names.get(f"{improvement.stage}/{each.touchpoint}", each.touchpoint),
            "change": number(each.change),
            "why": effect_basis.why_left_out(each.reason),
        }
        for each in effect.controls
    ]


def _months(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Both sides of each month in one row."""
    months: dict[str, dict[str, Any]] = {}
    for row in rows:
        months.setdefault(row["month"], {"month": row["month"]})[row["side"]] = row
    return [months[month] for month in sorted(months)]


def _in_use(stage: Stage) -> list[tuple[str, str]]:
    """The touchpoints of a stage that are in use, as the reader calls them."""
    language = str(get_locale())
    return [
        (each.key, in_language(each.name, language))
        for each in stage.touchpoints
        if each.retired_at is None
    ]


def _announcement(form: ImprovementForm, stage: str) -> act.Announcement:
    """What was filled in."""
    starts_on: date = form.starts_on.data
    return act.Announcement(
        stage=stage,
        touchpoints=tuple(form.touchpoints.data),
        starts_on=starts_on,
        expected=form.expected.number,
        title=form.title.data,
        description=form.description.data,
        controls=tuple(form.controls.data or ()),
        is_late=form.is_late.data,
    )


def _improvement(journey: Journey, number: int) -> Improvement:
    """The journey's improvement with this number, or 404."""
    found = select(Improvement).where(
        Improvement.id == number, Improvement.journey_id == journey.id
    )
    improvement: Improvement | None = db.session.scalar(found)
    if improvement is None:
        abort(404)
    return improvement


def _to(journey: Journey, improvement: Improvement) -> ResponseReturnValue:
    """To the page of an improvement."""
    path = url_for("improvement.show", journey_key=journey.key, number=improvement.id)
    return redirect(path, code=303)

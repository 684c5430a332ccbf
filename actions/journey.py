"""Make a journey from a template, name it, retire it."""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from extensions import db
from models import Journey, Membership, Stage, Touchpoint, User
from questionnaires.template import JourneyTemplate, StageTemplate
from questionnaires.template import template as find_template
from questionnaires.value import KEY_PATTERN, Texts
from vocabulary import Market, Role

RESERVED = frozenset({"new"})
"""Keys that would be taken for a page of their own."""

LONGEST_MADE_KEY = 40


class KeyTakenError(Exception):
    """Another journey has this key."""


class UnknownJourneyError(Exception):
    """There is no such journey, or it is retired where only those in use count."""


class WrongKeyError(ValueError):
    """A key may hold small letters, digits and underscores, and begins with a letter."""


def plant_journey(  # noqa: PLR0913 -- most have a default
    template: str,
    market: Market,
    *,
    now: datetime,
    key: str | None = None,
    name: Texts | None = None,
    user_id: int | None = None,
) -> Journey:
    """Make a journey from a template.

    Args:
        template: its key.
        market: which variant of it.
        now: the moment.
        key: what the journey is called in addresses and commands; by default made from its
            English name, else from the template's key, with a number where that is taken.
        name: what it is called; by default as the template is.
        user_id: the colleague who plants it, who becomes a member so as to see it.

    Raises:
        UnknownTemplateError: there is no such template for this market.
        WrongKeyError: the key cannot be one.
        KeyTakenError: another journey has the key.
    """
    found = find_template(template, market)
    taken = set(db.session.scalars(select(Journey.key)))
    key = key or free_key((name or {}).get("en") or f"{found.key}_{market}", taken)
    if not re.fullmatch(KEY_PATTERN, key) or key in RESERVED:
        raise WrongKeyError(key)
    if key in taken:
        raise KeyTakenError(key)
    journey = _journey(found, key, name or found.name, now)
    db.session.add(journey)
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody else took the key a moment ago
        db.session.rollback()
        raise KeyTakenError(key) from error
    if user_id is not None:
        _join(user_id, journey)
    db.session.commit()
    return journey


def name_journey(journey: Journey, name: Texts) -> None:
    """Call a journey otherwise; its key stays."""
    journey.name = name
    db.session.commit()


def retire_journey(journey: Journey, now: datetime) -> None:
    """Put a journey away; its answers and its board stay."""
    journey.retired_at = journey.retired_at or now
    db.session.commit()


def restore_journey(journey: Journey) -> None:
    """Take a retired journey up again."""
    journey.retired_at = None
    db.session.commit()


def stages_of(journey: Journey) -> list[Stage]:
    """All stages of a journey with their touchpoints, in order, retired ones too."""
    found = (
        select(Stage)
        .where(Stage.journey_id == journey.id)
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    return list(db.session.scalars(found))


def parts_in_use(journey_id: int) -> dict[str, tuple[str, ...]]:
    """The keys of the stages that are not retired, in order, each with those of its touchpoints."""
    found = (
        select(Stage)
        .where(Stage.journey_id == journey_id, Stage.retired_at.is_(None))
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    return {
        stage.key: tuple(each.key for each in stage.touchpoints if each.retired_at is None)
        for stage in db.session.scalars(found)
    }


def free_key(name: str, taken: Collection[str]) -> str:
    """Make a key from a name, with a number where it is taken.

    Example:
        >>> free_key("Eerste bezoek: café", {"eerste_bezoek_cafe"})
        'eerste_bezoek_cafe_2'
        >>> free_key("24/7", set()), free_key("日本", set())
        ('k_24_7', 'k')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_MADE_KEY].rstrip("_")
    if not key[:1].isalpha():
        key = f"k_{key}".rstrip("_")
    number, free = 1, key
    while free in taken or free in RESERVED:
        number += 1
        free = f"{key}_{number}"
    return free


def _journey(template: JourneyTemplate, key: str, name: Texts, now: datetime) -> Journey:
    """The journey as the template has it."""
    return Journey(
        key=key,
        name=name,
        market=template.market,
        template=template.key,
        created_at=now,
        stages=[_stage(stage, position) for position, stage in enumerate(template.stages, 1)],
    )


def _stage(template: StageTemplate, position: int) -> Stage:
    """A stage as the template has it."""
    return Stage(
        key=template.key,
        position=position,
        name=template.name,
        goal=template.goal,
        leads_from=template.leads_from,
        leads_to=template.leads_to,
        touchpoints=[
            Touchpoint(
                key=touchpoint.key,
                position=number,
                name=touchpoint.name,
                channel=touchpoint.channel,
                media=touchpoint.media,
                team=touchpoint.team,
            )
            for number, touchpoint in enumerate(template.touchpoints, 1)
        ],
    )


def _join(user_id: int, journey: Journey) -> None:
    """Make a colleague a member; an administrator sees every journey without that."""
    role = db.session.scalar(select(User.role).where(User.id == user_id))
    if role is not Role.ADMINISTRATOR:
        db.session.add(Membership(user_id=user_id, journey_id=journey.id))

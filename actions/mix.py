"""The known mix of a journey's people: set from a month on, and found again for a month."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from extensions import db
from models import Journey, Mix

if TYPE_CHECKING:
    from insights.choices import Choices
    from insights.weighting.mix import KnownMix

LONGEST_NAME = 60


class WrongMixError(ValueError):
    """What is said of a mix cannot be; ``code`` says why.

    Attributes:
        code: "month", "dimension", "one_group" or "not_whole".
        total: what the shares add up to, where that is the matter.
    """

    def __init__(self, code: str, total: float | None = None) -> None:
        """Say why."""
        super().__init__(code)
        self.code, self.total = code, total


class WhoMix(NamedTuple):
    """A mix to be set."""

    dimension: str  # audience, market, channel, language, or the name of an attribute
    month_from: str  # YYYY-MM
    shares: Mapping[str, float]  # value to share; together 1, or 100


def set_mix(journey: Journey, mix: WhoMix, now: datetime, user_id: int | None = None) -> Mix:
    """Set the known mix of one property of a journey's people, from a month on.

    What was set before for the same property and month gives way; other months stay.

    Args:
        journey: whose people.
        mix: the property, the month, and the shares.
        now: the moment.
        user_id: the colleague who says so.

    Raises:
        WrongMixError: the month is none, the shares do not add up, or there is only one group.
    """
    from insights.months import is_month
    from insights.weighting.shares import NotWholeError, whole_shares

    if not is_month(mix.month_from):
        raise WrongMixError("month")
    if not mix.dimension or len(mix.dimension) > LONGEST_NAME:
        raise WrongMixError("dimension")
    try:
        shares = whole_shares(mix.shares)
    except NotWholeError as error:
        raise WrongMixError("not_whole", error.total) from error
    if len(shares) < 2:  # noqa: PLR2004 -- one group has nothing to be weighted against
        raise WrongMixError("one_group")
    found = db.session.scalar(
        select(Mix).where(
            Mix.journey_id == journey.id,
            Mix.dimension == mix.dimension,
            Mix.month_from == mix.month_from,
        )
    )
    kept = found or Mix(journey_id=journey.id, dimension=mix.dimension, month_from=mix.month_from)
    kept.shares, kept.set_by_id, kept.set_at = shares, user_id, now
    db.session.add(kept)
    db.session.commit()
    return kept


def remove_mix(mix: Mix) -> None:
    """Take back what was said; an older mix of the same property holds again."""
    db.session.delete(mix)
    db.session.commit()


def mixes_of(journey: Journey) -> list[Mix]:
    """All that was ever set for a journey, by property, the newest month first."""
    found = (
        select(Mix)
        .where(Mix.journey_id == journey.id)
        .order_by(Mix.dimension, Mix.month_from.desc())
    )
    return list(db.session.scalars(found))


def mixes_in_force(journey: Journey, month: str | None) -> list[Mix]:
    """What holds of a journey's people in a month, one mix per property.

    Args:
        journey: whose people.
        month: "YYYY-MM", as a rule the last of what a page shows; None for what holds now.

    Returns:
        Per property the mix that was last set to begin in that month or before it; empty where
        nothing was.
    """
    latest: dict[str, Mix] = {}
    for mix in mixes_of(journey):
        if (month is None or mix.month_from <= month) and mix.dimension not in latest:
            latest[mix.dimension] = mix
    return list(latest.values())


def as_mix(mixes: Iterable[Mix]) -> "KnownMix":
    """Mixes as what answers can be weighted to."""
    from insights.weighting.mix import Margin

    return tuple(Margin(mix.dimension, tuple(mix.shares.items())) for mix in mixes)


def mix_of(journey: Journey, month: str | None) -> "KnownMix":
    """What is known of a journey's people in a month; see ``mixes_in_force``."""
    return as_mix(mixes_in_force(journey, month))


def unknown_values(choices: "Choices", dimension: str, shares: Mapping[str, float]) -> list[str]:
    """The values of a mix that no answers have, or too few to be named.

    Args:
        choices: what the answers of the journey can be filtered on.
        dimension: the property.
        shares: the mix.
    """
    known = choices.values.get(dimension) or choices.attributes.get(dimension) or ()
    return [value for value in shares if value not in known]

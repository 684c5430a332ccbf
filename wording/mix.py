"""A known mix of people, as readers call its properties and groups.

Works within a request or Flask-Babel's ``force_locale``.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _

import phrasing

if TYPE_CHECKING:
    from insights.weighting.mix import KnownMix


def property_name(dimension: str) -> str:
    """A property as readers call it."""
    usual = {
        "audience": _("Audience"),
        "market": _("Market"),
        "channel": _("Channel"),
        "language": _("Language"),
    }
    return str(usual.get(dimension) or phrasing.trait(dimension).capitalize())


def value_name(dimension: str, value: str) -> str:
    """A value of a property as readers call it."""
    from insights.filters import DIMENSIONS

    if not value:
        return str(_("Others, or not known"))
    return phrasing.word(value) if dimension in DIMENSIONS else phrasing.trait(value)


def mix_words(mix: "KnownMix", since: Mapping[str, str]) -> str:
    """A mix, property by property, with its shares and the month from which on it holds."""
    return "; ".join(
        _(
            "%(property)s since %(month)s: %(shares)s",
            property=property_name(margin.dimension),
            month=phrasing.month(since[margin.dimension]),
            shares=", ".join(
                f"{value_name(margin.dimension, value)} {phrasing.share(share)}"
                for value, share in margin.shares
            ),
        )
        for margin in mix
    )

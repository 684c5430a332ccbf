"""Shares as people type them: parts of one, or percents."""

import math
import re
from collections.abc import Mapping

NEARLY_WHOLE = 0.005
"""How far shares may add up beside 1, for those that were rounded."""


class WrongShareError(ValueError):
    """A text is no share."""


class NotWholeError(ValueError):
    """Shares do not add up to 1.

    Attributes:
        total: what they add up to, as parts of one or percents, as they were given.
        whole: 1 or 100: what they should.
    """

    def __init__(self, total: float, whole: float) -> None:
        """Say what they add up to."""
        super().__init__(f"shares: they add up to {total:g}, not {whole:g}")
        self.total, self.whole = total, whole


def read_share(text: str) -> float:
    """Read a share as it was typed.

    Args:
        text: "0.25", "25", "25%", "12,5 %".

    Returns:
        The number as it stands there; a percent sign changes nothing.

    Raises:
        WrongShareError: it is no number from 0 to 100.

    References:
        ``whole_shares`` says what it is a share of.

    Example:
        >>> read_share("12,5 %")
        12.5
    """
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,12})?|\.\d{1,12}", bare, re.ASCII):
        raise WrongShareError(text)
    number = float(bare)
    if number > 100:  # noqa: PLR2004 -- percent
        raise WrongShareError(text)
    return number


def whole_shares(given: Mapping[str, float]) -> dict[str, float]:
    """Turn shares or percents into shares that add up to 1.

    Args:
        given: value and share; together 1, or 100, but for rounding. None is negative.

    Returns:
        The shares in the order given, together exactly 1 but for the last digit of a machine;
        those of 0 are left out.

    Raises:
        NotWholeError: they add up to something else.

    References:
        docs/metrics.md, "Weighting to a known mix".

    Example:
        >>> whole_shares({"customer": 75, "prospect": 25, "ex_customer": 0})
        {'customer': 0.75, 'prospect': 0.25}
    """
    total = math.fsum(given.values())
    whole = 100.0 if total > 1 + NEARLY_WHOLE else 1.0
    if abs(total / whole - 1) > NEARLY_WHOLE:
        raise NotWholeError(total, whole)
    return {value: share / total for value, share in given.items() if share > 0}

"""What each response counts for in the pain model: as given, and weighted to a known mix."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from insights.weighting.groups import group_name
from insights.weighting.means import weighted_mean
from insights.weighting.mix import KnownMix
from insights.weighting.raking import rake


class Cells(NamedTuple):
    """The combinations of groups that occur: one per property of the mix.

    Attributes:
        place: the number of each response's combination.
        names: the groups of each combination.
    """

    place: np.ndarray
    names: tuple[tuple[str, ...], ...] = ((),)

    def of(self, kept: np.ndarray) -> "Cells":
        """The same for some of the responses, without combinations that no longer occur."""
        occurring, place = np.unique(self.place[kept], return_inverse=True)
        return Cells(place, tuple(self.names[number] for number in occurring))

    def groups(self) -> list[tuple[str, ...]]:
        """Per property of the mix the group of each combination."""
        return list(zip(*self.names, strict=True))


class Weights(NamedTuple):
    """What each response counts for.

    Attributes:
        given: before it is weighted to the mix; 1 each where nothing was given.
        used: afterwards; None where all count alike.
        are_bad: whether some are negative or not finite, or all are nothing.
        mix: the shares they were weighted to.
        cells: the combinations of groups that are weighted; one for all without a mix.
        is_capped: whether the mix is only nearly met.
    """

    given: np.ndarray
    used: np.ndarray | None
    cells: Cells
    are_bad: bool = False
    mix: KnownMix = ()
    is_capped: bool = False

    def of(self, kept: np.ndarray) -> "Weights":
        """The same for some of the responses, weighted to the mix by themselves."""
        own = self._replace(given=self.given[kept], cells=self.cells.of(kept))
        if self.mix and own.given.size and not self.are_bad:
            held = np.bincount(own.cells.place, weights=own.given)
            factors, is_capped = rake(held, own.cells.groups(), self.mix)
            return own._replace(used=own.given * factors[own.cells.place], is_capped=is_capped)
        is_plain = self.are_bad or bool((own.given == own.given[:1]).all())
        return own._replace(used=None if is_plain else own.given)

    def told(self, y: np.ndarray, clusters: np.ndarray) -> dict[str, Any]:
        """What is said of the weighting of a mean; nothing where all count alike."""
        if self.used is None:
            return {}
        found = weighted_mean(y, self.used, clusters)
        return {
            "unweighted": float(y.mean()),
            "n_eff": found.n_eff,
            "deff": found.deff,
            "is_capped": self.is_capped,
        }


def weights_of(frame: pd.DataFrame, mix: KnownMix = ()) -> Weights:
    """Read the weights of some responses.

    Args:
        frame: perhaps with ``weight``, and with a column of groups per property of the mix.
        mix: the known shares.

    Returns:
        The weights, not yet weighted to the mix: see ``Weights.of``.

    References:
        docs/metrics.md, "Weighting to a known mix".

    Example:
        >>> weights_of(pd.DataFrame({"weight": [1.0, -1.0]})).are_bad
        True
    """
    n = len(frame)
    given, alike = np.ones(n), Cells(np.zeros(n, dtype=int))
    if "weight" in frame:
        given = frame["weight"].to_numpy(dtype=float, na_value=np.nan)
    are_bad = not np.isfinite(given).all() or bool((given < 0).any())
    if are_bad or (given.size and not given.any()):
        return Weights(np.ones(n), None, alike, are_bad=True)
    if given.size:
        given = given / given.max()  # first, for the sum of huge ones is infinite
        given = given / given.mean()
    return Weights(given, None, _cells(frame, len(mix)) if mix else alike, mix=mix)


def _cells(frame: pd.DataFrame, n_properties: int) -> Cells:
    """Number the combinations of groups that occur; numbers are quicker to sort than names."""
    place, names = np.zeros(len(frame), dtype=int), [()]
    for at in range(n_properties):
        codes, groups = pd.factorize(frame[group_name(at)], sort=True)
        together, place = np.unique(place * len(groups) + codes, return_inverse=True)
        names = [
            (*names[both // len(groups)], str(groups[both % len(groups)])) for both in together
        ]
    return Cells(place, tuple(names))

"""The columns of the pain model, made a few rows at a time, so that a million answers fit."""

from dataclasses import dataclass

import numpy as np

AT_ONCE = 20_000
"""Rows whose columns are in memory at a time."""

_ROWS_PER_COLUMN = 4  # of a piece that is brought into a triangle


@dataclass(frozen=True, eq=False)
class Columns:
    """What the columns are made of.

    Attributes:
        y: the overall score of each response, points.
        ratings: one column per touchpoint, NaN where it was not rated.
        target: the score below which a rating falls short.
        controls: columns that are held constant.
        rewarded: the touchpoints with a column of rewards, as positions.
        indicated: those with a column that says who met them.
        held: those with a shortfall that is only held constant.
        priced: those with a shortfall that is priced.
        unknown: true where a rating may not be told, or None.
        means: of what is known: who met, shortfalls and rewards, one row each.
    """

    y: np.ndarray
    ratings: np.ndarray
    target: float
    controls: np.ndarray
    rewarded: np.ndarray
    indicated: np.ndarray
    held: np.ndarray
    priced: np.ndarray
    unknown: np.ndarray | None = None
    means: np.ndarray | None = None

    @property
    def n_held(self) -> int:
        """Columns before those that are priced."""
        sizes = (self.rewarded.size, self.indicated.size, self.controls.shape[1], self.held.size)
        return 1 + sum(sizes)

    def block(self, rows: slice | np.ndarray) -> np.ndarray:
        """The columns of some responses.

        Args:
            rows: which.

        Returns:
            Intercept, rewards, met-indicators, controls, shortfalls that are held, those that are
            priced, and ``y``.
        """
        ratings = self.ratings[rows]
        met = ~np.isnan(ratings)
        below = np.where(met, np.maximum(self.target - ratings, 0.0), 0.0)
        above = np.where(met, np.maximum(ratings - self.target, 0.0), 0.0)
        seen = met.astype(float)
        if self.unknown is not None and self.means is not None:
            unknown = self.unknown[rows]
            for columns, mean in zip((seen, below, above), self.means, strict=True):
                np.copyto(columns, mean, where=unknown)
        parts = (
            np.ones(len(ratings)),
            above[:, self.rewarded],
            seen[:, self.indicated],
            self.controls[rows],
            below[:, self.held],
            below[:, self.priced],
            self.y[rows],
        )
        return np.column_stack(parts)

    def triangle(self, weight: np.ndarray) -> np.ndarray:
        """Bring the weighted columns into a triangle that any least squares can use instead.

        Args:
            weight: what each response counts for.

        Returns:
            A square triangle (fewer rows where there are fewer responses), whose columns have the
            lengths and angles of the columns times the roots of the weights.

        References:
            G. H. Golub, C. F. Van Loan, "Matrix Computations", on QR; J. Demmel and others, SIAM
            Journal on Scientific Computing 34(1), 2012, on QR of tall matrices block by block.
        """
        found = np.empty((0, self.n_held + self.priced.size + 1))
        for start in range(0, len(self.y), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            block = self.block(rows) * np.sqrt(weight[rows])[:, None]
            found = _triangle(np.vstack([found, block]))
        return found


def _triangle(rows: np.ndarray) -> np.ndarray:
    """Bring rows into a triangle, piece by piece.

    Pieces are so small that the library works on each with one thread: on a busy machine its
    threads wait for each other, a hundred times longer than the work itself takes.
    """
    size = rows.shape[1]
    piece = _ROWS_PER_COLUMN * size
    while len(rows) > piece:
        n_pieces = len(rows) // piece
        pieces = rows[: n_pieces * piece].reshape(n_pieces, piece, size)
        triangles = np.asarray(np.linalg.qr(pieces, mode="r")).reshape(-1, size)
        rows = np.vstack([triangles, rows[n_pieces * piece :]])
    return np.asarray(np.linalg.qr(rows, mode="r"))

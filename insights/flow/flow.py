"""How people go through a journey, and what follows: all that its page and command show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import numpy as np
import pandas as pd

from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.flow.moves import Moves, moves
from insights.flow.outcomes import OUTCOMES, outcomes
from insights.flow.steps import steps
from insights.flow.survivorship import survivors
from insights.flow.walks import Leg, walks
from insights.pain.pain import TARGET
from insights.plain import plain_rows
from insights.release.suppression import MINIMUM_PERSONS


@dataclass(frozen=True)
class Flow:
    """A journey in motion.

    Attributes:
        steps: what ``steps.steps`` gives.
        moves: what ``moves.moves`` gives.
        survivors: what ``survivorship.survivors`` gives.
        outcomes: what ``outcomes.outcomes`` gives. These three have ``p_adjusted``, over all of
            them together, and ``is_proven``.
        unknown: the outcomes of which no event tells.
        n_untraced: responses of whom neither person nor account is known.
        has_events: whether any lifecycle event is known at all, of whomever.
        known_until: when the last event happened; None without any.
        answered_until: when the last answer was given; None without any.
        target: a rating below it hurts (points).
    """

    steps: pd.DataFrame
    moves: Moves
    survivors: pd.DataFrame
    outcomes: pd.DataFrame
    unknown: tuple[str, ...]
    n_untraced: int
    has_events: bool
    known_until: datetime | None
    answered_until: datetime | None
    target: float


def journey_flow(  # noqa: PLR0913 -- who is who, and what is asked of them
    table: ibis.Table,
    legs: Sequence[Leg],
    events: Iterable[tuple[str | None, str | None, str, datetime]],
    *,
    homes: Mapping[str, str] | None = None,
    codes: Mapping[str, str] | None = None,
    target: float = TARGET,
) -> Flow:
    """Compute all that is shown of how people go through a journey.

    Args:
        table: the facts of one journey, filtered.
        legs: the stages in the order of the journey.
        events: each with a person, an account (one may be missing), its kind, and its moment.
        homes: the account of persons, as far as the CRM knows.
        codes: other names of persons, by the name in the facts: what events call them.
        target: a rating below this score hurts (points).

    Returns:
        The tables, each difference judged with all others of the page.

    References:
        docs/metrics.md, "Flow", "Who is still asked" and "What followed".

    Example:
        >>> texts = "response person account stage touchpoint metric state audience".split()
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "score": "float64", "is_overall": "boolean", "answered_at": "timestamp('UTC')"}
        >>> found = journey_flow(ibis.memtable([], schema=types), [Leg("buy", "lead")], [])
        >>> found.steps["reason"].tolist(), found.has_events
        (['nothing_further'], False)
    """
    walked = walks(table, events, homes or {}, codes or {})
    frames = [steps(walked, legs), survivors(walked, legs), outcomes(walked, legs, target)]
    tested = _judged(frames)
    known = set(tested[2]["outcome"])
    return Flow(
        steps=tested[0],
        moves=moves(walked, legs),
        survivors=tested[1],
        outcomes=tested[2],
        unknown=tuple(name for name in OUTCOMES if name not in known),
        n_untraced=walked.n_untraced,
        has_events=walked.has_events,
        known_until=_moment(walked.known_until),
        answered_until=_moment(walked.answered_until),
        target=target,
    )


def flow_content(flow: Flow) -> dict[str, Any]:
    """Turn all of it into plain values, for pages and for JSON.

    Args:
        flow: what ``journey_flow`` gives.

    Returns:
        ``steps``, ``moves``, ``survivors``, ``outcomes``: each a list of rows; and the other
        figures by their names, moments as texts (ISO 8601). None where nothing can be said.

    References:
        ``insights.plain``.

    Example:
        >>> empty = pd.DataFrame({"n": []})
        >>> flow = Flow(empty, Moves(empty, 0, 0, 0), empty, empty, ("churn",), 0, False, None,
        ...     None, 75.0)
        >>> flow_content(flow)["n_walkers"], flow_content(flow)["unknown"]
        (0, ['churn'])
    """
    moved = flow.moves
    enough = moved.n_walkers == 0 or moved.n_walkers >= MINIMUM_PERSONS
    untraced = flow.n_untraced == 0 or flow.n_untraced >= MINIMUM_PERSONS
    return {
        "n_walkers": moved.n_walkers if enough else None,
        "n_several": moved.n_several,
        "n_returned": moved.n_returned,
        "n_untraced": flow.n_untraced if untraced else None,
        "has_events": flow.has_events,
        "known_until": flow.known_until.isoformat() if flow.known_until else None,
        "answered_until": flow.answered_until.isoformat() if flow.answered_until else None,
        "target": flow.target,
        "unknown": list(flow.unknown),
        "steps": plain_rows(flow.steps),
        "moves": plain_rows(moved.moves),
        "survivors": plain_rows(flow.survivors),
        "outcomes": plain_rows(flow.outcomes),
    }


def _judged(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Adjust the p-values of all tables for one another."""
    every = np.concatenate([frame["p"].to_numpy(dtype=float) for frame in frames])
    judged, done = adjusted(every), 0
    result = []
    for frame in frames:
        mine = judged[done : done + len(frame)]
        done += len(frame)
        result.append(frame.assign(p_adjusted=mine, is_proven=mine <= FALSE_DISCOVERIES))
    return result


def _moment(at: pd.Timestamp) -> datetime | None:
    """A moment as the rest of the house knows it."""
    return None if pd.isna(at) else at.to_pydatetime()

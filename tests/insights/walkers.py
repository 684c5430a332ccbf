"""Walks for tests: a few lines per walker in, the frames of an insight out."""

import pandas as pd

from insights.flow.walks import Leg, Walks

START = pd.Timestamp("2024-01-01T12:00", tz="UTC")

LEGS = [
    Leg("consideration", "known_visitor", "lead"),
    Leg("decision", "lead", "customer"),
    Leg("retention", "customer", "customer"),
    Leg("advocacy", "customer", "ambassador"),
]


def day(number):
    """A moment so many days after the start."""
    return START + pd.Timedelta(days=number)


def make_walks(answers=(), events=(), ratings=(), until=800):
    """Walks from tuples, days counted from the start.

    Args:
        answers: walker, stage, day, audience and score.
        events: walker, kind and day.
        ratings: walker, touchpoint, day and score, of the stage retention.
        until: the day on which knowledge ends.
    """
    names = ["walker", "stage", "at", "audience", "score"]
    told = pd.DataFrame(list(answers), columns=names)
    told = told.assign(respondent=told["walker"], cluster=told["walker"])
    happened = pd.DataFrame(list(events), columns=["walker", "kind", "at"])
    rated = pd.DataFrame(list(ratings), columns=["walker", "touchpoint", "at", "score"])
    return Walks(
        _dated(told),
        _dated(rated.assign(stage="retention")),
        _dated(happened).sort_values("at"),
        day(until),
        day(until),
        0,
        bool(len(happened)),
    )


def _dated(frame):
    """The frame with days as moments."""
    days = pd.to_timedelta(frame["at"].astype(float), unit="D")
    return frame.assign(
        walker=frame["walker"].astype(object), at=(START + days).astype("datetime64[us, UTC]")
    )

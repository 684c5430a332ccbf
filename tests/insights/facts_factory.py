"""Facts for tests: a list of responses in, an Ibis table with every column of the facts out."""

from datetime import UTC, datetime

import ibis
import pyarrow as pa

from insights.scales.scales import ENDS
from vocabulary import Metric

SCHEMA = pa.schema(
    [
        ("response", pa.string()),
        ("respondent", pa.int64()),
        ("cluster", pa.int64()),
        ("person", pa.string()),
        ("account", pa.string()),
        ("answered_at", pa.timestamp("us", tz="UTC")),
        ("month", pa.string()),
        ("journey", pa.string()),
        ("survey", pa.string()),
        ("stage", pa.string()),
        ("touchpoint", pa.string()),
        ("question", pa.string()),
        ("version", pa.int32()),
        ("metric", pa.string()),
        ("state", pa.string()),
        ("value", pa.float64()),
        ("score", pa.float64()),
        ("is_overall", pa.bool_()),
        ("audience", pa.string()),
        ("market", pa.string()),
        ("channel", pa.string()),
        ("language", pa.string()),
        ("attributes", pa.map_(pa.string(), pa.string())),
        ("weight", pa.float64()),
        ("source", pa.string()),
        ("partial", pa.bool_()),
    ]
)


def make_facts(rows):
    """Put facts into an Ibis table over DuckDB in memory."""
    return ibis.memtable(pa.Table.from_pylist(rows, schema=SCHEMA))


def make_fact(number, *, metric="satisfaction", value=4, state="answered", **given):
    """Make one fact of response ``number``, its person and account; anything can be given."""
    person, account = given.pop("person", None), given.pop("account", None)
    respondent = _number(person) if person else number
    month = given.pop("month", "2026-10")
    low, high = ENDS[Metric(metric)]
    is_answer = state == "answered"
    fact = {
        "response": f"r{number}",
        "respondent": respondent,
        "cluster": _number(account) if account else respondent,
        "person": person,
        "account": account,
        "answered_at": datetime.fromisoformat(f"{month}-15T12:00:00").replace(tzinfo=UTC),
        "month": month,
        "journey": "buy",
        "survey": "s1",
        "stage": "order",
        "touchpoint": None,
        "question": metric,
        "version": 1,
        "metric": metric,
        "state": state,
        "value": float(value) if is_answer else None,
        "score": 100 * (value - low) / (high - low) if is_answer else None,
        "is_overall": metric == "satisfaction",
        "audience": "customer",
        "market": "b2c",
        "channel": "online",
        "language": "nl",
        "attributes": [],
        "weight": 1.0,
        "source": "survey",
        "partial": False,
    }
    return fact | given


def make_response(number, overall=4, ratings=None, **given):
    """Make the facts of one response: the overall answer and a rating per touchpoint.

    A rating is 1-5, or a state such as "met_unrated"; ``overall`` None means not answered.
    """
    facts = [] if overall is None else [make_fact(number, value=overall, **given)]
    for touchpoint, rating in (ratings or {}).items():
        shown = {"value": rating} if not isinstance(rating, str) else {"state": rating}
        facts.append(make_fact(number, metric="rating", touchpoint=touchpoint, **shown, **given))
    return facts


def _number(name):
    """Make a stable whole number of a name, as the projector does with its own hash."""
    return int.from_bytes(name.encode().ljust(8, b"\0")[:8], "big", signed=True)

"""What a fact looks like: one row per asked item of one response, one per mention in a comment.

A fact is a copy: the whole table can be made again from the stored answers at any time. It holds
keys, points and scores, never what people wrote.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("response", "string", "The response's opaque key."),
    ("respondent", "int64", "A hash of the person's key, else of the response's: who answered."),
    ("cluster", "int64", "A hash of the account's key, else the respondent: what errors share."),
    ("person", "string?", "The person's key; none where the survey may not know."),
    ("account", "string?", "The account's key, a company in B2B; none where there is none."),
    ("answered_at", "moment", "When the last page was sent, in UTC; midnight where anonymous."),
    ("month", "string", "Its month, YYYY-MM, in the organisation's time zone; the partition."),
    ("journey", "string", "The journey's key."),
    ("survey", "string", "The survey's key."),
    ("stage", "string?", "The stage's key within the journey; none where a question has none."),
    ("touchpoint", "string?", "The touchpoint's key within the stage; none where it has none."),
    ("question", "string", "The question's key within the survey."),
    ("version", "int32", "The number of the questionnaire's version that was answered."),
    ("metric", "string", "What is measured: a value of vocabulary.Metric."),
    ("state", "string", "What became of the item: a value of vocabulary.State."),
    ("value", "double?", "The answer as given: a point of its scale, or a comment's polarity."),
    ("score", "double?", "The answer from 0 (worst) to 100 (best); none unless it has a scale."),
    ("is_overall", "bool", "Whether it is the stage's own overall question."),
    ("audience", "string", "Who answered: a value of vocabulary.Audience."),
    ("market", "string", "A value of vocabulary.Market."),
    ("channel", "string?", "A value of vocabulary.Channel; none where unknown."),
    ("language", "string", "The language it was answered in."),
    ("attributes", "texts", "What else the link or the import said of the respondent."),
    ("weight", "double", "How much the response counts; 1 unless an import said otherwise."),
    ("source", "string", "Where the response came from: web, or the import's name for it."),
    ("partial", "bool", "Whether the respondent stopped before the last page."),
)
"""Name, type ("?" where it may be null) and meaning of each column, in the table's order."""

NAMES: tuple[str, ...] = tuple(name for name, _, _ in COLUMNS)

PARTITION = "month"
"""The column by whose values the files of the table lie in folders."""

ORDER: tuple[str, ...] = ("journey", "stage", "touchpoint", "response", "question")
"""How facts are sorted within a file, so that a filter on the first columns skips most of it."""


@cache
def arrow_schema() -> "pa.Schema":
    """The schema of the table, as Arrow has it.

    Example:
        >>> arrow_schema().field("weight").nullable
        False
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "moment": pa.timestamp("us", tz="UTC"),
        "texts": pa.map_(pa.string(), pa.string()),
    }
    return pa.schema(
        [
            pa.field(
                name,
                types[kind.rstrip("?")],
                nullable=kind.endswith("?"),
                metadata={"doc": meaning},
            )
            for name, kind, meaning in COLUMNS
        ]
    )

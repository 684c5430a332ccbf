"""Rows to columns: what a response said becomes facts, one per asked item; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from facts.schema import arrow_schema
from insights.scales.scales import to_score
from questionnaires.logic import Answers, asked_items
from questionnaires.value import Question, Questionnaire
from vocabulary import Kind, Metric, State

if TYPE_CHECKING:
    import pyarrow as pa

METRICS: Mapping[Kind, Metric] = {
    Kind.SATISFACTION: Metric.SATISFACTION,
    Kind.NPS: Metric.NPS,
    Kind.EFFORT: Metric.EFFORT,
    Kind.STARS: Metric.STARS,
    Kind.SMILEYS: Metric.SMILEYS,
    Kind.AGREEMENT: Metric.AGREEMENT,
    Kind.YES_NO: Metric.YES_NO,
    Kind.RATING: Metric.RATING,
    Kind.SINGLE: Metric.CHOICE,
    Kind.MULTIPLE: Metric.CHOICE,
    Kind.MET: Metric.CHOICE,
    Kind.COMMENT: Metric.SENTIMENT,
}
"""What each kind of question measures; whatever rates a touchpoint is a rating."""


class Named(NamedTuple):
    """A touchpoint that a comment names."""

    stage: str
    touchpoint: str
    polarity: float | None  # of what is said of it, -1..1; none where nobody reads the language


class Answered(NamedTuple):
    """One response with all that its facts are made of."""

    response: str  # its key
    person: str | None
    account: str | None
    answered_at: datetime
    journey: str
    survey: str
    version: int
    audience: str
    market: str
    channel: str | None
    language: str
    attributes: Mapping[str, str]
    weight: float
    source: str
    questionnaire: Questionnaire
    n_pages: int
    is_finished: bool
    answers: Answers
    polarities: Mapping[str, float | None]  # of comments, by question
    mentions: Mapping[str, Sequence[Named]] = MappingProxyType({})  # of comments, by question


_TAKEN_OVER = Answered._fields[: Answered._fields.index("questionnaire")]
"""Columns that are taken over from the response as they are."""


def project(responses: Sequence[Answered], zone: ZoneInfo) -> "pa.Table":
    """Make the facts of responses.

    Args:
        responses: in any order; the order of the facts follows it.
        zone: where months end.

    Returns:
        One row per asked item, and one per touchpoint that a comment names, with the columns of
        ``facts.schema``.
    """
    import pyarrow as pa

    of_response: dict[str, list[Any]] = {name: [] for name in _columns_of_response()}
    of_item: dict[str, list[Any]] = {name: [] for name in _columns_of_item()}
    owners: list[int] = []
    for number, response in enumerate(responses):
        _add_response(of_response, response, zone)
        items = asked_items(
            response.questionnaire,
            response.answers,
            response.n_pages,
            is_finished=response.is_finished,
        )
        for question, state in items:
            _add_item(of_item, response, question, state)
            named = _named(response, question, state)
            for one in named:
                _add_mention(of_item, question, one)
            owners += [number] * (1 + len(named))
    schema = arrow_schema()
    shared = pa.table(of_response, schema=_part(schema, of_response)).take(
        pa.array(owners, "int64")
    )
    items_table = pa.table(of_item, schema=_part(schema, of_item))
    columns = {name: shared.column(name) for name in of_response}
    columns |= {name: items_table.column(name) for name in of_item}
    return pa.table([columns[name] for name in schema.names], schema=schema)


def key_number(kind: str, key: str) -> int:
    """A number of 63 bits that stands for a key: always the same, in every process.

    Example:
        >>> key_number("person", "p-1") == key_number("account", "p-1")
        False
    """
    digest = blake2b(f"{kind}:{key}".encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _columns_of_response() -> tuple[str, ...]:
    """The columns that are the same for all items of a response."""
    return (*_TAKEN_OVER, "respondent", "cluster", "month", "partial")


def _columns_of_item() -> tuple[str, ...]:
    """The columns that differ between the items of a response."""
    taken = {*_columns_of_response()}
    return tuple(name for name in arrow_schema().names if name not in taken)


def _add_response(columns: dict[str, list[Any]], response: Answered, zone: ZoneInfo) -> None:
    """Add what all items of a response share."""
    for name in _TAKEN_OVER:
        columns[name].append(getattr(response, name))
    columns["attributes"][-1] = [(name, str(said)) for name, said in response.attributes.items()]
    respondent = (
        key_number("response", response.response)
        if response.person is None
        else key_number("person", response.person)
    )
    is_of_account = response.account is not None
    columns["respondent"].append(respondent)
    columns["cluster"].append(
        key_number("account", response.account or "") if is_of_account else respondent
    )
    columns["month"].append(f"{response.answered_at.astimezone(zone):%Y-%m}")
    columns["partial"].append(not response.is_finished)


def _add_item(
    columns: dict[str, list[Any]], response: Answered, question: Question, state: State
) -> None:
    """Add one asked item: what was asked, what became of it, and its value and score."""
    value, score = _measured(response, question) if state is State.ANSWERED else (None, None)
    columns["stage"].append(question.stage)
    columns["touchpoint"].append(question.touchpoint)
    columns["question"].append(question.key)
    metric = Metric.RATING if question.rates_touchpoint else METRICS[question.kind]
    columns["metric"].append(metric.value)
    columns["state"].append(state.value)
    columns["value"].append(value)
    columns["score"].append(score)
    columns["is_overall"].append(question.is_overall)


def _named(response: Answered, question: Question, state: State) -> Sequence[Named]:
    """The touchpoints that the comment to a question names."""
    if question.kind is not Kind.COMMENT or state is not State.ANSWERED:
        return ()
    return response.mentions.get(question.key, ())


def _add_mention(columns: dict[str, list[Any]], question: Question, named: Named) -> None:
    """Add one touchpoint that a comment names."""
    polarity = named.polarity
    columns["stage"].append(named.stage)
    columns["touchpoint"].append(named.touchpoint)
    columns["question"].append(question.key)
    columns["metric"].append(Metric.MENTION.value)
    columns["state"].append(State.ANSWERED.value)
    columns["value"].append(polarity)
    columns["score"].append(None if polarity is None else to_score(polarity, -1, 1))
    columns["is_overall"].append(False)


def _measured(response: Answered, question: Question) -> tuple[float | None, float | None]:
    """The value of an answer, and where it lies between the worst (0) and the best (100)."""
    if question.kind is Kind.COMMENT:
        polarity = response.polarities.get(question.key)
        return polarity, None if polarity is None else to_score(polarity, -1, 1)
    answer, ends = response.answers[question.key], question.worst_and_best
    if ends is None or not isinstance(answer, int):
        return None, None
    is_on_scale = min(ends) <= answer <= max(ends)
    return float(answer), to_score(answer, *ends) if is_on_scale else None


def _part(schema: "pa.Schema", names: Mapping[str, object]) -> "pa.Schema":
    """Those fields of a schema, in their order."""
    import pyarrow as pa

    return pa.schema([schema.field(name) for name in names])

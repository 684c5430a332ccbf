"""Who of which account was heard, and what each gave: the engine half of accounts."""

from collections.abc import Mapping

import ibis
import pandas as pd

from insights.cells import collect, overall
from vocabulary import Part

ROLE = "role"
"""The attribute that says what part somebody plays, where the CRM does not."""

_PARTS = {part.value for part in Part}


def heard_people(
    table: ibis.Table, parts: Mapping[str, str], codes: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """List what each person of an account gave to the overall question of each stage.

    Args:
        table: the facts of one journey, selected.
        parts: the part of each person that a CRM knows, by the code it is kept under.
        codes: the code of each person whom the facts name by another key.

    Returns:
        One row per stage and person who belongs to an account: ``stage``, ``account``,
        ``respondent``, ``person`` (code, or null), ``n`` (answers), ``total`` (their sum, points),
        ``part`` (a value of ``vocabulary.Part``: as the CRM says, else as the attribute "role"
        says; or null). It names people, so nothing of it may be shown.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Who in the decision was heard".

    Example:
        >>> rows = [{"stage": "buy", "account": "a", "respondent": 1, "person": "p", "score": 75.0,
        ...          "state": "answered", "is_overall": True, "attributes": {"role": "user"}}]
        >>> types = {"stage": "string", "account": "string", "respondent": "int64",
        ...          "person": "string", "score": "float64", "state": "string",
        ...          "is_overall": "boolean", "attributes": "map<string, string>"}
        >>> found = heard_people(ibis.memtable(rows, schema=types), {"p": "buyer"})
        >>> found[["account", "n", "total", "part"]].values.tolist()
        [['a', 1, 75.0, 'buyer']]
    """
    answers = overall(table).drop_null("account")
    each = answers.group_by(["stage", "account", "respondent"]).aggregate(
        person=answers.person.max(),
        role=answers.attributes.get(ROLE).max(),
        n=answers.count(),
        total=answers.score.sum(),
    )
    found = collect(each.order_by(["stage", "account", "respondent"]))
    said = found.pop("role").astype("object").where(lambda role: role.isin(_PARTS), None)
    keys = found["person"].astype("object")
    person = keys.map(codes or {}).where(keys.isin(codes or {}), keys)
    known = person.map(parts)
    return found.assign(person=person, part=known.where(known.notna(), said))


def lone_people(table: ibis.Table) -> pd.DataFrame:
    """Sum what people of no account gave, by how many answers each of them gave.

    Args:
        table: the facts of one journey, selected.

    Returns:
        One row per stage and number of answers: ``stage``, ``size`` (answers of each),
        ``clusters`` (how many persons), ``total`` (sum of their answers), ``squares`` (sum over
        persons of their sum squared).

    References:
        ``insights.clusters``, which tells why this is all that a jackknife needs.

    Example:
        >>> rows = [{"stage": "buy", "account": None, "respondent": k, "score": 50.0,
        ...          "state": "answered", "is_overall": True} for k in (1, 2, 2)]
        >>> types = {"stage": "string", "account": "string", "respondent": "int64",
        ...          "score": "float64", "state": "string", "is_overall": "boolean"}
        >>> lone_people(ibis.memtable(rows, schema=types)).values.tolist()
        [['buy', 1, 1, 50.0, 2500.0], ['buy', 2, 1, 100.0, 10000.0]]
    """
    answers = overall(table)
    alone = answers.filter(answers.account.isnull())  # noqa: PD003 -- Ibis, not pandas
    each = alone.group_by(["stage", "respondent"]).aggregate(
        size=alone.count(), total=alone.score.sum()
    )
    sizes = each.group_by(["stage", "size"]).aggregate(
        clusters=each.count(), total=each.total.sum(), squares=(each.total * each.total).sum()
    )
    columns = ["stage", "size", "clusters", "total", "squares"]
    return collect(sizes.order_by(["stage", "size"]))[columns]

"""The fact table as a list of rows, to compare."""

from facts import store
from facts.schema import NAMES


def rows_of(home):
    """Every fact as a dictionary, in an order that does not depend on how it was written."""
    table = store.open_table(home)
    if table is None:
        return []
    rows = table.to_pyarrow_table(columns=list(NAMES)).to_pylist()
    return sorted(rows, key=lambda row: (row["response"], row["question"]))


def items_of(home, key):
    """What became of each question of one response: state, value and score."""
    return {
        row["question"]: (row["state"], row["value"], row["score"])
        for row in rows_of(home)
        if row["response"] == key
    }

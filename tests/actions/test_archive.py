"""The lines of a backup tell nothing but what is in them."""

import json

from sqlalchemy import insert, select

from actions import archive
from extensions import db
from models import Response, Retraction
from tests.facts.survey import answer, make_version


def lines_of(name, column):
    """What a backup would have in one column of a table, line by line."""
    db.session.commit()
    with db.engine.connect() as connection:
        (table,) = (each for each in archive.tables_of(connection) if each.name == name)
        return [json.loads(line)[column] for line in archive.lines_of(connection, table)]


def test_responses_go_by_their_random_number_and_not_as_they_were_given(app):
    first = answer(make_version())
    table = Response.__table__
    row = dict(db.session.execute(select(table).where(table.c.key == first)).mappings().one())
    for number in (50, 20, 70, 10):
        db.session.execute(insert(table), row | {"id": number, "key": f"given as {number}"})

    assert lines_of("response", "id") == [10, 20, 50, 70, row["id"]]


def test_rows_without_a_number_go_by_their_key(app):
    for key in ("m", "c", "x", "a"):
        db.session.add(Retraction(response=key))
        db.session.flush()

    assert lines_of("retraction", "response") == ["a", "c", "m", "x"]

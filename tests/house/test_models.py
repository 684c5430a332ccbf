import pytest
from sqlalchemy.dialects import postgresql

import models  # noqa: F401 -- tables are known once they are imported
from extensions import db

KEYS = [key for table in db.metadata.sorted_tables for key in table.foreign_keys]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key.parent))
def test_a_reference_has_the_type_of_what_it_refers_to(key):
    dialect = postgresql.dialect()

    assert key.parent.type.compile(dialect) == key.column.type.compile(dialect)


@pytest.mark.parametrize("table", db.metadata.sorted_tables, ids=str)
def test_constraints_of_a_table_have_names_of_their_own(table):
    names = [constraint.name for constraint in table.constraints]

    assert None not in names
    assert len(names) == len(set(names))

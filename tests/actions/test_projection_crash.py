"""What a crash, a lost table or a rebuild does to the facts: nothing that lasts."""

from datetime import timedelta

import pytest

from actions.projection import project_finished, project_partial, rebuild_facts
from extensions import db
from facts import store
from models import Projection
from tests.factories import NOON
from tests.facts.rows import items_of, rows_of
from tests.facts.survey import answer, begin, make_version, send_page

DAY = timedelta(days=1)


@pytest.fixture
def home(app):
    return app.config["HOME"]


@pytest.mark.parametrize("point", ["append", "erase", "latest_batch"])
def test_a_crash_before_the_append_is_healed(home, monkeypatch, point):
    key = answer(make_version())
    with monkeypatch.context() as patch:
        patch.setattr(store, point, _crash)
        with pytest.raises(RuntimeError):
            project_finished(NOON)
    assert rows_of(home) == []

    project_finished(NOON)

    assert len(items_of(home, key)) == len(rows_of(home)) == 7


def test_a_crash_between_append_and_end_is_recognised(home, monkeypatch):
    answer(make_version())
    append = store.append

    def append_and_crash(*given):
        append(*given)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", append_and_crash)
        with pytest.raises(RuntimeError):
            project_finished(NOON)
    assert db.session.query(Projection).count() == 1
    written = rows_of(home)
    assert len(written) == 7

    project_finished(NOON)

    assert rows_of(home) == written
    assert db.session.query(Projection).count() == 0


def test_a_page_sent_between_append_and_end_is_not_lost(home, monkeypatch):
    sitting = begin(make_version())
    send_page(sitting, 1, {"overall": 2})
    append = store.append

    def append_and_answer(*given):
        append(*given)
        send_page(sitting, 2, {"met": ["site"], "rate_site": 3}, now=NOON + DAY)

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", append_and_answer)
        project_partial(NOON + DAY)

    project_partial(NOON + 3 * DAY)

    assert items_of(home, sitting.key)["rate_site"] == ("answered", 3.0, 50.0)
    assert len(rows_of(home)) == 4


def test_a_lost_table_is_made_again_by_the_next_batch(home):
    version = make_version()
    answer(version)
    project_finished(NOON)
    store._remove(store.place(home).path)
    answer(version)

    project_finished(NOON)

    assert len(rows_of(home)) == 14


def test_a_table_of_another_database_is_replaced(home):
    version = make_version()
    answer(version)
    project_finished(NOON)
    store.append(home, _as_table(rows_of(home), response="stranger"), batch=99)
    answer(version)

    project_finished(NOON)

    assert len(rows_of(home)) == 14
    assert "stranger" not in {row["response"] for row in rows_of(home)}


def test_rebuilt_and_projected_tables_are_equal_row_for_row(home):
    version = make_version()
    for number in range(12):
        answer(version, now=NOON + number * 20 * DAY, person=f"p{number % 5}", account="a")
    sitting = begin(version)
    send_page(sitting, 1, {"overall": 2})
    project_finished(NOON + 300 * DAY)
    project_partial(NOON + 300 * DAY)
    answer(version)  # waits: a rebuild leaves it to the projector
    projected = rows_of(home)

    n_facts = rebuild_facts(NOON)

    assert n_facts == len(projected) == 12 * 7 + 1
    assert rows_of(home) == projected
    assert project_finished(NOON) == 1


def test_a_rebuild_takes_in_the_batches_whose_worker_died(home, monkeypatch):
    answer(make_version())
    with monkeypatch.context() as patch:
        patch.setattr(store, "append", _crash)
        with pytest.raises(RuntimeError):
            project_finished(NOON)

    assert rebuild_facts(NOON) == 7
    assert project_finished(NOON) == 0
    assert len(rows_of(home)) == 7


def _crash(*_given, **_named):
    raise RuntimeError


def _as_table(rows, **changed):
    import pyarrow as pa

    from facts.schema import arrow_schema

    rows = [row | changed for row in rows]
    return pa.Table.from_pylist(rows, schema=arrow_schema())

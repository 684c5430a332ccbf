"""Readers get the table as it is, quickly, and do not meet files that are gone."""

import os
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from facts import engine, store
from facts.duck import SELECTIONS
from facts.engine import open_facts
from facts.schema import NAMES
from facts.snapshot import BEFORE_THE_FIRST
from insights.filters import Filters, select
from tests.facts.test_store import facts


@pytest.fixture
def home(tmp_path):
    store.append(tmp_path, facts("r1", "r2"), 1)
    store.append(tmp_path, facts("r3", month=11, audience="prospect", journey="k"), 2)
    return tmp_path


def count(table):
    return table.count().to_pyarrow().as_py()


def test_an_empty_table_can_be_asked(tmp_path):
    opened = open_facts(tmp_path)

    assert (opened.version, opened.as_of) == (0, BEFORE_THE_FIRST)
    assert opened.table.columns == NAMES
    assert count(opened.narrow(opened.table, Filters("j"))) == 0


def test_the_table_has_the_columns_and_facts_that_were_stored(home):
    table = open_facts(home).table

    assert table.columns == NAMES
    assert count(table) == 21
    months = table.group_by("month").aggregate(n=table.count()).order_by("month").to_pyarrow()
    assert months.to_pylist() == [{"month": "2026-10", "n": 14}, {"month": "2026-11", "n": 7}]


def test_every_change_gives_a_greater_version_and_a_later_moment(home):
    first = open_facts(home)
    store.append(home, facts("r4"), 3)
    second = open_facts(home)
    store.replace(home, iter([facts("r1")]), 4)
    third = open_facts(home)

    assert first.version < second.version < third.version
    assert first.as_of <= second.as_of <= third.as_of
    assert count(third.table) == 7


def test_a_reader_of_a_table_that_was_replaced_gets_the_new_one(home):
    opened = open_facts(home)
    store.replace(home, iter([facts("r1")]), 4)

    assert count(opened.table) == 7


def test_nothing_new_is_the_same_version(home):
    assert open_facts(home).version == open_facts(home).version


def test_what_was_computed_is_remembered_until_the_table_changes(home):
    computed = []

    def compute():
        computed.append(1)
        return len(computed)

    assert [open_facts(home).remember("x", compute) for _ in range(3)] == [1, 1, 1]
    assert open_facts(home).remember("y", compute) == 2
    store.append(home, facts("r4"), 3)
    assert open_facts(home).remember("x", compute) == 3


def test_no_more_than_so_many_results_are_kept(home, monkeypatch):
    monkeypatch.setattr(engine, "REMEMBERED", 2)
    opened = open_facts(home)
    for what in ("a", "b", "c"):
        opened.remember(what, lambda: 1)

    assert opened.remember("a", lambda: 2) == 2
    assert opened.remember("c", lambda: 2) == 1


def test_a_reader_whose_files_went_opens_the_table_again_once(home):
    opened = open_facts(home)
    store.append(home, facts("r4"), 3)
    store.compact(home)
    store.vacuum(home)

    assert opened.remember("count", lambda: count(opened.table)) == 28


@pytest.mark.parametrize(
    "filters",
    [
        Filters("j"),
        Filters("k"),
        Filters("j", "2026-11", "2026-12"),
        Filters("k", audience="prospect", language="nl"),
        Filters("j", channel="online"),
        Filters("j'; --", attributes=(("region", "it's"),)),
    ],
)
def test_narrowing_selects_what_a_filter_selects(home, filters):
    opened = open_facts(home)

    assert count(opened.narrow(opened.table, filters)) == count(select(opened.table, filters))


def test_more_selections_than_names_still_select_right_when_asked_in_turn(home):
    opened = open_facts(home)
    for _ in range(2):
        for month in range(SELECTIONS + 2):
            table = opened.narrow(opened.table, Filters("j", f"2026-{month + 6:02d}", "2026-12"))
            assert count(table) == (14 if month + 6 <= 10 else 0)


@pytest.mark.parametrize("copied", [-1, 1_000])
def test_many_facts_are_read_in_place_and_few_are_copied(home, monkeypatch, copied):
    monkeypatch.setattr("facts.duck.COPIED", copied)
    opened = open_facts(home)
    counts = [
        count(opened.narrow(opened.table, Filters("j", f"2026-{month:02d}", "2026-12")))
        for month in range(7, 13)
    ]

    expected = [
        count(select(opened.table, Filters("j", f"2026-{month:02d}", "2026-12")))
        for month in range(7, 13)
    ]
    assert counts == expected
    copies = opened.table.get_backend().con.execute("FROM duckdb_tables()").fetchall()
    assert len(copies) == (SELECTIONS if copied > 0 else 0)


def test_a_selection_that_fails_takes_no_name_from_another(home):
    opened = open_facts(home)
    chosen = {
        month: opened.narrow(opened.table, Filters("j", month, "2026-12"))
        for month in ("2026-07", "2026-08", "2026-09", "2026-10")
    }
    missing = opened.table.filter(opened.table.journey == "j").mutate(gone=opened.table.stage)
    wrong = missing.filter(missing.gone.cast("int32") == 1)
    with pytest.raises(duckdb.Error):
        opened.hold("wrong", wrong)

    again = opened.narrow(opened.table, Filters("j", "2026-11", "2026-12"))
    for month in ("2026-08", "2026-09", "2026-10"):
        assert count(chosen[month]) == count(select(opened.table, Filters("j", month, "2026-12")))
    assert count(again) == count(select(opened.table, Filters("j", "2026-11", "2026-12")))


def test_a_selection_follows_the_table(home):
    assert count(open_facts(home).narrow(open_facts(home).table, Filters("j"))) == 14
    store.append(home, facts("r4"), 3)
    assert count(open_facts(home).narrow(open_facts(home).table, Filters("j"))) == 21


def test_many_threads_ask_at_once(home):
    def ask(number):
        opened = open_facts(home)
        return count(opened.narrow(opened.table, Filters("jk"[number % 2])))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(64)))

    assert answers == [14, 7] * 32


def test_a_forked_process_opens_its_own(home):
    count(open_facts(home).table)
    process = engine._process.id

    try:
        engine._process.id = process - 1  # as a child finds it
        assert count(open_facts(home).table) == 21
        assert engine._process.id == os.getpid()
    finally:
        engine._process.id = os.getpid()


def test_no_extension_is_ever_fetched(home):
    opened = open_facts(home)
    count(opened.table)
    connection = opened.table.op().source.con
    asked = "select name, value from duckdb_settings() where name like 'auto%_known_extensions'"

    assert {value for _, value in connection.sql(asked).fetchall()} == {"false"}

"""The table on disk: what is written is there, what is erased is gone, and readers see it whole."""

from datetime import UTC, datetime
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from facts import store
from facts.projector import project
from tests.facts.rows import rows_of
from tests.facts.test_projector import make_answered

ZONE = ZoneInfo("Europe/Amsterdam")


def facts(*keys, month=10, **given):
    answered_at = datetime(2026, month, 15, 12, tzinfo=UTC)
    answered = [make_answered(response=key, answered_at=answered_at, **given) for key in keys]
    return project(answered, ZONE)


def files(home):
    return [path for path in (home / "facts").rglob("*.parquet") if path.is_file()]


def responses(home):
    return {row["response"] for row in rows_of(home)}


def test_a_home_without_facts_has_no_table(tmp_path):
    assert store.open_table(tmp_path) is None
    assert store.latest_batch(tmp_path) is None
    assert store.erase(tmp_path, ["r1"]) == 0
    store.vacuum(tmp_path)
    assert not store.is_scattered(tmp_path)


def test_the_table_remembers_the_latest_batch_also_of_no_facts(tmp_path):
    store.append(tmp_path, facts("r1"), 4)
    store.append(tmp_path, facts(), 5)

    assert store.latest_batch(tmp_path) == 5
    assert responses(tmp_path) == {"r1"}


def test_facts_lie_in_a_folder_per_month(tmp_path):
    store.append(tmp_path, facts("r1"), 1)
    store.append(tmp_path, facts("r2", month=11), 2)

    assert {path.parent.name for path in files(tmp_path)} == {"month=2026-10", "month=2026-11"}


@pytest.mark.parametrize("key", ["r1", "it's", "'; DROP TABLE facts; --", "é"])
def test_erasing_takes_one_response_out_whatever_its_key(tmp_path, key):
    store.append(tmp_path, facts(key, "other"), 1)

    assert store.erase(tmp_path, [key]) == 7

    assert responses(tmp_path) == {"other"}


def test_compacting_keeps_the_rows_sorts_them_and_leaves_a_file_per_month(tmp_path):
    for batch, key in enumerate(("c", "a", "b"), start=1):
        store.append(tmp_path, facts(key), batch)
    store.append(tmp_path, facts("d", month=11), 4)
    before = rows_of(tmp_path)

    assert store.compact(tmp_path) == 1

    store.vacuum(tmp_path)
    assert rows_of(tmp_path) == before
    assert len(files(tmp_path)) == 2
    assert store.latest_batch(tmp_path) == 4
    october = store.open_table(tmp_path).to_pyarrow_table(filters=[("month", "=", "2026-10")])
    keys = zip(
        *(october[name].to_pylist() for name in ("stage", "touchpoint", "response")), strict=True
    )
    known = [key for key in keys if None not in key]
    assert known == sorted(known)


def test_the_log_keeps_no_key_of_a_person(tmp_path):
    store.append(tmp_path, facts("r1", person="canary-person", account="canary-account"), 1)

    log = (store.place(tmp_path).path / "_delta_log").glob("*.json")
    assert not [path for path in log if "canary" in path.read_text()]


def test_replacing_puts_the_new_table_in_the_old_one_s_place_at_once(tmp_path):
    store.append(tmp_path, facts("old"), 1)
    seen = []

    def portions():
        yield facts("new1")
        seen.append(responses(tmp_path))
        yield facts("new2")
        seen.append(responses(tmp_path))

    assert store.replace(tmp_path, portions(), 7) == 14

    assert seen == [{"old"}, {"old"}]
    assert responses(tmp_path) == {"new1", "new2"}
    assert store.latest_batch(tmp_path) == 7
    assert [path.name for path in (tmp_path / "facts").glob("*-*")] == ["table-2"]


def test_a_replacement_that_fails_leaves_the_old_table(tmp_path):
    store.append(tmp_path, facts("old"), 1)

    def portions():
        yield facts("new")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.replace(tmp_path, portions(), 7)
    assert responses(tmp_path) == {"old"}

    store.replace(tmp_path, iter([facts("newer")]), 8)
    assert responses(tmp_path) == {"newer"}


def test_two_writers_take_turns(tmp_path):
    order = []

    def wait_and_write():
        with store.alone(tmp_path):
            order.append("second")

    with store.alone(tmp_path):
        second = Thread(target=wait_and_write)
        second.start()
        second.join(0.2)
        order.append("first")
    second.join(5)

    assert order == ["first", "second"]

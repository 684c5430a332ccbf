import json
import stat
import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from actions import archive
from extensions import db
from facts import store
from jobs import heartbeat
from models import Response, User
from tests.factories import PASSWORD, make_user
from tests.installation import KEY, counts, fill, house, rewrite, run


def facts(home):
    """All facts, in an order of their own."""
    rows = store.open_table(home).to_pyarrow_table().to_pylist()
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


@pytest.fixture
def sqlite(tmp_path):
    return lambda name: f"sqlite:///{tmp_path}/{name}.db"


@pytest.fixture
def backup(tmp_path, sqlite):
    """A backup of a filled house."""
    file = tmp_path / "backup.zip"
    with house(sqlite("old"), tmp_path / "old", KEY) as app:
        fill()
        assert run(app, "make", file).exit_code == 0
    return file


def drill(tmp_path, old_url, new_url):
    """Back one house up and restore it as another; nothing may differ."""
    file, old_home, new_home = (tmp_path / name for name in ("backup.zip", "old", "new"))
    with house(old_url, old_home, KEY) as app:
        fill()
        made = run(app, "make", file)
        old_counts, old_facts = counts(), facts(old_home)
    assert made.exit_code == 0, made.output

    with house(new_url, new_home) as app:
        restored = run(app, "restore", file)
        assert restored.exit_code == 0, restored.output
        assert counts() == old_counts
        assert facts(new_home) == old_facts
    assert old_counts["response"].rows == 5
    assert len(old_facts) > 5

    with house(new_url, new_home, (new_home / "secret_key").read_text()) as app:
        given = {"email": "ann@devries.example", "password": PASSWORD}
        page = app.test_client().post("/sign-in", data=given)
        assert (page.status_code, page.location) == (303, "/")
        make_user()  # takes the next number, not one that is taken
        assert db.session.query(User).count() == 2


def test_a_backup_restores_everything_on_an_empty_machine(tmp_path, sqlite):
    drill(tmp_path, sqlite("old"), sqlite("new"))


@pytest.mark.postgresql
def test_a_backup_moves_an_installation_to_postgresql(tmp_path, sqlite, postgresql_url):
    drill(tmp_path, sqlite("old"), postgresql_url)


@pytest.mark.postgresql
def test_a_backup_moves_an_installation_from_postgresql(tmp_path, sqlite, postgresql_url):
    drill(tmp_path, postgresql_url, sqlite("new"))


def test_a_backup_says_what_it_holds_and_is_for_its_owner_alone(tmp_path, backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as file:
        assert file.read("secret_key").decode() == KEY
    assert archive.read_manifest(backup).tables["response"].rows == 5
    assert list(tmp_path.glob("*.part")) == []


def test_a_house_in_use_is_not_overwritten_unless_forced(tmp_path, sqlite, backup):
    with house(sqlite("new"), tmp_path / "new") as app:
        make_user(email="bob@devries.example")

        refused = run(app, "restore", backup)
        assert refused.exit_code == 1
        assert "This installation is not empty; --force overwrites all of it." in refused.output
        assert db.session.query(User).one().email == "bob@devries.example"

        assert run(app, "restore", backup, "--force").exit_code == 0
        db.session.expire_all()
        assert db.session.query(User).one().email == "ann@devries.example"


def test_a_running_worker_stops_a_restore(tmp_path, sqlite, backup):
    with house(sqlite("new"), tmp_path / "new") as app:
        heartbeat.beat("ann", datetime.now(UTC))

        assert "Stop the server first" in run(app, "restore", backup).output


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_backup_that_is_cut_off_is_refused_and_nothing_changes(tmp_path, sqlite, backup, share):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])

    with house(sqlite("new"), tmp_path / "new") as app:
        make_user()
        refused = run(app, "restore", backup, "--force")

        assert refused.exit_code == 1
        assert "This file is not a backup, or it is cut off." in refused.output
        assert db.session.query(User).count() == 1


def test_a_backup_with_a_row_less_is_refused_and_nothing_changes(tmp_path, sqlite, backup):
    rewrite(backup, "tables/answer.jsonl", lambda lines: lines.split(b"\n", 1)[1])

    with house(sqlite("new"), tmp_path / "new") as app:
        make_user()
        refused = run(app, "restore", backup, "--force")

        assert "The table “answer” is damaged: " in refused.output
        assert db.session.query(User).count() == 1


def test_a_backup_of_a_later_version_is_refused(tmp_path, sqlite, backup):
    rewrite(backup, "manifest.json", lambda text: text.replace(b'"0003"', b'"9999"'))

    with house(sqlite("new"), tmp_path / "new") as app:
        refused = run(app, "restore", backup)

        assert "This backup was made by a newer Outsidein." in refused.output


def test_a_backup_sees_one_moment_while_answers_come_in(tmp_path, sqlite):
    file = tmp_path / "backup.zip"
    with house(sqlite("old"), tmp_path / "old") as app:
        fill()
        with db.engine.connect() as reader:
            table = Response.__table__
            row = dict(reader.execute(table.select()).mappings().first())

        def write_more(connection, table):
            if table.name == "answer":
                with db.engine.begin() as writer:
                    writer.execute(insert(Response), row | {"id": 7, "key": "later"})
            return original(connection, table)

        original, archive.lines_of = archive.lines_of, write_more
        try:
            made = run(app, "make", file)
        finally:
            archive.lines_of = original
        assert made.exit_code == 0
        assert db.session.query(Response).count() == 6
    assert archive.read_manifest(file).tables["response"].rows == 5

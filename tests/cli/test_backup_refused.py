"""A restore that cannot be done, or goes wrong half-way, leaves everything as it was."""

import json
import zipfile

import pytest

from actions import archive
from extensions import db
from models import User
from tests.factories import make_user
from tests.installation import KEY, fill, house, rewrite, run

NOT_A_BACKUP = "This file is not a backup, or it is cut off."


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request, tmp_path):
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    return request.getfixturevalue("postgresql_url")


@pytest.fixture
def backup(tmp_path):
    """A backup of a filled house."""
    file = tmp_path / "backup.zip"
    with house(f"sqlite:///{tmp_path}/old.db", tmp_path / "old", KEY) as app:
        fill()
        assert run(app, "make", file).exit_code == 0
    return file


def refusal(tmp_path, url, backup):
    """What a forced restore says that must leave user, key and tables as they were."""
    home = tmp_path / "new"
    with house(url, home) as app:
        (home / "secret_key").write_text("the key in use")
        make_user(email="bob@devries.example")
        result = run(app, "restore", backup, "--force")
        db.session.expire_all()
        assert db.session.query(User).one().email == "bob@devries.example"
        assert (home / "secret_key").read_text() == "the key in use"
        assert not list(home.glob("*.part"))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)  # said plainly, not a trace
    return result.output


def craft(backup, table, change):
    """Change a table's lines, with a manifest that agrees."""
    rewrite(backup, f"tables/{table}.jsonl", change)
    with zipfile.ZipFile(backup) as file:
        lines = file.read(f"tables/{table}.jsonl").splitlines(keepends=True)
    count = archive.count_lines(lines)
    said = {"rows": count.rows, "checksum": f"{count.checksum:064x}"}

    def agree(content):
        manifest = json.loads(content)
        manifest["tables"][table] = said
        return json.dumps(manifest).encode()

    rewrite(backup, "manifest.json", agree)


def with_value(column, value):
    """Give the first row another value."""

    def change(content):
        first, *rest = content.splitlines(keepends=True)
        row = json.loads(first) | {column: value}
        return b"".join([json.dumps(row).encode() + b"\n", *rest])

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c + c.splitlines(keepends=True)[0], "“response” cannot be put in"),
        (with_value("survey_id", 4711), "response"),
        (with_value("answered_at", "yesterday"), "“response” cannot be read"),
        (with_value("answered_at", 5), "“response” cannot be read"),
        (with_value("id", 2**70), "“response” cannot be put in"),
        (with_value("person", {"a": 1}), "“response” cannot be put in"),
        (with_value("language", None), "“response” cannot be put in"),
        (lambda c: c + b"not json\n", "“response” cannot be read"),
        (lambda c: c + b"[" * 100_000 + b"\n", "“response” cannot be read"),
        (lambda c: c + b'["id"]\n', "“response” do not fit its columns"),
    ],
)
def test_a_row_that_does_not_fit_changes_nothing(tmp_path, url, backup, change, said):
    craft(backup, "response", change)
    output = refusal(tmp_path, url, backup)
    assert "Nothing was changed." in output
    assert said in output


def test_a_row_without_its_parent_is_named_by_its_table(tmp_path, backup):
    craft(backup, "response", with_value("survey_id", 4711))
    said = refusal(tmp_path, f"sqlite:///{tmp_path}/new.db", backup)
    assert "A row of “response” refers to a row of “survey” not there." in said


def test_a_restore_that_dies_half_way_changes_nothing(tmp_path, url, backup, monkeypatch):
    def die(*_):
        raise SystemExit(137)

    monkeypatch.setattr(archive, "count_rows", die)
    home = tmp_path / "new"
    with house(url, home) as app:
        make_user(email="bob@devries.example")
        assert run(app, "restore", backup, "--force").exit_code == 137
        db.session.expire_all()
        assert db.session.query(User).one().email == "bob@devries.example"
        assert not (home / "secret_key").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"tables": ["response"]},
        {"tables": {"response": 5}},
        {"version": ["0001"]},
        {"made_at": "yesterday"},
        {"made_at": 5},
    ],
)
def test_a_manifest_of_another_shape_is_no_backup(tmp_path, backup, change):
    rewrite(backup, "manifest.json", lambda text: json.dumps(json.loads(text) | change).encode())
    assert NOT_A_BACKUP in refusal(tmp_path, f"sqlite:///{tmp_path}/new.db", backup)


@pytest.mark.parametrize("content", [b"[]", b"5", b"[" * 100_000, b" " * 2_000_000])
def test_a_manifest_that_is_none_is_no_backup(tmp_path, backup, content):
    rewrite(backup, "manifest.json", lambda _: content)
    assert NOT_A_BACKUP in refusal(tmp_path, f"sqlite:///{tmp_path}/new.db", backup)


def test_a_backup_without_its_key_is_refused(tmp_path, backup):
    rewrite(backup, "secret_key", lambda _: b"")
    said = refusal(tmp_path, f"sqlite:///{tmp_path}/new.db", backup)
    assert "“secret_key” is empty in this backup." in said


def test_a_line_without_end_is_not_read_to_its_end(tmp_path, backup):
    rewrite(backup, "tables/response.jsonl", lambda _: b"x" * (archive.LONGEST_LINE + 2))
    with pytest.raises(archive.ArchiveError, match="A row of “response” is too long to be one"):
        next(archive.lines_in(backup, "response"))

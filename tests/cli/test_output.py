"""What a command is to write is looked at before it does any work."""

import pytest

from extensions import db
from models import Account
from tests.analysing import table

ROWS = "account,market\nacme,b2b\nbolt,b2g\n"
COMMANDS = [
    (("accounts", "import", "{file}"), "--refused"),
    (("events", "import", "{file}"), "--refused"),
    (("answers", "import", "{file}", "--mapping", "{mapping}"), "--report"),
    (("analyse", "{file}", "--overall", "all", "--touchpoint", "desk"), "--json"),
    (("analyse", "{file}", "--overall", "all", "--touchpoint", "desk"), "--report"),
]


@pytest.fixture
def asked(runner, tmp_path):
    """Runs a command that is to write to a file; what was said in one line."""
    file, mapping = tmp_path / "in.csv", tmp_path / "mapping.toml"
    file.write_text(table())
    mapping.write_text("")

    def run(command, option, out):
        args = [part.format(file=file, mapping=mapping) for part in command]
        result = runner.invoke(args=[*args, option, str(out)])
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        assert file.read_text() == table()
        return result.stderr

    return run


@pytest.mark.parametrize(("command", "option"), COMMANDS)
def test_the_file_that_is_read_is_never_written_over(asked, tmp_path, command, option):
    for name in ("link.csv", "hard.csv"):
        out = tmp_path / name
        if name == "link.csv":
            out.symlink_to("in.csv")
        else:
            out.hardlink_to(tmp_path / "in.csv")
        assert f"{out} is the file that is read; name another one with {option}." in asked(
            command, option, out
        )
    assert "is the file that is read" in asked(command, option, tmp_path / "in.csv")


def test_the_mapping_is_never_written_over(asked, tmp_path):
    assert "is the file that is read" in asked(*COMMANDS[2], tmp_path / "mapping.toml")


@pytest.mark.parametrize(("command", "option"), COMMANDS)
def test_what_cannot_be_written_is_said_first(asked, tmp_path, command, option):
    said = asked(command, option, tmp_path / "no" / "out.csv")

    assert "out.csv cannot be written: No such file or directory." in said
    assert f"Name another file with {option}." in said


def test_nothing_goes_in_when_refused_rows_cannot_be_kept(runner, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text(ROWS)

    result = runner.invoke(
        args=["accounts", "import", str(file), "--refused", str(tmp_path / "no" / "out.csv")]
    )

    assert "cannot be written" in result.stderr
    assert db.session.query(Account).count() == 0


def test_looking_leaves_an_older_report_and_makes_no_empty_one(runner, tmp_path):
    file, old = tmp_path / "accounts.csv", tmp_path / "old.csv"
    file.write_text("account\nacme\n")
    old.write_text("kept")

    runner.invoke(args=["accounts", "import", str(file), "--refused", str(old)])
    runner.invoke(args=["accounts", "import", str(file), "--refused", str(tmp_path / "new.csv")])

    assert old.read_text() == "kept"
    assert not (tmp_path / "new.csv").exists()


def test_of_a_file_that_is_not_there_it_is_said_that_it_cannot_be_read(runner, tmp_path):
    result = runner.invoke(args=["accounts", "import", str(tmp_path / "no" / "accounts.csv")])

    assert "accounts.csv cannot be read: No such file or directory." in result.stderr

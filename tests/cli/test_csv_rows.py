"""Files that are broken in how their letters are written."""

import pytest

COMMANDS = [
    ("accounts", "import", "{file}"),
    ("events", "import", "{file}"),
    ("analyse", "{file}", "--overall", "all", "--touchpoint", "desk"),
]
HEADER = "account,person,kind,time,all,desk\n"
LONG = (HEADER + "acme,ann,lead,2026-01-05,1,1\n" * 5_000).encode("utf-16")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "content", [b"\xff\xfea\0c", b"\xfe\xff\0", LONG[:-1], LONG + b"\0\xd8a\0", LONG + b"\0\xd8"]
)
def test_a_broken_utf_16_file_is_named_with_what_to_do(runner, tmp_path, command, content):
    file = tmp_path / "in.csv"
    file.write_bytes(content)

    result = runner.invoke(args=[part.format(file=file) for part in command])

    assert result.exit_code == 1
    assert f"{file} begins as UTF-16 but is broken further on" in result.stderr
    assert "save it as UTF-8 and try again." in result.stderr
    assert result.stdout == ""


def test_a_whole_utf_16_file_is_read(runner, tmp_path):
    file = tmp_path / "in.csv"
    file.write_bytes("account,name\nacme,Café\n".encode("utf-16"))

    result = runner.invoke(args=["accounts", "import", str(file)])

    assert result.stdout.startswith("1 rows read, 0 refused: 1 accounts new")

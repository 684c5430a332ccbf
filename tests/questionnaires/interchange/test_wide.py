import os

import pytest

from questionnaires.interchange.parts import FileFormat
from questionnaires.interchange.wide import FileFaultError, open_wide

WANTED = ("id", "naam")


def opened(tmp_path, content, *, wanted=WANTED, limit=1_000_000, **said):
    path = tmp_path / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_wide(path, FileFormat(**said), wanted, limit)


def fault(tmp_path, content, **given):
    with pytest.raises(FileFaultError) as caught:
        opened(tmp_path, content, **given)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path, encoding, found):
    file = opened(tmp_path, "id,naam\n1,Zoë\n".encode(encoding))
    assert file.encoding == found
    assert list(file.rows()) == [(2, ["1", "Zoë"])]


def test_a_guess_is_said_aloud(tmp_path):
    (note,) = opened(tmp_path, "id,naam\n1,Zoë\n".encode("latin-1")).notes
    assert note.startswith("The file is not UTF-8 (line 2, column 5); it is read as Windows-1252.")


@pytest.mark.parametrize(
    ("broken", "column"),
    [(b"3,Zo\xeb\n", 5), ("3,Zoë".encode() + b"\xff\n", 6), (b"3,\xc3\n", 3), (b"3,x\xe2\x82", 4)],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_utf8_with_a_broken_byte_is_not_taken_for_windows(tmp_path, broken, column, is_first):
    lines = [broken.rstrip() + b"\n", "1,één\n".encode()]
    content = b"id,naam\n" + b"".join(lines if is_first else lines[::-1])
    error = fault(tmp_path, content)
    assert (error.line, error.column) == (2 if is_first else 3, column)
    assert 'encoding = "..." under [file] in the mapping' in str(error)


def test_a_declared_encoding_needs_no_guess(tmp_path):
    file = opened(tmp_path, "id,naam\n1,Zoë\n".encode("latin-1"), encoding="latin-1")
    assert (file.encoding, file.notes) == ("latin-1", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path, delimiter):
    file = opened(tmp_path, f"id{delimiter}naam\n1{delimiter}Zoë\n")
    assert (file.delimiter, file.header) == (delimiter, ("id", "naam"))


def test_a_star_before_the_header_and_spaces_in_it_are_left_out(tmp_path):
    assert opened(tmp_path, "*id, naam \n1,Zoë\n").header == ("id", "naam")


def test_rows_are_numbered_by_the_line_they_begin_on(tmp_path):
    file = opened(tmp_path, 'id,naam\n1,"two\nlines"\n\n2,"a\r\nb\r\nc"\n3,last')
    assert [line for line, _cells in file.rows()] == [2, 5, 8]
    assert file.n_rows == 3


@pytest.mark.parametrize(
    ("content", "said", "line", "column"),
    [
        (b"", "the file is empty", 1, 1),
        (b"\n\n", "no header", 1, 1),
        (b"id,naam\n", "a header and nothing else", 2, 1),
        (b"1,2\n3,4\n", "no header: it has only numbers", 1, 1),
        (b"id,naam,id\n1,2,3\n", "“id” twice (cell 3)", 1, None),
        (b"id,name\n1,2\n", "lacks “naam”", 1, None),
        (b"id,naam\n1,2\n1,2,3\n", "3 cells where the header has 2", 3, None),
        (b"id,naam\n1\n", "1 cells where the header has 2", 2, None),
        (b"id,naam\n1,a\x00b\n", "NUL", 2, 4),
        ("id,naam\n1,Zoë\n2,".encode() + b"\xff\n", "this is not UTF-8", 3, 3),
        (b'id,naam\n1,a\n2,"open\n3,c\n', "cannot be read", 3, None),
        (b'id,naam\n1,"a"b\n', "cannot be read", 2, None),
        (b"id,naam\n1," + b"x" * 140_000 + b"\n", "field larger than field limit", 2, None),
    ],
)
def test_a_file_with_a_fault_is_refused_with_line_and_column(tmp_path, content, said, line, column):
    error = fault(tmp_path, content)
    assert said in str(error)
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_file_in_another_encoding_than_declared_is_refused(tmp_path, encoding):
    error = fault(tmp_path, "id,naam\n1,a\n2,Zoë\n".encode("latin-1"), encoding=encoding)
    assert str(error) == f"line 3, column 5: this is not {encoding}."


def test_half_a_character_of_utf_16_is_refused(tmp_path):
    error = fault(tmp_path, "id,naam\n1,a\n".encode("utf-16") + b"\x00", wanted=WANTED)
    assert "this is not utf-16 from byte" in str(error)


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.seek(1_000_000_000)
        file.write(b"\n")
    os.truncate(path, 1_000_000_001)
    with pytest.raises(FileFaultError, match="has 1,000 MB; at most 200 MB are read"):
        open_wide(path, FileFormat(), WANTED, 200_000_000)


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(FileFaultError):
        open_wide(tmp_path / name, FileFormat(), WANTED, 1_000)

"""A wide file: one header, then one row per response; opened only if it is whole.

Everything that is wrong with the file as such is found before the first row is given out, so that
nothing of a broken file is taken in.
"""

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple, TextIO

from questionnaires.interchange.parts import FileFormat

DELIMITERS = (",", ";", "\t", "|")

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file begins with that says how it is written."""

OLD_WINDOWS = "cp1252"
"""What a file is read as that is not UTF-8 and says nothing of itself."""

MEGABYTE = 1_000_000


class FileFaultError(ValueError):
    """A file that cannot be read as it is; the message names line and column where it has one."""

    def __init__(self, why: str, line: int | None = None, column: int | None = None) -> None:
        """Say what is wrong, and where: line and character, both from 1."""
        place = f"line {line}" if line else ""
        place += f", column {column}" if line and column else ""
        super().__init__(f"{place}: {why}" if place else why)
        self.line, self.column = line, column


class WideFile(NamedTuple):
    """A whole file: how it is written, what its columns are called, and what was assumed."""

    path: Path
    digest: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    n_rows: int
    notes: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row with the line it begins on; lines with nothing in them are passed over."""
        with _open(self.path, self.encoding) as text:
            rows = _rows(text, self.delimiter)
            next(rows)
            yield from rows


def open_wide(path: Path, said: FileFormat, wanted: Collection[str], limit: int) -> WideFile:
    """Read a file through once and refuse it if anything is wrong with it.

    Args:
        path: where it is.
        said: how it is written, as far as the mapping says.
        wanted: the columns that are to be read.
        limit: the largest file that is read, in bytes.

    Raises:
        FileFaultError: it is too large, empty, not text, in another encoding, without a header,
            without a wanted column, with a column twice, or with rows of another length.
    """
    _refuse_by_size(path, limit)
    encoding, notes = _encoding(path, said.encoding)
    delimiter = said.delimiter or _delimiter(path, encoding, wanted)
    header, n_rows = _read_through(path, encoding, delimiter, wanted)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return WideFile(path, digest, encoding, delimiter, header, n_rows, notes)


def _refuse_by_size(path: Path, limit: int) -> None:
    """Refuse what is not there, empty or too large, without reading it."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileFaultError(f"{path.name}: {error.strerror}.") from error
    if not path.is_file():
        raise FileFaultError(f"{path.name} is not a file.")
    if size == 0:
        raise FileFaultError("the file is empty.", 1, 1)
    if size > limit:
        raise FileFaultError(
            f"the file has {size / MEGABYTE:,.0f} MB; at most {limit / MEGABYTE:,.0f} MB are read."
        )


def _encoding(path: Path, said: str | None) -> tuple[str, tuple[str, ...]]:
    """How the text is written: as its mark, the mapping or its bytes say."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark) and (said is None or codecs.lookup(said).name in name):
            _refuse_undecodable(path, name)
            return name, ()
    if said is not None:
        _refuse_undecodable(path, said)
        return said, ()
    has_utf8, broken = _look_for_utf8(path)
    if broken is None:
        return "utf-8", ()
    line, column = broken
    if has_utf8:
        raise FileFaultError(
            "this is not UTF-8, though there are letters in UTF-8 elsewhere. Mend it, or say how "
            'the file is written with encoding = "..." under [file] in the mapping.',
            line,
            column,
        )
    _refuse_undecodable(path, OLD_WINDOWS)
    note = (
        f"The file is not UTF-8 (line {line}, column {column}); it is read as Windows-1252. "
        'Say encoding = "..." under [file] if that is wrong.'
    )
    return OLD_WINDOWS, (note,)


def _refuse_undecodable(path: Path, encoding: str) -> None:
    """Refuse a file that is not written in the encoding it should be."""
    if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        try:
            path.read_bytes().decode(encoding)
        except UnicodeDecodeError as error:
            raise FileFaultError(
                f"this is not {encoding} from byte {error.start} on.", 1
            ) from error
        return
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            if (nul := data.find(b"\0")) >= 0:
                raise FileFaultError("there is a NUL character here.", line, nul + 1)
            try:
                data.decode(encoding)
            except UnicodeDecodeError as error:
                column = len(data[: error.start].decode(encoding)) + 1
                raise FileFaultError(f"this is not {encoding}.", line, column) from error


def _look_for_utf8(path: Path) -> tuple[bool, tuple[int, int] | None]:
    """Whether the file has letters in UTF-8, and line and column of the first that is none."""
    has_utf8, broken = False, None
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            if (nul := data.find(b"\0")) >= 0:
                raise FileFaultError("there is a NUL character here.", line, nul + 1)
            if data.isascii():
                continue
            try:
                data.decode()
                has_utf8 = True
            except UnicodeDecodeError as error:
                has_utf8 = has_utf8 or not data.decode(errors="ignore").isascii()
                broken = broken or (line, len(data[: error.start].decode()) + 1)
    return has_utf8, broken


def _delimiter(path: Path, encoding: str, wanted: Collection[str]) -> str:
    """The delimiter with which the header has most of the wanted columns."""

    def n_found(delimiter: str) -> int:
        with _open(path, encoding) as text:
            _, header = next(_rows(text, delimiter), (0, []))
        return len(set(wanted) & set(_names(header)))

    return max(DELIMITERS, key=n_found)


def _read_through(
    path: Path, encoding: str, delimiter: str, wanted: Collection[str]
) -> tuple[tuple[str, ...], int]:
    """Check header and shape of the whole file; gives the header and the number of rows."""
    with _open(path, encoding) as text:
        rows = _rows(text, delimiter)
        line, first = next(rows, (1, None))
        if first is None:
            raise FileFaultError("the file has no header.", line, 1)
        header = _names(first)
        _refuse_header(header, line, wanted)
        n_rows = 0
        for number, cells in rows:
            n_rows += 1
            if len(cells) != len(header):
                why = f"this row has {len(cells)} cells where the header has {len(header)}."
                raise FileFaultError(why, number)
    if not n_rows:
        raise FileFaultError("the file has a header and nothing else.", line + 1, 1)
    return tuple(header), n_rows


def _refuse_header(header: Sequence[str], line: int, wanted: Collection[str]) -> None:
    """Refuse a header that is none, names a column twice, or lacks one that is wanted."""
    missing = [name for name in wanted if name not in header]
    if missing and all(_is_number(name) or not name for name in header):
        raise FileFaultError("the first line is no header: it has only numbers.", line, 1)
    for place, name in enumerate(header, start=1):
        if name and name in header[: place - 1]:
            raise FileFaultError(f"the header has “{name}” twice (cell {place}).", line)
    if missing:
        listed = ", ".join(f"“{name}”" for name in missing)
        raise FileFaultError(f"the header lacks {listed}, which the mapping names.", line)


def _rows(text: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on, where a quoted cell may go over several lines."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFaultError(
                f"the row that begins here cannot be read: {error}.", line
            ) from error
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _open(path: Path, encoding: str) -> TextIO:
    """The file as text, its line ends as they are."""
    return path.open(encoding=encoding, newline="")


def _names(header: Sequence[str]) -> list[str]:
    """The names of columns: without the star some programs put first, and without spaces around."""
    return [name.strip().removeprefix("*").strip() for name in header]


def _is_number(text: str) -> bool:
    """Whether a cell is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True

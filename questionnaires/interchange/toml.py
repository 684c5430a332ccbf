"""Reads a mapping from its TOML file, and says what is wrong by the name of the key."""

import tomllib
from collections.abc import Mapping as Dict
from pathlib import Path
from stat import S_ISREG
from typing import Any

from pydantic import ValidationError

from questionnaires.interchange.mapping import Mapping

LARGEST = 1_000_000
"""The largest mapping that is read, in bytes."""


class MappingError(ValueError):
    """A mapping that cannot be used; ``problems`` has one line for each thing wrong."""

    def __init__(self, problems: list[str]) -> None:
        """Say everything that is wrong at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


def load_mapping(path: Path) -> Mapping:
    """Read the mapping in a file, and in the file beside it that it builds on.

    Raises:
        MappingError: it cannot be read, or a key is unknown, missing or wrong.
    """
    try:
        data = _read(path)
        if "like" in data:
            data = _merged(_read(_beside(path, data.pop("like"))), data)
        return parse_mapping(data)
    except RecursionError as error:
        raise MappingError([f"{path.name}: too many lists or tables are in each other."]) from error


def parse_mapping(data: dict[str, Any]) -> Mapping:
    """Make a mapping of what a TOML file says.

    ``absent`` names columns this file does not have: what they say was not asked. ``columns``
    says how this file names columns that the rest of the mapping calls otherwise.

    Raises:
        MappingError: a key is unknown, missing or wrong.
    """
    said = dict(data)
    absent, names = said.pop("absent", []), said.pop("columns", {})
    if not _is_list_of_words(absent) or not _is_table_of_words(names):
        raise MappingError(
            ['absent is a list of columns, columns a table: NAME = "as in the file"']
        )
    read = _columns(said)
    if strange := [name for name in (*absent, *names) if name not in read]:
        raise MappingError([f"columns.{name}: nothing here reads this column" for name in strange])
    kept = _renamed(_without(said, frozenset(absent)), names)
    try:
        return Mapping.model_validate(kept)
    except ValidationError as error:
        raise MappingError(
            [f"{_where(item['loc'], kept)}: {_why(item)}" for item in error.errors()]
        ) from error


def _read(path: Path) -> dict[str, Any]:
    """What a TOML file says, as it stands there."""
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise MappingError([f"{path.name} is not a file."])
        if found.st_size > LARGEST:
            raise MappingError([f"{path.name}: this is too large to be a mapping."])
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise MappingError([f"{path.name}: {error.strerror}."]) from error
    except UnicodeDecodeError as error:
        raise MappingError([f"{path.name}: a mapping is written in UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError([f"{path.name}: {error}."]) from error


def _beside(path: Path, name: object) -> Path:
    """The file in the same folder that a mapping builds on."""
    if not isinstance(name, str) or Path(name).name != name:
        raise MappingError(['like: name a file in the same folder, as like = "2017.toml"'])
    return path.with_name(name)


def _merged(under: Any, over: Any) -> Any:  # noqa: ANN401 -- any TOML value
    """What both say, ``over`` where they differ.

    Tables are merged, lists replaced, and ``false`` takes away what the other said.
    """
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    merged = under | {key: _merged(under.get(key), value) for key, value in over.items()}
    return {key: value for key, value in merged.items() if value is not False}


def _columns(part: Any) -> set[str]:  # noqa: ANN401 -- any TOML value
    """Every column a part of a mapping reads."""
    if isinstance(part, dict):
        own = {part["column"]} if isinstance(part.get("column"), str) else set()
        return own.union(*(_columns(value) for value in part.values()))
    return set().union(*map(_columns, part)) if isinstance(part, list) else set()


def _without(part: Any, absent: frozenset[str]) -> Any:  # noqa: ANN401 -- any TOML value
    """A part of a mapping without everything that is read from absent columns."""

    def is_there(value: object) -> bool:
        return not (isinstance(value, dict) and value.get("column") in absent)

    if isinstance(part, dict):
        return {key: _without(value, absent) for key, value in part.items() if is_there(value)}
    if isinstance(part, list):
        return [_without(value, absent) for value in part if is_there(value)]
    return part


def _renamed(part: Any, names: Dict[str, str]) -> Any:  # noqa: ANN401 -- any TOML value
    """A part of a mapping with every column as the file names it."""
    if isinstance(part, dict):
        return {
            key: names.get(value, value)
            if key == "column" and isinstance(value, str)
            else _renamed(value, names)
            for key, value in part.items()
        }
    return [_renamed(value, names) for value in part] if isinstance(part, list) else part


def _where(place: tuple[int | str, ...], data: Any) -> str:  # noqa: ANN401 -- any TOML value
    """Name a place in a mapping: an item of a list by its key, else by its number from 1.

    Example:
        >>> _where(("stages", 0, "low"), {"stages": [{"key": "visit", "low": "x"}]})
        'stages[visit].low'
    """
    said = ""
    for step in place:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            key = data.get("key", step + 1) if isinstance(data, dict) else step + 1
            said += f"[{key}]"
        else:
            data = data.get(step) if isinstance(data, dict) else None
            said += f".{step}" if said else step
    return said or "mapping"


def _why(item: Any) -> str:  # noqa: ANN401 -- pydantic's own record of an error
    """Say what is wrong with a value, and what it was."""
    if item["type"] == "extra_forbidden":
        return "there is no such key"
    if item["type"] == "missing":
        return "this is needed"
    message = str(item["msg"]).removeprefix("Value error, ")
    given = item["input"]
    return message if isinstance(given, dict | list) else f"{message}, not “{given}”"


def _is_list_of_words(value: object) -> bool:
    """Whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_table_of_words(value: object) -> bool:
    """Whether a value is a table of strings."""
    return isinstance(value, dict) and _is_list_of_words(list(value.values()))

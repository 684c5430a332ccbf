"""Old answers for tests of importing: a small shop's file, and where the real ones lie."""

import copy
from pathlib import Path

from actions.importing import check_file, import_file
from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.toml import parse_mapping
from tests import database
from tests.factories import NOON

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"

SHOP = {
    "source": "Till survey",
    "journey": {"key": "shop", "name": {"nl": "Winkel", "en": "Shop"}, "market": "b2c"},
    "survey": {"key": "till", "title": {"nl": "Kassa", "en": "Till"}},
    "time": {"column": "date"},
    "respondent": {
        "id": {"column": "nr"},
        "audience": {"column": "who", "otherwise": "customer"},
        "language": "nl",
        "weight": {"column": "weight", "otherwise": 1},
        "attributes": {"region": {"column": "region"}},
    },
    "scale": {"not_met": [9], "blank": ["-"]},
    "stages": [
        {
            "key": "buy",
            "name": {"nl": "Kopen", "en": "Buying"},
            "overall": {"column": "all"},
            "touchpoints": [
                {"key": "till", "column": "till", "name": {"nl": "Kassa", "en": "Till"}},
                {"key": "staff", "column": "staff", "name": {"nl": "Personeel", "en": "Staff"}},
            ],
        }
    ],
    "questions": [
        {"key": "why", "kind": "comment", "column": "why", "stage": "buy"},
        {"key": "recommend", "kind": "nps", "column": "nps"},
    ],
}
"""What a mapping of the shop's file says; ids, dates, one stage, a comment and NPS."""

HEADER = "nr,date,who,weight,region,all,till,staff,nps,why"


def shop(**changes) -> Mapping:
    """The shop's mapping, with whole parts of it said otherwise."""
    return parse_mapping(copy.deepcopy(SHOP) | changes)


def without_id() -> Mapping:
    """The shop's mapping, by which rows have no id of their own."""
    respondent = {key: given for key, given in SHOP["respondent"].items() if key != "id"}
    return shop(respondent=respondent)


def write(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    """A file of the shop with these rows."""
    path = folder / "shop.csv"
    path.write_bytes("\n".join((header, *rows, "")).encode(encoding))
    return path


def row(number: int, **given: object) -> str:
    """One good row of the shop's file, with some cells given."""
    cells = {"nr": number, "date": "2026-10-05", "all": 4, "till": 3, "staff": 5, "nps": 8}
    return ",".join(str((cells | given).get(name, "")) for name in HEADER.split(","))


def take_in(path: Path, mapping: Mapping | None = None, **given):
    """Import a file at noon."""
    return import_file(check_file(path, mapping or shop()), now=given.pop("now", NOON), **given)


def airport_file(year: int) -> Path:
    """The airport's survey of a year; where it is absent the test is skipped in one line."""
    path = DATA / "ratings" / f"{year}_SFO_Customer_Survey.csv"
    if not path.exists():
        database.miss(f"the airport's survey is not at {path}")
    return path

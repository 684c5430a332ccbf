"""An app with an empty home, and a wide file of invented old answers to import into it."""

import csv
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app import create_app
from extensions import db
from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.toml import parse_mapping

TOUCHPOINTS = ("till", "staff", "shelves", "parking", "website", "returns")
WORDS = ("de", "kassa", "was", "traag", "maar", "het", "personeel", "hielp", "snel", "vriendelijk")


@contextmanager
def empty_app() -> Iterator[tuple[Flask, Path]]:
    """An app on SQLite in a folder of its own, which goes afterwards."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        app = create_app({"HOME": home, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home}/bench.db"})
        with app.app_context():
            db.create_all()
            yield app, home
            db.session.remove()
            db.engine.dispose()


def write_file(path: Path, n_rows: int, first: int = 0) -> None:
    """Write a file of eight questions, one of them a comment, and two attributes."""
    chance = random.Random(first)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["nr", "day", "region", "kind", "all", *TOUCHPOINTS, "why"])
        for number in range(first, first + n_rows):
            points = [chance.choice("123456") for _ in range(len(TOUCHPOINTS))]
            year, month, on = (chance.randint(*ends) for ends in ((2024, 2025), (1, 12), (1, 28)))
            day = f"{year}-{month:02}-{on:02}"
            comment = " ".join(chance.choices(WORDS, k=12))
            region = chance.choice(("noord", "zuid"))
            row = [number, day, region, chance.choice("abc"), chance.choice("12345"), *points]
            writer.writerow([*row, comment])


def mapping() -> Mapping:
    """What the columns of that file mean."""
    touchpoints = [
        {"key": name, "column": name, "name": {"nl": name, "en": name}} for name in TOUCHPOINTS
    ]
    return parse_mapping(
        {
            "source": "Bench",
            "journey": {"key": "bench", "name": {"nl": "Meting", "en": "Bench"}, "market": "b2c"},
            "survey": {"key": "bench", "title": {"nl": "Meting", "en": "Bench"}},
            "time": {"column": "day"},
            "respondent": {
                "id": {"column": "nr"},
                "audience": "customer",
                "language": "nl",
                "attributes": {"region": {"column": "region"}, "kind": {"column": "kind"}},
            },
            "scale": {"not_met": [6]},
            "stages": [
                {
                    "key": "buy",
                    "name": {"nl": "Kopen", "en": "Buying"},
                    "overall": {"column": "all"},
                    "touchpoints": touchpoints,
                }
            ],
            "questions": [{"key": "why", "kind": "comment", "column": "why", "stage": "buy"}],
        }
    )

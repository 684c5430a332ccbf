"""What the invented company changed and announced, in line with the story of ``demo.plot``."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from demo.company import TIME_ZONE
from demo.plot import REPAIRED

ANNOUNCED_BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True)
class Announced:
    """One improvement, in the company's own words.

    Attributes:
        journey: the key of the journey.
        stage: the key of the stage.
        touchpoint: the key of the touchpoint that changes.
        months_ago: its first month; 1 is the last closed one, -1 the next to come.
        expected: points it was to win.
        title: what changes.
        description: more about it.
    """

    journey: str
    stage: str
    touchpoint: str
    months_ago: int
    expected: float
    title: str
    description: str

    def starts_on(self, now: datetime) -> date:
        """The first day of its first month.

        Example:
            >>> from datetime import UTC
            >>> IMPROVEMENTS[1].starts_on(datetime(2026, 3, 20, tzinfo=UTC))
            datetime.date(2025, 10, 1)
        """
        here = now.astimezone(ZoneInfo(TIME_ZONE))
        month = here.year * 12 + here.month - 1 - self.months_ago
        return date(month // 12, month % 12 + 1, 1)

    def announced_at(self, now: datetime) -> datetime:
        """When it was registered: a month before the start, and not in the future."""
        start = datetime.combine(self.starts_on(now), now.timetz())
        return min(start - ANNOUNCED_BEFORE, now - timedelta(days=3))


IMPROVEMENTS: Final = (
    # the story knows of no change here: no effect is to be seen
    Announced(
        "household",
        "retention",
        "app",
        12,
        8.0,
        "Nieuw startscherm in de app",
        "Verbruik, opwek en storingen op één scherm, met grotere knoppen.",
    ),
    Announced(
        "household",
        "decision",
        "purchase_process",
        REPAIRED,
        15.0,
        "Bestellen in drie stappen",
        "Het bestelformulier gaat van zeven naar drie stappen; het adres wordt ingevuld.",
    ),
    Announced(
        "business",
        "activate",
        "quotation",
        REPAIRED,
        15.0,
        "Offerte binnen twee werkdagen",
        "Vaste opbouw, op één bladzijde, door één vaste medewerker gemaakt.",
    ),
    Announced(
        "household",
        "retention",
        "invoice",
        -1,
        20.0,
        "De factuur weer begrijpelijk",
        "Bedragen per dienst, een uitleg van één zin per regel, en een mens aan de telefoon.",
    ),
)
"""In the order in which they began."""

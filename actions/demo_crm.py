"""Planting what the invented company's CRM knows: accounts, persons and lifecycle events."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from actions.account_import import import_accounts
from actions.crm_cells import Line
from actions.event_import import import_events
from demo import crm, story
from demo.company import questionnaires


def plant_crm(seed: int, now: datetime, responses: int) -> None:
    """Import the two files that the invented CRM would give.

    Args:
        seed: that of the answers, which are told once more to know whom they are about.
        now: the moment the answers were planted at.
        responses: how many of them.
    """
    told = crm.tell(seed, now, story.tell(seed, now, questionnaires(), responses))
    import_accounts(_lines(told.accounts), now=now)
    import_events(_lines(told.events), now=now)


def _lines(rows: Iterable[crm.Row]) -> Iterator[Line]:
    """The rows as they would stand in a file."""
    return (Line(number, row) for number, row in enumerate(rows, start=2))

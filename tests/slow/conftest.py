"""The demonstration as it is planted on one fixed day, for tests that look for its story."""

from datetime import UTC, datetime

import pytest

from actions.demo import plant_demo
from facts.engine import open_facts
from tests.installation import house

DAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstration_facts(tmp_path_factory):
    """The facts of the whole demonstration."""
    home = tmp_path_factory.mktemp("demonstration")
    with house(f"sqlite:///{home}/outsidein.db", home):
        plant_demo(7, home, DAY, report=lambda _step, _share: None)
    return open_facts(home)

"""A process that projects until it is killed: ``python -m tests.facts.projecting HOME DATABASE``.

Its batches are small and it compacts often, so that a kill meets it in every step.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]


def begin(home, url):
    """Start such a process; gives it once it works."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.facts.projecting", str(home), url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"working\n"
    return process


def work(home, url):
    from actions import projection
    from app import create_app
    from facts import store
    from insights.sentiment import read

    read("Slow to load, so load it before anyone kills", "en")
    read("Traag met laden, dus laad het voor iemand ons doodt", "nl")
    projection.AT_ONCE, store.MANY_FILES = 3, 6
    app = create_app({"HOME": Path(home), "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "test"})
    with app.app_context():
        projection.project_finished(datetime(2000, 1, 1, tzinfo=UTC))
        sys.stdout.write("working\n")
        sys.stdout.flush()
        while True:
            now = datetime.now(UTC)
            projection.project_finished(now)
            projection.project_partial(now)
            projection.compact_facts()


if __name__ == "__main__":
    work(*sys.argv[1:])

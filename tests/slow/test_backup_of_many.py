"""What a backup of 100,000 answers costs: minutes at most, and memory that does not grow."""

import os
import subprocess
import sys
from time import monotonic

import pytest

from actions import archive
from tests.house.source import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

MEASURE = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "flask", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def flask(home, *arguments):
    """Run a command; its seconds and the most memory it had, in megabytes."""
    start = monotonic()
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"OUTSIDEIN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return monotonic() - start, int(said.stdout.split()[-1])


def filled(home, responses):
    flask(home, "db", "upgrade")
    flask(home, "demo", "plant", "--responses", responses)
    return home


@pytest.fixture(scope="module")
def backups(tmp_path_factory):
    """A small and a large backup, and what each took."""
    folder = tmp_path_factory.mktemp("backups")
    costs = {}
    for responses in (2_000, 24_000):
        home = filled(folder / f"home-{responses}", responses)
        costs[responses] = flask(home, "backup", "make", folder / f"{responses}.zip")
    return folder, costs


def test_memory_does_not_grow_with_the_rows(backups):
    _, costs = backups

    assert costs[24_000][1] < costs[2_000][1] + 30


def test_a_hundred_thousand_answers_are_restored_within_ten_minutes(backups):
    folder, costs = backups

    seconds, _ = flask(folder / "new", "backup", "restore", folder / "24000.zip")

    assert archive.read_manifest(folder / "24000.zip").tables["answer"].rows > 100_000
    assert costs[24_000][0] + seconds < 600

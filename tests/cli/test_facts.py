"""The commands about facts say in one line what is there and what they did."""

import pyarrow.parquet as pq
import pytest

from actions.projection import project_finished
from facts.schema import NAMES
from tests.factories import NOON
from tests.facts.survey import answer, make_version


@pytest.fixture
def invoke(runner):
    def run(*words):
        result = runner.invoke(args=["facts", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_status_of_an_empty_table_says_what_waits(invoke):
    answer(make_version())

    assert invoke("status") == "No facts yet; 1 responses wait.\n"


def test_status_counts_facts_responses_and_months(invoke):
    answer(make_version())
    project_finished(NOON)

    line = invoke("status")

    assert line.startswith("7 facts of 1 responses in 1 months, as of 20")
    assert line.endswith("; 0 responses wait, 0 batches are begun.\n")
    assert line.count("\n") == 1


def test_rebuild_makes_the_table_and_adds_what_waited(invoke):
    version = make_version()
    answer(version)
    project_finished(NOON)
    answer(version)

    line = invoke("rebuild")

    assert line == "Rebuilt 7 facts; 1 responses that waited were added.\n"
    assert invoke("status").startswith("14 facts of 2 responses")


def test_export_writes_a_star_without_what_people_wrote(invoke, tmp_path):
    answer(make_version(), {"overall": 5, "why": "canary-words"}, person="canary-person")
    project_finished(NOON)
    folder = tmp_path / "star"

    line = invoke("export", str(folder))

    assert line == f"Wrote 7 facts to {folder}: see README.md there.\n"
    facts = pq.read_table(folder / "facts.parquet")
    assert tuple(facts.schema.names) == NAMES
    assert set(facts["person"].to_pylist()) == {"canary-person"}
    questions = pq.read_table(folder / "questions.parquet").to_pylist()
    assert [row["question"] for row in questions][:2] == ["overall", "met"]
    assert (questions[0]["low"], questions[0]["high"], questions[0]["stage"]) == (1, 5, "buy")
    assert not [path for path in folder.iterdir() if b"canary-words" in path.read_bytes()]
    page = (folder / "README.md").read_text()
    assert all(f"| {name} |" in page for name in NAMES)


def test_export_of_nothing_is_a_star_without_rows(invoke, tmp_path):
    invoke("export", str(tmp_path / "star"))

    assert pq.read_table(tmp_path / "star" / "facts.parquet").num_rows == 0

"""How fast old answers come in: ``python -m bench.imports [ROWS]``."""

import sys
from datetime import UTC, datetime
from time import perf_counter

from actions.importing import check_file, import_file
from actions.projection import project_finished
from bench.old_answers import empty_app, mapping, write_file


def main(n_rows: int) -> None:
    """Import a file, then bring its answers to the facts; print responses per second of each."""
    now = datetime.now(UTC)
    with empty_app() as (_app, home):
        write_file(home / "old.csv", n_rows)
        began = perf_counter()
        run = import_file(check_file(home / "old.csv", mapping()), now=now)
        imported = perf_counter()
        print(f"import: {run.n_imported / (imported - began):,.0f} responses/s of 8 answers")
        run = import_file(check_file(home / "old.csv", mapping()), now=now)
        again = perf_counter()
        print(f"the same again: {run.n_known / (again - imported):,.0f} responses/s")
        project_finished(now)
        print(f"to the facts, comments read: {n_rows / (perf_counter() - again):,.0f} responses/s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

"""How fast all raw answers go out: ``python -m bench.exports [ROWS]``."""

import csv
import resource
import sys
from datetime import UTC, datetime
from time import perf_counter

from actions.exporting import export_rows
from actions.importing import check_file, import_file
from bench.old_answers import empty_app, mapping, write_file


def main(n_rows: int) -> None:
    """Export a quarter, half and all of the rows; print time and memory of each."""
    now = datetime.now(UTC)
    with empty_app() as (_app, home):
        n_in = 0
        for n_wanted in (n_rows // 4, n_rows // 2, n_rows):
            write_file(home / "old.csv", n_wanted - n_in, first=n_in)
            import_file(check_file(home / "old.csv", mapping()), now=now)
            n_in = n_wanted
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = perf_counter()
            with (home / "all.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(export_rows())
            seconds = perf_counter() - began
            more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            size = (home / "all.csv").stat().st_size / 1e6
            print(
                f"export of {n_wanted:,} responses of 8 answers: {seconds:.2f} s, {size:.0f} MB, "
                f"{more / 1024:.0f} MB more memory at its peak"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

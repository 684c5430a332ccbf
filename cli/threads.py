"""How many threads a process may compute with."""

import os

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""What the libraries under numpy read, once, when they are loaded."""


def compute_alone() -> None:
    """Let this process, and those it starts, do linear algebra in one thread each.

    Matrices are small here, and there are thousands: threads would only wait for each other, and
    the processes beside this one would wait for them. What the environment says already stays.
    """
    for name in VARIABLES:
        os.environ.setdefault(name, "1")

"""Processes that compute side by side leave each other the processors."""

import os

from cli.threads import compute_alone


def test_linear_algebra_uses_one_thread(monkeypatch):
    monkeypatch.setattr(os, "environ", {})

    compute_alone()

    assert os.environ == {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def test_what_the_operator_says_stays(monkeypatch):
    given = {"OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "3"}
    monkeypatch.setattr(os, "environ", dict(given))

    compute_alone()

    assert os.environ == given

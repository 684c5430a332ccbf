import numpy as np
import pandas as pd
import pytest

from insights.pain.guards import Reason
from insights.plain import number, plain, plain_rows


@pytest.mark.parametrize(
    "nothing", [None, float("nan"), np.nan, pd.NA, float("inf"), np.float64("nan")]
)
def test_every_way_to_say_nothing_is_none(nothing):
    assert plain(nothing) is None
    assert number(nothing) is None


def test_values_keep_their_kind():
    values = [np.int64(3), np.float64(0.5), np.bool_(True), "buy", Reason.COLLINEAR]

    assert [plain(value) for value in values] == [3, 0.5, True, "buy", "collinear"]
    assert plain(np.bool_(True)) is True


def test_rows_hold_none_where_the_frame_says_nothing():
    frame = pd.DataFrame({"n": pd.array([7, None], dtype="Int64"), "score": [50.0, np.nan]})

    assert plain_rows(frame) == [{"n": 7, "score": 50.0}, {"n": None, "score": None}]

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from insights.sentiment.agreement import CLASSES, agreement

TEN = (
    ("positive", (0.9, 0.05, 0.0, 0.05)),  # right, 0.9
    ("positive", (0.6, 0.1, 0.2, 0.1)),  # right, 0.6
    ("positive", (0.3, 0.1, 0.5, 0.1)),  # negative, 0.5
    ("positive", None),  # not read
    ("negative", (0.0, 0.1, 0.8, 0.1)),  # right, 0.8
    ("negative", (0.1, 0.3, 0.4, 0.2)),  # neutral and mixed together, 0.5; by its sign right
    ("neutral", (0.2, 0.7, 0.1, 0.0)),  # right, 0.7
    ("neutral", (0.75, 0.2, 0.05, 0.0)),  # positive, 0.75
    ("mixed", (0.1, 0.2, 0.1, 0.6)),  # right as neutral, 0.8
    ("mixed", (0.05, 0.1, 0.8, 0.05)),  # negative, 0.8
)

CHANCES = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(
    lambda some: [one / sum(some) for one in some]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["positive", "neutral", "negative", "mixed"]), CHANCES),
    min_size=1,
    max_size=40,
)


def of(rows):
    said = [None if some is None else some[0] - some[2] for _, some in rows]
    spread = [some or (0.0, 1.0, 0.0, 0.0) for _, some in rows]
    return agreement([label for label, _ in rows], said, spread)


def chosen(some):
    three = (some[0], some[1] + some[3], some[2])
    return CLASSES[int(np.argmax(three))]


def test_ten_rows_come_to_what_they_come_to_by_hand():
    found = of(TEN)

    assert (found.n, found.n_read, found.n_sides) == (10, 9, 5)
    assert found.accuracy == pytest.approx(0.5)
    # positive: 2 of 3 said are right, 2 of 4 are found; neutral: 2 of 3, 2 of 4; negative: 1 of
    # 3, 1 of 2; what was not read is said to be nothing, and so is not found.
    assert found.macro_f1 == pytest.approx((2 * 2 / 7 + 2 * 2 / 7 + 2 * 1 / 5) / 3)
    assert found.balanced == pytest.approx((2 / 3 + 2 / 2) / 2)
    # The surest four of five, 0.9, 0.8, 0.4 and 0.3 from 0, are right; the wrong one is 0.2.
    assert found.surest == 1
    # By tenths: .5 (0 of 2 right), .6 (1), .7 (.7 right, .75 wrong), .8 (2 of 3), .9 (1).
    gaps = abs(0 - 0.5) * 2 + abs(1 - 0.6) + abs(0.5 - 0.725) * 2 + abs(2 / 3 - 0.8) * 3 + 0.1
    assert found.calibration_error == pytest.approx(gaps / 9)


def test_the_interval_of_the_accuracy_is_wilson_s():
    found = of(TEN)

    expected = proportion_confint(5, 10, method="wilson")
    assert (found.accuracy_low, found.accuracy_high) == pytest.approx(expected)


def test_the_interval_of_the_balanced_accuracy_holds_it_and_narrows():
    few, many = of(TEN), of(TEN * 20)

    assert few.balanced_low < few.balanced < few.balanced_high <= 1
    assert many.balanced == pytest.approx(few.balanced)
    assert many.balanced_high - many.balanced_low < few.balanced_high - few.balanced_low


def test_where_there_is_nothing_to_compare_nothing_is_said():
    found = agreement([], [], [])

    assert found[:3] == (0, 0, 0)
    assert set(found[3:]) == {None}


def test_where_nothing_was_read_everything_is_wrong():
    found = of([("positive", None), ("negative", None)])

    assert (found.n_read, found.accuracy, found.balanced) == (0, 0.0, None)
    assert (found.macro_f1, found.surest, found.calibration_error) == (0.0, None, None)


def test_where_one_side_is_missing_there_is_no_balance():
    found = of([("positive", (1.0, 0.0, 0.0, 0.0)), ("neutral", (0.0, 1.0, 0.0, 0.0))])

    assert (found.balanced, found.balanced_low, found.surest) == (None, None, None)
    assert found.accuracy == 1


@given(ROWS)
def test_macro_f1_is_the_mean_of_precision_and_recall_of_each_class(rows):
    given_, said = [], []
    for label, some in rows:
        given_.append("neutral" if label == "mixed" else label)
        said.append(chosen(some))
    expected = []
    for name in set(given_):
        both = sum(a == b == name for a, b in zip(given_, said, strict=True))
        precision = both / said.count(name) if name in said else 0
        recall = both / given_.count(name)
        both = precision + recall
        expected.append(2 * precision * recall / both if both else 0)

    assert of(rows).macro_f1 == pytest.approx(np.mean(expected))


@given(ROWS)
def test_the_balanced_accuracy_is_the_mean_of_both_shares_found(rows):
    good = [some[0] > some[2] for label, some in rows if label == "positive"]
    bad = [some[0] < some[2] for label, some in rows if label == "negative"]

    found = of(rows).balanced

    if good and bad:
        assert found == pytest.approx((np.mean(good) + np.mean(bad)) / 2)
    else:
        assert found is None

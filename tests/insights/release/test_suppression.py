import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from insights.release.suppression import MINIMUM_PERSONS, protect, suppress

persons = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def cells(counts):
    return pd.DataFrame({"cell": range(len(counts)), "persons": counts, "n": counts, "score": 50.0})


def test_every_number_of_a_small_cell_is_blank_and_its_name_stays():
    found = suppress(cells([4, 5]), ["n", "score"])

    assert found["shown"].tolist() == [False, True]
    assert found.loc[0, ["persons", "n", "score"]].isna().all()
    assert found["cell"].tolist() == [0, 1]
    assert found.loc[1, ["persons", "n", "score"]].tolist() == [5, 5, 50.0]


def test_a_cell_that_was_hidden_stays_hidden():
    assert not suppress(cells([50]).assign(shown=False), ["score"])["shown"].item()


def test_a_cell_that_alone_is_hidden_takes_the_next_smallest_with_it():
    assert protect(cells([40, 3, 9]), ["score"])["shown"].tolist() == [True, False, False]


def test_hidden_cells_that_are_too_few_persons_together_take_another_one():
    assert protect(cells([2, 2, 30, 8]), [])["shown"].tolist() == [False, False, True, False]


def test_hidden_cells_that_are_enough_together_take_none():
    assert protect(cells([4, 4, 8]), [])["shown"].tolist() == [False, False, True]


def test_each_partition_is_protected_for_itself():
    frame = cells([3, 9, 9, 9]).assign(stage=["buy", "buy", "use", "use"])

    assert protect(frame, [], ["stage"])["shown"].tolist() == [False, False, True, True]


def test_a_partition_of_one_cell_and_an_empty_frame_have_nothing_to_hide():
    assert protect(cells([9]), [])["shown"].tolist() == [True]
    assert protect(cells([]), []).empty
    assert suppress(cells([]), ["score"]).empty


@given(persons)
def test_what_is_hidden_is_never_less_than_the_minimum_while_anything_is_shown(counts):
    found = protect(cells(counts), ["score"])
    hidden = [count for count, shown in zip(counts, found["shown"], strict=True) if not shown]

    assert (found.loc[found["shown"], "persons"] >= MINIMUM_PERSONS).all()
    assert found.loc[~found["shown"], ["persons", "score"]].isna().all(axis=None)
    if found["shown"].any() and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= MINIMUM_PERSONS

"""Sorted lists of whole numbers: orders by several columns, ties, runs and costs within bands, by hand."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.row_order import spans
from matching.sorting import VALUE_BITS, by_cost, cost_bands, in_order, runs, tied

WIDE = 1 << 40
numbers = st.integers(1, 30).flatmap(
    lambda count: st.tuples(*(arrays(np.int64, count, elements=st.integers(0, 3)) for _ in range(3)))
)


@given(numbers)
def test_columns_too_wide_for_one_number_are_sorted_alike(columns):
    places, same = in_order(*columns)
    wide_places, wide_same = in_order(*(column * WIDE for column in columns))

    assert places.tolist() == wide_places.tolist() == np.lexsort(columns[::-1]).tolist()
    assert same.tolist() == wide_same.tolist()
    rows = np.stack(columns)[:, places].T.tolist()
    assert same.tolist() == [one == other for one, other in pairwise(rows)]


def test_nothing_is_in_order():
    places, same = in_order(np.empty(0, np.int64), np.empty(0, np.int64))

    assert (places.tolist(), same.tolist()) == ([], [])


def test_ties_are_numbered_group_by_group():
    places, group = tied(np.array([3, 3, 4, 7, 7, 7]))

    assert (places.tolist(), group.tolist()) == ([0, 1, 3, 4, 5], [1, 1, 2, 2, 2])
    assert [part.tolist() for part in tied(np.array([1, 2]))] == [[], []]


def test_a_run_is_where_each_equals_the_next():
    assert runs(np.array([True, False, False, True, True])) == [(0, 2), (3, 6)]
    assert runs(np.array([], bool)) == []


def test_known_costs_are_sorted_in_their_band_and_unknown_ones_stay():
    options, bands = np.array([10, 11, 12, 13, 14, 15]), np.array([0, 0, 0, 1, 1, 2], np.int32)

    assert by_cost(options, bands, np.array([9, -1, 4, 5, 5, 1])).tolist() == [12, 11, 10, 13, 14, 15]
    assert by_cost(options, bands, np.array([4, -1, 9, 5, 5, 1])).tolist() == options.tolist()


def test_costs_are_sorted_in_each_band_alone_wherever_they_fall():
    options, bands = np.array([10, 11, 12, 13, 14]), np.array([0, 0, 0, 1, 1], np.int32)

    assert by_cost(options, bands, np.array([5, 9, 7, 2, 1])).tolist() == [10, 12, 11, 14, 13]


def test_a_cost_of_nothing_is_known():
    assert by_cost(np.array([10, 11]), np.array([0, 0], np.int32), np.array([5, 0])).tolist() == [11, 10]


def test_a_wide_band_begins_anew_in_the_next_group():
    group = 1 << VALUE_BITS
    keys = np.array([4_000_000, group, group + 900_000, group + 1_000_000])

    assert cost_bands(keys, 1_000_000).tolist() == [0, 1, 1, 2]


def test_spans_follow_one_another():
    assert spans(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert spans(np.array([], int), np.array([], int)).tolist() == []

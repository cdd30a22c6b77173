"""What is hidden in a table, checked by a solver that knows nothing of how it was hidden."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from referral.rules.reports import SMALL, rows_suppressed, suppressed, suppressed_together

NUMBERS = st.one_of(st.integers(0, 12), st.integers(0, 120))


@st.composite
def tables(draw, columns=None):
    """A table of counts, small and large ones mixed."""
    width = columns or draw(st.integers(1, 5))
    line = st.lists(NUMBERS, min_size=width, max_size=width)
    height = draw(st.integers(1, 5))
    return draw(st.lists(line, min_size=height, max_size=height))


class Reader:
    """Someone who has the published numbers, knows that all are counts, and solves for the hidden ones."""

    def __init__(self):
        self.truth, self.published, self.sums = [], [], []

    def number(self, truth, shown):
        """A number of the table; gives its place among the unknowns."""
        assert shown is None or shown == truth
        self.truth.append(truth)
        self.published.append(shown)
        return len(self.truth) - 1

    def add_sum(self, parts, whole):
        """The parts add up to the whole."""
        self.sums.append((parts, whole))

    def add_table(self, counts, shown, columns, total):
        """A table whose rows add up, and whose columns add up to numbers of another."""
        cells = [
            [self.number(value, told) for value, told in zip(row, told_row, strict=True)]
            for row, told_row in zip(counts, shown.cells, strict=True)
        ]
        rows = [self.number(sum(row), told) for row, told in zip(counts, shown.row_totals, strict=True)]
        for row, whole in zip(cells, rows, strict=True):
            self.add_sum(row, whole)
        for j, whole in enumerate(columns):
            self.add_sum([row[j] for row in cells], whole)
        if total is not None:
            self.add_sum(rows, total)

    def ranges(self):
        """The least and the most that each hidden number can be, with the number itself."""
        wholes = np.zeros((len(self.sums), len(self.truth)))
        for place, (parts, whole) in enumerate(self.sums):
            wholes[place, parts] += 1
            wholes[place, whole] -= 1
        bounds = [(0, None) if told is None else (told, told) for told in self.published]
        for place, told in enumerate(self.published):
            if told is None:
                aim = np.zeros(len(self.truth))
                aim[place] = 1
                least, most = (
                    linprog(sign * aim, A_eq=wholes, b_eq=np.zeros(len(self.sums)), bounds=bounds)
                    for sign in (1, -1)
                )
                assert least.status == 0
                highest = np.inf if most.status == 3 else -most.fun
                yield self.truth[place], least.fun, highest


def check_hidden(reader):
    """Every small number is hidden, none can be told to within ten, and no hidden one at all."""
    assert not [
        n for n, told in zip(reader.truth, reader.published, strict=True) if told is not None and n < SMALL
    ]
    for truth, least, most in reader.ranges():
        assert least - 1e-6 <= truth <= most + 1e-6
        assert most - least > 0.5
        if truth < SMALL:
            assert most - least >= SMALL - 1e-6


def reader_of(counts, shown, width):
    reader = Reader()
    columns = [reader.number(sum(row[j] for row in counts), shown.column_totals[j]) for j in range(width)]
    total = reader.number(sum(map(sum, counts)), shown.total)
    reader.add_sum(columns, total)
    reader.add_table(counts, shown, columns, total)
    return reader, columns, total


@settings(max_examples=20)
@given(tables())
def test_no_small_number_can_be_told_from_a_table_and_its_totals(counts):
    shown = suppressed(counts, columns=len(counts[0]))

    check_hidden(reader_of(counts, shown, len(counts[0]))[0])


@settings(max_examples=15)
@given(tables(columns=3), st.data())
def test_nor_from_two_tables_that_share_their_columns(first, data):
    second = [[0, 0, 0] for _ in range(data.draw(st.integers(1, 4)))]
    for j, n in product(range(3), range(len(first))):
        for _ in range(first[n][j]):
            second[data.draw(st.integers(0, len(second) - 1)) if n < 1 else n % len(second)][j] += 1

    shown, below = suppressed_together(first, second, columns=3)

    reader, columns, total = reader_of(first, shown, 3)
    reader.add_table(second, below, columns, total)
    check_hidden(reader)


@settings(max_examples=15)
@given(tables(columns=3))
def test_nor_from_rows_that_count_somebody_twice(counts):
    whole = suppressed(counts, columns=3)
    shown = rows_suppressed(counts, under=whole.column_totals)

    reader = Reader()
    reader.add_table(counts, shown, [], None)
    check_hidden(reader)
    for row in shown.cells:
        assert not [j for j, told in enumerate(row) if told is not None and whole.column_totals[j] is None]


@pytest.mark.parametrize(
    ("counts", "cells"),
    [
        ([[40, 50], [60, 70]], ((40, 50), (60, 70))),
        ([[3, 50, 60], [40, 20, 80], [70, 90, 30]], ((None, None, 60), (None, None, 80), (70, 90, 30))),
        ([[0, 0], [0, 0]], ((None, None), (None, None))),
        ([[3, 4]], ((None, None),)),
    ],
)
def test_as_little_is_hidden_as_these_examples_show(counts, cells):
    assert suppressed(counts, columns=len(counts[0])).cells == cells


def test_totals_stay_where_cells_can_hide_a_small_number():
    shown = suppressed([[3, 50, 60], [40, 20, 80], [70, 90, 30]], columns=3)

    assert (shown.row_totals, shown.column_totals, shown.total) == ((113, 140, 190), (113, 160, 170), 443)
    assert shown.hides_something
    assert not suppressed([[40, 50], [60, 70]], columns=2).hides_something


def test_a_table_without_rows_hides_its_total():
    assert suppressed([], columns=2).total is None

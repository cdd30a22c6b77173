"""The best programs of one chunk of students, out of their tables: gates as bits, values as sums of words."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.catalogue import NO, YES
from matching.columns import SLOTS, Students
from matching.criteria import service_shares
from matching.pair_tables import (
    CERTAIN_SHIFT,
    FIELD,
    MARGIN_SHIFT,
    OPEN_SHIFT,
    POINT_BITS,
    POSSIBLE_SHIFT,
    PairTables,
    margins,
    offset,
    total_offset,
    unpacked_bits,
)
from matching.policy import VALUE_MAX, WEIGHT_SUM, Policy
from matching.row_order import bands, padded_columns, sorted_by_cost, with_last
from matching.vocabulary import Criterion

TOP_VALUE = VALUE_MAX * WEIGHT_SUM
VALUE_BITS, TIER_BITS = 22, 3
LAST_KEY = (np.int64(1) << 28) - 1
LAST_COST = np.iinfo(np.int64).max
START_SLOT = next(i for i, slot in enumerate(SLOTS) if Criterion.START in slot.criteria)
RIDE_SLOT = next(i for i, slot in enumerate(SLOTS) if Criterion.RIDE in slot.criteria)
Words = NDArray[np.int64]


_NONE, _UNKNOWN, _SOME = 0, 1, 2
GROUP = 256


class ChunkOrder:
    """One chunk of students against all options."""

    def __init__(self, students: Students, tables: PairTables, top: int) -> None:
        self.students, self.tables, self.top = students, tables, top
        self.catalogue, self.policy = tables.catalogue, tables.policy
        counts = np.bincount(self.catalogue.program_index)
        self.most_rooms = int(counts.max())
        self.program_of = np.append(self.catalogue.program_index, -1)
        self.shares, self.asks_services = _shares(students, self.policy)

    def best(self) -> NDArray[np.int32]:
        """Options of the best programs, (n_students, top)."""
        failing, asking = self._gates()
        n_options = len(self.catalogue)
        passing = 1 - unpacked_bits(failing, n_options)
        eligible = passing & (1 - unpacked_bits(asking, n_options))
        found = np.full((len(self.students), self.top), -1, np.int32)
        everyone = np.arange(len(self.students))
        enough = np.zeros(len(self.students), bool)
        for rows in _alike(eligible, everyone):
            enough[rows] = self._settle(rows, eligible[rows], eligible[rows], found, first_block_only=True)
        for rows in _alike(passing, everyone[~enough]):
            self._settle(rows, passing[rows], eligible[rows], found, first_block_only=False)
        return found

    def _gates(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Bits of the options that fail a gate and of those that leave one open."""
        services, needs = self.tables.services, self.students.needs
        failing, asking = services.failing[needs[:, 0]], services.asking[needs[:, 0]]
        for column in range(1, needs.shape[1]):
            failing |= services.failing[needs[:, column]]
            asking |= services.asking[needs[:, column]]
        for table, classes in zip(self.tables.slots, self.students.slots, strict=True):
            if table.failing is not None and table.asking is not None:
                failing |= table.failing[classes.ids]
                asking |= table.asking[classes.ids]
        return failing, asking

    def _settle(
        self,
        rows: NDArray[np.intp],
        allowed: NDArray[np.uint8],
        eligible: NDArray[np.uint8],
        found: NDArray[np.int32],
        *,
        first_block_only: bool,
    ) -> NDArray[np.bool_]:
        """Fill in the best of these students; False where the first block alone does not hold enough."""
        options = padded_columns(allowed, len(self.catalogue))
        if not options.shape[1]:
            return np.full(len(rows), not first_block_only)
        words = self._words(rows, options)
        block = self._blocks(rows, options, words, eligible)
        keys = self._keys(rows, options, words, block)
        settled = np.ones(len(rows), bool)
        if first_block_only:
            settled = (block == order.FIRST_BLOCK).sum(axis=1) >= self.top * self.most_rooms
        done = np.flatnonzero(settled)
        if len(done):
            found[rows[done]] = self._ordered(rows[done], options[done], words[done], keys[done])
        return settled

    def _words(self, rows: NDArray[np.intp], options: NDArray[np.int32]) -> Words:
        words = self._service_words(rows, options)
        width = len(self.catalogue) + 1
        for table, classes in zip(self.tables.slots, self.students.slots, strict=True):
            if table.words is not None:
                at = classes.ids[rows].astype(np.int64)[:, None] * width + options
                words += table.words.ravel()[at]
        return words

    def _service_values(
        self, rows: NDArray[np.intp], options: NDArray[np.int32]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        none_asked = np.where(self.asks_services[rows] == _NONE, VALUE_MAX, 0).astype(np.int32)
        low = np.repeat(none_asked[:, None], options.shape[1], axis=1)
        high = low.copy()
        for column in range(self.students.needs.shape[1]):
            answers = self.tables.services.answers[self.students.needs[rows, column][:, None], options]
            share = self.shares[rows, column][:, None]
            low += share * (answers == YES)
            high += share * (answers != NO)
        return low, high

    def _service_words(self, rows: NDArray[np.intp], options: NDArray[np.int32]) -> Words:
        low, high = self._service_values(rows, options)
        weight = self.policy.weights[Criterion.SERVICES]
        words = weight * ((low.astype(np.int64) + high) >> 1)
        words += (low != high).astype(np.int64) << OPEN_SHIFT
        least, _ = self._service_margins(rows, low, high)
        words += (least + offset(Criterion.SERVICES, self.policy)) << MARGIN_SHIFT
        return words

    def _service_margins(
        self, rows: NDArray[np.intp], low: NDArray[np.int32], high: NDArray[np.int32]
    ) -> tuple[Words, Words]:
        weight, asks = self.policy.weights[Criterion.SERVICES], self.asks_services[rows][:, None]
        least, most = margins(low, high, weight, self.policy, certain=True)
        least = np.where(asks == _UNKNOWN, np.minimum(least, 0), least)
        most = np.where(asks == _UNKNOWN, np.maximum(most, 0), most)
        return np.where(asks == _NONE, 0, least), np.where(asks == _NONE, 0, most)

    def _blocks(
        self,
        rows: NDArray[np.intp],
        options: NDArray[np.int32],
        words: Words,
        eligible: NDArray[np.uint8],
    ) -> NDArray[np.int64]:
        n_options = len(self.catalogue)
        margin = ((words >> MARGIN_SHIFT) & FIELD) - total_offset(self.policy)
        possible, certain = (words >> POSSIBLE_SHIFT) & 7, words >> CERTAIN_SHIFT
        adequate = (margin >= 0) & (possible == 0)
        block = np.where(adequate, order.FIRST_BLOCK, order.OPEN_BLOCK).astype(np.int64)
        padded = np.pad(eligible, ((0, 0), (0, 1)))
        block[np.take_along_axis(padded, options, axis=1) == 0] = order.CONFIRM_BLOCK
        block[options == n_options] = order.RULED_OUT_BLOCK
        row, column = np.nonzero(~adequate & (options != n_options))
        pairs = rows[row], options[row, column]
        failing = (certain[row, column] > 0) | (self._high_margin(*pairs) < 0)
        block[row[failing], column[failing]] = order.NOT_ADEQUATE_BLOCK
        return block

    def _high_margin(self, rows: NDArray[np.intp], options: NDArray[np.int32]) -> Words:
        """The most that the need fit of each pair can lie above its threshold."""
        low, high = self._service_values(rows, options[:, None])
        total = self._service_margins(rows, low, high)[1][:, 0]
        for table, classes in zip(self.tables.slots, self.students.slots, strict=True):
            if table.high_margin is not None:
                total = total + table.high_margin[classes.ids[rows], options]
        return total

    def _keys(
        self, rows: NDArray[np.intp], options: NDArray[np.int32], words: Words, block: NDArray[np.int64]
    ) -> Words:
        """Block, tier and value in one number; smaller comes first."""
        tier = self.tables.tiers[self.students.state.ids[rows][:, None], options]
        value = words & ((1 << POINT_BITS) - 1)
        keys: Words = (((block << TIER_BITS) | tier) << VALUE_BITS) + (TOP_VALUE - value)
        return keys

    def _ordered(
        self, rows: NDArray[np.intp], options: NDArray[np.int32], words: Words, keys: Words
    ) -> NDArray[np.int32]:
        """The best programs of each row: candidates cut to those that can matter, sorted, banded, priced."""
        wanted = min(self.top * self.most_rooms, keys.shape[1])
        last = np.partition(keys, wanted - 1, axis=1)[:, wanted - 1 : wanted]
        matters = keys <= last + self.policy.cost_delta * WEIGHT_SUM
        matters &= options != len(self.catalogue)
        width = keys.shape[1]
        kept = padded_columns(matters.view(np.uint8), width)
        options = np.take_along_axis(with_last(options, len(self.catalogue)), kept, axis=1)
        keys = np.take_along_axis(with_last(keys, LAST_KEY), kept, axis=1)
        words = np.take_along_axis(with_last(words, 0), kept, axis=1)
        tied_keys = self._tied_keys(rows, options, words, keys)
        place = np.argsort(tied_keys, axis=1)
        options, keys = np.take_along_axis(options, place, axis=1), np.take_along_axis(keys, place, axis=1)
        tied_keys = np.take_along_axis(tied_keys, place, axis=1)
        self._draw_between_equals(rows, options, tied_keys)
        banded = bands(keys, self.policy.cost_delta * WEIGHT_SUM)
        cost = self.tables.cost_usd[self.students.cost.ids[rows][:, None], options]
        return self._first_programs(sorted_by_cost(options, banded, cost))

    def _tied_keys(
        self, rows: NDArray[np.intp], options: NDArray[np.int32], words: Words, keys: Words
    ) -> Words:
        """The keys with start, ride and open cells behind the value: 58 bits in all."""
        slots = self.students.slots
        start = self.tables.start_rank[slots[START_SLOT].ids[rows][:, None], options]
        ride = self.tables.ride_rank[slots[RIDE_SLOT].ids[rows][:, None], options]
        open_cells = (words >> OPEN_SHIFT) & 15
        return (keys << 30) | (start << 17) | (ride << 4) | open_cells

    def _draw_between_equals(
        self, rows: NDArray[np.intp], options: NDArray[np.int32], tied_keys: Words
    ) -> None:
        """Put options equal in every key in the order of their draws, in place."""
        same = (tied_keys[:, 1:] == tied_keys[:, :-1]) & (options[:, 1:] != len(self.catalogue))
        for row in np.flatnonzero(same.any(axis=1)).tolist():
            seed = self.students.profiles[rows[row]].code
            for first, last in order.runs(same[row]):
                equals = options[row, first:last].tolist()
                draws = self.catalogue.draws(seed, equals)
                options[row, first:last] = [one for _, one in sorted(zip(draws, equals, strict=True))]

    def _first_programs(self, options: NDArray[np.int32]) -> NDArray[np.int32]:
        """The first ``top`` options of different programs; -1 where there are fewer."""
        programs = self.program_of[options]
        fresh = options != len(self.catalogue)
        if self.most_rooms > 1:
            for column in range(1, options.shape[1]):
                fresh[:, column] &= (programs[:, :column] != programs[:, column : column + 1]).all(axis=1)
        firsts = padded_columns(fresh.view(np.uint8), options.shape[1])[:, : self.top]
        found = np.take_along_axis(with_last(options, -1), firsts, axis=1)
        return np.pad(found, ((0, 0), (0, self.top - found.shape[1])), constant_values=-1)


def _alike(allowed: NDArray[np.uint8], rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Groups of rows that allow about as many options, so that little is filled up."""
    by_count = rows[np.argsort(allowed[rows].sum(axis=1), kind="stable")]
    for start in range(0, len(by_count), GROUP):
        yield by_count[start : start + GROUP]


def _shares(students: Students, policy: Policy) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Share of 1000 of each service of each student, and whether services are none, not known or some."""
    shares = np.zeros(students.needs.shape, np.int32)
    asks = np.empty(len(students), np.int8)
    made: dict[tuple[bool, ...], list[int]] = {}
    for place, student in enumerate(students.profiles):
        wanted = student.services
        if wanted is None:
            asks[place], shares[place, 0] = _UNKNOWN, VALUE_MAX
            continue
        asks[place] = _SOME if wanted else _NONE
        if wanted:
            kinds = tuple(need.importance.value == "required" for need in wanted)
            if kinds not in made:
                made[kinds] = service_shares(wanted, policy)
            shares[place, : len(wanted)] = made[kinds]
    return shares, asks

"""The best programs of one chunk of students, out of the tables of their classes."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.cells import Cells
from matching.class_rows import Arrays, ClassRows
from matching.columns import HOME, MEMBERSHIP, NOTHING_CLASS, STATE, TERMS, Classes, Students
from matching.costs import UNKNOWN_USD, rounded_usd, total_usd
from matching.pair_tables import (
    FIELD,
    FIT_SHIFT,
    LEAST_SHARE_SHIFT,
    MOST_SHARE_SHIFT,
    NEED_FIT,
    SHARE,
    PairTables,
)
from matching.passing import EVERY_GROUP, TIER_BITS, Pairs, Table, gate_bits, promising
from matching.policy import WEIGHT_SUM
from matching.row_order import KEY_BITS, Ordered, cut, first_of_each, sorted_pairs, spans
from matching.sorting import VALUE_BITS, Rows, Words, by_cost, cost_bands, in_order, runs, tied
from matching.vocabulary import Criterion

Best = tuple[NDArray[np.int32], NDArray[np.int8]]
BLOCK = 7


def _most_services_first(students: Students) -> tuple[Rows, list[int]]:
    """Students by how many services they ask for, and how many of them look at each column of services.

    The first column says of everyone whether any service is asked; the others are of the first students.
    """
    asked = [np.not_equal(classes.ids, NOTHING_CLASS) for classes in students.services]
    sequence = np.argsort(-np.add.reduce(asked, axis=0, dtype=np.int8), kind="stable")
    return sequence, [len(students), *(int(np.count_nonzero(column)) for column in asked[1:])]


class ChunkOrder:
    """One chunk of students against all options; inside, students stand by how many services they ask for."""

    def __init__(self, students: Students, tables: PairTables, top: int) -> None:
        self.students, self.tables, self.top = students, tables, top
        self.catalogue, self.policy = tables.catalogue, tables.policy
        self.n_options = len(self.catalogue)
        self.option_bits = self.n_options.bit_length()
        self.delta = self.policy.cost_delta * WEIGHT_SUM
        self.most_rooms = int(np.bincount(self.catalogue.program_index).max())
        self.wanted = top * self.most_rooms
        self.sequence, counts = _most_services_first(students)
        columns = students.columns[: len(tables.slots)]
        self.slots = [self._rows(*one) for one in zip(tables.slots, columns, strict=True)]
        services = [self._rows(tables.services, classes) for classes in students.services]
        self.services = [(ids[:count], parts) for (ids, parts), count in zip(services, counts, strict=True)]
        kinds, (shares, self.above) = self._rows(tables.weighing, students.weighing)
        self.kinds, self.shares = kinds, shares[:, : len(services)].T
        costs = (tables.members, MEMBERSHIP), (tables.usd, TERMS), (tables.ride_usd, HOME)
        self.costs = [self._rows(rows, students.in_slot(slot)) for rows, slot in costs]
        ids, (tier_bits,) = self._rows(tables.tiers, students.in_slot(STATE))
        self.tiers: Table = ids, tier_bits

    def _rows(self, rows: ClassRows, classes: Classes) -> tuple[Rows, Arrays]:
        """The row of each student, in this chunk's sequence, and the rows."""
        ids, parts = rows.of(classes)
        return ids.take(self.sequence), parts

    def best(self) -> Best:
        """Options of the best programs and their blocks, each (n_students, top); -1 and 0 where fewer are."""
        bits = gate_bits([(ids, parts[0]) for ids, parts in (*self.slots, *self.services)])
        left, wanted = np.arange(len(bits)), self.wanted
        packed: list[Words] = []
        while len(left):
            tiers = self.tiers[0].take(left), self.tiers[1]
            their_bits = bits if len(left) == len(bits) else bits.take(left, axis=0)
            pairs = promising(their_bits, tiers, self.n_options, wanted)
            keys, settled = self._keys(pairs, left)
            keys <<= self.option_bits
            keys |= pairs.cells.options
            packed.append(keys)
            left, wanted = left[~settled], self.n_options + 1
        n_students = len(bits)
        whole = sorted_pairs(np.concatenate(packed), n_students, self.option_bits)
        return self._listed(cut(whole, n_students, self.option_bits, self.wanted, self.delta))

    def _keys(self, pairs: Pairs, left: Rows) -> tuple[Words, NDArray[np.bool_]]:
        """The key of each pair, and for which students no missing option can come first.

        The pairs of the others are given a row beyond all students.
        """
        cells = replace(pairs.cells, rows=left.take(pairs.cells.rows))
        words = self._words(cells)
        short, segments, lowered = self._short(pairs, cells, words)
        rows, groups = pairs.cells.rows, pairs.groups
        beyond = rows.take(segments[lowered > pairs.bound.take(rows.take(segments))])
        certain = np.bincount(rows, cells.counts, len(left)) - np.bincount(beyond, minlength=len(left))
        settled = (certain >= self.wanted) | (pairs.bound == EVERY_GROUP)
        keys = np.where(settled.take(rows), cells.rows, len(self.students)) << KEY_BITS
        keys = cells.spread(keys + (groups << VALUE_BITS) + order.TOP_VALUE)
        keys -= self._values(words)
        keys[short] += (lowered - groups.take(segments)) << VALUE_BITS
        return keys, settled

    def _words(self, cells: Cells) -> Words:
        """The words of all slots and services of each pair, added up."""
        words = self._service_words(cells)
        for ids, (_, table, *_) in self.slots:
            if table.shape[1]:
                words += cells.of(table, ids)
        return words

    def _service_words(self, cells: Cells) -> Words:
        """The words of the services of each pair, each service by its share."""
        words = np.zeros(len(cells.options), np.int64)
        for (ids, (_, table)), shares in zip(self.services, self.shares, strict=True):
            first = cells.first(len(ids))
            share = shares.take(self.kinds).take(first.rows)
            words[: len(first.options)] += first.of(table, ids) * first.spread(share)
        return words

    def _values(self, words: Words) -> Words:
        least, most = (words >> LEAST_SHARE_SHIFT) & SHARE, (words >> MOST_SHARE_SHIFT) & SHARE
        return (words & FIELD) + self.policy.weights[Criterion.SERVICES] * ((least + most) >> 1)

    def _short(self, pairs: Pairs, cells: Cells, words: Words) -> tuple[Rows, Rows, Words]:
        """Pairs whose need fit may be too low for their block: their places, segments and lower groups."""
        weight, groups = self.policy.weights[Criterion.SERVICES], pairs.groups
        needed = self._needed_fit().take(cells.rows)
        fit = (words >> FIT_SHIFT) & FIELD
        fit += weight * ((words >> LEAST_SHARE_SHIFT) & SHARE)
        in_question = np.where(groups < order.NOT_ADEQUATE_BLOCK << TIER_BITS, needed, 0)
        short = np.flatnonzero(fit < cells.spread(in_question))
        segments = cells.spread(np.arange(len(groups))).take(short)
        some = Cells(cells.rows.take(segments), 1, cells.options.take(short))
        most = weight * ((words.take(short) >> MOST_SHARE_SHIFT) & SHARE)
        for ids, (_, _, table, *_) in self.slots:
            if table.shape[1]:
                most += some.of(table, ids)
        block = np.maximum(groups.take(segments) >> TIER_BITS, order.OPEN_BLOCK)
        block[most < needed.take(segments)] = order.NOT_ADEQUATE_BLOCK
        return short, segments, (block << TIER_BITS) | (groups.take(segments) & ((1 << TIER_BITS) - 1))

    def _needed_fit(self) -> Words:
        """The need fit, in the words' units, from which each student's options are adequate."""
        weights = self.policy.weights
        total = sum(weights[criterion] for criterion in (*NEED_FIT, Criterion.SERVICES))
        needed: Words = total * self.policy.need_fit_threshold + self.above[self.kinds]
        return needed

    def _listed(self, pairs: Ordered) -> Best:
        """The best programs of each student in their places, out of the pairs by value."""
        n_students = len(self.students)
        pairs = self._without_ties(pairs)
        bands = cost_bands(pairs.keys, self.delta)
        usd = self._usd(Cells(np.arange(n_students), pairs.counts, pairs.options))
        pairs = pairs.with_options(by_cost(pairs.options, bands, usd))
        if self.most_rooms > 1:
            programs = self.catalogue.program_index.take(pairs.options).astype(np.intp)
            pairs = first_of_each(pairs, programs, len(self.catalogue.programs))
        counts = np.minimum(pairs.counts, self.top)
        first, at = spans(pairs.starts[:-1], counts), spans(self.sequence * self.top, counts)
        options = np.full((n_students, self.top), -1, np.int32)
        blocks = np.zeros((n_students, self.top), np.int8)
        options.ravel()[at] = self.tables.options.take(pairs.options.take(first))
        blocks.ravel()[at] = (pairs.keys.take(first) >> (VALUE_BITS + TIER_BITS)) & BLOCK
        return options, blocks

    def _usd(self, cells: Cells) -> Words:
        """Gross cost of each pair, rounded as the policy says; -1 where it is not known."""
        (members_of, (members,)), (terms_of, (usd,)), (homes_of, (rides,)) = self.costs
        of_member = cells.of(members, members_of).astype(np.intp) * self.n_options + cells.options
        programs = replace(cells, options=of_member).of(usd.reshape(len(usd), -1), terms_of)
        return rounded_usd(total_usd(programs, cells.of(rides, homes_of)), self.policy.cost_rounding_usd)

    def _without_ties(self, pairs: Ordered) -> Ordered:
        """Pairs of one student and one key by start, ride and open cells, and at last by draw."""
        places, group = tied(pairs.keys)
        if not len(places):
            return pairs
        cells = Cells(pairs.rows.take(places), 1, pairs.options.take(places))
        sequence, same = in_order(group, *self._tie_ranks(cells), self._open_cells(cells))
        cells = Cells(cells.rows.take(sequence), 1, cells.options.take(sequence))
        self._draw(cells, runs(same))
        arranged = pairs.options.copy()
        arranged[places] = cells.options
        return pairs.with_options(arranged)

    def _draw(self, cells: Cells, equals: list[tuple[int, int]]) -> None:
        """Put runs of equal pairs in the order of a draw, but for those whose costs will order them."""
        usd, options = self._usd(cells).tolist(), cells.options
        profiles, students = self.students.profiles, self.sequence.take(cells.rows).tolist()
        for first, last in equals:
            costs = usd[first:last]
            if not self.delta or UNKNOWN_USD in costs or len(set(costs)) < len(costs):
                seed = profiles[students[first]].code
                options[first:last] = self.catalogue.drawn(seed, options[first:last].tolist())

    def _tie_ranks(self, cells: Cells) -> list[NDArray[np.int32]]:
        """Ranks of the start and of the ride."""
        return [cells.of(parts[4], ids) for ids, parts in self.slots if parts[4].shape[1]]

    def _open_cells(self, cells: Cells) -> NDArray[np.int64]:
        """How many values of each pair are not known."""
        words = self._service_words(cells)
        least, most = (words >> LEAST_SHARE_SHIFT) & SHARE, (words >> MOST_SHARE_SHIFT) & SHARE
        found: Words = (least != most).astype(np.int64)
        for ids, (_, _, _, table, _) in self.slots:
            if table.shape[1]:
                found += cells.of(table, ids)
        return found

"""The best programs of one chunk of students, out of the tables of their classes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.columns import HOME, MEMBERSHIP, STATE, TERMS, Students
from matching.costs import rounded_usd, total_usd
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
from matching.row_order import KEY_BITS, Ordered, cut, first_of_each, sorted_pairs
from matching.sorting import VALUE_BITS, Rows, Words, by_cost, cost_bands, in_order, runs, tied
from matching.vocabulary import Criterion

Best = tuple[NDArray[np.int32], NDArray[np.int8]]
BLOCK = 7


class ChunkOrder:
    """One chunk of students against all options."""

    def __init__(self, students: Students, tables: PairTables, top: int) -> None:
        self.students, self.tables, self.top = students, tables, top
        self.catalogue, self.policy = tables.catalogue, tables.policy
        self.n_options = len(self.catalogue)
        self.most_rooms = int(np.bincount(self.catalogue.program_index).max())
        self.wanted = top * self.most_rooms
        self.slots = [rows.of(students.columns[i]) for i, rows in enumerate(tables.slots)]
        self.services = [tables.services.of(classes) for classes in students.services]
        ids, (tier_bits,) = tables.tiers.of(students.in_slot(STATE))
        self.tiers: Table = ids, tier_bits

    def best(self) -> Best:
        """Options of the best programs and their blocks, each (n_students, top); -1 and 0 where fewer are."""
        bits = gate_bits([(ids, parts[0]) for ids, parts in (*self.slots, *self.services)])
        left, wanted = np.arange(len(bits)), self.wanted
        keys: list[Words] = []
        options: list[Rows] = []
        while len(left):
            pairs = promising(bits[left], (self.tiers[0][left], self.tiers[1]), self.n_options, wanted)
            sure, settled = self._sure(pairs, left)
            keys.append(sure[0])
            options.append(sure[1])
            left, wanted = left[~settled], self.n_options + 1
        return self._listed(sorted_pairs(np.concatenate(keys), np.concatenate(options), self.n_options))

    def _sure(self, pairs: Pairs, left: Rows) -> tuple[tuple[Words, Rows], NDArray[np.bool_]]:
        """Keys and options of the students for whom no missing option can come first; who these are."""
        rows = left.take(pairs.rows)
        words = self._words(rows, pairs.options)
        groups = self._groups(rows, pairs, words)
        certain = groups <= pairs.bound.take(pairs.rows)
        enough = np.bincount(pairs.rows[certain], minlength=len(left)) >= self.wanted
        settled = enough | (pairs.bound == EVERY_GROUP)
        keys = (rows << KEY_BITS) + (groups << VALUE_BITS) + order.TOP_VALUE - self._values(words)
        mine = np.flatnonzero(certain & settled.take(pairs.rows))
        return (keys.take(mine), pairs.options.take(mine)), settled

    def _words(self, rows: Rows, options: Rows) -> Words:
        """The words of all slots and services of each pair, added up."""
        words = self._service_words(rows, options)
        for ids, (_, table, *_) in self.slots:
            if table.shape[1]:
                words += self._taken(table, ids, rows, options)
        return words

    def _service_words(self, rows: Rows, options: Rows) -> Words:
        words = np.zeros(len(rows), np.int64)
        for ids, (_, table, _) in self.services:
            words += self._taken(table, ids, rows, options)
        return words

    def _taken(self, table: NDArray[Any], ids: Rows, rows: Rows, options: Rows) -> NDArray[Any]:
        """What the table holds for each pair, by the class of its student."""
        places = (ids * table.shape[1]).take(rows)
        places += options
        taken: NDArray[Any] = table.ravel().take(places)
        return taken

    def _values(self, words: Words) -> Words:
        least, most = (words >> LEAST_SHARE_SHIFT) & SHARE, (words >> MOST_SHARE_SHIFT) & SHARE
        return (words & FIELD) + self.policy.weights[Criterion.SERVICES] * ((least + most) >> 1)

    def _groups(self, rows: Rows, pairs: Pairs, words: Words) -> Words:
        """Block and tier of each pair: the best that is possible, or lower where the need fit is too low."""
        weight = self.policy.weights[Criterion.SERVICES]
        needed = self._needed_fit().take(rows)
        fit = ((words >> FIT_SHIFT) & FIELD) + weight * ((words >> LEAST_SHARE_SHIFT) & SHARE)
        short = np.flatnonzero((fit < needed) & (pairs.groups < order.NOT_ADEQUATE_BLOCK << TIER_BITS))
        most = weight * ((words[short] >> MOST_SHARE_SHIFT) & SHARE)
        for ids, (_, _, table, *_) in self.slots:
            if table.shape[1]:
                most += self._taken(table, ids, rows[short], pairs.options[short])
        groups = pairs.groups.copy()
        block = np.maximum(groups[short] >> TIER_BITS, order.OPEN_BLOCK)
        block[most < needed[short]] = order.NOT_ADEQUATE_BLOCK
        groups[short] = (block << TIER_BITS) | (groups[short] & ((1 << TIER_BITS) - 1))
        return groups

    def _needed_fit(self) -> Words:
        """The need fit, in the words' units, from which each student's options are adequate."""
        weights = self.policy.weights
        total = sum(weights[criterion] for criterion in (*NEED_FIT, Criterion.SERVICES))
        ids, (_, _, above) = self.services[0]
        needed: Words = total * self.policy.need_fit_threshold + above[ids]
        return needed

    def _listed(self, pairs: Ordered) -> Best:
        """The best programs of each student in their places, out of the pairs by value."""
        n_students, delta = len(self.students), self.policy.cost_delta * WEIGHT_SUM
        pairs = self._without_ties(cut(pairs, n_students, self.wanted, delta))
        bands = cost_bands(pairs.keys, delta)
        pairs = pairs.with_options(by_cost(pairs.options, bands, self._usd(pairs)))
        if self.most_rooms > 1:
            programs = self.catalogue.program_index.astype(np.intp)[pairs.options]
            pairs = pairs.kept(first_of_each(pairs.rows, programs, len(self.catalogue.programs)))
        starts, _ = pairs.starts(n_students)
        places = np.arange(len(pairs.keys)) - starts.take(pairs.rows)
        first = places < self.top
        pairs, at = pairs.kept(first), places[first] + pairs.rows[first] * self.top
        options = np.full((n_students, self.top), -1, np.int32)
        blocks = np.zeros((n_students, self.top), np.int8)
        options.ravel()[at] = self.tables.options[pairs.options]
        blocks.ravel()[at] = (pairs.keys >> (VALUE_BITS + TIER_BITS)) & BLOCK
        return options, blocks

    def _usd(self, pairs: Ordered) -> Words:
        """Gross cost of each pair, rounded as the policy says; -1 where it is not known."""
        rows, options, tables = pairs.rows, pairs.options, self.tables
        ids, (members,) = tables.members.of(self.students.in_slot(MEMBERSHIP))
        of_member = self._taken(members, ids, rows, options).astype(np.intp) * self.n_options + options
        ids, (usd,) = tables.usd.of(self.students.in_slot(TERMS))
        programs = self._taken(usd.reshape(len(usd), -1), ids, rows, of_member)
        ids, (rides,) = tables.ride_usd.of(self.students.in_slot(HOME))
        both = total_usd(programs, self._taken(rides, ids, rows, options))
        return rounded_usd(both, self.policy.cost_rounding_usd)

    def _without_ties(self, pairs: Ordered) -> Ordered:
        """Pairs of one student and one key by start, ride and open cells, and at last by draw."""
        places, group = tied(pairs.keys)
        if not len(places):
            return pairs
        rows, options = pairs.rows[places], pairs.options[places]
        ranks = self._tie_ranks(rows, options)
        sequence, same = in_order(group, *ranks, self._open_cells(rows, options))
        rows, options = rows[sequence], options[sequence]
        for first, last in runs(same):
            seed = self.students.profiles[rows[first]].code
            options[first:last] = self.catalogue.drawn(seed, options[first:last].tolist())
        arranged = pairs.options.copy()
        arranged[places] = options
        return pairs.with_options(arranged)

    def _tie_ranks(self, rows: Rows, options: Rows) -> list[NDArray[np.int32]]:
        """Ranks of the start and of the ride."""
        ranks = [(ids, parts[4]) for ids, parts in self.slots if parts[4].shape[1]]
        return [self._taken(table, ids, rows, options) for ids, table in ranks]

    def _open_cells(self, rows: Rows, options: Rows) -> NDArray[np.int64]:
        """How many values of each pair are not known."""
        words = self._service_words(rows, options)
        least, most = (words >> LEAST_SHARE_SHIFT) & SHARE, (words >> MOST_SHARE_SHIFT) & SHARE
        found: Words = (least != most).astype(np.int64)
        for ids, (_, _, _, table, _) in self.slots:
            if table.shape[1]:
                found += self._taken(table, ids, rows, options)
        return found

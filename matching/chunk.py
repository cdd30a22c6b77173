"""The best programs of one chunk of students, out of the tables of their classes."""

import numpy as np
from numpy.typing import NDArray

from matching import first_pairs, listing
from matching.columns import HOME, MEMBERSHIP, NOTHING_CLASS, SLOTS, STATE, TERMS, Students
from matching.compiled import compiled
from matching.costs import rounded_usd, total_usd
from matching.first_pairs import OPTION, TIERS, Bits, ChunkTables
from matching.order import TIER_BITS
from matching.pair_tables import FIT_SLOTS, NEED_FIT, OTHER_SLOTS, TIE_SLOTS, PairTables
from matching.policy import WEIGHT_SUM, Policy
from matching.sorting import Rows, Words
from matching.vocabulary import Criterion

Best = tuple[NDArray[np.int32], NDArray[np.int8]]


class ChunkOrder:
    """One chunk of students against all options."""

    def __init__(self, students: Students, tables: PairTables, top: int) -> None:
        self.students, self.tables, self.top = students, tables, top
        self.catalogue, self.policy = tables.catalogue, tables.policy
        self.delta = self.policy.cost_delta * WEIGHT_SUM
        most_rooms = int(np.bincount(self.catalogue.program_index).max())
        self.wanted = min(top * most_rooms, len(self.catalogue))

    def best(self) -> Best:
        """Options of the best programs and their blocks, each (n_students, top); -1 and 0 where fewer are."""
        tables = chunk_tables(self.students, self.tables)
        pairs, starts, _ = self.first_pairs(tables)
        ranks, *costs_usd = compiled(listing.settle_ties, *listing.PARTS)(tables, pairs, starts)
        usd = rounded_usd(total_usd(*costs_usd), self.policy.cost_rounding_usd)
        draws = compiled(listing.to_draw, *listing.PARTS)(pairs, ranks, usd, starts, self.delta)
        for student, first, last in draws.tolist():
            self._draw(self.students.profiles[student].code, pairs[first:last], usd[first:last])
        programs = self.catalogue.program_index
        listed = compiled(listing.listed, *listing.PARTS)
        rows, blocks = listed(pairs, usd, starts, programs, self.top, self.delta)
        options: NDArray[np.int32] = np.append(self.tables.options, -1).take(rows).astype(np.int32)
        return options, blocks

    def first_pairs(self, tables: ChunkTables) -> tuple[Words, Rows, int]:
        """The pairs that may come first, in order; where each student's begin; how many were valued."""
        look = compiled(first_pairs.first_pairs, *first_pairs.PARTS)
        found: tuple[Words, Rows, int] = look(tables, self.wanted, max(self.delta, 1))
        return found

    def _draw(self, code: str, pairs: Words, usd: Words) -> None:
        """Put equal pairs of one student, and their costs, in the order of a draw."""
        options = (pairs & OPTION).tolist()
        places = {option: place for place, option in enumerate(options)}
        sequence = [places[option] for option in self.catalogue.drawn(code, options)]
        pairs[:], usd[:] = pairs[sequence], usd[sequence]


def chunk_tables(students: Students, tables: PairTables) -> ChunkTables:
    """The tables of these students' classes."""
    in_slot, services = students.in_slot, students.services
    gate_rows, (gates, gate_kinds) = tables.gates.of(*map(in_slot, SLOTS), *services)
    fit_rows, (need_fit, most_fit, fit_open_cells) = tables.need_fit.of(*map(in_slot, FIT_SLOTS))
    other_rows, (others, _, other_open_cells) = tables.others.of(*map(in_slot, OTHER_SLOTS))
    tie_rows, (ties,) = tables.ties.of(*map(in_slot, TIE_SLOTS))
    service_rows, (delivered,) = tables.services.of(*services)
    kinds, (shares, above) = tables.weighing.of(students.weighing)
    tier_rows, (tiers,) = tables.tiers.of(in_slot(STATE))
    member_rows, (members,) = tables.members.of(in_slot(MEMBERSHIP))
    term_rows, (program_usd,) = tables.usd.of(in_slot(TERMS))
    home_rows, (ride_usd,) = tables.ride_usd.of(in_slot(HOME))
    n_asked = np.sum([classes.ids != NOTHING_CLASS for classes in services], axis=0)
    return ChunkTables(
        gate_rows=gate_rows,
        gates=gates,
        gate_kinds=gate_kinds,
        tier_rows=tier_rows[:, 0],
        tiers=tiers,
        tier_words=_tier_words(tiers),
        n_services=np.maximum(n_asked, 1),
        service_rows=service_rows,
        services=delivered,
        shares=shares[kinds[:, 0]],
        service_weight=tables.policy.weights[Criterion.SERVICES],
        fit_rows=fit_rows,
        need_fit=need_fit,
        most_fit=most_fit,
        fit_open_cells=fit_open_cells,
        other_rows=other_rows,
        others=others,
        other_open_cells=other_open_cells,
        needed_fit=_needed_fit(tables.policy) + above[kinds[:, 0]],
        tie_rows=tie_rows,
        ties=ties,
        member_rows=member_rows[:, 0],
        members=members,
        term_rows=term_rows[:, 0],
        program_usd=program_usd,
        home_rows=home_rows[:, 0],
        ride_usd=ride_usd,
    )


def _tier_words(tiers: Bits) -> Rows:
    """Between which words the options of each tier lie, in any state: shape (8, 2)."""
    words = np.zeros((1 << TIER_BITS, 2), np.intp)
    for tier in range(TIERS):
        lying = np.flatnonzero(tiers[:, tier].any(axis=0))
        if len(lying):
            words[tier] = lying[0], lying[-1] + 1
    return words


def _needed_fit(policy: Policy) -> int:
    """The need fit, in the words' units, from which an option is adequate."""
    total = sum(policy.weights[criterion] for criterion in (*NEED_FIT, Criterion.SERVICES))
    return total * policy.need_fit_threshold

"""All that a chunk of students and the options make of each other, in arrays."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns import HOME, MEMBERSHIP, NOTHING_CLASS, SLOTS, STATE, TERMS, Students
from matching.order import TIER_BITS
from matching.pair_tables import (
    FIT_SLOTS,
    NEED_FIT,
    OTHER_SLOTS,
    TIE_SLOTS,
    TIERS,
    Bits,
    PairTables,
)
from matching.policy import Policy
from matching.sorting import Rows, Words
from matching.vocabulary import Criterion

Table = NDArray[Any]


class ChunkTables(NamedTuple):
    """A chunk of students against all options, in arrays.

    Rows have the shape (n_students,), or (n_students, n_columns); with a row of each column a student finds
    what there is of him in a table of (n_rows, n_options). ``gates`` and ``tiers`` are bits, of shape
    (n_rows, kinds, n_words); ``gate_kinds`` says how many kinds of a row are set, ``tier_words`` between
    which words the options of each tier lie. ``need_fit`` and ``others`` hold points of the value without
    services, and above them the least need fit; their open cells say what in it is not known.
    """

    gate_rows: Rows
    gates: Bits
    gate_kinds: Rows
    tier_rows: Rows
    tiers: Bits
    tier_words: Rows
    n_services: Rows
    service_rows: Rows
    services: Table
    shares: Words
    service_weight: int
    fit_rows: Rows
    need_fit: Words
    most_fit: Table
    fit_open_cells: Table
    other_rows: Rows
    others: Table
    other_open_cells: Table
    needed_fit: Words
    tie_rows: Rows
    ties: Table
    member_rows: Rows
    members: Table
    term_rows: Rows
    program_usd: Table
    home_rows: Rows
    ride_usd: Table


def chunk_tables(students: Students, tables: PairTables) -> ChunkTables:
    """The tables of these students' classes."""
    in_slot, services = students.in_slot, students.services
    gate_rows, (gates, gate_kinds) = tables.gates.of(*map(in_slot, SLOTS), *services)
    fit_rows, (need_fit, most_fit, fit_open_cells) = tables.need_fit.of(*map(in_slot, FIT_SLOTS))
    other_rows, (others, other_open_cells) = tables.others.of(*map(in_slot, OTHER_SLOTS))
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

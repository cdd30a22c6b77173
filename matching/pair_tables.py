"""Class by option: what a class of students and an option make of each other, ready to be added up.

Gates and critical gaps are bits, 64 options to a word. What a pair is worth is one number of 64 bits. From
the lowest bit it holds: points of the value without services (22 bits), the least need fit without services
(22), and the least and the most share of services that can be delivered (10 each). The numbers of all slots
add up without touching one another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.adequacy import gaps_in
from matching.catalogue import Catalogue
from matching.class_rows import Arrays, ClassRows
from matching.codes import DIMENSIONS, NO, UNKNOWN, YES, Bytes
from matching.columns import (
    HOME,
    MEMBERSHIP,
    NOBODY,
    SLOTS,
    STATE,
    TERMS,
    Slot,
    is_required,
)
from matching.costs import members, program_usd, ride_usd
from matching.criteria import (
    inclusion_values,
    need_fit_criteria,
    preference_values,
    ratio_values,
    ride_values,
    service_shares,
    start_values,
)
from matching.delivery import deliverable
from matching.eligibility import any_service_answers, service_answers
from matching.gate import Asked
from matching.options import tier_of
from matching.policy import VALUE_MAX, Policy
from matching.profiles import NeedProfile, ServiceNeed
from matching.rides import rides
from matching.scoring import ride_key, start_key
from matching.support import support_values
from matching.vocabulary import Criterion, Service

FIELD_BITS, SHARE_BITS = 22, 10
FIT_SHIFT, LEAST_SHARE_SHIFT, MOST_SHARE_SHIFT = 22, 44, 54
FIELD, SHARE = (1 << FIELD_BITS) - 1, (1 << SHARE_BITS) - 1
FAILING, ASKING, POSSIBLE_GAP, CERTAIN_GAP = range(4)
GATES = 2
TIERS = 7
WORD_BITS = 64
NEED_FIT = frozenset({Criterion.RATIO, *(Criterion(dimension.value) for dimension in DIMENSIONS)})
NOBODY_KNOWN = NeedProfile(code=NOBODY)
Words = NDArray[np.int64]
Bits = NDArray[np.uint64]
Ints = NDArray[np.int32]
Range = tuple[Ints, Ints]

_VALUES: dict[Criterion, Callable[[Asked], Range]] = {
    Criterion.START: start_values,
    Criterion.RIDE: ride_values,
    Criterion.RATIO: ratio_values,
    Criterion.INCLUSION: inclusion_values,
    Criterion.PREFERENCE: preference_values,
}


class SlotRow(NamedTuple):
    """One class of one slot against all options; the last four are empty where the slot decides none.

    ``bits`` has the shape (2, n_words), or (4, n_words) of dimensions: options that fail a gate, that leave
    one open, with a possible and with a certain critical gap. The others have the shape (n_options,): the
    words, the most need fit, cells that are open, and a rank that parts equals.
    """

    bits: Bits
    words: Words
    most_fit: Ints
    open_cells: NDArray[np.int8]
    tie_rank: Ints


@dataclass(frozen=True, slots=True, eq=False)
class PairTables:
    """Everything that students and the options of a catalogue make of each other under one policy.

    Options stand by tier and by age here, so that those looked at together lie together; ``options`` holds
    the row of each in the catalogue that was given.
    """

    catalogue: Catalogue
    options: NDArray[np.intp]
    policy: Policy
    slots: tuple[ClassRows, ...]
    services: ClassRows
    weighing: ClassRows
    tiers: ClassRows
    members: ClassRows
    usd: ClassRows
    ride_usd: ClassRows

    @classmethod
    def of(cls, catalogue: Catalogue, policy: Policy, today: date) -> "PairTables":
        """The tables of a catalogue, kept with it: what one call made the next one finds."""
        tables: PairTables
        _, tables = catalogue.remember(
            ("pair tables", id(policy), today), lambda: (policy, _tables(catalogue, policy, today))
        )
        return tables


def _tables(given: Catalogue, policy: Policy, today: date) -> PairTables:
    unknown = policy.unknown_public_setting
    tiers = [tier_of(one.program, unknown, one.program.operator.state) for one in given.options]
    options = np.lexsort((*given.age_months, np.array(tiers, np.int32)))
    moved = (replace(given.options[old], row=row) for row, old in enumerate(options.tolist()))
    catalogue = Catalogue(given.programs, tuple(moved))

    def rows(slot: Slot, make: Callable[[Asked], Any]) -> ClassRows:
        def row(first: NeedProfile) -> Arrays:
            student = slot.representative(first)
            made = make(Asked(student, catalogue, policy, today, rides(student, catalogue, policy)))
            return made if isinstance(made, tuple) else (made,)

        return ClassRows(row)

    nobody = Asked(NOBODY_KNOWN, catalogue, policy, today, rides(NOBODY_KNOWN, catalogue, policy))
    return PairTables(
        catalogue=catalogue,
        options=options,
        policy=policy,
        slots=tuple(rows(slot, _slot_maker(slot)) for slot in SLOTS),
        services=ClassRows(lambda need: _service_row(need, nobody)),
        weighing=ClassRows(lambda wanted: _weights(wanted, policy)),
        tiers=rows(STATE, _tier_bits),
        members=rows(MEMBERSHIP, members),
        usd=rows(TERMS, program_usd),
        ride_usd=rows(HOME, ride_usd),
    )


def _tier_bits(asked: Asked) -> Bits:
    """Options of each tier as bits, shape (7, n_words)."""
    tiers = asked.catalogue.tiers(asked.policy.unknown_public_setting, asked.student.state)
    return packed_bits(tiers == np.arange(TIERS)[:, None])


_NO_VALUES = (np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int8), np.empty(0, np.int32))


def _slot_maker(slot: Slot) -> Callable[[Asked], SlotRow]:
    def made(asked: Asked) -> SlotRow:
        nothing = np.empty(0, np.int32)
        row = SlotRow(
            _gate_bits(slot, asked), nothing.astype(np.int64), nothing, nothing.astype(np.int8), nothing
        )
        return row if not slot.criteria else _with_values(row, slot, asked)

    return made


def _gate_bits(slot: Slot, asked: Asked) -> Bits:
    flags = _gate_flags((gate.answers for make in slot.gates for gate in make(asked)), len(asked.catalogue))
    if not slot.dimensions:
        return packed_bits(flags)
    gaps = [gaps_in(asked, dimension) for dimension in slot.dimensions]
    certain, possible = (np.logical_or.reduce(flags) for flags in zip(*gaps, strict=True))
    return packed_bits(np.vstack([flags, possible, certain]))


def _gate_flags(gates: Iterable[Bytes], n_options: int) -> NDArray[np.bool_]:
    flags = np.zeros((GATES, n_options), bool)
    for answers in gates:
        flags[FAILING] |= answers == NO
        flags[ASKING] |= answers == UNKNOWN
    return flags


def packed_bits(flags: NDArray[np.bool_]) -> Bits:
    """Rows of flags as words of 64 bits, lowest bit first."""
    n_words = -(-flags.shape[1] // WORD_BITS)
    padded = np.zeros((len(flags), n_words * WORD_BITS), bool)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _with_values(row: SlotRow, slot: Slot, asked: Asked) -> SlotRow:
    """Words, most need fit, open cells and rank of one class."""
    policy, needed = asked.policy, dict(need_fit_criteria(asked.student))
    words = np.zeros(len(asked.catalogue), np.int64)
    most_fit = np.zeros(len(asked.catalogue), np.int32)
    open_cells = np.zeros(len(asked.catalogue), np.int8)
    for criterion, (low, high), (fit_low, fit_high) in _slot_values(slot, asked):
        weight, threshold = policy.weights[criterion], policy.need_fit_threshold
        words += weight * ((low.astype(np.int64) + high) >> 1)
        open_cells += low != high
        if criterion in NEED_FIT:
            least, most = _counted(fit_low - threshold, fit_high - threshold, needed.get(criterion))
            words += (weight * (least.astype(np.int64) + threshold)) << FIT_SHIFT
            most_fit += weight * (most + threshold)
    if not NEED_FIT & set(slot.criteria):
        most_fit = most_fit[:0]
    return SlotRow(row.bits, words, most_fit, open_cells, _tie_rank(slot, asked))


def _counted(low: Ints, high: Ints, certain: bool | None) -> Range:
    """Distances from the threshold as they count: of an uncertain need only what may hurt, or may help."""
    if certain is None:
        return np.zeros_like(low), np.zeros_like(high)
    return (low, high) if certain else (np.minimum(low, 0), np.maximum(high, 0))


def _slot_values(slot: Slot, asked: Asked) -> list[tuple[Criterion, Range, Range]]:
    """Least and most value of each criterion of a slot, and the same for the need fit."""
    if not slot.dimensions:
        return [
            (criterion, found, found) for criterion in slot.criteria for found in [_VALUES[criterion](asked)]
        ]
    loss = asked.policy.over_support_loss
    return [
        (
            Criterion(dimension.value),
            support_values(asked, dimension, over_support_loss=loss),
            support_values(asked, dimension, over_support_loss=0, least_need=1),
        )
        for dimension in slot.dimensions
    ]


def _tie_rank(slot: Slot, asked: Asked) -> Ints:
    """What parts options of equal value: the place of the first seat, or of the ride; equals share one."""
    keys = {Criterion.START: start_key, Criterion.RIDE: ride_key}
    for criterion in set(slot.criteria) & set(keys):
        places: Ints = np.unique(keys[criterion](asked), return_inverse=True)[1].astype(np.int32)
        return places
    return np.empty(0, np.int32)


def _service_row(need: ServiceNeed | tuple[()] | None, nobody: Asked) -> tuple[Bits, Words]:
    """Bits of one service, and the words of a share of 1; of none, or None where they are not known."""
    catalogue = nobody.catalogue
    answers = gate = np.full(len(catalogue), YES, np.int8)
    if need is None:
        answers, gate = np.full_like(answers, UNKNOWN), any_service_answers(catalogue)
    elif isinstance(need, ServiceNeed):
        answers = deliverable(catalogue, need)
        gate = service_answers(catalogue, need) if is_required(need) else gate
    words = ((answers == YES).astype(np.int64) << LEAST_SHARE_SHIFT) + (
        (answers != NO).astype(np.int64) << MOST_SHARE_SHIFT
    )
    return packed_bits(_gate_flags([gate], len(catalogue))), words


def _weights(wanted: tuple[ServiceNeed, ...] | None, policy: Policy) -> tuple[Words, Words]:
    """The share of each place among services; and the need fit of who asks for none, where none counts."""
    shares, above = np.zeros(len(Service), np.int64), 0
    shares[0] = VALUE_MAX
    if wanted:
        shares[: len(wanted)] = service_shares(wanted, policy)
    elif wanted is not None:
        above = policy.weights[Criterion.SERVICES] * (VALUE_MAX - policy.need_fit_threshold)
    return shares, np.array(above, np.int64)

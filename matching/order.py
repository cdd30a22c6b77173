"""The order of options: blocks, tiers, value, cost bands and the last words between equals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.adequacy import NOT_ADEQUATE, OPEN, NeedFit
from matching.catalogue import NO, UNKNOWN, Catalogue
from matching.gate import Gate
from matching.policy import WEIGHT_SUM, Policy

ELIGIBLE, TO_CONFIRM, NOT_ELIGIBLE = 0, 1, 2
FIRST_BLOCK, OPEN_BLOCK, CONFIRM_BLOCK, NOT_ADEQUATE_BLOCK, RULED_OUT_BLOCK = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Keys:
    """What orders options, each of shape (n_options,); smaller comes first except for value."""

    block: NDArray[np.int8]
    tier: NDArray[np.int8]
    value: NDArray[np.int64]
    cost_usd: NDArray[np.int64]
    start: NDArray[np.int64]
    ride: NDArray[np.int64]
    unknown_cells: NDArray[np.int64]


def verdicts(gates: list[Gate], n_options: int) -> NDArray[np.int8]:
    """Verdict of each option: not eligible with any no, to confirm with any unknown, else eligible."""
    failed, unknown = np.zeros(n_options, bool), np.zeros(n_options, bool)
    for gate in gates:
        failed |= gate.answers == NO
        unknown |= gate.answers == UNKNOWN
    codes = np.where(unknown, TO_CONFIRM, ELIGIBLE).astype(np.int8)
    codes[failed] = NOT_ELIGIBLE
    return codes


def blocks(verdict: NDArray[np.int8], fit: NeedFit) -> NDArray[np.int8]:
    """The block of each option, 1 to 5."""
    block = np.full(len(verdict), FIRST_BLOCK, np.int8)
    block[fit.adequacy == OPEN] = OPEN_BLOCK
    block[verdict == TO_CONFIRM] = CONFIRM_BLOCK
    block[fit.adequacy == NOT_ADEQUATE] = NOT_ADEQUATE_BLOCK
    block[verdict == NOT_ELIGIBLE] = RULED_OUT_BLOCK
    return block


def ordered(
    keys: Keys, catalogue: Catalogue, policy: Policy, seed: str
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The order of options, and the cost band of each option (a number within the whole order)."""
    order = np.lexsort((keys.unknown_cells, keys.ride, keys.start, -keys.value, keys.tier, keys.block))
    order = _drawn_between_equals(order, keys, catalogue, seed)
    bands = cost_bands(order, keys, policy.cost_delta * WEIGHT_SUM)
    return _sorted_by_cost(order, bands, keys.cost_usd), bands


def _drawn_between_equals(
    order: NDArray[np.intp], keys: Keys, catalogue: Catalogue, seed: str
) -> NDArray[np.intp]:
    """Options equal in every key, put in the order of their draws."""
    columns = (keys.block, keys.tier, keys.value, keys.start, keys.ride, keys.unknown_cells)
    same = np.ones(max(len(order) - 1, 0), bool)
    for column in columns:
        row = column[order]
        same &= row[1:] == row[:-1]
    for first, last in runs(same):
        equals = order[first:last].tolist()
        drawn = [equal for _, equal in sorted(zip(catalogue.draws(seed, equals), equals, strict=True))]
        order[first:last] = drawn
    return order


def runs(same: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place (excluded) of each run, where ``same[i]`` says that place i + 1 equals place i."""
    if not same.any():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), (edges[1::2] + 1).tolist(), strict=True))


def cost_bands(order: NDArray[np.intp], keys: Keys, delta: int) -> NDArray[np.int32]:
    """The band of each option: within a block and tier, values less than delta below the band's best."""
    bands = np.zeros(len(order), np.int32)
    value = keys.value[order]
    group = keys.block[order].astype(np.int32) * 16 + keys.tier[order]
    first, band, n_options = 0, 0, len(order)
    group_ends = np.append(np.flatnonzero(np.diff(group)) + 1, n_options)
    for end in group_ends.tolist():
        while first < end:
            within = int(np.searchsorted(-value[first:end], delta - value[first], side="left"))
            last = first + max(within, 1)  # a delta of 0 makes each option its own band
            bands[order[first:last]] = band
            first, band = last, band + 1
    return bands


def _sorted_by_cost(
    order: NDArray[np.intp], bands: NDArray[np.int32], cost_usd: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Known costs sorted among the places of their band; an unknown cost keeps its place by value."""
    places = np.flatnonzero(cost_usd[order] >= 0)
    chosen = order[places]
    by_cost = np.lexsort((places, cost_usd[chosen], bands[chosen]))
    arranged = order.copy()
    arranged[places] = chosen[by_cost]
    return arranged


def best_rooms(order: NDArray[np.intp], catalogue: Catalogue) -> NDArray[np.intp]:
    """The best option of each program, in order: each program once."""
    _, first = np.unique(catalogue.program_index[order], return_index=True)
    return order[np.sort(first)]

"""The order of options: blocks, tiers, value, cost bands and the last words between equals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.adequacy import NOT_ADEQUATE, OPEN
from matching.catalogue import Catalogue
from matching.gate import ELIGIBLE, NOT_ELIGIBLE, TO_CONFIRM, Gate
from matching.policy import VALUE_MAX, WEIGHT_SUM, Policy
from matching.sorting import VALUE_BITS, Words, by_cost, cost_bands, in_order, runs, tied

# One number orders options up to a draw: block, tier and value, and behind them the row.
TOP_VALUE = VALUE_MAX * WEIGHT_SUM
TIER_BITS, ROW_BITS = 3, 32
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
    codes = np.full(n_options, ELIGIBLE, np.int8)
    for gate in gates:
        np.maximum(codes, gate.verdicts, out=codes)
    return codes


def blocks(verdict: NDArray[np.int8], adequacy: NDArray[np.int8]) -> NDArray[np.int8]:
    """The block of each option, 1 to 5."""
    block = np.full(len(verdict), FIRST_BLOCK, np.int8)
    block[adequacy == OPEN] = OPEN_BLOCK
    block[verdict == TO_CONFIRM] = CONFIRM_BLOCK
    block[adequacy == NOT_ADEQUATE] = NOT_ADEQUATE_BLOCK
    block[verdict == NOT_ELIGIBLE] = RULED_OUT_BLOCK
    return block


def ordered(
    keys: Keys, catalogue: Catalogue, policy: Policy, seed: str
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The order of options, and the cost band of each option (a number within the whole order)."""
    order, rank_keys = _sorted(rank_keys_of(keys))
    _settle_ties(order, rank_keys, keys, catalogue, seed)
    by_place = cost_bands(rank_keys, policy.cost_delta * WEIGHT_SUM)
    bands = np.empty(len(order), np.int32)
    bands[order] = by_place
    return by_cost(order, by_place, keys.cost_usd[order]), bands


def rank_keys_of(keys: Keys) -> Words:
    """Block, tier and value of each option in one number; smaller comes first."""
    group = (keys.block.astype(np.int64) << TIER_BITS) | keys.tier
    return (group << VALUE_BITS) + (TOP_VALUE - keys.value)


def _sorted(rank_keys: Words) -> tuple[NDArray[np.intp], Words]:
    """The order of options and their keys in it: whole numbers sort faster than places do."""
    placed = np.sort((rank_keys << ROW_BITS) | np.arange(len(rank_keys)))
    return placed & ((1 << ROW_BITS) - 1), placed >> ROW_BITS


def _settle_ties(
    order: NDArray[np.intp], rank_keys: Words, keys: Keys, catalogue: Catalogue, seed: str
) -> None:
    """Put options of one block, tier and value in order: start, ride, unknown cells, and then a draw."""
    places, group = tied(rank_keys)
    if not len(places):
        return
    rows = order[places]
    sequence, same = in_order(group, keys.start[rows], keys.ride[rows], keys.unknown_cells[rows])
    rows = rows[sequence]
    for first, last in runs(same):
        rows[first:last] = catalogue.drawn(seed, rows[first:last].tolist())
    order[places] = rows


def places_of(order: NDArray[np.intp]) -> NDArray[np.intp]:
    """The place of each option in an order."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


def best_rooms(order: NDArray[np.intp], catalogue: Catalogue) -> NDArray[np.intp]:
    """The best option of each program, in order: each program once."""
    if len(catalogue.programs) == len(order):
        return order
    is_best = np.zeros(len(order), bool)
    is_best[np.minimum.reduceat(places_of(order), catalogue.first_rows[:-1])] = True
    return order[is_best]

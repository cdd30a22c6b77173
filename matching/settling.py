"""Which open cell, if asked, would settle most of who leads among equally restrictive options."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.draws import Bits, Draws, packed
from matching.results import OpenCell
from matching.sampling import CRITERIA, Cell, Group

CELLS_AT_ONCE = 64

Counts = NDArray[np.int64]


def telling_cells(
    group: Group, draws: Draws, first: NDArray[np.uint32]
) -> tuple[dict[int, OpenCell], OpenCell | None]:
    """For each option the cell that would move its own first rank most; for the group, all first ranks.

    Moved between the draws in the lowest and in the highest third of the cell. ``first`` is the option
    that leads in each draw.
    """
    own: dict[int, OpenCell] = {}
    of_group: OpenCell | None = None
    for (option, column), mine, everyone in _moves(group, draws, first):
        key, criterion = group.program_keys[option], CRITERIA[column]
        own[option] = _more_telling(own.get(option), OpenCell(key, criterion, mine))
        of_group = _more_telling(of_group, OpenCell(key, criterion, everyone))
    return own, of_group


def _moves(group: Group, draws: Draws, first: NDArray[np.uint32]) -> Iterator[tuple[Cell, float, float]]:
    """For each open cell how far its option's first rank moves, and how far all of them do, as shares."""
    n_options = len(group.option_keys)
    leaders = np.unique(first)
    leads = packed(leaders[:, None] == first)
    cells = group.open_cells
    for start in range(0, len(cells), CELLS_AT_ONCE):
        some = cells[start : start + CELLS_AT_ONCE]
        thirds = [draws.thirds(group.option_keys[option], CRITERIA[column]) for option, column in some]
        lowest, highest = (np.stack(side) for side in zip(*thirds, strict=True))
        moved, scale = _moved(_first_ranks(lowest, leads), _first_ranks(highest, leads))
        everyone = moved.sum(axis=1) / scale / 2
        of_option = np.zeros((len(some), n_options), np.int64)
        of_option[:, leaders] = moved
        mine = of_option[range(len(some)), [option for option, _ in some]] / scale
        yield from zip(some, mine.tolist(), everyone.tolist(), strict=True)


def _first_ranks(chosen: Bits, leads: Bits) -> Counts:
    """First ranks of each leader among the chosen draws of each cell: (n_cells, n_leaders)."""
    counts = np.bitwise_count(chosen[:, None, :] & leads).astype(np.float32)
    ranks: Counts = counts.sum(axis=2).astype(np.int64)
    return ranks


def _moved(lowest: Counts, highest: Counts) -> tuple[Counts, Counts]:
    """How far each leader's share moves, in whole parts of a scale for each cell: the same on any machine."""
    n_lowest = np.maximum(1, lowest.sum(axis=1, keepdims=True))
    n_highest = np.maximum(1, highest.sum(axis=1, keepdims=True))
    return np.abs(highest * n_lowest - lowest * n_highest), (n_lowest * n_highest)[:, 0]


def _more_telling(known: OpenCell | None, other: OpenCell) -> OpenCell:
    return other if known is None or other.settles > known.settles else known

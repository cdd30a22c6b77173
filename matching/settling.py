"""Which open cell, if asked, would settle most of who leads among equally restrictive options."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.draws import Bits, Draws, packed
from matching.results import OpenCell
from matching.sampling import CRITERIA, Cell, Group

CELLS_AT_ONCE = 64


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
        moved = np.zeros((len(some), n_options))
        moved[:, leaders] = np.abs(_shares(highest, leads) - _shares(lowest, leads))
        mine = moved[range(len(some)), [option for option, _ in some]]
        yield from zip(some, mine.tolist(), (moved.sum(axis=1) / 2).tolist(), strict=True)


def _shares(chosen: Bits, leads: Bits) -> NDArray[np.float64]:
    """First ranks of each leader among the chosen draws of each cell: (n_cells, n_leaders)."""
    counts = np.bitwise_count(chosen[:, None, :] & leads).astype(np.float32).sum(axis=2).astype(np.float64)
    shares: NDArray[np.float64] = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    return shares


def _more_telling(known: OpenCell | None, other: OpenCell) -> OpenCell:
    return other if known is None or other.settles > known.settles else known

"""Which open cell, if asked, would settle most of who leads among equally restrictive options."""

import numpy as np
from numpy.typing import NDArray

from matching.draws import Bits, Draws, packed
from matching.results import OpenCell
from matching.sampling import CRITERIA, Cell, Group

CHOICES_AT_ONCE = 256

Counts = NDArray[np.int64]


def telling_cells(
    group: Group, draws: Draws, first: NDArray[np.uint32]
) -> tuple[dict[int, OpenCell], OpenCell | None]:
    """For each option the cell that would move its own first rank most; for the group, all first ranks.

    Moved between the draws in the lowest and in the highest third of the cell. ``first`` is the option
    that leads in each draw.
    """
    cells = group.open_cells
    if not cells:
        return {}, None
    mine, everyone = _moves(group, draws, first)
    own: dict[int, int] = {}
    for place, (option, _) in enumerate(cells):
        if option not in own or mine[place] > mine[own[option]]:
            own[option] = place
    found = {option: _open_cell(group, cells[place], mine[place]) for option, place in own.items()}
    most = int(everyone.argmax())
    return found, _open_cell(group, cells[most], everyone[most])


def _open_cell(group: Group, cell: Cell, settles: float) -> OpenCell:
    option, column = cell
    return OpenCell(group.program_keys[option], CRITERIA[column], float(settles))


def _moves(
    group: Group, draws: Draws, first: NDArray[np.uint32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each open cell how far its option's first rank moves, and how far all of them do, as shares."""
    leaders = np.unique(first)
    leads = packed(leaders[:, None] == first)
    cells = group.open_cells
    thirds = [draws.thirds(group.option_keys[option], CRITERIA[column]) for option, column in cells]
    lowest, highest = _first_ranks(np.concatenate(thirds), leads).reshape(-1, 2, len(leaders)).swapaxes(0, 1)
    moved, scale = _moved(lowest, highest)
    options = np.array([option for option, _ in cells])
    mine = (moved * (leaders == options[:, None])).sum(axis=1)
    return mine / scale, moved.sum(axis=1) / scale / 2


def _first_ranks(chosen: Bits, leads: Bits) -> Counts:
    """First ranks of each leader among each choice of draws: (n_choices, n_leaders)."""
    ranks, ones = np.empty((len(chosen), len(leads)), np.int64), np.ones(leads.shape[1], np.float32)
    for start in range(0, len(chosen), CHOICES_AT_ONCE):
        some = slice(start, start + CHOICES_AT_ONCE)
        for place, led in enumerate(leads):
            ranks[some, place] = np.bitwise_count(chosen[some] & led).astype(np.float32) @ ones
    return ranks


def _moved(lowest: Counts, highest: Counts) -> tuple[Counts, Counts]:
    """How far each leader's share moves, in whole parts of a scale for each cell: the same on any machine."""
    n_lowest = np.maximum(1, lowest.sum(axis=1, keepdims=True))
    n_highest = np.maximum(1, highest.sum(axis=1, keepdims=True))
    return np.abs(highest * n_lowest - lowest * n_highest), (n_lowest * n_highest)[:, 0]

"""An option's value beside the next one's, criterion by criterion, adding up exactly."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.results import RankedProgram
from matching.vocabulary import OrderReason

APART = frozenset({OrderReason.LAST, OrderReason.BLOCK})


@dataclass(frozen=True)
class NeighborRow:
    """One line: points of this option and of the next, and what the first has more."""

    label: str
    this: str
    next: str
    difference: str


@dataclass(frozen=True)
class Neighbors:
    """The table of two options that follow each other."""

    caption: str
    rows: tuple[NeighborRow, ...]
    total: NeighborRow
    alike: int


def neighbors_of(option: RankedProgram, names: Mapping[str, str]) -> Neighbors | None:
    """The option beside the next one of its group; None where none of the group follows."""
    if option.rank is None or option.next_key is None or option.order_reason in APART:
        return None
    differing = [value for value in option.criteria if option.contributions.get(value.criterion)]
    rows = tuple(
        _row(value.criterion.label, value.points, option.contributions[value.criterion])
        for value in differing
    )
    difference = sum(option.contributions.values())
    return Neighbors(
        caption=f"Place {option.rank} beside {names.get(option.next_key, option.next_key)}",
        rows=rows,
        total=_row("Value", option.value, difference),
        alike=len(option.criteria) - len(rows),
    )


def _row(label: str, points: int, difference: int) -> NeighborRow:
    return NeighborRow(label, f"{points:,}", f"{points - difference:,}", f"{difference:+,}".replace("-", "−"))

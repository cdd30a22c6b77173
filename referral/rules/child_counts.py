"""Published counts of children with disabilities, by state, federal disability and age; unknown is unknown.

The file is packaged with its source and the year of each cell. A single year of age has an equal part of its
band's count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ALL = "all"
FIRST_YEAR, LAST_YEAR = 3, 21


@dataclass(frozen=True)
class Cell:
    """One printed number: children of some ages; ``children`` is None where it was not published."""

    first_year: int
    last_year: int
    children: int | None
    school_year: str

    def children_of(self, first: int, last: int) -> float | None:
        """The children of the years that lie in both ranges, in equal parts of the band."""
        years = min(last, self.last_year) - max(first, self.first_year) + 1
        if years <= 0:
            return 0.0
        band = self.last_year - self.first_year + 1
        return None if self.children is None else self.children * years / band


Counts = Mapping[tuple[str, str], tuple[Cell, ...]]


@cache
def packaged() -> Counts:
    """The counts by (state, disability), read once."""
    text = files("referral").joinpath("data", "child_counts.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[Cell]] = {}
    for line in _rows(text):
        state, disability, ages, children, school_year = line.split(",")
        first, last = map(int, ages.split("-"))
        cell = Cell(first, last, int(children) if children else None, school_year)
        found.setdefault((state, disability), []).append(cell)
    return {key: tuple(cells) for key, cells in found.items()}


def _rows(text: str) -> Iterable[str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return lines[1:]


def children(state: str, disabilities: Collection[str], first: int, last: int) -> float:
    """Children of a state with one of these disabilities, from the first to the last year of age.

    Cells that are not published count nothing, so the number is never too large.
    """
    cells = [cell for one in disabilities for cell in packaged().get((state, one), ())]
    return sum(cell.children_of(first, last) or 0.0 for cell in cells)


def all_children(state: str) -> float | None:
    """All children with IEPs of a state; None where a part of them is not published.

    With a part missing, an area would seem to have a larger share of the state than it has.
    """
    cells = packaged().get((state, ALL), ())
    known = [cell.children for cell in cells if cell.children is not None]
    return sum(known) if known and len(known) == len(cells) else None


def years_counted(state: str, disabilities: Collection[str]) -> tuple[str, ...]:
    """The school years in which these numbers were counted, first to last."""
    cells = (cell for one in disabilities for cell in packaged().get((state, one), ()))
    return tuple(sorted({cell.school_year for cell in cells if cell.children is not None}))

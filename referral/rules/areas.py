"""What a district says of the area around it: a region's name and its children, and how many must share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.errors import FieldProblem

DEFAULT_K = 10
LEAST_K = 5
MOST_K = 1000
MOST_CHILDREN = 1_000_000
NAME_LENGTH_MAX = 80
SOURCE_LENGTH_MAX = 200
FIRST_COUNT, LAST_COUNT = 2000, 2100


@dataclass(frozen=True)
class AreaCounts:
    """The region an enquiry may name and its children with IEPs, from which year and source; and ``k``.

    ``district_children`` are those of the district itself. ``k`` is how many children must at least share
    what is sent.
    """

    region: str | None = None
    region_children: int | None = None
    district_children: int | None = None
    counted_year: int | None = None
    source: str | None = None
    k: int = DEFAULT_K

    @property
    def is_counted(self) -> bool:
        """Whether any number of children is given."""
        return self.region_children is not None or self.district_children is not None


def area_problems(counts: AreaCounts, *, own_names: Iterable[str] = ()) -> list[FieldProblem]:
    """What is wrong with the counts, by the field; ``own_names`` are the district's name and town."""
    problems = [FieldProblem(name, code) for name, (code, wrong) in _checks(counts).items() if wrong]
    for name in ("region_children", "district_children"):
        children = getattr(counts, name)
        if children is not None and not 1 <= children <= MOST_CHILDREN:
            problems.append(FieldProblem(name, "children_out_of_range", {"most": MOST_CHILDREN}))
    if not LEAST_K <= counts.k <= MOST_K:
        problems.append(FieldProblem("k", "k_out_of_range", {"least": LEAST_K, "most": MOST_K}))
    if counts.region is not None and any(_key(name) in _key(counts.region) for name in own_names if name):
        problems.append(FieldProblem("region", "region_names_district"))
    return problems


def _checks(counts: AreaCounts) -> Mapping[str, tuple[str, bool]]:
    inner, outer, year = counts.district_children, counts.region_children, counts.counted_year
    return {
        "region": ("region_needs_name", counts.region is None and outer is not None),
        "region_children": ("region_needs_children", counts.region is not None and outer is None),
        "district_children": (
            "district_larger_than_region",
            inner is not None and outer is not None and inner > outer,
        ),
        "counted_year": (
            "count_needs_year",
            not FIRST_COUNT <= (year or 0) <= LAST_COUNT if year is not None else counts.is_counted,
        ),
        "source": ("count_needs_source", counts.is_counted and not counts.source),
    }


def _key(name: str) -> str:
    return " ".join(name.lower().split())

"""Whether rankings give groups of students the same: figures by protected column, small cells suppressed.

Protected columns are read here and nowhere else; no gate and no value knows them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from matching.exceptions import MatchingError
from matching.policy import WEIGHT_SUM
from matching.results import RankedProgram, Ranking
from matching.vocabulary import Verdict

SMALLEST_CELL = 10

Measures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Means of one group of a column, over the students of whom each measure is known.

    A suppressed cell has neither count nor means. A mean over fewer than ten students is None as well.
    """

    column: str
    group: str
    suppressed: bool
    n_students: int | None
    means: Measures


def measures_of(ranking: Ranking) -> dict[str, float | None]:
    """What one student was given: programs that meet every must, and value, tier and ride of the first.

    ``top_value`` is 0 to 1000, ``top_ride_minutes`` the middle of the estimate. All but the count are None
    where no program is ranked.
    """
    first = ranking.options[0] if len(ranking) and ranking.options[0].rank is not None else None
    return {
        "eligible_count": float(ranking.verdicts[Verdict.ELIGIBLE]),
        "top_value": None if first is None else first.value / WEIGHT_SUM,
        "top_tier": None if first is None else float(first.tier),
        "top_ride_minutes": None if first is None else _ride_minutes(first),
    }


def _ride_minutes(option: RankedProgram) -> float | None:
    minutes = option.ride.minutes
    return None if minutes is None else (minutes.low + minutes.high) / 2


def fairness_gaps(
    measures: Mapping[str, Measures], groups: Mapping[str, Mapping[str, str]]
) -> tuple[GroupFigures, ...]:
    """Means of every measure by group of every protected column; cells under 10 suppressed.

    Where one cell of a column is too small, the next smallest is suppressed with it, so that the small one
    cannot be found as the rest.

    Parameters
    ----------
    measures : by student code; as ``measures_of`` gives them, with others (days to offer, refused) added.
    groups : by student code, the group in each protected column; a column left out is the group "not known".

    Raises
    ------
    MatchingError : a student with measures and without groups, or measures that differ between students.
    """
    if measures.keys() - groups.keys():
        raise MatchingError("groups", "must name every student that has measures")
    if len({frozenset(one) for one in measures.values()}) > 1:
        raise MatchingError("measures", "must be the same for every student")
    if not all(value is None or isfinite(value) for one in measures.values() for value in one.values()):
        raise MatchingError("measures", "must be finite numbers, or not known")
    columns = sorted({column for code in measures for column in groups[code]})
    return tuple(figures for column in columns for figures in _column(column, measures, groups))


def _column(
    column: str, measures: Mapping[str, Measures], groups: Mapping[str, Mapping[str, str]]
) -> Iterable[GroupFigures]:
    members: dict[str, list[Measures]] = {}
    for code, one in measures.items():
        members.setdefault(groups[code].get(column, "not known"), []).append(one)
    hidden = _suppressed({group: len(together) for group, together in members.items()})
    for group in sorted(members):
        together = members[group]
        if group in hidden:
            yield GroupFigures(column, group, True, None, {})
        else:
            means = {name: _mean([one[name] for one in together]) for name in together[0]}
            yield GroupFigures(column, group, False, len(together), means)


def _suppressed(counts: Mapping[str, int]) -> set[str]:
    small = {group for group, count in counts.items() if count < SMALLEST_CELL}
    large = sorted(counts.keys() - small, key=lambda group: (counts[group], group))
    return small | set(large[:1]) if len(small) == 1 else small


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if len(known) >= SMALLEST_CELL else None


def largest_gaps(figures: Iterable[GroupFigures]) -> dict[tuple[str, str], float]:
    """For each column and measure the highest less the lowest mean of the groups that are shown."""
    shown: dict[tuple[str, str], list[float]] = {}
    for group in figures:
        for name, mean in group.means.items():
            if mean is not None:
                shown.setdefault((group.column, name), []).append(mean)
    return {key: max(means) - min(means) for key, means in shown.items() if len(means) > 1}

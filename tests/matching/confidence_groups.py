"""Groups of options and weightings written by hand, and groups drawn by hypothesis."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matching import POLICY_2026_1
from matching.draws import Draws, draws_of
from matching.ranking_confidence import Group
from matching.vocabulary import Criterion

CRITERIA = list(Criterion)
FEW_DRAWS = draws_of(POLICY_2026_1, n_draws=300)


def weightings(**counts: int) -> Draws:
    """Draws in which one criterion has all the weight, each so often: ``weightings(ride=8, start=2)``."""
    rows = np.zeros((sum(counts.values()), len(CRITERIA)), np.uint16)
    columns = [CRITERIA.index(Criterion(name)) for name, count in counts.items() for _ in range(count)]
    rows[range(len(rows)), columns] = 4096
    return Draws(rows, seed=1)


def a_group(*options: dict[str, int | tuple[int, int]]) -> Group:
    """Options with these values, 0 in every other criterion; a pair is a range."""
    low = np.zeros((len(options), len(CRITERIA)), np.int32)
    high = low.copy()
    for row, values in enumerate(options):
        for name, value in values.items():
            column = CRITERIA.index(Criterion(name))
            low[row, column], high[row, column] = value if isinstance(value, tuple) else (value, value)
    names = tuple(f"program-{number}" for number in range(len(options)))
    return Group(low, high, tuple(f"{name}/room" for name in names), names)


def groups(most: int = 5) -> st.SearchStrategy[Group]:
    """Groups of options, about a third of their cells open."""
    tables = st.integers(1, most).flatmap(
        lambda n: st.tuples(
            hnp.arrays(np.int32, (n, len(CRITERIA)), elements=st.integers(0, 1000)),
            hnp.arrays(np.int32, (n, len(CRITERIA)), elements=st.integers(0, 1000)),
            hnp.arrays(np.int8, (n, len(CRITERIA)), elements=st.integers(0, 2)),
        )
    )
    return tables.map(lambda drawn: _group(*drawn))


def _group(one: np.ndarray, other: np.ndarray, kind: np.ndarray) -> Group:
    is_open = kind == 0
    names = tuple(f"program-{number}" for number in range(len(one)))
    return Group(
        low=np.where(is_open, np.minimum(one, other), one),
        high=np.where(is_open, np.maximum(one, other), one),
        option_keys=tuple(f"{name}/room" for name in names),
        program_keys=names,
    )


def joined(group: Group, other: Group) -> Group:
    """Both groups in one, the options of the other first, by other keys."""
    return Group(
        low=np.concatenate([other.low, group.low]),
        high=np.concatenate([other.high, group.high]),
        option_keys=(*(f"other-{key}" for key in other.option_keys), *group.option_keys),
        program_keys=(*(f"other-{key}" for key in other.program_keys), *group.program_keys),
    )

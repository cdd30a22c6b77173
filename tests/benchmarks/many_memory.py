"""The most memory of ranking many students that come one after the other: `-m ... STUDENTS PROGRAMS`."""

import resource
import sys

from matching import POLICY_2026_1, Catalogue, rank_many
from tests.benchmarks import made_up, many_students


def main(n_students: int, n_programs: int) -> None:
    """Rank and print the kilobytes of this process at its largest, before ranking and after it."""
    catalogue = Catalogue.compile(made_up.programs(n_programs))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    for _ in rank_many(
        many_students.stream(n_students), catalogue, POLICY_2026_1, top=10, today=made_up.TODAY
    ):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""The most memory of ranking many students that come one after the other: `-m ... STUDENTS PROGRAMS`."""

import resource
import sys
from pathlib import Path

from matching import POLICY_2026_1, Catalogue, rank_many
from tests.benchmarks import made_up, many_students

STATUS = Path("/proc/self/status")


def main(n_students: int, n_programs: int) -> None:
    """Rank and print the kilobytes of this process at its largest, before ranking and after it."""
    catalogue = Catalogue.compile(made_up.programs(n_programs))
    print(_most_kilobytes())
    students = many_students.stream(n_students)
    for _ in rank_many(students, catalogue, POLICY_2026_1, top=10, today=made_up.TODAY):
        pass
    print(_most_kilobytes())


def _most_kilobytes() -> int:
    """Of this process alone: `ru_maxrss` also remembers the process that it was started from."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

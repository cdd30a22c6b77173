"""The table of goals, measured: `python -m tests.benchmarks [--only ROW ...] [--quick] [--full] [--pages]`.

Each row has our median and CPU time, the goal, peers timed in the same run that gave the same result, and
what the machine's own limits allow. A peer that gives another result stops the run with the difference.
"""

import argparse
import os
import platform

# One thread for matrix products, as in a request: ratios to peers then compare one core with one core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.benchmarks import allocation, confidence, machine, many, pages, ranking, reliability
from tests.benchmarks.rows import Measured, Row, Run, markdown, show

ROWS: tuple[Row, ...] = (*ranking.ROWS, *many.ROWS, *confidence.ROWS, *allocation.ROWS)
FULL_ROWS: tuple[Row, ...] = (*many.FULL_ROWS, *allocation.FULL_ROWS)


def main() -> None:
    """Measure the rows asked for and print the table as it stands in the README."""
    asked = _arguments()
    if asked.reliability:
        reliability.run()
        return
    run = Run(quick=asked.quick, full=asked.full)
    names = set(asked.only or [])
    rows = [row for row in (*ROWS, *FULL_ROWS) if row[0].name in names] or list(ROWS)
    if asked.full and not names:
        rows += FULL_ROWS
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {_load()}")
    machine.show()
    measured = [_measured(row, run) for row in rows]
    print(f"\n{_load()}\n\n{markdown(measured)}")
    if asked.pages:
        pages.run()


def _measured(row: Row, run: Run) -> Measured:
    goal, measure = row
    found = measure(goal, run)
    show(found)
    return found


def _load() -> str:
    """What else ran: above the number of cores, wall times say little and CPU times must do."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = [goal.name for goal, _ in (*ROWS, *FULL_ROWS)]
    parser.add_argument("--only", nargs="+", metavar="ROW", choices=names, help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="fewer runs, smaller shares of slow peers")
    parser.add_argument("--full", action="store_true", help="100,000 students too, and every peer: minutes")
    parser.add_argument("--pages", action="store_true", help="requests per second of a served demo too")
    parser.add_argument(
        "--reliability",
        action="store_true",
        help="only the served site on both databases: rates, writes, start",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""Rank one student against 200 and 5,000 programs, against pandas on the same data."""

import numpy as np

from matching import POLICY_2026_1, Catalogue, rank_programs
from matching.scoring import evaluate
from tests.benchmarks import made_up, pandas_ranking
from tests.benchmarks.measure import show, timed

GOALS_MS = {200: 1.0, 5000: 2.0}
EXPLAINED = 10


def run() -> None:
    """Print the table; the two orders before cost bands are compared first."""
    for count, goal in GOALS_MS.items():
        programs, student = made_up.programs(count), made_up.student()
        catalogue, options = Catalogue.compile(programs), pandas_ranking.frame(programs)
        _check_same(catalogue, options, student)

        def ours(catalogue=catalogue, student=student):
            ranking = rank_programs(student, catalogue, POLICY_2026_1, seed="s", today=made_up.TODAY)
            return ranking.options[:EXPLAINED]

        def arrays(catalogue=catalogue, student=student):
            return evaluate(student, catalogue, POLICY_2026_1, seed="s", today=made_up.TODAY)

        def pandas(options=options, student=student):
            return pandas_ranking.ranked(options, student, POLICY_2026_1)

        verdicts = rank_programs(student, catalogue, POLICY_2026_1, seed="s", today=made_up.TODAY).verdicts
        shares = ", ".join(f"{name} {number / count:.0%}" for name, number in verdicts.items())
        show(
            f"1 student x {count} programs",
            timed("placewell, ten explained", ours),
            timed("placewell, order only", arrays),
            timed("pandas, order before cost bands", pandas),
            goal_ms=goal,
            note=f"programs: {shares}",
        )


def _check_same(catalogue, options, student) -> None:
    """Both must give every program the same block, tier and value, or the times mean nothing."""
    ours = evaluate(student, catalogue, POLICY_2026_1, seed="s", today=made_up.TODAY)
    theirs = pandas_ranking.ranked(options, student, POLICY_2026_1).sort_index()
    for name in ("block", "tier", "value"):
        if not np.array_equal(getattr(ours.keys, name), theirs[name].to_numpy()):
            raise AssertionError(f"pandas and placewell differ in {name}")


if __name__ == "__main__":
    run()

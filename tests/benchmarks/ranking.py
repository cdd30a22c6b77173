"""Rank one student against 200 and 5,000 programs: gates, values, order and ten explanations.

Ours ranks another student each time: a student ranked again finds in the catalogue what the first time made.
Peers: pandas and DuckDB do gates, values and order before cost bands; pymcdm and scikit-criteria only add up
values that are given. All must agree with ours before anything is timed.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np

from matching import POLICY_2026_1, Catalogue, NeedProfile, ProgramProfile, rank_programs
from matching.scoring import Evaluation, evaluate
from tests.benchmarks import additive, made_up, many_students, pandas_ranking
from tests.benchmarks.duckdb_ranking import THREADS, DuckRanking
from tests.benchmarks.machine import machine
from tests.benchmarks.measure import Timing, timed, timed_each
from tests.benchmarks.peers import found, missing
from tests.benchmarks.rows import Goal, Measured, PeerDiffers, Row, Run

EXPLAINED = 10
WARM_UP, OTHERS = 50, 200
SEED = "s"


def one_student(goal: Goal, run: Run, count: int) -> Measured:
    """The row of one student and so many programs."""
    programs, student = made_up.programs(count), made_up.student()
    catalogue = Catalogue.compile(programs)

    def ours(one: NeedProfile = student):
        ranking = rank_programs(one, catalogue, POLICY_2026_1, seed=SEED, today=made_up.TODAY)
        return ranking.options[:EXPLAINED]

    evaluation = _evaluated(student, catalogue)
    verdicts = rank_programs(student, catalogue, POLICY_2026_1, seed=SEED, today=made_up.TODAY).verdicts
    shares = ", ".join(f"{name} {number / count:.0%}" for name, number in verdicts.items())
    others = many_students.students(WARM_UP + OTHERS)
    for other in others[:WARM_UP]:
        ours(other)
    measured = timed_each("placewell", [partial(ours, other) for other in others[WARM_UP:]])
    limits = machine()
    return Measured(
        goal,
        measured,
        peers=[
            *_pandas(programs, student, evaluation, run),
            *_duckdb(programs, student, evaluation, run),
        ],
        parts=[
            timed("one student again and again", ours, seconds=run.seconds),
            timed("the same, order alone", lambda: _evaluated(student, catalogue), seconds=run.seconds),
            *_sums(evaluation, run),
        ],
        missing=missing("duckdb", "pymcdm", "skcriteria"),
        floor_ms=limits.pass_ms(2 * 12 * count * 8) + limits.sort_ms(count),
        floor="one pass over the bounds of all values and one sort",
        notes=[f"programs: {shares}; {measured.cpu_ms / count * 1e6:.0f} ns for each program"],
    )


def _evaluated(student: NeedProfile, catalogue: Catalogue) -> Evaluation:
    return evaluate(student, catalogue, POLICY_2026_1, seed=SEED, today=made_up.TODAY)


def check_same(name: str, ours: Evaluation, theirs: Mapping[str, np.ndarray]) -> None:
    """A peer must give every program our block, tier and value, or the times mean nothing."""
    for column in ("block", "tier", "value"):
        mine, other = getattr(ours.keys, column), np.asarray(theirs[column])
        if not np.array_equal(mine, other):
            row = int(np.flatnonzero(mine != other)[0])
            key = ours.asked.catalogue.options[row].program.key
            student = ours.asked.student.code
            raise PeerDiffers(f"{name}: {column} of {key} for {student} is {other[row]}, ours {mine[row]}")


def _pandas(programs: list[ProgramProfile], student: NeedProfile, ours: Evaluation, run: Run) -> list[Timing]:
    options = pandas_ranking.frame(programs)

    def ranked():
        return pandas_ranking.ranked(options, student, POLICY_2026_1)

    check_same("pandas", ours, ranked().sort_index())
    return [timed("pandas, order before cost bands", ranked, seconds=run.seconds)]


def _duckdb(programs: list[ProgramProfile], student: NeedProfile, ours: Evaluation, run: Run) -> list[Timing]:
    duckdb = found("duckdb")
    if duckdb is None:
        return []
    with duckdb.connect(config={"threads": THREADS}) as connection:
        ranking = DuckRanking(connection, programs, [student], POLICY_2026_1)
        check_same("DuckDB", ours, ranking.pairs())
        return [timed("DuckDB, order before cost bands", ranking.ranked(), seconds=run.seconds)]


def _sums(ours: Evaluation, run: Run) -> list[Timing]:
    """Only the weighted sum, of values that are given: no gates, no unknowns, no order."""
    weights = np.asarray(POLICY_2026_1.weight_row(), np.int64)
    values = np.ascontiguousarray(ours.middle.T)
    made = additive.models(values, weights)
    additive.check_same_sums(made, ours.keys.value)
    named = {"NumPy, sums alone": lambda: weights @ ours.middle} | made
    return [timed(name, model, seconds=run.seconds / 2) for name, model in named.items()]


ROWS: tuple[Row, ...] = (
    (Goal("one-200", "1 student x 200 programs, ten explained", 1.0), lambda g, r: one_student(g, r, 200)),
    (Goal("one-5000", "1 x 5,000, same", 2.0), lambda g, r: one_student(g, r, 5000)),
)

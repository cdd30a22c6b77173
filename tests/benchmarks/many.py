"""Rank many students: the ten best programs of each, from a compiled catalogue.

The students vary in every answer and a twentieth of the answers is not known. Ours ranks other students each
time, in towns of earlier ones: students ranked again find in the catalogue what the first time made.
DuckDB gives the ten best before cost bands; blocks, tiers and values of some students must be ours.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from matching import POLICY_2026_1, Catalogue, NeedProfile, ProgramProfile, Students, rank_many, threads
from matching.chunk import ChunkOrder
from matching.pair_tables import PairTables
from matching.passing import gate_bits, promising
from matching.scoring import evaluate
from matching.vocabulary import Verdict
from tests.benchmarks import made_up, many_students
from tests.benchmarks.duckdb_ranking import THREADS, DuckRanking
from tests.benchmarks.machine import machine
from tests.benchmarks.measure import Timing, once, peak_mb, timed, timed_each
from tests.benchmarks.peers import found, missing
from tests.benchmarks.ranking import check_same
from tests.benchmarks.rows import Goal, Measured, PeerDiffers, Row, Run

TOP = 10
BATCHES = 5
CHECKED = 100
LOOKED_AT = 2048
DUCKDB_PAIRS = 2_000_000
VERDICTS = tuple(Verdict)


def many_students_row(goal: Goal, run: Run, n_students: int, n_programs: int) -> Measured:
    """The row of so many students and programs."""
    programs = made_up.programs(n_programs)
    catalogue = Catalogue.compile(programs)
    batches = BATCHES if n_students <= 10_000 else 2
    everybody = many_students.students(batches * n_students)
    profiles = everybody[:n_students]
    columns = [
        Students.of(everybody[start : start + n_students]) for start in range(0, len(everybody), n_students)
    ]
    del everybody

    def ours(students, **options):
        return rank_many(students, catalogue, POLICY_2026_1, top=TOP, today=made_up.TODAY, **options)

    def count(students, **options) -> int:
        return sum(len(part.student_codes) for part in ours(students, **options))

    first = once("the first students, tables not made yet", lambda: count(columns[0]))
    measured = timed_each("placewell", [partial(count, others) for others in columns[1:]])
    again = timed("the same students again", lambda: count(columns[0]), seconds=run.seconds, runs=9)
    both_cores = timed(
        f"the same students again, {THREADS} threads",
        lambda: count(columns[0], workers=threads(THREADS), chunk=n_students // (4 * THREADS)),
        seconds=run.seconds,
        runs=9,
    )
    shares, exact = _checked_shares(profiles, catalogue, ours)
    looked_at, cells = _looked_at(columns[0].part(0, LOOKED_AT), catalogue)
    pairs = n_students * n_programs
    passing = pairs * (1 - shares[Verdict.NOT_ELIGIBLE])
    before_mb, memory_mb = peak_mb("tests.benchmarks.many_memory", n_students, n_programs)
    return Measured(
        goal,
        measured,
        peers=_duckdb(programs, profiles, catalogue, run),
        parts=[
            first,
            again,
            both_cores,
            timed("again, columns built from profiles too", lambda: count(iter(profiles)), runs=2),
        ],
        missing=missing("duckdb"),
        memory_mb=memory_mb,
        floor_ms=machine().lookup_ms(n_students * cells) + machine().sort_ms(n_students * looked_at),
        floor="every table looked up for each pair that may come first, and these pairs sorted",
        notes=[
            "pairs: " + ", ".join(f"{name} {share:.0%}" for name, share in shares.items()),
            f"{measured.cpu_ms / pairs * 1e6:.1f} ns of CPU a pair, {measured.cpu_ms / passing * 1e6:.1f} ns "
            f"a passing pair, {measured.cpu_ms / n_students * 1000:.1f} microseconds a student",
            f"pairs that may come first, whose values are added up: {looked_at:.0f} a student,"
            f" {cells:.0f} cells looked up",
            f"memory before the first student: {before_mb:.0f} MB (programs compiled); students are streamed",
            f"first {exact} students: the same ten, in the same order, as one by one",
        ],
    )


def _looked_at(students: Students, catalogue: Catalogue) -> tuple[float, float]:
    """Pairs that may come first, and the cells looked up for their values, of one student on average."""
    tables = PairTables.of(catalogue, POLICY_2026_1, made_up.TODAY)
    chunk = ChunkOrder(students, tables, TOP)
    bits = gate_bits([(ids, parts[0]) for ids, parts in (*chunk.slots, *chunk.services)])
    cells = promising(bits, chunk.tiers, chunk.n_options, chunk.wanted).cells
    pairs = len(cells.options)
    n_slots = sum(parts[1].shape[1] > 0 for _, parts in chunk.slots)
    of_services = sum(len(cells.first(len(ids)).options) for ids, _ in chunk.services)
    return pairs / len(students), (pairs * n_slots + of_services) / len(students)


def _checked_shares(
    profiles: Sequence[NeedProfile], catalogue: Catalogue, ours
) -> tuple[dict[Verdict, float], int]:
    """Shares of the verdicts over the first students, whose ten must be those of one by one."""
    listed = profiles[:CHECKED]
    found_rows = np.concatenate([part.options for part in ours(iter(listed))])
    counts = np.zeros(len(VERDICTS))
    for student, options in zip(listed, found_rows, strict=True):
        one = evaluate(student, catalogue, POLICY_2026_1, seed=student.code, today=made_up.TODAY)
        counts += np.bincount(one.verdict, minlength=len(VERDICTS))
        best = one.best[one.keys.block[one.best] < 5][:TOP]
        if not np.array_equal(best, options[: len(best)]) or (options[len(best) :] != -1).any():
            raise PeerDiffers(f"rank_programs and rank_many differ for {student.code}")
    total = counts.sum()
    return dict(zip(VERDICTS, (counts / total).tolist(), strict=True)), len(listed)


def _duckdb(
    programs: list[ProgramProfile], profiles: list[NeedProfile], catalogue: Catalogue, run: Run
) -> list[Timing]:
    duckdb = found("duckdb")
    if duckdb is None:
        return []
    most = max(1, DUCKDB_PAIRS // len(programs) // (4 if run.quick else 1))
    listed = profiles[:most]
    with duckdb.connect(config={"threads": THREADS}) as connection:
        _check_pairs(DuckRanking(connection, programs, listed[:CHECKED], POLICY_2026_1), listed, catalogue)
        ranking = DuckRanking(connection, programs, listed, POLICY_2026_1)
        took = timed(f"DuckDB, {THREADS} threads", ranking.top(TOP), runs=5, seconds=run.seconds)
    return [took.of_share(len(listed) / len(profiles), f"{len(listed)} students")]


def _check_pairs(ranking: DuckRanking, profiles: Sequence[NeedProfile], catalogue: Catalogue) -> None:
    pairs = ranking.pairs()
    for number, student in enumerate(profiles[:CHECKED]):
        one = evaluate(student, catalogue, POLICY_2026_1, seed=student.code, today=made_up.TODAY)
        rows = slice(number * len(catalogue), (number + 1) * len(catalogue))
        check_same("DuckDB", one, {name: column[rows] for name, column in pairs.items()})


def _row(n_students: int, n_programs: int):
    return lambda goal, run: many_students_row(goal, run, n_students, n_programs)


ROWS: tuple[Row, ...] = ((Goal("many-10000", "10,000 x 1,000, top 10", 25), _row(10_000, 1_000)),)
FULL_ROWS: tuple[Row, ...] = (
    (Goal("many-100000", "100,000 x 5,000, top 10", 300, most_mb=300), _row(100_000, 5_000)),
)

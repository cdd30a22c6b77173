"""Rank acceptability under 10,000 weightings: 200 options, known and partly open, and 1,000 students."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching import POLICY_2026_1, Catalogue, Draws, draws_of
from matching.confidence import rank_acceptability
from matching.order import ELIGIBLE, NOT_ELIGIBLE
from matching.sampling import Group, best_places, sampled_scores
from matching.scoring import Evaluation, evaluate
from tests.benchmarks import additive, made_up, many_students
from tests.benchmarks.machine import machine
from tests.benchmarks.measure import Timing, timed
from tests.benchmarks.peers import missing
from tests.benchmarks.rows import Goal, Measured, PeerDiffers, Row, Run

OPTIONS, CRITERIA, TOP = 200, 12, 10
OPEN_SHARE, OPEN_WIDTH = 0.1, 300
STUDENTS = 1000
LIBRARY_DRAWS = 200

Values = NDArray[np.int32]


def known(goal: Goal, run: Run) -> Measured:
    """200 options, every value known; peers take one weighting at a time, as an analyst writes it."""
    draws, (low, _) = draws_of(POLICY_2026_1), _options()
    shares = rank_acceptability(low, draws.weights, top=TOP)
    _check_same("NumPy", shares, _loop(low, draws.weights))
    ours = timed("placewell", lambda: rank_acceptability(low, draws.weights, top=TOP), seconds=run.seconds)
    loop = timed(
        "NumPy, one weighting at a time", lambda: _loop(low, draws.weights), runs=3, seconds=run.seconds
    )
    return Measured(
        goal,
        ours,
        peers=[loop, *_libraries(low, draws)],
        missing=[*missing("pymcdm", "skcriteria"), "R package smaa: not on PyPI, so not compared"],
        floor_ms=_floor_ms(OPTIONS, draws.n_draws),
        floor="the product, one pass over its scores and a sort of ten keys of each weighting",
    )


def open_cells(goal: Goal, run: Run) -> Measured:
    """The same with a tenth of the cells open."""
    draws, (low, high) = draws_of(POLICY_2026_1), _options()
    keys = tuple(f"option-{number}" for number in range(OPTIONS))
    group = Group(low, high, keys, keys)
    cells = len(group.open_cells)
    ours = timed(
        "placewell", lambda: best_places(sampled_scores(group, draws).scores, TOP), seconds=run.seconds
    )
    limits = machine()
    return Measured(
        goal,
        ours,
        floor_ms=_floor_ms(OPTIONS, draws.n_draws) + limits.pass_ms(12 * cells * draws.n_draws),
        floor="as above and one pass over the score of each open cell and its filling",
        notes=[f"{cells} open cells of {low.size}"],
    )


def _options() -> tuple[Values, Values]:
    rng = np.random.default_rng(1)
    low = rng.integers(0, 1001 - OPEN_WIDTH, (OPTIONS, CRITERIA)).astype(np.int32)
    return low, np.where(rng.random(low.shape) < OPEN_SHARE, low + OPEN_WIDTH, low).astype(np.int32)


def _floor_ms(options: float, draws: int) -> float:
    limits = machine()
    scores = options * draws
    passes = limits.pass_ms(8 * scores)
    return limits.product_ms(draws, CRITERIA, options) + passes + limits.sort_ms(TOP * draws)


def _loop(values: Values, weights: NDArray[np.uint16]) -> NDArray[np.float64]:
    counts = np.zeros((len(values), TOP), np.int64)
    for weighting in weights.astype(np.int64):
        best = np.argsort(-(values @ weighting), kind="stable")[:TOP]
        counts[best, np.arange(TOP)] += 1
    return counts / len(weights)


def _libraries(values: Values, draws: Draws) -> list[Timing]:
    """Each decision library on some of the weightings, its sums checked against ours for every one."""
    weights = draws.weights[:LIBRARY_DRAWS].astype(np.int64)
    made = [additive.models(values, one) for one in weights]
    for models, one in zip(made, weights, strict=True):
        additive.check_same_sums(models, values @ one)
    timings = []
    for name in made[0]:

        def ranked(name=name):
            return [np.argsort(-models[name](), kind="stable")[:TOP] for models in made]

        took = timed(name.replace("sums alone", "one weighting at a time"), ranked, runs=3, seconds=4)
        timings.append(took.of_share(LIBRARY_DRAWS / draws.n_draws, f"{LIBRARY_DRAWS} weightings"))
    return timings


def _check_same(name: str, ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> None:
    if not np.array_equal(ours, theirs):
        row, rank = np.argwhere(ours != theirs)[0]
        raise PeerDiffers(f"{name}: option {row} at rank {rank} {theirs[row, rank]}, ours {ours[row, rank]}")


def many(goal: Goal, run: Run) -> Measured:
    """1,000 students and 200 programs: only the options that pass every gate are compared."""
    students = many_students.students(STUDENTS // (10 if run.quick else 1))
    catalogue = Catalogue.compile(made_up.programs(OPTIONS))
    draws = draws_of(POLICY_2026_1)

    def gates() -> list[Evaluation]:
        return [_evaluated(student, catalogue) for student in students]

    evaluations = gates()
    eligible = [_values(one, one.verdict == ELIGIBLE) for one in evaluations]
    passing = [_values(one, one.verdict != NOT_ELIGIBLE) for one in evaluations]

    def acceptability(options: Sequence[Values]):
        return lambda: [rank_acceptability(one, draws.weights, top=TOP) for one in options if len(one) > 1]

    share, what = len(students) / STUDENTS, f"{len(students)} students"

    def of_all(timing: Timing) -> Timing:
        return timing if share == 1 else timing.of_share(share, what)

    sizes = np.array([len(one) for one in eligible])
    return Measured(
        goal,
        of_all(timed("placewell", acceptability(eligible), runs=5, seconds=run.seconds)),
        parts=[
            of_all(timed("gates and values before it, one by one", gates, runs=3)),
            of_all(timed("eligible and to confirm together", acceptability(passing), runs=2)),
        ],
        floor_ms=sum(_floor_ms(size, draws.n_draws) for size in sizes[sizes > 1].tolist()) / share,
        floor="products, passes and sorts of the eligible options",
        notes=[
            f"eligible options of a student: median {np.median(sizes):.0f}, most {sizes.max()}; with those "
            f"to confirm {np.median([len(one) for one in passing]):.0f}, most {max(map(len, passing))}"
        ],
    )


def _evaluated(student, catalogue: Catalogue) -> Evaluation:
    return evaluate(student, catalogue, POLICY_2026_1, seed=student.code, today=made_up.TODAY)


def _values(one: Evaluation, rows: NDArray[np.bool_]) -> Values:
    return np.ascontiguousarray(one.middle[:, rows].T)


ROWS: tuple[Row, ...] = (
    (Goal("smaa", "acceptability, 200 x 12 x 10,000, ranks 1-10", 4), known),
    (Goal("smaa-open", "same, 10 % of the cells unknown", 15), open_cells),
    (Goal("smaa-1000", "acceptability for 1,000 students, gates first", 1000), many),
)

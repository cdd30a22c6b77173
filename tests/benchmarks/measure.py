"""Timing: medians of repeated runs, printed as a table with ratios measured in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM_UP = 2
MOST_SECONDS = 8.0


@dataclass(frozen=True)
class Timing:
    """Median and fastest wall time of a piece of work, in milliseconds, and how often it ran."""

    name: str
    median_ms: float
    best_ms: float
    runs: int


def timed(name: str, work: Callable[[], object], *, runs: int = 31) -> Timing:
    """The timing of `work` over at most `runs` runs and eight seconds."""
    for _ in range(WARM_UP):
        work()
    times, began = [], time.perf_counter()
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
        if time.perf_counter() - began > MOST_SECONDS:
            break
    return Timing(name, statistics.median(times), min(times), len(times))


def show(title: str, ours: Timing, *peers: Timing, goal_ms: float | None = None, note: str = "") -> None:
    """Print ours against the goal and each peer."""
    goal = "" if goal_ms is None else f"   goal {goal_ms:g} ms: {ours.median_ms / goal_ms:.2f} of it"
    print(f"\n{title}{goal}")
    for timing in (ours, *peers):
        ratio = timing.median_ms / ours.median_ms
        print(
            f"  {timing.name:<44} median {timing.median_ms:9.3f} ms"
            f"   best {timing.best_ms:9.3f} ms   {ratio:8.1f} x   n={timing.runs}"
        )
    if note:
        print(f"  {note}")

"""Timing: medians of repeated runs with their CPU time, and the most memory of a process of its own."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

WARM_UP = 2
MOST_SECONDS = 8.0


@dataclass(frozen=True)
class Timing:
    """Median and fastest wall time of a piece of work and its CPU time, in milliseconds, over some runs."""

    name: str
    median_ms: float
    best_ms: float
    cpu_ms: float
    runs: int
    note: str = ""

    def of_share(self, share: float, what: str) -> "Timing":
        """The timing of the whole where only a share of the work was timed; the note says so."""
        return replace(
            self,
            median_ms=self.median_ms / share,
            best_ms=self.best_ms / share,
            cpu_ms=self.cpu_ms / share,
            note=f"scaled from {what}",
        )


def once(name: str, work: Callable[[], object]) -> Timing:
    """The timing of one run, the first: with every table that later runs find made."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    cpu_ms, wall_ms = (time.process_time() - cpu) * 1000, (time.perf_counter() - start) * 1000
    return Timing(name, wall_ms, wall_ms, cpu_ms, 1)


def timed_each(name: str, works: Sequence[Callable[[], object]]) -> Timing:
    """The timing of works of one kind, each run once: none finds what it made itself."""
    gc.collect()
    ran = [once(name, work) for work in works]
    walls, cpus = [one.median_ms for one in ran], [one.cpu_ms for one in ran]
    return Timing(name, statistics.median(walls), min(walls), statistics.median(cpus), len(ran))


def timed(
    name: str, work: Callable[[], object], *, runs: int = 31, seconds: float = MOST_SECONDS, note: str = ""
) -> Timing:
    """The timing of `work` over at most `runs` runs and some seconds; CPU time of all threads."""
    began = time.perf_counter()
    for _ in range(WARM_UP):
        work()
        if time.perf_counter() - began > seconds / 2:
            break
    gc.collect()
    times, cpu_times, began = [], [], time.perf_counter()
    for _ in range(runs):
        start, cpu = time.perf_counter(), time.process_time()
        work()
        cpu_times.append((time.process_time() - cpu) * 1000)
        times.append((time.perf_counter() - start) * 1000)
        if time.perf_counter() - began > seconds:
            break
    return Timing(name, statistics.median(times), min(times), statistics.median(cpu_times), len(times), note)


def peak_mb(module: str, *arguments: object) -> tuple[float, float]:
    """The most memory, in megabytes, of a fresh process before a module's work and after it.

    The module prints its kilobytes at both times.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = (int(kilobytes) * 1024 / 1e6 for kilobytes in ran.stdout.split())
    return before, after

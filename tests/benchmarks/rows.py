"""Rows of the table of goals: what was measured beside each goal, and how it is printed.

Factors and ratios are of CPU time: ours is on one thread, and the machine may be shared while it is measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.measure import Timing


class PeerDiffers(AssertionError):
    """A peer gave another result than ours: its time would mean nothing."""


@dataclass(frozen=True)
class Goal:
    """A row of the table: its name for `--only`, the work, and the goals."""

    name: str
    work: str
    most_ms: float
    most_mb: float | None = None


@dataclass(frozen=True)
class Measured:
    """What one row gave. ``floor_ms`` is what the machine's own limits allow, and ``floor`` says how."""

    goal: Goal
    ours: Timing
    peers: Sequence[Timing] = ()
    parts: Sequence[Timing] = ()
    missing: Sequence[str] = ()
    memory_mb: float | None = None
    floor_ms: float | None = None
    floor: str = ""
    notes: Sequence[str] = field(default=())

    @property
    def factor(self) -> float:
        """How many times less CPU time than the goal."""
        return self.goal.most_ms / self.ours.cpu_ms


@dataclass(frozen=True)
class Run:
    """How much to measure: `quick` cuts repetitions and slow peers, `full` adds the largest sizes."""

    quick: bool = False
    full: bool = False

    @property
    def seconds(self) -> float:
        """The most time for one timing."""
        return 1.0 if self.quick else 8.0


Row = tuple[Goal, Callable[[Goal, Run], Measured]]


def show(measured: Measured) -> None:
    """Print one row: ours against the goal, then each peer and each part against ours."""
    goal, ours = measured.goal, measured.ours
    print(f"\n[{goal.name}] {goal.work}: goal {_time(goal.most_ms)}, factor {measured.factor:.2f}")
    _line(ours, ours, "placewell")
    for peer in measured.peers:
        _line(peer, ours, peer.name)
    for part in measured.parts:
        _line(part, ours, f"  {part.name}")
    for name in measured.missing:
        print(f"  {name}")
    if measured.memory_mb is not None:
        against = "" if goal.most_mb is None else f", goal {goal.most_mb:g} MB"
        print(f"  most memory of a process of its own: {measured.memory_mb:.0f} MB{against}")
    if measured.floor_ms is not None:
        ratio = ours.cpu_ms / measured.floor_ms
        print(
            f"  machine's limit {_time(measured.floor_ms)} ({measured.floor}): ours is {ratio:.1f} times that"
        )
    for note in measured.notes:
        print(f"  {note}")


def _line(timing: Timing, ours: Timing, name: str) -> None:
    ratio = timing.cpu_ms / ours.cpu_ms
    print(
        f"  {name:<44} median {timing.median_ms:10.3f} ms   CPU {timing.cpu_ms:10.3f} ms"
        f"   best {timing.best_ms:10.3f} ms {ratio:9.2f} x   n={timing.runs}"
        + (f"   {timing.note}" if timing.note else "")
    )


def markdown(rows: Sequence[Measured]) -> str:
    """The table of the README."""
    lines = [
        "| work | goal | CPU (wall) | goal / CPU | fastest peer that agrees, same run: CPU | peer / ours |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        peer = min(row.peers, key=lambda one: one.cpu_ms, default=None)
        goal, ours = _time(row.goal.most_ms), f"{_time(row.ours.cpu_ms)} ({_time(row.ours.median_ms)})"
        if row.goal.most_mb is not None and row.memory_mb is not None:
            goal, ours = f"{goal}, {row.goal.most_mb:g} MB", f"{ours}, {row.memory_mb:.0f} MB"
        cells = [row.goal.work, goal, ours, f"{row.factor:.2f}"]
        cells += ["-", "-"] if peer is None else _peer_cells(peer, row.ours)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _peer_cells(peer: Timing, ours: Timing) -> list[str]:
    scaled = " (scaled)" if peer.note.startswith("scaled") else ""
    return [f"{peer.name}: {_time(peer.cpu_ms)}{scaled}", f"{peer.cpu_ms / ours.cpu_ms:.1f}"]


def _time(milliseconds: float) -> str:
    if milliseconds < 1:
        return f"{milliseconds:.2g} ms"
    return f"{milliseconds:.3g} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.3g} s"

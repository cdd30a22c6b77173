"""PyPI `matching` on one market, in a process of its own: it bears the name of a package of ours.

It is installed into a folder of its own that only this process looks into. The process reads {"preferences",
"priorities", "seats"} as JSON and writes {"seconds", "cpu_seconds", "solve_seconds", "plan"}.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from functools import lru_cache
from typing import Any

NAME = "matching==1.4.3"
MOST_SECONDS = 900
DEEP_STACK_BYTES = 1 << 29


def answer(
    preferences: list[list[int]], priorities: list[list[int]], seats: list[int]
) -> tuple[dict[str, Any] | None, str]:
    """Its answer; None with a sentence where it could not be installed or fails."""
    folder = _installed()
    if folder is None:
        return None, f"{NAME}: could not be installed, so not compared"
    market = json.dumps({"preferences": preferences, "priorities": priorities, "seats": seats})
    command = [sys.executable, "-I", __file__, folder.name]
    try:
        ran = subprocess.run(command, input=market, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return None, f"{NAME}: no answer after {MOST_SECONDS} s"
    if ran.returncode or not ran.stdout:
        last = (ran.stderr.strip().splitlines() or ["without a word"])[-1]
        return None, f"{NAME}: fails with status {ran.returncode}: {last[:120]}"
    return json.loads(ran.stdout), ""


@lru_cache(maxsize=1)
def _installed() -> tempfile.TemporaryDirectory[str] | None:
    """The folder it was installed into, beside and not into this environment; it goes with this process."""
    folder = tempfile.TemporaryDirectory(prefix="placewell-peer-")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder.name, NAME]
    done = subprocess.run(command, capture_output=True).returncode == 0
    return folder if done else None


def solve(market: dict[str, Any]) -> dict[str, Any]:
    """The stable plan by the peer, and how long its game took to make and to solve."""
    from matching.games import HospitalResident

    seats = {room: count for room, count in enumerate(market["seats"]) if count}
    wishes = {f"s{s}": [f"r{r}" for r in row if r in seats] for s, row in enumerate(market["preferences"])}
    wishes = {student: row for student, row in wishes.items() if row}
    orders = {f"r{r}": [f"s{s}" for s in market["priorities"][r]] for r in seats}
    orders = {room: row for room, row in orders.items() if row}
    began, cpu = time.perf_counter(), time.process_time()
    game = HospitalResident.create_from_dictionaries(wishes, orders, {r: seats[int(r[1:])] for r in orders})
    made = time.perf_counter()
    matched = game.solve(optimal="resident")
    ended, cpu = time.perf_counter(), time.process_time() - cpu
    plan = [-1] * len(market["preferences"])
    for room, students in matched.items():
        for student in students:
            plan[int(student.name[1:])] = int(room.name[1:])
    return {"seconds": ended - began, "cpu_seconds": cpu, "solve_seconds": ended - made, "plan": plan}


def main() -> None:
    """Answer on standard output."""
    sys.path.insert(0, sys.argv[1])
    print(json.dumps(solve(json.load(sys.stdin))))


if __name__ == "__main__":
    sys.setrecursionlimit(10**6)  # its deep copies need a deep stack
    threading.stack_size(DEEP_STACK_BYTES)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()

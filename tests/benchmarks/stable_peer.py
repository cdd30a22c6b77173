"""PyPI `matching` on one market, in a process of its own: it bears the name of a package of ours.

Reads {"preferences", "priorities", "seats"} as JSON, writes {"seconds", "solve_seconds", "plan"}. The first
argument is the folder it was installed into with `pip install --target`.
"""

import json
import sys
import threading
import time


def solve(market: dict) -> dict:
    """The stable plan by the peer, and how long its game took to make and to solve."""
    from matching.games import HospitalResident

    seats = {room: count for room, count in enumerate(market["seats"]) if count}
    wishes = {f"s{s}": [f"r{r}" for r in row if r in seats] for s, row in enumerate(market["preferences"])}
    wishes = {student: row for student, row in wishes.items() if row}
    orders = {f"r{r}": [f"s{s}" for s in market["priorities"][r]] for r in seats}
    orders = {room: row for room, row in orders.items() if row}
    began = time.perf_counter()
    game = HospitalResident.create_from_dictionaries(wishes, orders, {r: seats[int(r[1:])] for r in orders})
    made = time.perf_counter()
    matched = game.solve(optimal="resident")
    ended = time.perf_counter()
    plan = [-1] * len(market["preferences"])
    for room, students in matched.items():
        for student in students:
            plan[int(student.name[1:])] = int(room.name[1:])
    return {"seconds": ended - began, "solve_seconds": ended - made, "plan": plan}


def main() -> None:
    """Answer on standard output; its deep copies need a deep stack."""
    sys.path.insert(0, sys.argv[1])
    print(json.dumps(solve(json.load(sys.stdin))))


if __name__ == "__main__":
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()

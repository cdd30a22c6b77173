"""A made-up region for the plans: students, rooms, seats for about 92 % of the students, known candidates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

PROGRAMS_OF = {1_000: 100, 10_000: 1_000, 100_000: 5_000}
ROOMS_PER_PROGRAM = 2
CANDIDATES = 20
PLACED_GAIN = 4000


@dataclass(frozen=True)
class Region:
    """Students with their best rooms: popular rooms are asked by more students than they have seats for."""

    gain: csr_array
    preferences: list[list[int]]
    priorities: list[list[int]]
    seats: NDArray[np.int64]


def region(n_students: int, *, seed: int = 4) -> Region:
    """A region of 1,000, 10,000 or 100,000 students with 20 candidate rooms each."""
    rng = np.random.default_rng(seed)
    n_rooms = PROGRAMS_OF[n_students] * ROOMS_PER_PROGRAM
    mean_seats = max(1, round(0.92 * n_students / n_rooms))
    seats = rng.integers(0, 2 * mean_seats + 1, n_rooms)
    rooms = _candidates(rng, n_students, n_rooms)
    values = -np.sort(-rng.integers(300, 1001, rooms.shape), axis=1)
    urgency = rng.choice([1, 2, 3], n_students, p=[0.7, 0.2, 0.1])
    gains = (urgency[:, None] * (PLACED_GAIN + values)).astype(np.int64)
    wanted = rng.integers(0, 1000, rooms.shape) + 1000 * urgency[:, None]
    students = np.repeat(np.arange(n_students), CANDIDATES)
    return Region(
        gain=csr_array((gains.ravel(), (students, rooms.ravel())), shape=(n_students, n_rooms)),
        preferences=rooms.tolist(),
        priorities=_priorities(students, rooms.ravel(), wanted.ravel(), n_rooms),
        seats=seats,
    )


def _candidates(rng: np.random.Generator, n_students: int, n_rooms: int) -> NDArray[np.int64]:
    """The best rooms of each student among those in reach, the more popular ones more often."""
    popularity = rng.gumbel(0, 1, n_rooms)
    in_reach = min(n_rooms, 4 * CANDIDATES)
    rooms = np.empty((n_students, CANDIDATES), np.int64)
    for student in range(n_students):
        near = rng.choice(n_rooms, in_reach, replace=False, shuffle=False)
        liking = popularity[near] + rng.gumbel(0, 1, in_reach)
        rooms[student] = near[np.argsort(-liking)[:CANDIDATES]]
    return rooms


def _priorities(
    students: NDArray[np.int64], rooms: NDArray[np.int64], wanted: NDArray[np.int64], n_rooms: int
) -> list[list[int]]:
    """The students of each room, the most wanted first and equals by their number."""
    order = np.lexsort((students, -wanted, rooms))
    starts = np.searchsorted(rooms[order], np.arange(1, n_rooms))
    return [part.tolist() for part in np.split(students[order], starts)]

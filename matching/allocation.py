"""Advisory plans for many students and few seats: the largest total gain, or stable against regret.

Plans advise; offers and waiting lists stay with the programs and the IEP Teams. A plan never rests on a
pair that fails a gate, has an open gate or an open need fit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from typing import Any

import numpy as np

from matching.checks import is_whole
from matching.exceptions import MatchingError
from matching.optimal_assignment import SparseGain, optimal_plan
from matching.order import FIRST_BLOCK
from matching.policy import WEIGHT_SUM
from matching.results import RankedProgram, RankedRoom, Ranking
from matching.seat_counts import Whole
from matching.seat_prices import seat_prices
from matching.stable_matching import blocking_pairs, stable_plan
from matching.vocabulary import SeatStatus

# Placing a student counts more than any difference of value (0 to 1000) at one seat. Our choice.
PLACED_GAIN = 4000
LARGEST_URGENCY = 100

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SuitablePlaces:
    """Who could take which seat, in the terms of the plans.

    ``places`` are (program key, room key), the key of the room empty where rooms are not known; indices of
    ``gain``, ``preferences``, ``priorities`` and ``seats`` are positions in ``student_codes`` and ``places``.
    """

    student_codes: tuple[str, ...]
    places: tuple[Place, ...]
    gain: SparseGain
    preferences: tuple[tuple[int, ...], ...]
    priorities: tuple[tuple[int, ...], ...]
    seats: Whole


@dataclass(frozen=True, slots=True)
class _Pair:
    code: str
    place: Place
    urgency: int
    value: int
    draw: bytes
    open_seats: int

    @property
    def gain(self) -> int:
        """What placing this student here is worth to the whole plan."""
        return self.urgency * (PLACED_GAIN + self.value // WEIGHT_SUM)

    @property
    def first_served(self) -> tuple[int, int, bytes]:
        """What a room sorts the students by."""
        return -self.urgency, -self.value, self.draw


def suitable_places(
    rankings: Iterable[Ranking], *, urgency: Mapping[str, int] | None = None, seed: str = ""
) -> SuitablePlaces:
    """The rooms each student could take: every gate passed and the need fit adequate, nothing else.

    A student prefers rooms in the order of the ranking. A room prefers the more urgent student, then the
    higher value, then a draw from the seed. A pair gains urgency x (4000 + value on the scale 0 to 1000).
    Only seats known to be open are counted.

    Parameters
    ----------
    rankings : one for each student, made from the same programs on the same day.
    urgency : by student code, 1 to 100; 1 where nothing is given.

    Raises
    ------
    MatchingError : a student ranked twice, an urgency out of range or of a student without ranking, rankings
        that differ on a room's seats.
    """
    weights = _checked_urgency(urgency or {})
    pairs = {}
    for ranking in rankings:
        if ranking.student_code in pairs:
            raise MatchingError("rankings", "a student is ranked twice")
        pairs[ranking.student_code] = _pairs(ranking, weights.get(ranking.student_code, 1), seed)
    if weights.keys() - pairs.keys():
        raise MatchingError("urgency", "names a student who has no ranking")
    return _indexed(pairs)


def _checked_urgency(urgency: Mapping[str, int]) -> Mapping[str, int]:
    if not all(is_whole(one, 1, LARGEST_URGENCY) for one in urgency.values()):
        raise MatchingError("urgency", f"must be whole numbers 1 to {LARGEST_URGENCY}")
    return urgency


def _pairs(ranking: Ranking, urgency: int, seed: str) -> list[_Pair]:
    # Options are sorted by block and made when looked at: stop at the first that is not in block 1.
    suitable = takewhile(lambda option: option.block == FIRST_BLOCK, ranking.options)
    return [
        _pair(ranking.student_code, option, room, urgency, seed)
        for option in suitable
        for room in option.rooms
        if room.block == FIRST_BLOCK
    ]


def _pair(code: str, option: RankedProgram, room: RankedRoom, urgency: int, seed: str) -> _Pair:
    place = (option.program_key, room.key)
    seats = room.seats
    return _Pair(
        code=code,
        place=place,
        urgency=urgency,
        value=room.value,
        draw=sha256("\x1f".join((seed, code, *place)).encode()).digest(),
        open_seats=(seats.open or 0) if seats.status is SeatStatus.OPEN else 0,
    )


def _indexed(pairs: Mapping[str, list[_Pair]]) -> SuitablePlaces:
    codes = tuple(pairs)
    flat = [pair for listed in pairs.values() for pair in listed]
    seats = _seats(flat)
    places = tuple(sorted(seats))
    student_of = {code: index for index, code in enumerate(codes)}
    place_of = {place: index for index, place in enumerate(places)}
    asked: list[list[_Pair]] = [[] for _ in places]
    for pair in flat:
        asked[place_of[pair.place]].append(pair)
    return SuitablePlaces(
        student_codes=codes,
        places=places,
        gain=_gain(flat, student_of, place_of),
        preferences=tuple(tuple(place_of[pair.place] for pair in listed) for listed in pairs.values()),
        priorities=tuple(
            tuple(student_of[pair.code] for pair in sorted(listed, key=lambda pair: pair.first_served))
            for listed in asked
        ),
        seats=np.array([seats[place] for place in places], np.int64),
    )


def _seats(pairs: Iterable[_Pair]) -> dict[Place, int]:
    seats: dict[Place, int] = {}
    for pair in pairs:
        if seats.setdefault(pair.place, pair.open_seats) != pair.open_seats:
            raise MatchingError("rankings", f"differ on the open seats of {'/'.join(pair.place)}")
    return seats


def _gain(pairs: list[_Pair], student_of: Mapping[str, int], place_of: Mapping[Place, int]) -> Any:
    from scipy.sparse import csr_array

    rows = [student_of[pair.code] for pair in pairs]
    columns = [place_of[pair.place] for pair in pairs]
    gains = np.array([pair.gain for pair in pairs], np.int64)
    return csr_array((gains, (rows, columns)), shape=(len(student_of), len(place_of)))


__all__ = [
    "SuitablePlaces",
    "blocking_pairs",
    "optimal_plan",
    "seat_prices",
    "stable_plan",
    "suitable_places",
]

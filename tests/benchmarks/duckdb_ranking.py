"""The same ranking in DuckDB, as an analyst would write it: two tables, one query, a row for each pair.

It covers what the made-up students and programs hold (one room each, no wishes, no conditions, estimated
rides) and gives verdict, block, tier and value of each pair. The tables are filled beforehand and not timed.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from matching import NO_RATIO_LIMIT, NeedProfile, Policy, ProgramProfile
from matching.access import GATED_MODES
from matching.codes import SETTINGS, bits
from matching.criteria import service_shares
from matching.vocabulary import (
    SETTING_TIER,
    Delivery,
    Dimension,
    Feature,
    Importance,
    OneToOne,
    PeerTime,
    Service,
)
from tests.benchmarks.duckdb_query import FEATURE_NEEDS, pairs_query, top_query
from tests.benchmarks.made_up import TODAY

Columns = dict[str, np.ndarray]
Prepared = Callable[[], Columns]
MODES = sorted(GATED_MODES)
THREADS = 2


class DuckRanking:
    """Programs and students in DuckDB, and the query over their pairs."""

    def __init__(
        self,
        connection,
        programs: Sequence[ProgramProfile],
        students: Sequence[NeedProfile],
        policy: Policy,
    ) -> None:
        used = sorted({need.service for student in students for need in student.services or ()})
        self._connection = connection
        self._pairs = pairs_query(policy, used, MODES)
        self._passing = pairs_query(policy, used, MODES, passing_only=True)
        for name, rows in (
            ("options", [_option(number, program) for number, program in enumerate(programs)]),
            ("students", [_student(number, one, policy, used) for number, one in enumerate(students)]),
        ):
            frame = pd.DataFrame(rows).convert_dtypes()
            connection.register("frame", frame)
            connection.execute(f"create or replace table {name} as select * from frame")  # noqa: S608
            connection.unregister("frame")

    def pairs(self) -> Columns:
        """Student, program, verdict, block, tier and value of every pair, by student and program."""
        return self._connection.execute(f"{self._pairs} order by sid, pid").fetchnumpy()

    def ranked(self) -> Prepared:
        """Every pair in order before cost bands; the query is planned once."""
        return self._prepared("ranked", f"{self._pairs} order by sid, block, tier, value desc, pid")

    def top(self, count: int) -> Prepared:
        """The best programs of each student before cost bands; none that fails a gate."""
        return self._prepared("top", top_query(self._passing, count))

    def _prepared(self, name: str, query: str) -> Prepared:
        self._connection.execute(f"prepare {name} as {query}")
        return lambda: self._connection.execute(f"execute {name}").fetchnumpy()


def _option(number: int, program: ProgramProfile) -> dict[str, object]:
    room, site = program.rooms[0], program.sites[0]
    offers = {service: offer.delivery for service, offer in program.services.items()}
    return {
        "pid": number,
        "placement": str(next(iter(program.placement_types))),
        "age_low": None if program.ages is None else program.ages.low * 12,
        "age_high": None if program.ages is None else program.ages.high * 12 + 11,
        "setting_bit": bits([program.setting], SETTINGS),
        "tier": SETTING_TIER[program.setting],
        "all_direct": all(offers.get(service) is Delivery.DIRECT for service in Service),
        "all_modes": all(program.communication_modes.get(mode) for mode in MODES),
        "peer_time": None if program.peer_time is None else _peer_points(program.peer_time),
        "ratio": None if room.students_per_adult is None else int(room.students_per_adult),
        "open_seats": room.seats.open,
        "opening": (room.seats.next_opening - TODAY).days,
        "seat_age": (TODAY - room.seats.confirmed_on).days,
        "latitude": np.radians(site.place.latitude),
        "longitude": np.radians(site.place.longitude),
        **{f"service_{service}": _text(offers.get(service)) for service in Service},
        **{f"mode_{mode}": program.communication_modes.get(mode) for mode in MODES},
        **{f"has_{feature}": program.features.get(feature) for feature in Feature},
        **{f"stated_{d}": d in program.levels for d in Dimension},
        **{f"low_{d}": program.level(d).low for d in Dimension},
        **{f"high_{d}": program.level(d).high for d in Dimension},
    }


def _student(number: int, student: NeedProfile, policy: Policy, used: Sequence[Service]) -> dict[str, object]:
    if student.wishes or student.ride_minutes or student.ride_limit_minutes or student.ride_limit_is_firm:
        raise ValueError("the query does not cover wishes and entered rides")
    age, ratio, origin = student.age_months, student.students_per_adult, student.origin
    if ratio == NO_RATIO_LIMIT:
        raise ValueError("the query does not cover students without a limit of group size")
    wanted, peers = student.one_to_one, student.peer_time
    settings, modes = student.permitted_settings, student.communication_modes
    return {
        "sid": number,
        "placement": _text(student.placement_type),
        "start": None if student.start_on is None else (student.start_on - TODAY).days,
        "age": None if age is None else age.low,
        "services": None if student.services is None else len(student.services),
        "ratio": None if ratio is None else int(ratio),
        "one_to_one": None if wanted is None else wanted is not OneToOne.NONE,
        **{name: getattr(student, name) for name in FEATURE_NEEDS if name != "one_to_one"},
        "modes_known": modes is not None,
        **{f"mode_{mode}": modes is not None and mode in modes for mode in MODES},
        "permitted": None if settings is None else bits(settings, SETTINGS),
        "peers_low": _peer_points(PeerTime.NONE if peers is None else peers),
        "peers_high": _peer_points(PeerTime.MOST if peers is None else peers),
        "latitude": None if origin is None else np.radians(origin.latitude),
        "longitude": None if origin is None else np.radians(origin.longitude),
        "preferred": _number_of(student.preferred_programs),
        **{f"low_{d}": student.level(d).low for d in Dimension},
        **{f"high_{d}": student.level(d).high for d in Dimension},
        **_services(student, policy, used),
    }


def _services(student: NeedProfile, policy: Policy, used: Sequence[Service]) -> dict[str, object]:
    """For each service the share of the value, whether it is required, and the kind of delivery."""
    columns: dict[str, object] = {}
    for service in used:
        columns |= {f"share_{service}": 0, f"required_{service}": False, f"delivery_{service}": "any"}
    needs = student.services or ()
    for need, share in zip(needs, service_shares(needs, policy) if needs else (), strict=True):
        columns[f"share_{need.service}"] = share
        columns[f"required_{need.service}"] = need.importance is Importance.REQUIRED
        columns[f"delivery_{need.service}"] = _text(need.delivery) or "any"
    return columns


def _peer_points(time: PeerTime) -> int:
    return list(PeerTime).index(time)


def _text(term: object) -> str | None:
    return None if term is None else str(term)


def _number_of(preferred: Sequence[str]) -> int | None:
    return int(preferred[0].removeprefix("program-")) if preferred else None

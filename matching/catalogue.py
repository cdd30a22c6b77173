"""Programs compiled into arrays, one row per option (a room, or a program whose rooms are not known).

Compile once, rank many: nothing here depends on a student. Unknown is -1 in whole-number arrays, NaN in
places, and 2 in three-valued ones (0 no, 1 yes, 2 not known).
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.exceptions import InvalidProfile
from matching.intervals import Interval
from matching.operators import Operator
from matching.options import Option, possible_settings, site_of, tier_of
from matching.profiles import ProgramProfile
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Grade,
    Limit,
    PeerTime,
    PlacementType,
    ProgramStatus,
    Service,
    Setting,
)

NO, YES, UNKNOWN, NOT_ASKED = 0, 1, 2, 3
UNSTATED, DIRECT, CONSULT, NOT_OFFERED = 0, 1, 2, 3
MONTHS_PER_YEAR = 12
NO_LIMIT_RECORDED = -1
_DELIVERY = {Delivery.DIRECT: DIRECT, Delivery.CONSULT: CONSULT, Delivery.NOT_OFFERED: NOT_OFFERED}
_STATUS = {ProgramStatus.LISTED: YES, ProgramStatus.UNVERIFIED: UNKNOWN, ProgramStatus.CLOSED: NO}

Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]


def ordinal(day: date | None) -> int:
    """Days since the year 1; -1 for None."""
    return -1 if day is None else day.toordinal()


def three_valued(value: bool | None) -> int:
    """The code of yes, no or not known."""
    return UNKNOWN if value is None else YES if value else NO


def bits(terms: Iterable[Any], of: Sequence[Any]) -> int:
    """A bit for each term, in the order of its list."""
    return sum(1 << of.index(term) for term in set(terms))


GRADES, PLACEMENTS, SETTINGS, LIMITS = list(Grade), list(PlacementType), list(Setting), list(Limit)
SERVICES, MODES, FEATURES, DIMENSIONS = list(Service), list(CommunicationMode), list(Feature), list(Dimension)
PEER_TIMES = list(PeerTime)


next_number = count().__next__  # numbers apart what students share


class Bounded(dict[Hashable, Any]):
    """What may be made again at any time; before it grows beyond a number of things the older half goes."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __setitem__(self, key: Hashable, value: Any) -> None:
        if len(self) >= self.most:
            for old in [*self][: self.most // 2]:
                self.pop(old, None)
        super().__setitem__(key, value)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The options of a set of programs as arrays; see the module for the codes."""

    programs: tuple[ProgramProfile, ...]
    options: tuple[Option, ...]

    @classmethod
    def compile(cls, programs: "Iterable[ProgramProfile] | Catalogue") -> "Catalogue":
        """The catalogue of these programs; a catalogue is returned as it is.

        Raises
        ------
        InvalidProfile : two programs with one key.
        """
        if isinstance(programs, Catalogue):
            return programs
        listed = tuple(programs)
        keys = [program.key for program in listed]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise InvalidProfile("programs", f"two programs have the key {twice}")
        rooms = ((index, room) for index, program in enumerate(listed) for room in program.rooms or (None,))
        options = tuple(
            Option(row, index, listed[index], room, site_of(listed[index], room))
            for row, (index, room) in enumerate(rooms)
        )
        return cls(listed, options)

    def __len__(self) -> int:
        return len(self.options)

    def __reduce__(self) -> tuple[Any, ...]:
        """The programs alone travel to another process; what was remembered is made again there."""
        return Catalogue.compile, (self.programs,)

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A table made once for a town, a need or a date, and kept with the catalogue as long as it fits."""
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = make()
        return found

    @cached_property
    def _tables(self) -> Bounded:
        return Bounded(max(_LEAST_TABLES, min(_MOST_TABLES, _MOST_CELLS // max(len(self.options), 1))))

    @cached_property
    def said(self) -> Bounded:
        """What was said of single options, to be said again to other students."""
        return Bounded(_MOST_SAID)

    def inferred(self, field_name: str, subject: str) -> NDArray[np.bool_]:
        """Whether a fact of each option was inferred.

        ``inferred`` of a program may name a whole field (``services``) or one subject of it
        (``services.nursing``); what a room states itself was not.
        """
        key = field_name, subject
        if key not in self._inferred:
            named = {field_name, f"{field_name}.{subject}"}
            flags = [
                not named.isdisjoint(option.program.inferred)
                and getattr(option.room, field_name, None) is None
                for option in self.options
            ]
            self._inferred[key] = np.array(flags, bool)
        return self._inferred[key]

    @cached_property
    def _inferred(self) -> dict[tuple[str, str], NDArray[np.bool_]]:
        return {}

    def ints(self, values: Iterable[int]) -> Ints:
        """One whole number per option."""
        return np.fromiter(values, np.int32, len(self.options))

    @cached_property
    def program_index(self) -> Ints:
        """The program of each option."""
        return self.ints(option.program_index for option in self.options)

    @cached_property
    def first_rows(self) -> NDArray[np.intp]:
        """The first option of each program, and behind the last program the number of options."""
        return np.searchsorted(self.program_index, np.arange(len(self.programs) + 1))

    @cached_property
    def rows_by_site(self) -> Mapping[str, list[int]]:
        """The options that a ride is entered for: by ``program/site``, and by the program alone.

        A program alone stands for its first site.
        """
        rows: dict[str, list[int]] = {}
        for option in self.options:
            key, site = option.program.key, option.site
            if site is not None:
                rows.setdefault(f"{key}/{site.key}", []).append(option.row)
            if site is None or site is option.program.sites[0]:
                rows.setdefault(key, []).append(option.row)
        return rows

    def by_operator(self, answer: Callable[[Operator], bool | None]) -> Bytes:
        """What an agency's answer makes of each option, three-valued: each agency is asked once."""
        agencies, of_option = self._operators
        return np.array([three_valued(answer(agency)) for agency in agencies], np.int8)[of_option]

    @cached_property
    def _operators(self) -> tuple[list[Operator], Ints]:
        """Every agency once, and the place of each option's."""
        places: dict[Operator, int] = {}
        rows = [places.setdefault(program.operator, len(places)) for program in self.programs]
        return [*places], np.array(rows, np.int32)[self.program_index]

    @cached_property
    def price_changes(self) -> list[int]:
        """Ordinals of the days on which a price begins or no longer holds, in order."""
        prices = [price for program in self.programs for price in program.prices]
        begins = {price.valid_from.toordinal() for price in prices if price.valid_from}
        return sorted(begins | {price.valid_to.toordinal() + 1 for price in prices if price.valid_to})

    @cached_property
    def programs_by_key(self) -> Mapping[str, int]:
        """Index of each program."""
        return {program.key: index for index, program in enumerate(self.programs)}

    @cached_property
    def status(self) -> Bytes:
        """Whether the program operates: yes listed, unknown unverified, no closed."""
        return self._three(_STATUS[option.program.status] for option in self.options)

    @cached_property
    def closes_on(self) -> Ints:
        """Ordinal of the last day, -1 where none is set."""
        return self.ints(ordinal(option.program.closes_on) for option in self.options)

    @cached_property
    def age_months(self) -> tuple[Ints, Ints]:
        """Youngest and oldest month served; -1 where not known."""
        return self._months(option.ages for option in self.options)

    @cached_property
    def admission_months(self) -> tuple[Ints, Ints]:
        """Youngest and oldest month at admission; -1 where none is recorded."""
        return self._months(option.program.ages_at_admission for option in self.options)

    @cached_property
    def grades(self) -> Ints:
        """Bits of the grades served; -1 where none is recorded."""
        return self.ints(
            -1 if option.grades is None else bits(option.grades, GRADES) for option in self.options
        )

    @cached_property
    def placements(self) -> Ints:
        """Bits of the placement types offered; -1 where not known."""
        return self.ints(
            -1 if kinds is None else bits(kinds, PLACEMENTS)
            for kinds in (option.program.placement_types for option in self.options)
        )

    @cached_property
    def settings(self) -> Ints:
        """Bits of the settings that are possible: one where stated."""
        return self.ints(bits(possible_settings(option.program), SETTINGS) for option in self.options)

    def tiers(self, unknown_setting: Setting, state: str | None) -> Bytes:
        """Restrictiveness of each option for a student of a state, 0 least."""

        def made() -> Bytes:
            return self._three(tier_of(option.program, unknown_setting, state) for option in self.options)

        tiers: Bytes = self.remember(("tiers", unknown_setting, state), made)
        return tiers

    @cached_property
    def services(self) -> Bytes:
        """How each service is offered, shape (n_services, n_options)."""
        rows = np.zeros((len(SERVICES), len(self.options)), np.int8)
        for column, option in enumerate(self.options):
            for service, offer in option.program.services.items():
                rows[SERVICES.index(service), column] = _DELIVERY[offer.delivery]
        return rows

    @cached_property
    def service_minutes(self) -> Ints:
        """Most minutes per week of each service, shape (n_services, n_options); -1 where no limit."""
        rows = np.full((len(SERVICES), len(self.options)), NO_LIMIT_RECORDED, np.int32)
        for column, option in enumerate(self.options):
            for service, offer in option.program.services.items():
                if offer.minutes_per_week_max is not None:
                    rows[SERVICES.index(service), column] = offer.minutes_per_week_max
        return rows

    @cached_property
    def modes(self) -> Bytes:
        """Communication modes taught, three-valued, shape (n_modes, n_options)."""
        return self._yes_no_unknown(MODES, [option.program.communication_modes for option in self.options])

    @cached_property
    def features(self) -> Bytes:
        """Features, three-valued, shape (n_features, n_options)."""
        return self._yes_no_unknown(FEATURES, [option.program.features for option in self.options])

    @cached_property
    def level_low(self) -> Bytes:
        """Least level offered, shape (n_dimensions, n_options)."""
        return self._by_dimension(lambda program, dimension: program.level(dimension).low)

    @cached_property
    def level_high(self) -> Bytes:
        """Most level offered, shape (n_dimensions, n_options)."""
        return self._by_dimension(lambda program, dimension: program.level(dimension).high)

    @cached_property
    def level_stated(self) -> NDArray[np.bool_]:
        """Whether a level was stated rather than inferred or unknown."""
        return self._by_dimension(
            lambda program, dimension: (
                dimension in program.levels and f"levels.{dimension}" not in program.inferred
            )
        ).astype(bool)

    @cached_property
    def limits(self) -> Ints:
        """Bits of the conditions set on admission."""
        return self.ints(bits(option.program.limits, LIMITS) for option in self.options)

    @cached_property
    def ratio(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Students and adults; -1 students where not known."""
        ratios = [option.ratio for option in self.options]
        students = np.array([-1 if r is None else r.numerator for r in ratios], np.int64)
        return students, np.array([1 if r is None else r.denominator for r in ratios], np.int64)

    @cached_property
    def peer_time(self) -> Bytes:
        """Place of the peer time in its list; -1 where not known."""
        return self._three(
            -1 if option.program.peer_time is None else PEER_TIMES.index(option.program.peer_time)
            for option in self.options
        )

    @cached_property
    def places(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitudes and longitudes in degrees; NaN where the site is not known."""
        found = [option.site.place if option.site else None for option in self.options]
        return (
            np.array([np.nan if place is None else place.latitude for place in found]),
            np.array([np.nan if place is None else place.longitude for place in found]),
        )

    @cached_property
    def open_seats(self) -> Ints:
        """Seats open; -1 where not known."""
        return self.ints(
            option.room.seats.open if option.room and option.room.seats else -1 for option in self.options
        )

    @cached_property
    def confirmed_on(self) -> Ints:
        """Ordinal of the last confirmation of seats; -1 where never."""
        return self.ints(
            ordinal(option.room.seats.confirmed_on) if option.room and option.room.seats else -1
            for option in self.options
        )

    @cached_property
    def next_opening(self) -> Ints:
        """Ordinal of the first opening still expected; -1 where none is known."""
        return self.ints(
            ordinal(option.room.seats.next_opening) if option.room and option.room.seats else -1
            for option in self.options
        )

    def draws(self, seed: str, chosen: Iterable[int]) -> list[bytes]:
        """SHA-256 of seed and option key: the last word between equals, so that no name wins."""
        return [hashlib.sha256(f"{seed}\0{self.options[i].key}".encode()).digest() for i in chosen]

    def _three(self, values: Iterable[int]) -> Bytes:
        return np.fromiter(values, np.int8, len(self.options))

    def _months(self, ages: Iterable[Interval | None]) -> tuple[Ints, Ints]:
        spans = list(ages)
        low = self.ints(-1 if span is None else span.low * MONTHS_PER_YEAR for span in spans)
        high = self.ints(-1 if span is None else (span.high + 1) * MONTHS_PER_YEAR - 1 for span in spans)
        return low, high

    def _yes_no_unknown(self, terms: Sequence[Any], offers: Sequence[Mapping[Any, bool]]) -> Bytes:
        rows = np.full((len(terms), len(offers)), UNKNOWN, np.int8)
        for column, offer in enumerate(offers):
            for term, there in offer.items():
                rows[terms.index(term), column] = YES if there else NO
        return rows

    def _by_dimension(self, value: Any) -> Bytes:
        return np.array(
            [[value(option.program, dimension) for option in self.options] for dimension in DIMENSIONS],
            np.int8,
        ).reshape(len(DIMENSIONS), len(self.options))


_LEAST_TABLES, _MOST_TABLES = 256, 4096
_MOST_SAID = 1 << 15  # of some 300 bytes each
_MOST_CELLS = 1 << 22  # of up to 32 bytes each

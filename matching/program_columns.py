"""What programs state, as arrays with one row per option; the codes are those of `matching.codes`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.codes import (
    CONSULT,
    DIMENSIONS,
    DIRECT,
    FEATURES,
    GRADES,
    LIMITS,
    MODES,
    MONTHS_PER_YEAR,
    NO,
    NO_LIMIT_RECORDED,
    NOT_OFFERED,
    PEER_TIMES,
    PLACEMENTS,
    SERVICES,
    SETTINGS,
    UNKNOWN,
    YES,
    Bytes,
    Ints,
    bits,
    ordinal,
)
from matching.intervals import Interval
from matching.options import Option, possible_settings
from matching.vocabulary import Delivery, ProgramStatus

_DELIVERY = {Delivery.DIRECT: DIRECT, Delivery.CONSULT: CONSULT, Delivery.NOT_OFFERED: NOT_OFFERED}
_STATUS = {ProgramStatus.LISTED: YES, ProgramStatus.UNVERIFIED: UNKNOWN, ProgramStatus.CLOSED: NO}


class ProgramColumns:
    """The facts of some options, each array made when it is first asked for."""

    options: tuple[Option, ...]

    def ints(self, values: Iterable[int]) -> Ints:
        """One whole number per option."""
        return np.fromiter(values, np.int32, len(self.options))

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

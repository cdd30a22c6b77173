"""Students in columns: who shares an answer shares the work.

Each *slot* is a group of fields that gates or values read together. Students with the same answers in a slot
are of one class, and only a class is compared with the options.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import access, eligibility, group
from matching.checks import check_each
from matching.gate import Asked, Gate
from matching.profiles import NeedProfile, ServiceNeed
from matching.vocabulary import Criterion, Dimension, Importance

NOBODY = "-"
GateFunction = Callable[[Asked], Iterable[Gate]]
MAPPINGS = frozenset({"meets", "ride_minutes"})
FEATURE_FIELDS = ("wheelchair", "lift", "accessible_changing", "braille", "intervener")


@dataclass(frozen=True, slots=True)
class Slot:
    """Fields read together, the gates that read them and the criteria they decide."""

    fields: tuple[str, ...]
    gates: tuple[GateFunction, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    dimensions: tuple[Dimension, ...] = ()

    def keys(self, students: Sequence[NeedProfile]) -> Iterable[Hashable]:
        """What each student shares with others of one class."""
        if self.dimensions:
            first, second = self.dimensions
            return ((s.levels.get(first), s.levels.get(second)) for s in students)
        plain = map(attrgetter(*(name for name in self.fields if name not in MAPPINGS)), students)
        mapped = [map(_pairs, map(attrgetter(name), students)) for name in self.fields if name in MAPPINGS]
        return zip(plain, *mapped, strict=True) if mapped else plain

    def representative(self, student: NeedProfile) -> NeedProfile:
        """A profile with this slot's answers alone."""
        if self.dimensions:
            return NeedProfile(code=NOBODY, levels={d: student.level(d) for d in self.dimensions})
        return NeedProfile(code=NOBODY, **{name: getattr(student, name) for name in self.fields})


def _levels(*dimensions: Dimension, gates: tuple[GateFunction, ...] = ()) -> Slot:
    criteria = tuple(Criterion(dimension.value) for dimension in dimensions)
    return Slot((), gates, criteria, dimensions)


def _pairs(mapping: Mapping[Any, Any]) -> frozenset[Any]:
    return frozenset(mapping.items())


RIDE_FIELDS = ("origin", "ride_limit_minutes", "ride_limit_is_firm", "ride_minutes")
SLOTS: tuple[Slot, ...] = (
    Slot(("placement_type",), (eligibility.placement_type,)),
    Slot(("start_on",), (eligibility.operating,), (Criterion.START,)),
    Slot(("age_months",), (eligibility.age_served, eligibility.age_admission, eligibility.age_limit)),
    Slot(("age_months", "start_on"), (group.age_span,)),
    Slot(("grade",), (eligibility.grade_served,)),
    _levels(Dimension.COMMUNICATION, Dimension.BEHAVIOR, gates=(eligibility.behavior_level,)),
    _levels(Dimension.MEDICAL, Dimension.MOBILITY, gates=(eligibility.health_level,)),
    _levels(Dimension.SENSORY, Dimension.ACADEMIC),
    Slot(("one_to_one",), (access.one_to_one,)),
    Slot(
        FEATURE_FIELDS,
        (access.wheelchair, access.lift, access.changing, access.braille, access.intervener),
    ),
    Slot(("communication_modes",), (access.modes,)),
    Slot(("permitted_settings",), (access.setting,)),
    Slot(("wishes",), (access.wishes,)),
    Slot(("meets", "district", "start_on"), (access.limits,)),
    Slot(RIDE_FIELDS, (access.ride,), (Criterion.RIDE,)),
    Slot(("students_per_adult", "peer_time"), (), (Criterion.RATIO, Criterion.INCLUSION)),
    Slot(("preferred_programs",), (), (Criterion.PREFERENCE,)),
)
STATE = Slot(("state",))
MEMBERSHIP = Slot(("district", "start_on"))
TERMS = Slot(("start_on", "placement_type", "one_to_one", "summer"))
HOME = Slot(("origin",))
COLUMNS = (*SLOTS, STATE, MEMBERSHIP, TERMS, HOME)


NOTHING: tuple[()] = ()
NOTHING_CLASS = 0


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """The class of every student in one slot; a key for each class, and the first of those who share it."""

    ids: NDArray[np.intp]
    keys: tuple[Hashable, ...]
    firsts: tuple[Any, ...]

    def of(self, places: NDArray[np.intp] | slice) -> "Classes":
        """The classes of those in these places."""
        return Classes(self.ids[places], self.keys, self.firsts)


@dataclass(frozen=True, slots=True, eq=False)
class Students:
    """Many students in columns: their classes in each slot, and in each place of their services.

    A service is None where services are not known, NOTHING where no further one is asked. Which of the
    services are required decides what each place weighs: ``weighing``.
    """

    profiles: tuple[NeedProfile, ...]
    columns: tuple[Classes, ...]
    services: tuple[Classes, ...]
    weighing: Classes

    def __len__(self) -> int:
        return len(self.profiles)

    @classmethod
    def of(cls, profiles: "Iterable[NeedProfile] | Students") -> "Students":
        """The columns of these students; columns are returned as they are.

        Raises
        ------
        MatchingError : what is no need profile.
        """
        if isinstance(profiles, Students):
            return profiles
        listed = check_each("students", profiles, NeedProfile)
        return cls(listed, tuple(_classes(slot.keys(listed), listed) for slot in COLUMNS), *_services(listed))

    def __reduce__(self) -> tuple[Any, ...]:
        """The profiles alone travel to another process; columns are made again there."""
        return Students.of, (self.profiles,)

    def in_slot(self, slot: Slot) -> Classes:
        """The classes of one slot."""
        return self.columns[COLUMNS.index(slot)]

    def part(self, start: int, end: int) -> "Students":
        """The students from one place to another; the classes stay those of the whole."""
        span = slice(start, end)
        return Students(
            self.profiles[span],
            tuple(classes.of(span) for classes in self.columns),
            tuple(classes.of(span) for classes in self.services),
            self.weighing.of(span),
        )


def _classes(keys: Iterable[Hashable], ones: Sequence[Any]) -> Classes:
    """The classes of ones with these keys."""
    places: dict[Hashable, int] = {}
    ids = np.array([places.setdefault(key, len(places)) for key in keys], np.intp)
    _, firsts = np.unique(ids, return_index=True)
    return Classes(ids, tuple(places), tuple(ones[first] for first in firsts.tolist()))


def _services(students: Sequence[NeedProfile]) -> tuple[tuple[Classes, ...], Classes]:
    """A column for each place among a student's services, which share their classes; and how these weigh."""
    lists: dict[tuple[ServiceNeed, ...] | None, int] = {}
    ids = np.array([lists.setdefault(student.services, len(lists)) for student in students], np.intp)
    most = max((len(wanted or ()) for wanted in lists), default=0)
    needs: dict[Hashable, ServiceNeed | tuple[()] | None] = {NOTHING: NOTHING}
    places: dict[Hashable, int] = {NOTHING: NOTHING_CLASS}
    numbers = np.full((max(most, 1), len(lists)), NOTHING_CLASS)
    for wanted, column in lists.items():
        for place, need in enumerate((None,) if wanted is None else wanted):
            key = _told_apart_by(need)
            numbers[place, column] = places.setdefault(key, len(places))
            needs.setdefault(key, need)
    keys, firsts = tuple(places), tuple(needs.values())
    return tuple(Classes(row[ids], keys, firsts) for row in numbers), _weighing(tuple(lists)).of(ids)


def _weighing(lists: Sequence[tuple[ServiceNeed, ...] | None]) -> Classes:
    """Lists of services by which of them are required."""
    return _classes((None if one is None else tuple(map(is_required, one)) for one in lists), lists)


def _told_apart_by(need: ServiceNeed | None) -> Hashable:
    """What tells needs apart, in values that hash fast."""
    return need and (need.service, need.importance, need.delivery, need.minutes_per_week)


def is_required(need: ServiceNeed) -> bool:
    """Whether a service is asked as required."""
    return need.importance is Importance.REQUIRED

"""Students in columns: who shares an answer shares the work.

Each *slot* is a group of fields that gates or values read together. Students with the same answers in a slot
are of one class, and only a class is compared with the options.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import access, eligibility, group
from matching.gate import Asked, Gate
from matching.profiles import NeedProfile, ServiceNeed
from matching.vocabulary import Criterion, Dimension, Importance

NOBODY = "-"
GateFunction = Callable[[Asked], Iterable[Gate]]
FEATURE_FIELDS = ("wheelchair", "lift", "accessible_changing", "braille", "intervener")


@dataclass(frozen=True, slots=True)
class Slot:
    """Fields read together, the gates that read them and the criteria they decide."""

    fields: tuple[str, ...]
    gates: tuple[GateFunction, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    dimensions: tuple[Dimension, ...] = ()

    def key(self, student: NeedProfile) -> Hashable:
        """What two students must share to be of one class."""
        if self.dimensions:
            return tuple(student.level(dimension) for dimension in self.dimensions)
        return tuple(_hashable(getattr(student, name)) for name in self.fields)

    def representative(self, student: NeedProfile) -> NeedProfile:
        """A profile with this slot's answers alone."""
        if self.dimensions:
            return NeedProfile(code=NOBODY, levels={d: student.level(d) for d in self.dimensions})
        return NeedProfile(code=NOBODY, **{name: getattr(student, name) for name in self.fields})


def _levels(*dimensions: Dimension, gates: tuple[GateFunction, ...] = ()) -> Slot:
    criteria = tuple(Criterion(dimension.value) for dimension in dimensions)
    return Slot((), gates, criteria, dimensions)


def _hashable(value: Any) -> Hashable:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


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
COST = Slot(("district", "start_on", "placement_type", "one_to_one", "summer"))
NO_SERVICE = 0
SERVICES_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of every student in one slot, and a profile for each class."""

    ids: NDArray[np.int32]
    representatives: tuple[NeedProfile, ...]

    def part(self, start: int, end: int) -> "Classes":
        """The classes of the students from one place to another."""
        return Classes(self.ids[start:end], self.representatives)


@dataclass(frozen=True, slots=True, eq=False)
class Students:
    """Many students in columns. ``needs`` holds the places of their services in ``service_needs``.

    ``needs`` has the shape (n_students, most services of one student); 0 stands for none, 1 for services
    that are not known.
    """

    profiles: tuple[NeedProfile, ...]
    slots: tuple[Classes, ...]
    state: Classes
    cost: Classes
    needs: NDArray[np.int32]
    service_needs: tuple[ServiceNeed | None, ...]

    def __len__(self) -> int:
        return len(self.profiles)

    @classmethod
    def of(cls, profiles: "Iterable[NeedProfile] | Students") -> "Students":
        """The columns of these students; columns are returned as they are."""
        if isinstance(profiles, Students):
            return profiles
        listed = tuple(profiles)
        needs, service_needs = _services(listed)
        return cls(
            profiles=listed,
            slots=tuple(_classes(slot, listed) for slot in SLOTS),
            state=_classes(STATE, listed),
            cost=_classes(COST, listed),
            needs=needs,
            service_needs=service_needs,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """The profiles alone travel to another process; columns are made again there."""
        return Students.of, (self.profiles,)

    def part(self, start: int, end: int) -> "Students":
        """The students from one place to another; the classes stay those of the whole."""
        return Students(
            profiles=self.profiles[start:end],
            slots=tuple(classes.part(start, end) for classes in self.slots),
            state=self.state.part(start, end),
            cost=self.cost.part(start, end),
            needs=self.needs[start:end],
            service_needs=self.service_needs,
        )


def _classes(slot: Slot, students: Sequence[NeedProfile]) -> Classes:
    places: dict[Hashable, int] = {}
    representatives: list[NeedProfile] = []
    ids = np.empty(len(students), np.int32)
    for index, student in enumerate(students):
        key = slot.key(student)
        place = places.get(key)
        if place is None:
            place = places[key] = len(representatives)
            representatives.append(slot.representative(student))
        ids[index] = place
    return Classes(ids, tuple(representatives))


def _services(students: Sequence[NeedProfile]) -> tuple[NDArray[np.int32], tuple[ServiceNeed | None, ...]]:
    places: dict[ServiceNeed | None, int] = {}
    listed: list[ServiceNeed | None] = [None, None]
    most = max((len(student.services or ()) for student in students), default=0)
    needs = np.full((len(students), max(most, 1)), NO_SERVICE, np.int32)
    for index, student in enumerate(students):
        if student.services is None:
            needs[index, 0] = SERVICES_UNKNOWN
        for column, need in enumerate(student.services or ()):
            place = places.get(need)
            if place is None:
                place = places[need] = len(listed)
                listed.append(need)
            needs[index, column] = place
    return needs, tuple(listed)


def is_required(need: ServiceNeed | None) -> bool:
    """Whether a service is asked as required."""
    return need is not None and need.importance is Importance.REQUIRED

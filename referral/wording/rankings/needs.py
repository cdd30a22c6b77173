"""Which criteria a student's profile makes matter."""

from collections.abc import Mapping

from matching import NeedProfile
from matching.vocabulary import Criterion, Dimension

DIMENSIONS = frozenset(dimension.value for dimension in Dimension)


def matters(criterion: Criterion, student: NeedProfile) -> bool:
    """Whether the student has a need, or a stated wish, that the criterion looks at."""
    if criterion.value in DIMENSIONS:
        return student.level(Dimension(criterion.value)).low >= 1
    asked: Mapping[Criterion, object] = {
        Criterion.SERVICES: student.services,
        Criterion.RATIO: student.students_per_adult,
        Criterion.PREFERENCE: student.preferred_programs,
        Criterion.RIDE: student.origin or student.ride_minutes,
    }
    return bool(asked.get(criterion, True))

"""What speaks for an option, its gaps, seats, ride and cost, in words before numbers."""

from collections.abc import Callable, Iterator, Mapping

from matching import NeedProfile
from matching.results import CriterionValue, CriticalGap, GroupFinding, RankedProgram, Ride, SeatFacts
from matching.vocabulary import Answer, Criterion, Freshness, SeatStatus
from referral.wording.rankings.needs import matters
from referral.wording.rankings.terms import day, days_ago, label, month, plural, span

GOOD = 900  # of 1000: the sentence of a full match
FAIR = 700

FULL: Mapping[Criterion, str] = {
    Criterion.SERVICES: "Gives every related service asked for",
    Criterion.COMMUNICATION: "Communication support matches the need",
    Criterion.BEHAVIOR: "Behavior support matches the need",
    Criterion.MEDICAL: "Health care matches the need",
    Criterion.MOBILITY: "Mobility support matches the need",
    Criterion.SENSORY: "Hearing and vision support matches the need",
    Criterion.ACADEMIC: "Academics match the student",
    Criterion.RATIO: "As many adults for each student as asked",
    Criterion.INCLUSION: "Time with peers without disabilities and a way back to the district",
    Criterion.RIDE: "A short ride",
    Criterion.START: "A seat in time",
    Criterion.PREFERENCE: "Named first by the family",
}
PARTLY: Mapping[Criterion, str] = {
    Criterion.SERVICES: "Gives most of the related services asked for",
    Criterion.RATIO: "Nearly as many adults for each student as asked",
    Criterion.INCLUSION: "Some time with peers without disabilities, or a way back to the district",
    Criterion.RIDE: "A ride well within the limit",
    Criterion.START: "A seat soon after the date needed",
    Criterion.PREFERENCE: "Named by the family",
}


def fit_sentences(option: RankedProgram, student: NeedProfile) -> list[str]:
    """Why it fits: what the value rests on most, where the student has the need and the fact is known."""
    telling = [value for value in option.criteria if _speaks_for(value, student)]
    return [_fit_sentence(value) for value in sorted(telling, key=lambda value: -value.points)]


def _speaks_for(value: CriterionValue, student: NeedProfile) -> bool:
    return value.middle >= FAIR and value.low >= FAIR // 2 and matters(value.criterion, student)


def _fit_sentence(value: CriterionValue) -> str:
    if value.middle >= GOOD:
        return FULL[value.criterion]
    return PARTLY.get(value.criterion, f"{value.criterion.label}: most of what is needed")


def gap_sentence(gap: CriticalGap) -> str:
    """A support that falls two levels or more short of the need."""
    if not gap.need.known:
        return f"{gap.dimension.label} may fall short; the need is not known for certain."
    sure = "falls" if gap.certain else "may fall"
    return (
        f"{gap.dimension.label} {sure} well short: level {span(gap.offer)} of 4 is offered, "
        f"level {span(gap.need)} is needed."
    )


def seats_sentence(seats: SeatFacts) -> str:
    """Whether a seat can be had: "2 open of 8", "Full; a seat is expected in January 2027"."""
    return SEAT_SENTENCES[seats.status](seats)


def _open(seats: SeatFacts) -> str:
    of = f" of {seats.licensed}" if seats.licensed is not None else ""
    return f"{seats.open} open{of}" if seats.open is not None else "Open"


def _expected(seats: SeatFacts) -> str:
    return (
        f"Full; a seat is expected in {month(seats.first_on)}"
        if seats.first_on
        else "Full; a seat is expected"
    )


SEAT_SENTENCES: Mapping[SeatStatus, Callable[[SeatFacts], str]] = {
    SeatStatus.OPEN: _open,
    SeatStatus.EXPECTED: _expected,
    SeatStatus.WAITING: lambda _: "Full; waiting list",
    SeatStatus.UNKNOWN: lambda _: "Open seats not known",
}

AGE_NOTES: Mapping[Freshness, str] = {
    Freshness.ASK: "; ask again",
    Freshness.STALE: "; old, counts for less",
    Freshness.UNKNOWN: "; too old to count",
}


def seats_age(seats: SeatFacts) -> str:
    """How old the fact is: "confirmed 3 days ago"; "" where seats were never confirmed."""
    if seats.age_days is None:
        return ""
    return f"confirmed {days_ago(seats.age_days)}{AGE_NOTES.get(seats.freshness, '')}"


def ride_sentence(ride: Ride) -> str:
    """The ride one way, an estimate said as such."""
    if ride.minutes is None:
        return "Not known; no place is published"
    if ride.entered:
        return f"{span(ride.minutes)} minutes, as entered by the district"
    return f"About {span(ride.minutes)} minutes (estimate from the straight distance)"


def ride_words(ride: Ride) -> str:
    """The ride in a table: "24 min", "38–77 min, estimate"."""
    if ride.minutes is None:
        return "Not known"
    return f"{span(ride.minutes, '–')} min{'' if ride.entered else ', estimate'}"


def ride_flag(ride: Ride) -> str:
    """The flag of a ride over the limit; "" within it."""
    if ride.over_limit is Answer.YES:
        return f"Over {ride.limit_minutes} minutes: needs the Team's approval"
    if ride.over_limit is Answer.UNKNOWN and ride.minutes is not None:
        return f"May be over {ride.limit_minutes} minutes"
    return ""


def group_words(group: GroupFinding) -> str:
    """The group with this student: "9 students with this one, 1 special educator and 1 aide"."""
    students = (
        "Size not known" if group.students is None else f"{plural(group.students, 'student')} with this one"
    )
    return f"{students}, {staff_words(group.special_educators, group.aides)}"


def staff_words(special_educators: int | None, aides: int | None) -> str:
    """The staff of a group: "1 special educator and 2 aides"."""
    if special_educators is None or aides is None:
        return "staff not known"
    return f"{plural(special_educators, 'special educator')} and {plural(aides, 'aide')}"


def group_flag(group: GroupFinding) -> str:
    """The flag of a group beyond what the state allows with its staff; "" within it."""
    if group.over_limit is not Answer.YES:
        return ""
    return f"Over {group.limit} students: would need more staff"


def student_words(student: NeedProfile) -> Iterator[str]:
    """Who is ranked: age in years and grade, nothing that identifies."""
    if student.age_months is not None:
        yield f"Age {student.age_months.low // 12}"
    if student.grade is not None:
        yield student.grade.label


def need_words(student: NeedProfile) -> list[str]:
    """The disability categories in words."""
    return [label(type(category), category.value) for category in sorted(student.categories or ())]


__all__ = [
    "day",
    "fit_sentences",
    "gap_sentence",
    "group_flag",
    "group_words",
    "need_words",
    "ride_flag",
    "ride_sentence",
    "seats_age",
    "seats_sentence",
    "staff_words",
    "student_words",
]

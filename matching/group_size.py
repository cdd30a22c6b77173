"""The room with the student in it: how many they are, and how many its state allows with its staff.

A finding, never a gate: seats are none either. Beyond the limit a program would need more staff.
"""

from matching.gate import Asked
from matching.group import asks_ages, counted_seats
from matching.options import Option
from matching.results import GroupFinding, Question
from matching.rooms import Room
from matching.state_limits import StateLimit
from matching.vocabulary import Answer, Asks

_AGES = Question("group_ages", Asks.PROGRAM, 200_000)
_STAFF = Question("group_staff", Asks.PROGRAM, 100_000)
_SIZE = Question("group_size", Asks.PROGRAM, 100_000)


def group_finding(asked: Asked, option: Option) -> GroupFinding | None:
    """The size of the group with this student; None where no size of its state is recorded."""
    state, room = option.program.operator.state, option.room
    if room is None or state not in asked.state_limits.sizes:
        return None
    students, staff = _students(asked, option, room), (room.special_educators, room.aides)
    limit = _limit(asked, state, *staff)
    if limit is None or students is None:
        return GroupFinding(students, None if limit is None else limit.limit, Answer.UNKNOWN, *staff)
    over = Answer.YES if students > limit.limit else Answer.NO
    return GroupFinding(students, limit.limit, over, *staff, limit.source)


def _limit(asked: Asked, state: str, special_educators: int | None, aides: int | None) -> StateLimit | None:
    if special_educators is None or aides is None:
        return None
    return asked.state_limits.size(state, special_educators=special_educators, aides=aides)


def _students(asked: Asked, option: Option, room: Room) -> int | None:
    """Students in the group with this one, who may take a seat that is freed; None where not known."""
    seats = counted_seats(option, asked.policy, asked.today)
    if seats is None:
        return None
    now = seats.enrolled if room.group_students is None else room.group_students
    return min(seats.licensed, now + 1)


def group_questions(asked: Asked, option: Option, finding: GroupFinding | None) -> tuple[Question, ...]:
    """What to ask the program of its group: ages, staff, and how it would stay within the size."""
    found = []
    if asks_ages(asked, option):
        found.append(_AGES)
    if finding is not None and finding.limit is None:
        found.append(_STAFF)
    if finding is not None and finding.over_limit is Answer.YES:
        found.append(_SIZE)
    return tuple(found)

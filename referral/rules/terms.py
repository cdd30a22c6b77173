"""What is said with a move of a referral, and what of it must be there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from referral.errors import FieldProblem, InvalidInput
from referral.rules.declines import DeclineReason
from referral.rules.referrals import DISCLOSED, Need, State

NOTE_LENGTH_MAX = 1000
HOLD_MOST_DAYS = 180
PLAN_MOST_DAYS = 1100
LOOK_BACK_DAYS = 400


class Reason(Enum):
    """Why a referral is refused, withdrawn, reopened or looked at again."""

    FAMILY_DECIDED = "family_decided"
    TEAM_DECIDED = "team_decided"
    NEEDS_CHANGED = "needs_changed"
    PLACED_ELSEWHERE = "placed_elsewhere"
    MOVED_AWAY = "moved_away"
    FACTS_SAY_OTHERWISE = "facts_say_otherwise"
    NEW_INFORMATION = "new_information"
    BY_MISTAKE = "by_mistake"
    OTHER = "other"


class ExitReason(Enum):
    """Why a placement ended otherwise than by a planned return."""

    PROGRAM_COMPLETED = "program_completed"
    AGED_OUT = "aged_out"
    PLACED_ELSEWHERE = "placed_elsewhere"
    MOVED_AWAY = "moved_away"
    FAMILY_DECIDED = "family_decided"
    OTHER = "other"


class VisitKind(Enum):
    """What kind of visit a program invites to."""

    TOUR = "tour"
    INTERVIEW = "interview"
    SHADOW_DAY = "shadow_day"


class FamilyAnswer(Enum):
    """What the parent said to the Team's proposal."""

    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REJECTED = "rejected"


class ReturnCriterion(Enum):
    """What must be so before a student returns to the district."""

    GOALS_MET = "goals_met"
    BEHAVIOR_STEADY = "behavior_steady"
    PROGRAM_READY = "program_ready"
    SERVICES_ARRANGED = "services_arranged"
    VISITS_DONE = "visits_done"


class HomePlan(Enum):
    """Where a student returns to."""

    OWN_PROGRAM = "own_program"
    OWN_PROGRAM_WITH_CONSULTATION = "own_program_with_consultation"
    GENERAL_EDUCATION_WITH_SERVICES = "general_education_with_services"


class Phrase(Enum):
    """What a coordinator may say to a program with an enquiry: closed phrases, never text."""

    START_SOON = "start_soon"
    START_NEXT_YEAR = "start_next_year"
    VISIT_WELCOME = "visit_welcome"
    WAITLIST_WELCOME = "waitlist_welcome"
    CALL_FIRST = "call_first"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person said with a move; a move needs only some of it. ``room`` is the key of a room.

    ``contradicts`` is not said but found: the program's own facts that speak against its decline, as codes.
    """

    reason: str | None = None
    note: str = ""
    visit_kind: str | None = None
    visit_on: date | None = None
    room: str | None = None
    hold_until: date | None = None
    proposed_on: date | None = None
    family_answer: str | None = None
    family_answered_on: date | None = None
    start_on: date | None = None
    contract_on: date | None = None
    return_on: date | None = None
    criteria: tuple[str, ...] = ()
    home_plan: str | None = None
    ended_on: date | None = None
    done_on: date | None = None
    contradicts: tuple[str, ...] = ()


NOTHING = Terms()
Problems = Iterable[FieldProblem]


def check_terms(needs: Iterable[Need], terms: Terms, *, today: date, start_on: date | None = None) -> None:
    """Refuse a move without what it needs; ``start_on`` is the first day of a placement that has one.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    wanted = list(needs)
    problems = [problem for need in wanted for problem in _CHECKS[need](terms, today)]
    if Need.ENDED_ON in wanted and not problems:
        problems += _not_before_it_began(terms, today, start_on)
    if len(terms.note) > NOTE_LENGTH_MAX:
        problems.append(FieldProblem("note", "note_too_long", {"most": NOTE_LENGTH_MAX}))
    if problems:
        raise InvalidInput(problems)


def check_note(text: str, *, state: State, for_both: bool) -> None:
    """Refuse a note that says nothing, too much, or would reach the other side before the packet.

    Raises
    ------
    InvalidInput
    """
    if not text.strip():
        raise InvalidInput([FieldProblem("note", "note_missing")])
    if len(text) > NOTE_LENGTH_MAX:
        raise InvalidInput([FieldProblem("note", "note_too_long", {"most": NOTE_LENGTH_MAX})])
    if for_both and state not in DISCLOSED:
        raise InvalidInput([FieldProblem("for_both", "note_before_packet")])


def crosses(before: State, after: State) -> bool:
    """Whether a note may be read by the other side: only once the packet was sent, never with an enquiry."""
    return before in DISCLOSED and after in DISCLOSED


def _one_of(field: str, value: str | None, values: type[Enum]) -> Problems:
    if value not in {member.value for member in values}:
        yield FieldProblem(field, "choose_one")


def _day(field: str, day: date | None, first: date, last: date) -> Problems:
    if day is None:
        yield FieldProblem(field, "day_missing")
    elif not first <= day <= last:
        yield FieldProblem(field, "day_out_of_range", {"first": first, "last": last})


def _with_words(terms: Terms, values: type[Enum]) -> Problems:
    """A reason of the list; "other" says nothing without words."""
    yield from _one_of("reason", terms.reason, values)
    if terms.reason == "other" and not terms.note:
        yield FieldProblem("note", "note_for_other")


def _note(terms: Terms, _today: date) -> Problems:
    if not terms.note:
        yield FieldProblem("note", "note_missing")


def _visit(terms: Terms, today: date) -> Problems:
    yield from _one_of("visit_kind", terms.visit_kind, VisitKind)
    yield from _day("visit_on", terms.visit_on, today, today + timedelta(days=HOLD_MOST_DAYS))


def _room(terms: Terms, _today: date) -> Problems:
    if not terms.room:
        yield FieldProblem("room", "choose_one")


def _hold(terms: Terms, today: date) -> Problems:
    yield from _day("hold_until", terms.hold_until, today, today + timedelta(days=HOLD_MOST_DAYS))


def _family_answer(terms: Terms, today: date) -> Problems:
    earliest = today - timedelta(days=LOOK_BACK_DAYS)
    yield from _day("proposed_on", terms.proposed_on, earliest, today)
    yield from _one_of("family_answer", terms.family_answer, FamilyAnswer)
    yield from _day("family_answered_on", terms.family_answered_on, terms.proposed_on or earliest, today)
    if terms.family_answer == FamilyAnswer.REJECTED.value:
        yield FieldProblem("family_answer", "family_rejected")


def _start(terms: Terms, today: date) -> Problems:
    reach = timedelta(days=LOOK_BACK_DAYS)
    yield from _day("start_on", terms.start_on, today - reach, today + reach)


def _return_plan(terms: Terms, today: date) -> Problems:
    yield from _day("return_on", terms.return_on, today, today + timedelta(days=PLAN_MOST_DAYS))
    if not terms.criteria:
        yield FieldProblem("criteria", "choose_some")
    for criterion in terms.criteria:
        yield from _one_of("criteria", criterion, ReturnCriterion)
    yield from _one_of("home_plan", terms.home_plan, HomePlan)


def _not_before_it_began(terms: Terms, today: date, start_on: date | None) -> Problems:
    """A placement ends on its first day at the earliest; one that has not begun can be called off today."""
    if start_on is not None:
        yield from _day("ended_on", terms.ended_on, min(start_on, today), today)


def _past(field: str) -> Callable[[Terms, date], Problems]:
    """A day of the last year, today at the latest."""

    def check(terms: Terms, today: date) -> Problems:
        yield from _day(field, getattr(terms, field), today - timedelta(days=LOOK_BACK_DAYS), today)

    return check


_CHECKS: Mapping[Need, Callable[[Terms, date], Problems]] = {
    Need.REASON: lambda terms, _today: _with_words(terms, Reason),
    Need.DECLINE_REASON: lambda terms, _today: _with_words(terms, DeclineReason),
    Need.EXIT_REASON: lambda terms, _today: _with_words(terms, ExitReason),
    Need.NOTE: _note,
    Need.DISCLOSURE: lambda _terms, _today: (),  # a record, not a field: rules.disclosures
    Need.VISIT: _visit,
    Need.ROOM: _room,
    Need.HOLD_UNTIL: _hold,
    Need.FAMILY_ANSWER: _family_answer,
    Need.START: _start,
    Need.RETURN_PLAN: _return_plan,
    Need.ENDED_ON: _past("ended_on"),
    Need.DONE_ON: _past("done_on"),
}

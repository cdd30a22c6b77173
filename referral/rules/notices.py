"""What people are told of: each event, its topic for their choice of mail, and whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from referral.rules.referrals import Party


class Topic(Enum):
    """What a user may have mailed or see on the site only."""

    APPROVALS = "approvals"
    REFERRALS = "referrals"
    REMINDERS = "reminders"
    SEATS = "seats"
    CAPACITY = "capacity"


class Event(Enum):
    """Something a user is told of. The value of a referral's move is its verb."""

    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SHOW_INTEREST = "show_interest"
    DISCLOSE = "disclose"
    ASK_INFORMATION = "ask_information"
    ANSWER = "answer"
    INVITE = "invite"
    WAITLIST = "waitlist"
    RESUME = "resume"
    OFFER = "offer"
    EXTEND = "extend"
    DECLINE = "decline"
    ACCEPT = "accept"
    REFUSE = "refuse"
    UNDO_ACCEPT = "undo_accept"
    ENROLL = "enroll"
    PLAN_RETURN = "plan_return"
    STAY = "stay"
    RETURN = "return"
    END = "end"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    EXPIRE = "expire"
    LAPSE = "lapse"
    REOPEN = "reopen"
    RESTORED = "restored"
    ASK_SECOND_LOOK = "ask_second_look"
    UPHOLD = "uphold"
    CLOCK_REMINDER = "clock_reminder"
    CLOCK_OVERDUE = "clock_overdue"
    HOLD_ENDS_SOON = "hold_ends_soon"
    START_REACHED = "start_reached"
    REVIEW_DUE = "review_due"
    RETURN_REACHED = "return_reached"
    DISCLOSURE_ENDS = "disclosure_ends"
    SEATS_TO_CONFIRM = "seats_to_confirm"
    TOLD_GONE = "told_gone"
    CAPACITY_ASKED = "capacity_asked"
    CAPACITY_ANSWERED = "capacity_answered"


@dataclass(frozen=True)
class Telling:
    """The topic of an event and the sides it is for (the director's, the coordinator's, the program's)."""

    topic: Topic
    to: frozenset[Party]


def _tell(topic: Topic, *to: Party) -> Telling:
    return Telling(topic, frozenset(to))


BOTH = (Party.COORDINATOR, Party.STAFF)
TELLINGS: Mapping[Event, Telling] = {
    Event.SUBMIT: _tell(Topic.APPROVALS, Party.DIRECTOR),
    Event.SEND_BACK: _tell(Topic.APPROVALS, Party.COORDINATOR),
    Event.APPROVE: _tell(Topic.REFERRALS, *BOTH),
    Event.SHOW_INTEREST: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.DISCLOSE: _tell(Topic.REFERRALS, Party.STAFF),
    Event.ASK_INFORMATION: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.ANSWER: _tell(Topic.REFERRALS, Party.STAFF),
    Event.INVITE: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.WAITLIST: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.RESUME: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.OFFER: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.EXTEND: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.DECLINE: _tell(Topic.REFERRALS, Party.COORDINATOR),
    Event.ACCEPT: _tell(Topic.REFERRALS, Party.STAFF),
    Event.REFUSE: _tell(Topic.REFERRALS, Party.STAFF),
    Event.UNDO_ACCEPT: _tell(Topic.REFERRALS, Party.STAFF),
    Event.ENROLL: _tell(Topic.REFERRALS, *BOTH),
    Event.PLAN_RETURN: _tell(Topic.REFERRALS, Party.STAFF),
    Event.STAY: _tell(Topic.REFERRALS, Party.STAFF),
    Event.RETURN: _tell(Topic.REFERRALS, Party.STAFF),
    Event.END: _tell(Topic.REFERRALS, Party.STAFF),
    Event.WITHDRAW: _tell(Topic.REFERRALS, Party.STAFF),
    Event.CLOSE: _tell(Topic.REFERRALS, *BOTH),
    Event.EXPIRE: _tell(Topic.REFERRALS, *BOTH),
    Event.LAPSE: _tell(Topic.REFERRALS, *BOTH),
    Event.REOPEN: _tell(Topic.REFERRALS, *BOTH),
    Event.RESTORED: _tell(Topic.REFERRALS, *BOTH),
    Event.ASK_SECOND_LOOK: _tell(Topic.REFERRALS, Party.STAFF),
    Event.UPHOLD: _tell(Topic.REFERRALS, Party.COORDINATOR, Party.DIRECTOR),
    Event.CLOCK_REMINDER: _tell(Topic.REMINDERS),  # whom the clock waits for
    Event.CLOCK_OVERDUE: _tell(Topic.REMINDERS),  # whom the clock waits for, and the district's director
    Event.HOLD_ENDS_SOON: _tell(Topic.REMINDERS, *BOTH),
    Event.START_REACHED: _tell(Topic.REMINDERS, *BOTH),
    Event.REVIEW_DUE: _tell(Topic.REMINDERS, Party.COORDINATOR),
    Event.RETURN_REACHED: _tell(Topic.REMINDERS, Party.COORDINATOR),
    Event.DISCLOSURE_ENDS: _tell(Topic.REMINDERS, Party.COORDINATOR),
    Event.SEATS_TO_CONFIRM: _tell(Topic.SEATS, Party.STAFF),
    Event.TOLD_GONE: _tell(Topic.SEATS, Party.STAFF),
    Event.CAPACITY_ASKED: _tell(Topic.CAPACITY, Party.STAFF),
    Event.CAPACITY_ANSWERED: _tell(Topic.CAPACITY, Party.COORDINATOR),
}
# Events of a date: the notice also says that the clock has done its part, so it is not pruned.
CLOCK_EVENTS = frozenset(
    {
        Event.CLOCK_REMINDER,
        Event.CLOCK_OVERDUE,
        Event.HOLD_ENDS_SOON,
        Event.START_REACHED,
        Event.REVIEW_DUE,
        Event.RETURN_REACHED,
        Event.DISCLOSURE_ENDS,
    }
)
# Mailed unless a user chose otherwise.
MAILED_AT_FIRST = frozenset({Topic.APPROVALS, Topic.REFERRALS, Topic.REMINDERS, Topic.CAPACITY, Topic.SEATS})


def notice_key(event: Event, subject_ref: str, occasion: str) -> str:
    """What makes a notice once for a user."""
    return f"{event.value}:{subject_ref}:{occasion}"

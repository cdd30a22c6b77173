"""How long what is kept may be kept: the rules of the schedule, what each ends, and when that is due."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256

from referral.rules.referrals import IN_PLACE, State


class RuleName(Enum):
    """A rule of the schedule."""

    ENQUIRY = "enquiry"
    NOT_PLACED = "not_placed"
    PLACED = "placed"
    PACKET_NOT_PLACED = "packet_not_placed"
    STUDENT_NOT_PLACED = "student_not_placed"
    STUDENT_PLACED = "student_placed"
    DRAFT = "draft"


class PurgedKind(Enum):
    """What was purged."""

    REFERRAL = "referral"
    DOCUMENT = "document"
    STUDENT = "student"
    RANKING = "ranking"
    DRAFT = "draft"


class HoldReason(Enum):
    """Why nothing of a student may be purged."""

    LITIGATION = "litigation"
    HEARING = "hearing"
    COMPLAINT = "complaint"
    RECORDS_REQUEST = "records_request"
    AUDIT = "audit"


PLACED_STATES = frozenset({State.EXITED, State.RETURNED})


@dataclass(frozen=True)
class Keeping:
    """How many days one rule keeps."""

    rule: RuleName
    days: int


@dataclass(frozen=True)
class Schedule:
    """The whole schedule with its version."""

    version: str
    rules: Mapping[RuleName, Keeping]

    def is_due(self, rule: RuleName, since: date, today: date) -> bool:
        """Whether what has been kept since a day is kept no longer; the last day counts."""
        return today > since + timedelta(days=self.rules[rule].days)

    def ended_before(self, today: date, *rules: RuleName) -> date:
        """The first day since which nothing can be due under any of these rules."""
        return today - timedelta(days=min(self.rules[rule].days for rule in rules))


@dataclass(frozen=True, order=True)
class Purged:
    """One thing purged under one rule."""

    kind: str
    ref: str
    rule: str


def rule_of_referral(state: State, *, was_disclosed: bool) -> RuleName:
    """The rule by which an ended referral is kept."""
    if state in PLACED_STATES:
        return RuleName.PLACED
    if state is State.DECLINED or was_disclosed:
        return RuleName.NOT_PLACED
    return RuleName.ENQUIRY


def rule_of_student(states: Iterable[State]) -> RuleName:
    """The rule by which a student's profile and rankings are kept: by whether a placement came of it."""
    placed = PLACED_STATES | IN_PLACE
    return RuleName.STUDENT_PLACED if placed & set(states) else RuleName.STUDENT_NOT_PLACED


def counts_of(purged: Iterable[Purged]) -> dict[str, int]:
    """How many of each kind."""
    counted = Counter(one.kind for one in purged)
    return {kind.value: counted[kind.value] for kind in PurgedKind if counted[kind.value]}


def digest_of(purged: Iterable[Purged]) -> str:
    """The SHA-256 of the list of what was purged, in one order whatever the order it was found in."""
    listed = [[one.kind, one.ref, one.rule] for one in sorted(purged)]
    return sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()

"""A small model of referrals and seats, written by hand from the product's table of states.

It knows a state per referral and three numbers per room, and says of any act what must come of it. It shares
nothing with `referral.rules`: both must say the same.
"""

from dataclasses import dataclass, field
from datetime import date

# state: verb>next:who. C coordinator, D director, S staff, K the clock; "*" the state before.
TABLE = """
draft: submit>awaiting_approval:C
awaiting_approval: approve>enquiry_sent:D send_back>draft:D
enquiry_sent: acknowledge>enquiry_sent:S show_interest>interested:S waitlist>waitlisted:S decline>declined:S
enquiry_sent: expire>expired:K
interested: disclose>packet_sent:C expire>expired:K
packet_sent: ask_information>information_requested:S invite>visit:S waitlist>waitlisted:S offer>offered:S
packet_sent: decline>declined:S
information_requested: answer>packet_sent:C
visit: offer>offered:S decline>declined:S
waitlisted: reconfirm>waitlisted:C resume>*:S decline>declined:S expire>expired:K
offered: extend>offered:S accept>accepted:C refuse>refused:C lapse>lapsed:K
accepted: undo_accept>offered:C enroll>enrolled:CS
enrolled: monitor>enrolled:C review>enrolled:C plan_return>returning:C end>exited:C
returning: plan_return>returning:C stay>enrolled:C return>returned:C
declined: ask_second_look>declined:D uphold>declined:S reopen>*:S
lapsed: reopen>*:CS
refused: reopen>*:C
expired: reopen>*:C
withdrawn: reopen>*:C
exited: reopen>*:C
returned: reopen>*:C
"""
BEFORE_ACCEPTANCE = frozenset(
    (
        *("draft", "awaiting_approval", "enquiry_sent", "interested", "packet_sent"),
        *("information_requested", "visit", "waitlisted", "offered"),
    )
)
ENDED = frozenset(("declined", "refused", "expired", "lapsed", "withdrawn", "exited", "returned"))
HOLDS, FILLS = ("offered", "accepted"), ("enrolled", "returning")
DAYS_BACK = 30
REFERRALS_MAX = 4
OTHER_AGE_DAYS = 1096  # who was 9 to 11 three years ago is not 9 to 11 now


def _read(table: str) -> dict[tuple[str, str], tuple[str, str]]:
    moves = {}
    for line in table.strip().splitlines():
        state, _, rest = line.partition(": ")
        for one in rest.split():
            verb, _, target = one.partition(">")
            moves[state, verb] = tuple(target.split(":"))
    for state in BEFORE_ACCEPTANCE:
        moves[state, "withdraw"] = ("withdrawn", "C")
        moves[state, "close"] = ("withdrawn", "K")
    return moves


MOVES = _read(TABLE)
VERBS = sorted({verb for _, verb in MOVES})
# The way to a placement and back home.
ONWARD = {
    "draft": "submit",
    "awaiting_approval": "approve",
    "enquiry_sent": "show_interest",
    "interested": "disclose",
    "packet_sent": "offer",
    "information_requested": "answer",
    "visit": "offer",
    "waitlisted": "resume",
    "offered": "accept",
    "accepted": "enroll",
    "enrolled": "plan_return",
    "returning": "return",
    "lapsed": "reopen",
    "withdrawn": "reopen",
    "expired": "reopen",
}


class NoSeat(Exception):
    """The seat a move needs is gone."""


@dataclass
class RoomModel:
    """A room: what it may hold, and what it does."""

    licensed: int
    enrolled: int
    held: int


@dataclass
class ReferralModel:
    """A referral: where it is, where it was, and on which day."""

    ref: str
    student: str
    program: str
    since: date
    state: str = "draft"
    room: str | None = None
    sent: bool = False
    sent_on: date | None = None  # or reopened
    approved_on: date | None = None
    has_packet: bool = False
    submitted_by: str | None = None
    waited_from: str | None = None
    ended_from: str | None = None
    ended_on: date | None = None
    hold_until: date | None = None
    closed_by: str | None = None
    looked: str | None = None  # who must act on a second look: asked, answered

    @property
    def is_live(self) -> bool:
        """Whether it has not ended."""
        return self.state not in ENDED


@dataclass
class Model:
    """All referrals and rooms, and until when each student's packet may be sent."""

    today: date
    rooms: dict[str, RoomModel]
    consent_until: dict[str, date | None] = field(default_factory=dict)
    referrals: dict[str, ReferralModel] = field(default_factory=dict)

    def others(self, one: ReferralModel) -> list[ReferralModel]:
        """The student's other referrals that are live."""
        return [
            other
            for other in self.referrals.values()
            if other.student == one.student and other is not one and other.is_live
        ]

    def claimed(self, room: str) -> tuple[int, int]:
        """How many referrals fill and hold seats of a room."""
        states = [one.state for one in self.referrals.values() if one.room == room]
        return sum(state in FILLS for state in states), sum(state in HOLDS for state in states)

    def refusal(self, one: ReferralModel, verb: str, who: str) -> str | None:
        """Why someone ("C", "CD", "S", "K") may not do this now; None where they may."""
        if (one.state, verb) not in MOVES:
            return "not from here"
        if not set(who) & set(MOVES[one.state, verb][1]):
            return "not theirs"
        late = one.ended_on is not None and (self.today - one.ended_on).days > DAYS_BACK
        consent = self.consent_until.get(one.student)
        no_consent = consent is None or consent < self.today
        sent = [other for other in self.others(one) if other.state != "draft"]
        reasons = {
            "too many": verb in ("submit", "reopen") and len(sent) >= REFERRALS_MAX,
            "few share it": verb == "approve" and no_consent and self._few_share(one),
            "no consent": verb in ("disclose", "answer", "offer") and no_consent,
            "another accepted": verb == "accept" and any(other.state == "accepted" for other in sent),
            "undo late": verb == "undo_accept" and (self.today - one.since).days > DAYS_BACK,
            "reopen late": verb in ("reopen", "ask_second_look") and late,
            "asked before": verb == "ask_second_look" and one.looked is not None,
            "nobody asked": verb == "uphold" and one.looked != "asked",
            "again there": verb == "reopen" and self._is_there_again(one),
        }
        return next((why for why, is_so in reasons.items() if is_so), None)

    def make(self, one: ReferralModel, verb: str, who: str, **said) -> None:
        """Do it, with all that follows; raises NoSeat and changes nothing where the seat is gone."""
        room = said.get("room") or one.room
        target = self._target(one, verb, said)
        try:
            self._claim(room, one.state, target)
        except NoSeat:
            if target not in HOLDS or verb == "offer":
                raise
            target = "waitlisted"
        one.room = room
        self._enter(one, verb, target)
        if verb == "submit":
            one.submitted_by = who
        if "hold_until" in said:
            one.hold_until = said["hold_until"]
        if verb == "accept":
            self._close_others(one)
        if verb == "undo_accept":
            self._restore(one)

    def _close_others(self, one: ReferralModel) -> None:
        for other in self.others(one):
            if other.state in BEFORE_ACCEPTANCE:
                self.make(other, "close", "K")
                other.closed_by = one.ref

    def _restore(self, one: ReferralModel) -> None:
        for other in self.referrals.values():
            if other.closed_by == one.ref and other.state == "withdrawn" and not self._is_there_again(other):
                self.make(other, "reopen", "C")

    def _is_there_again(self, one: ReferralModel) -> bool:
        return any(other.program == one.program for other in self.others(one))

    def _few_share(self, one: ReferralModel) -> bool:
        """Whether what was told before leaves too few: a packet in the same place, or another age by now."""
        return any(
            (other.has_packet and other.program == one.program)
            or (other.approved_on is not None and (self.today - other.approved_on).days >= OTHER_AGE_DAYS)
            for other in self.referrals.values()
            if other.student == one.student
        )

    def _target(self, one: ReferralModel, verb: str, said: dict) -> str:
        target = MOVES[one.state, verb][0]
        if target != "*":
            return target
        if verb == "resume":
            return one.waited_from or "packet_sent"
        over = one.hold_until is None or self.today > one.hold_until
        return "waitlisted" if one.ended_from == "offered" and over else str(one.ended_from)

    def _claim(self, room: str | None, before: str, after: str) -> None:
        filled = (after in FILLS) - (before in FILLS)
        held = (after in HOLDS) - (before in HOLDS)
        if not filled and not held:
            return
        seats = self.rooms[str(room)]
        if seats.enrolled + seats.held + filled + held > seats.licensed:
            raise NoSeat
        seats.enrolled, seats.held = seats.enrolled + filled, seats.held + held

    def _enter(self, one: ReferralModel, verb: str, after: str) -> None:
        before = one.state
        one.state = after
        one.sent = one.sent or verb == "approve"
        one.sent_on = self.today if verb in ("approve", "reopen") else one.sent_on
        one.approved_on = self.today if verb == "approve" else one.approved_on
        one.has_packet = one.has_packet or verb == "disclose"
        one.looked = {"ask_second_look": "asked", "uphold": "answered", "decline": None}.get(verb, one.looked)
        if after == before:
            return
        one.since = self.today
        if after in ENDED:
            one.ended_from, one.ended_on = before, self.today
        elif before in ENDED:
            one.ended_on, one.closed_by = None, None
            if after == "waitlisted" and one.ended_from != "waitlisted":
                one.waited_from = "packet_sent"
        elif after == "waitlisted":
            one.waited_from = before

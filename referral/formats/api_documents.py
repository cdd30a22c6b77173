"""The JSON documents of the API: what is asked, what is sent and what is answered.

What a client sends is read strictly: a number is a number, an unknown field is refused.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    model_validator,
)

from matching.vocabulary import ProgramStatus, Setting
from referral.formats.api_words import FlagWord, NeedWord, WholeWord
from referral.rules.directory import Order
from referral.rules.program_records import ProgramRecord
from referral.rules.records import Key, State
from referral.rules.referrals import Party, Verb
from referral.rules.referrals import State as ReferralState
from referral.rules.seats import MOST_OPENINGS, MOST_SEATS, OLDEST_MONTHS, YOUNGEST_MONTHS, Freshness

Seats = Annotated[int, Field(ge=0, le=MOST_SEATS)]
Months = Annotated[int, Field(ge=YOUNGEST_MONTHS, le=OLDEST_MONTHS)]
Version = Annotated[int, Field(ge=1, le=2_147_483_647)]
ROWS = 50
ROWS_MAX = 200


class Asked(BaseModel):
    """What an address asks for after its question mark; a parameter nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sent(BaseModel):
    """A document that a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Answer(BaseModel):
    """A document that the API answers; what is not known is null."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageAsked(Asked):
    """Which part of a list."""

    first: Annotated[WholeWord, Field(ge=0, le=1_000_000, description="How many rows to pass over.")] = 0
    limit: Annotated[WholeWord, Field(ge=1, le=ROWS_MAX, description="How many rows at most.")] = ROWS


class ProgramsAsked(PageAsked):
    """Filters of the directory; what is left out narrows nothing."""

    q: Annotated[str, Field(max_length=100, description="Words in the name, the agency or a town.")] = ""
    need: Annotated[
        tuple[NeedWord, ...],
        Field(max_length=10, description="A need, such as service:nursing. Repeat it for several."),
    ] = ()
    age: Annotated[WholeWord | None, Field(ge=0, le=30, description="An age served, in years.")] = None
    setting: Annotated[Setting | None, Field(description="The setting.")] = None
    state: Annotated[State | None, Field(description="The agency's state.")] = None
    open_now: Annotated[FlagWord, Field(description="Only those with an open seat.")] = False
    members_only: Annotated[FlagWord, Field(description="Only those of which your district is a member.")] = (
        False
    )
    with_closed: Annotated[FlagWord, Field(description="Closed ones too.")] = False
    with_unsaid: Annotated[FlagWord, Field(description="Those too that do not say.")] = False
    sort: Annotated[Order, Field(description="What the list is sorted by.")] = Order.NAME
    descending: Annotated[FlagWord, Field(description="The other way around.")] = False


class ReferralsAsked(PageAsked):
    """Which referrals, the newest first."""

    state: Annotated[
        tuple[ReferralState, ...],
        Field(max_length=20, description="Only referrals in this state. Repeat it for several."),
    ] = ()


class PageAnswer(Answer):
    """Which part of a list this is."""

    first: int
    limit: int
    total: int


class AgencyAnswer(Answer):
    """Who runs a program."""

    name: str
    state: str


class OpenSeats(Answer):
    """Open seats over the rooms whose facts still count; null where there is none."""

    open: int | None
    oldest_fact_days: int | None
    freshness: Freshness
    example: bool
    next_opening: date | None


class ProgramLine(Answer):
    """A program as a line of the directory."""

    key: str
    name: str
    agency: AgencyAnswer
    status: ProgramStatus
    setting: Setting | None
    towns: tuple[str, ...]
    ages: Annotated[str | None, Field(description="Such as 6-14.")]
    seats: OpenSeats
    member_tuition_usd_per_year: int | None
    other_tuition_usd_per_year: int | None
    tuition_is_example: bool


class ProgramsAnswer(PageAnswer):
    """Programs of the directory."""

    unsaid: Annotated[int, Field(description="How many more do not say whether they match.")]
    programs: tuple[ProgramLine, ...]


class ProgramAnswer(Answer):
    """A program with its rooms, prices and sources; a fact that is left out is not known."""

    version: int
    updated_at: datetime
    agency: AgencyAnswer
    seats: OpenSeats
    record: ProgramRecord


class OpeningDocument(Sent):
    """Seats expected to open from a day on."""

    on: date
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] = 1


class SeatsSent(Sent):
    """All numbers of a room; what is left out is zero or not known."""

    licensed: Seats
    enrolled: Seats
    held: Seats = 0
    youngest_months: Months | None = None
    oldest_months: Months | None = None
    openings: Annotated[tuple[OpeningDocument, ...], Field(max_length=MOST_OPENINGS)] = ()


class SeatsAnswer(Answer):
    """The seats of a room; numbers are null until the first report."""

    program: str
    room: str
    version: int
    example: bool
    licensed: int | None
    enrolled: int | None
    held: int | None
    open: int | None
    youngest_months: int | None
    oldest_months: int | None
    openings: tuple[OpeningDocument, ...]
    confirmed_on: date | None


class RoomSeen(Sent):
    """A room, and the version of its seats that was seen."""

    room: Key
    version: Version


class ConfirmSent(Sent):
    """Rooms whose seats are still right."""

    rooms: Annotated[tuple[RoomSeen, ...], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.room for one in self.rooms}) < len(self.rooms):
            raise ValueError("Name each room once.")
        return self


class ConfirmedAnswer(Answer):
    """How many rooms were confirmed, as of which day."""

    confirmed: int
    on: date


class ReferralLine(Answer):
    """A referral as one side may see it. The student's code is the district's own, null for a program."""

    ref: str
    state: ReferralState
    program: str
    program_name: str
    student: str | None
    district: Annotated[str | None, Field(description="Null for a program until the packet was sent.")]
    area: Annotated[str | None, Field(description="What a program may know of where, before the packet.")]
    room: str | None
    waits_for: Party | None
    due_on: date | None
    sent_at: datetime | None
    hold_until: date | None
    visit_on: date | None
    start_on: date | None
    return_on: date | None
    ended_on: date | None
    version: int


class ReferralsAnswer(PageAnswer):
    """Referrals of one's own organization."""

    referrals: tuple[ReferralLine, ...]


class MoveAnswer(Answer):
    """A move of a referral: codes only, no words of anyone."""

    number: int
    at: datetime
    verb: Verb
    party: Party
    before: ReferralState
    after: ReferralState
    reason: str | None


class ReferralAnswer(Answer):
    """A referral with the moves its side may see, the first one first."""

    referral: ReferralLine
    moves: tuple[MoveAnswer, ...]


class ProblemField(Answer):
    """One field that cannot be accepted."""

    field: str
    code: str
    detail: str


class ProblemAnswer(Answer):
    """A refusal or a fault (RFC 9457); `code` is stable, `detail` is a sentence for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: tuple[ProblemField, ...] = ()


class DocumentAnswer(BaseModel):
    """This document: OpenAPI 3.1."""

    model_config = ConfigDict(extra="allow")
    openapi: Literal["3.1.0"]
    info: dict[str, Any]
    paths: dict[str, Any]

"""The shape of a ranking's document: what ``placewell schema ranking`` prints."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from matching.vocabulary import (
    Adequacy,
    Answer,
    Asks,
    Certainty,
    ChangeBy,
    Criterion,
    Dimension,
    Freshness,
    OrderReason,
    SeatStatus,
    Verdict,
)

FORMAT = "placewell/ranking/1"


class Part(BaseModel):
    """A closed group of the document."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RangePart(Part):
    """Both ends included."""

    low: int
    high: int


class ReasonPart(Part):
    """One gate: met, failed or not known."""

    code: str = Field(examples=["service:nursing"])
    answer: Answer
    asks: Asks | None
    change_by: ChangeBy | None
    facts: dict[str, int | float | str | bool | None]
    sentence: str


class QuestionPart(Part):
    """Something to ask, and whom."""

    code: str
    asks: Asks
    weight: int
    sentence: str


class ContributionPart(Part):
    """One criterion: value 0 to 1000 with its range, weight of 4096, points, and points beyond the next."""

    criterion: Criterion
    low: int
    middle: int
    high: int
    weight: int
    points: int
    against_next: int | None


class ValuePart(Part):
    """The value: points 0 to 4,096,000 with bounds, and the same out of 1000."""

    points: int
    low: int
    high: int
    of_1000: int


class GapPart(Part):
    """A critical gap between need and offer."""

    dimension: Dimension
    need: RangePart
    offer: RangePart
    certain: bool
    sentence: str


class SeatsPart(Part):
    """Seats of the room as known on the day."""

    status: SeatStatus
    freshness: Freshness
    open: int | None
    licensed: int | None
    first_on: date | None
    confirmed_on: date | None
    age_days: int | None
    example: bool
    sentence: str


class RidePart(Part):
    """One-way ride in minutes; entered, or an estimate."""

    minutes: RangePart | None
    entered: bool
    limit_minutes: int
    over_limit: Answer
    miles: float | None
    sentence: str


class GroupPart(Part):
    """The room with the student in it, against the size its state allows with its staff."""

    students: int | None
    limit: int | None
    over_limit: Answer
    special_educators: int | None
    aides: int | None
    source: str
    sentence: str


class CostLinePart(Part):
    """One part of a cost; usd is null where it is not published."""

    item: str
    usd: int | None
    example: bool


class CostPart(Part):
    """Cost of a year to the paying district; null is not known, never zero."""

    parts: list[CostLinePart]
    gross_usd: int | None
    reimbursement_usd: int | None
    net_usd: int | None
    is_member: bool | None
    tuition_member_usd: int | None
    tuition_other_usd: int | None
    fiscal_year: int
    example: bool
    sentence: str


class RoomPart(Part):
    """One room of a program with its own gates."""

    room: str
    name: str
    verdict: Verdict
    block: int
    tier: int
    value: int
    reasons: list[ReasonPart]
    seats: SeatsPart
    group: GroupPart | None


class TierPart(Part):
    """How restrictive: 0 least to 6."""

    number: int
    name: str
    certain: bool


class OrderPart(Part):
    """Why it stands before the next option."""

    reason: OrderReason
    next: str | None
    sentence: str


class ImprovementPart(Part):
    """The least rise of one criterion that would put it above another program."""

    criterion: Criterion
    above: str
    points: int
    needed: int
    natural: dict[str, int | float | str | bool | None]


class OpenCellPart(Part):
    """An open value of a program, and the share of first ranks that asking would move."""

    program: str
    criterion: Criterion
    settles: float = Field(ge=0, le=1)
    sentence: str


class ConfidencePart(Part):
    """How it stands among equally restrictive options under plausible priorities; orders nothing.

    Shares are of the draws, 0 to 1.
    """

    label: Certainty
    group_size: int
    first_share: float
    top_share: float = Field(description="Share of draws in which it is among the first three")
    above_next: float | None
    rival: str | None = Field(description="The program that leads most often where this one does not")
    rival_when: Criterion | None = Field(description="The criterion that weighs more where the rival leads")
    central_weights: dict[Criterion, float] | None
    confidence_factor: float | None
    question: OpenCellPart | None = Field(description="What would settle most of its own place")
    sentence: str


class ProgramPart(Part):
    """One program at the place of its best room; ``rank`` is null where it is ruled out."""

    program: str
    name: str
    agency: str
    room: str | None
    site: str | None
    rank: int | None
    verdict: Verdict
    block: int = Field(ge=1, le=5)
    tier: TierPart
    value: ValuePart
    adequacy: Adequacy
    need_fit: RangePart
    critical_gaps: list[GapPart]
    fits: list[str] = Field(description="Why it fits, most telling first")
    contributions: list[ContributionPart]
    order: OrderPart
    cost_band: int | None
    reasons: list[ReasonPart] = Field(description="Every gate that was asked")
    changes: list[ReasonPart] = Field(description="What would change a ruling out")
    questions: list[QuestionPart]
    improvements: list[ImprovementPart]
    confidence: ConfidencePart | None = Field(description="Null where ruled out, or made without draws")
    seats: SeatsPart
    ride: RidePart
    group: GroupPart | None = Field(description="Null where no size is recorded for its state")
    cost: CostPart
    rooms: list[RoomPart]


class RankingPart(Part):
    """A ranking: every program exactly once, in order."""

    format: Literal["placewell/ranking/1"]
    student: str
    policy: str
    today: date
    seed: str
    rests_on_examples: bool
    counts: dict[Verdict, int]
    sentence: str
    team_questions: list[QuestionPart]
    best_question: OpenCellPart | None = Field(description="The one thing to ask for the whole ranking")
    programs: list[ProgramPart]

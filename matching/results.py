"""What a ranking says: codes with numbers, never sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from matching.group_findings import GroupFinding
from matching.intervals import Interval
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
    PriceItem,
    SeatStatus,
    Verdict,
)

Number = int | float | str | bool | None


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's answer: ``code`` is ``family`` or ``family:subject``; ``facts`` the need and the offer."""

    code: str
    answer: Answer
    asks: Asks | None = None
    change_by: ChangeBy | None = None
    facts: Mapping[str, Number] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The gate without its subject: ``service`` of ``service:nursing``."""
        return self.code.partition(":")[0]

    @property
    def subject(self) -> str:
        """What the gate is about where a family has several: ``nursing`` of ``service:nursing``."""
        return self.code.partition(":")[2]


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """A criterion's value 0 to 1000: the range that is possible, the middle that counts, and its weight."""

    criterion: Criterion
    low: int
    middle: int
    high: int
    weight: int

    @property
    def points(self) -> int:
        """What it adds to the value of the option."""
        return self.middle * self.weight


@dataclass(frozen=True, slots=True)
class CriticalGap:
    """Support at least two levels below a need of 2 or more; ``certain`` unless facts are open."""

    dimension: Dimension
    need: Interval
    offer: Interval
    certain: bool


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """Seats of a room as known on the day."""

    status: SeatStatus
    freshness: Freshness
    open: int | None = None
    licensed: int | None = None
    first_on: date | None = None
    age_days: int | None = None
    confirmed_on: date | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """One-way minutes, a point if ``entered``; None where the site is not known."""

    minutes: Interval | None
    entered: bool
    limit_minutes: int
    over_limit: Answer
    miles: float | None = None


@dataclass(frozen=True, slots=True)
class CostPart:
    """One part of a yearly cost; None where the price is not known."""

    item: str
    usd: int | None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of a year to the paying district.

    ``gross_usd`` is None unless every part is known. Where membership is not known both tuitions are given
    and the gross is not. ``reimbursement_usd`` is None where the threshold of the year is not known.
    """

    parts: tuple[CostPart, ...]
    gross_usd: int | None
    reimbursement_usd: int | None
    net_usd: int | None
    is_member: bool | None
    tuition_member_usd: int | None
    tuition_other_usd: int | None
    fiscal_year: int
    example: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: a gate's code, ``value:<criterion>``, ``seats``, ``cost``, ``label`` and the like."""

    code: str
    asks: Asks
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Improvement:
    """The least rise of one criterion that would put an option above the one before it."""

    criterion: Criterion
    above_key: str
    points: int
    needed: int
    natural: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenCell:
    """An open value of one option and how far asking would move first ranks, 0 to 1."""

    program_key: str
    criterion: Criterion
    settles: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """How an option stands among equally restrictive ones under plausible priorities; orders nothing.

    Shares are of the draws. ``rival_key`` is the option that leads most often where this one does not, and
    ``rival_when`` the criterion that weighs more where it does. ``central_weights`` sum to 1 and are None,
    with the confidence factor, for an option that never leads. ``question`` would settle most of its doubt.
    """

    label: Certainty
    group_size: int
    first_share: float
    top_share: float
    above_next: float | None
    rival_key: str | None
    rival_when: Criterion | None
    central_weights: Mapping[Criterion, float] | None
    confidence_factor: float | None
    question: OpenCell | None
    group_question: OpenCell | None


@dataclass(frozen=True, slots=True)
class RankedRoom:
    """One room of a program with its own gates."""

    key: str
    name: str
    verdict: Verdict
    block: int
    tier: int
    value: int
    gates: tuple[GateResult, ...]
    seats: SeatFacts
    group: GroupFinding | None = None


@dataclass(frozen=True, slots=True)
class RankedProgram:
    """A program at the place of its best room.

    ``rank`` is None for block 5. ``value`` with its bounds is 0 to 4,096,000 (divide by 4096 for 0 to 1000).
    ``contributions`` add up exactly to the value less that of the next option.
    """

    program_key: str
    room_key: str | None
    site_key: str | None
    rank: int | None
    verdict: Verdict
    block: int
    tier: int
    tier_is_certain: bool
    value: int
    value_low: int
    value_high: int
    adequacy: Adequacy
    need_fit: Interval
    critical_gaps: tuple[CriticalGap, ...]
    gates: tuple[GateResult, ...]
    criteria: tuple[CriterionValue, ...]
    order_reason: OrderReason
    next_key: str | None
    contributions: Mapping[Criterion, int]
    cost_band: int | None
    cost: Cost
    seats: SeatFacts
    ride: Ride
    questions: tuple[Question, ...]
    changes: tuple[GateResult, ...]
    improvements: tuple[Improvement, ...]
    rooms: tuple[RankedRoom, ...]
    confidence: Confidence | None = None
    group: GroupFinding | None = None

    @property
    def failed(self) -> tuple[GateResult, ...]:
        """Every gate that rules this option out."""
        return tuple(gate for gate in self.gates if gate.answer is Answer.NO)

    @property
    def unknown(self) -> tuple[GateResult, ...]:
        """Every gate that is not known."""
        return tuple(gate for gate in self.gates if gate.answer is Answer.UNKNOWN)


@dataclass(frozen=True)
class Ranking:
    """Every program exactly once, in order. ``options`` are made when they are looked at."""

    student_code: str
    policy_version: str
    today: date
    seed: str
    options: Sequence[RankedProgram]
    verdicts: Mapping[Verdict, int]
    team_questions: tuple[Question, ...]
    rests_on_examples: bool

    def __len__(self) -> int:
        return len(self.options)

    @property
    def ranked(self) -> list[RankedProgram]:
        """The options with a rank, in order."""
        return [option for option in self.options if option.rank is not None]

    @property
    def ruled_out(self) -> list[RankedProgram]:
        """The options that fail a gate."""
        return [option for option in self.options if option.rank is None]

    def option(self, program_key: str) -> RankedProgram:
        """The option of one program; KeyError where it was not ranked."""
        for option in self.options:
            if option.program_key == program_key:
                return option
        raise KeyError(program_key)

    def most_asked(self) -> Counter[str]:
        """How many programs each question of a gate stands at."""
        return Counter(gate.code for option in self.options for gate in option.unknown)


__all__ = [
    "Confidence",
    "Cost",
    "CostPart",
    "CriterionValue",
    "CriticalGap",
    "GateResult",
    "GroupFinding",
    "Improvement",
    "OpenCell",
    "PriceItem",
    "Question",
    "RankedProgram",
    "RankedRoom",
    "Ranking",
    "Ride",
    "SeatFacts",
]

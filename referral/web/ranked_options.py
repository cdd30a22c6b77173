"""Options of a ranking as a page shows them: words first, numbers last, nothing left to decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching import NeedProfile
from matching.results import Question, RankedProgram, SeatFacts
from matching.vocabulary import Answer, Freshness, SeatStatus
from referral.formats.kept_rankings import KeptResult, ProgramLabel
from referral.rules.rankings import FULL_OPTIONS
from referral.web.neighbor_rows import Neighbors, neighbors_of
from referral.wording.rankings import asked_sentences, gate_sentence
from referral.wording.rankings.changes import would_change
from referral.wording.rankings.confidence import (
    confidence_sentence,
    confidence_tag,
    settling_question,
)
from referral.wording.rankings.costs import cost_rows, cost_sentence, cost_words, membership_sentence
from referral.wording.rankings.options import (
    fit_sentences,
    gap_sentence,
    group_flag,
    group_words,
    ride_flag,
    ride_sentence,
    ride_words,
    seats_age,
    seats_sentence,
)
from referral.wording.rankings.order import BLOCKS, SHORT_TIERS, TIERS, order_sentence

WEIGHT_SUM = 4096
AT_FIRST = 3
SEAT_KINDS = {SeatStatus.OPEN: "good", SeatStatus.EXPECTED: "neutral", SeatStatus.WAITING: "warn"}
ABOUT_COST = frozenset({"cost", "membership"})
REASON_KINDS = {Answer.YES: "yes", Answer.UNKNOWN: "ask", Answer.NO: "no"}
TELLING = frozenset(
    {"service", "mode", "must_have", "one_to_one", "braille", "intervener", "changing", "lift"}
)
COLUMNS = (
    {"label": "Place", "number": True},
    {"label": "Program"},
    {"label": "Seats"},
    {"label": "Setting"},
    {"label": "Ride"},
    {"label": "Cost"},
    {"label": "Value of 1000", "number": True},
    {"label": "Choose"},
)
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class SeatsShown:
    """Seats with the age of the fact."""

    words: str
    tag: str
    rest: str
    kind: str
    age: str
    age_is_old: bool
    example: bool


@dataclass(frozen=True)
class CostShown:
    """The cost in a line and its parts."""

    words: str
    short: str
    membership: str
    rows: Rows
    example: bool
    gross_usd: int | None


@dataclass(frozen=True)
class OptionShown:
    """One option, ready to print."""

    key: str
    name: str
    agency: str
    town: str | None
    rank: int | None
    tier: int
    setting: str
    tier_short: str
    tier_is_certain: bool
    reasons: Rows
    more_reasons: Rows
    questions: Sequence[str]
    more_questions: Sequence[str]
    gaps: Sequence[str]
    seats: SeatsShown
    ride: str
    ride_short: str
    ride_flag: str
    group: str
    group_flag: str
    cost: CostShown | None
    value: int
    low: int
    high: int
    order: str
    changes: Sequence[str]
    confidence: str
    confidence_tag: tuple[str, str] | None
    settles: str
    neighbors: Neighbors | None
    in_full: bool


@dataclass(frozen=True)
class TierShown:
    """Options equally restrictive."""

    name: str
    options: Sequence[OptionShown]


@dataclass(frozen=True)
class BlockShown:
    """A group of options under a plain heading."""

    number: int
    heading: str
    about: str
    count: int
    tiers: Sequence[TierShown]


def columns(*, costs: bool) -> list[Mapping[str, object]]:
    """The headings of the compact table."""
    return [column for column in COLUMNS if costs or column["label"] != "Cost"]


def blocks_shown(options: Iterable[OptionShown], block_of: Mapping[str, int]) -> list[BlockShown]:
    """The groups of a ranking in order, each with its tiers; empty ones are left out."""
    grouped: dict[int, list[OptionShown]] = {}
    for option in options:
        grouped.setdefault(block_of[option.key], []).append(option)
    return [
        BlockShown(
            number=block.number,
            heading=block.heading,
            about=block.about,
            count=len(grouped[block.number]),
            tiers=_tiers(grouped[block.number]),
        )
        for block in BLOCKS
        if block.number in grouped
    ]


def _tiers(options: Iterable[OptionShown]) -> list[TierShown]:
    tiers: dict[int, list[OptionShown]] = {}
    for option in options:
        tiers.setdefault(option.tier, []).append(option)
    return [TierShown(name=TIERS[tier], options=tiers[tier]) for tier in tiers]


def options_shown(kept: KeptResult, *, costs: bool, all_in_full: bool = False) -> list[OptionShown]:
    """Every ranked option, the first ten in full."""
    names = {key: label.name for key, label in kept.programs.items()}
    return [
        option_shown(
            option,
            kept.programs[option.program_key],
            kept.student,
            names=names,
            costs=costs,
            team_questions=kept.ranking.team_questions,
            in_full=all_in_full or (option.rank or 0) <= FULL_OPTIONS,
        )
        for option in kept.ranking.ranked
    ]


def option_shown(
    option: RankedProgram,
    label: ProgramLabel,
    student: NeedProfile,
    *,
    names: Mapping[str, str],
    costs: bool,
    in_full: bool = True,
    team_questions: Sequence[Question] | None = None,
) -> OptionShown:
    """One option, ready to print; with the Team's questions the one that settles most stands first."""
    reasons = _reasons(option, student) if in_full else []
    asked = asked_sentences(_questions(option, costs=costs)) if in_full else []
    settles = settling_question(option, team_questions) if in_full and team_questions is not None else ""
    if settles:
        asked = [settles, *(question for question in asked if question != settles)]
    return OptionShown(
        key=option.program_key,
        name=label.name,
        agency=label.agency,
        town=label.town,
        rank=option.rank,
        tier=option.tier,
        setting=label.setting.label if label.setting else TIERS[option.tier],
        tier_short=SHORT_TIERS[option.tier],
        tier_is_certain=option.tier_is_certain,
        reasons=reasons[:AT_FIRST],
        more_reasons=reasons[AT_FIRST:],
        questions=asked[:AT_FIRST],
        more_questions=asked[AT_FIRST:],
        gaps=[gap_sentence(gap) for gap in option.critical_gaps],
        seats=seats_shown(option.seats),
        ride=ride_sentence(option.ride),
        ride_short=ride_words(option.ride),
        ride_flag=ride_flag(option.ride),
        group=group_words(option.group) if option.group else "",
        group_flag=group_flag(option.group) if option.group else "",
        cost=_cost(option) if costs else None,
        value=option.value // WEIGHT_SUM,
        low=option.value_low // WEIGHT_SUM,
        high=option.value_high // WEIGHT_SUM,
        order=order_sentence(option, student),
        changes=would_change(option, names) if in_full else [],
        confidence=confidence_sentence(option.confidence, names) if option.confidence else "",
        confidence_tag=confidence_tag(option.confidence) if option.confidence else None,
        settles=settles,
        neighbors=neighbors_of(option, names) if in_full else None,
        in_full=in_full,
    )


def _questions(option: RankedProgram, *, costs: bool) -> list[Question]:
    return [question for question in option.questions if costs or question.code not in ABOUT_COST]


def _reasons(option: RankedProgram, student: NeedProfile) -> Rows:
    """What speaks for it, then what it gives by name, then what its other gates say."""
    fits: Rows = [{"kind": "yes", "text": sentence} for sentence in fit_sentences(option, student)]
    named = [gate for gate in option.gates if gate.answer is Answer.YES and gate.family in TELLING]
    others = [gate for gate in option.gates if gate not in named]
    return fits + [
        {"kind": REASON_KINDS[gate.answer], "text": gate_sentence(gate)} for gate in (*named, *others)
    ]


def seats_shown(seats: SeatFacts) -> SeatsShown:
    """Seats with the age of the fact."""
    words = seats_sentence(seats)
    tag, _, rest = words.partition("; ")
    return SeatsShown(
        words=words,
        tag=tag,
        rest=rest,
        kind=SEAT_KINDS.get(seats.status, "neutral"),
        age=seats_age(seats),
        age_is_old=seats.freshness in (Freshness.STALE, Freshness.UNKNOWN),
        example=seats.example,
    )


def _cost(option: RankedProgram) -> CostShown:
    cost = option.cost
    return CostShown(
        words=cost_sentence(cost),
        short=cost_words(cost),
        membership=membership_sentence(cost),
        rows=[
            {"term": term, "value": value, "tag": ("example", "example") if example else None}
            for term, value, example in cost_rows(cost)
        ],
        example=cost.example,
        gross_usd=cost.gross_usd,
    )

"""A ranking as a document: codes with numbers, and the sentences people read."""

from collections.abc import Iterable, Mapping
from typing import Any

from matching import Interval, NeedProfile, ProgramProfile
from matching.results import (
    Cost,
    GateResult,
    GroupFinding,
    OpenCell,
    Question,
    RankedProgram,
    RankedRoom,
    Ranking,
    Ride,
    SeatFacts,
)
from referral.formats import rankings_schema as shape
from referral.wording.rankings import change_sentence, gate_sentence, question_sentence
from referral.wording.rankings.confidence import best_question, cell_question, confidence_sentence
from referral.wording.rankings.costs import cost_sentence
from referral.wording.rankings.options import (
    fit_sentences,
    gap_sentence,
    group_flag,
    group_words,
    ride_sentence,
    seats_age,
    seats_sentence,
)
from referral.wording.rankings.order import TIERS, counts_sentence, order_sentence

WEIGHT_SUM = 4096
Programs = Mapping[str, ProgramProfile]


def ranking_document(
    ranking: Ranking, programs: Iterable[ProgramProfile], student: NeedProfile
) -> dict[str, Any]:
    """The document of a ranking as plain JSON values, every program exactly once."""
    return ranking_model(ranking, programs, student).model_dump(mode="json")


def ranking_model(
    ranking: Ranking, programs: Iterable[ProgramProfile], student: NeedProfile
) -> shape.RankingPart:
    """The document of a ranking, checked against its shape."""
    by_key = {program.key: program for program in programs}
    return shape.RankingPart(
        format=shape.FORMAT,
        student=ranking.student_code,
        policy=ranking.policy_version,
        today=ranking.today,
        seed=ranking.seed,
        rests_on_examples=ranking.rests_on_examples,
        counts=dict(ranking.verdicts),
        sentence=counts_sentence(ranking),
        team_questions=[_question(question) for question in ranking.team_questions],
        best_question=_open_cell(best_question(ranking), ranking),
        programs=[_program(option, by_key, student, ranking) for option in ranking.options],
    )


def _program(
    option: RankedProgram, programs: Programs, student: NeedProfile, ranking: Ranking
) -> shape.ProgramPart:
    profile = programs[option.program_key]
    return shape.ProgramPart(
        program=option.program_key,
        name=profile.name,
        agency=profile.operator.name,
        room=option.room_key,
        site=option.site_key,
        rank=option.rank,
        verdict=option.verdict,
        block=option.block,
        tier=shape.TierPart(number=option.tier, name=TIERS[option.tier], certain=option.tier_is_certain),
        value=shape.ValuePart(
            points=option.value,
            low=option.value_low,
            high=option.value_high,
            of_1000=option.value // WEIGHT_SUM,
        ),
        adequacy=option.adequacy,
        need_fit=_range(option.need_fit),
        critical_gaps=_gaps(option),
        fits=fit_sentences(option, student),
        contributions=_contributions(option),
        order=shape.OrderPart(
            reason=option.order_reason, next=option.next_key, sentence=order_sentence(option, student)
        ),
        cost_band=option.cost_band,
        reasons=[_reason(gate) for gate in option.gates],
        changes=[_reason(gate) for gate in option.changes],
        questions=[_question(question) for question in option.questions],
        improvements=_improvements(option),
        confidence=_confidence(option, programs, ranking),
        seats=_seats(option.seats),
        ride=_ride(option.ride),
        group=_group(option.group),
        cost=_cost(option.cost),
        rooms=[_room(room) for room in option.rooms],
    )


def _confidence(option: RankedProgram, programs: Programs, ranking: Ranking) -> shape.ConfidencePart | None:
    found = option.confidence
    if found is None:
        return None
    names = {key: program.name for key, program in programs.items()}
    return shape.ConfidencePart(
        label=found.label,
        group_size=found.group_size,
        first_share=found.first_share,
        top_share=found.top_share,
        above_next=found.above_next,
        rival=found.rival_key,
        rival_when=found.rival_when,
        central_weights=None if found.central_weights is None else dict(found.central_weights),
        confidence_factor=found.confidence_factor,
        question=_open_cell(found.question, ranking),
        sentence=confidence_sentence(found, names),
    )


def _open_cell(cell: OpenCell | None, ranking: Ranking) -> shape.OpenCellPart | None:
    if cell is None:
        return None
    asked = ranking.option(cell.program_key).questions
    return shape.OpenCellPart(
        program=cell.program_key,
        criterion=cell.criterion,
        settles=cell.settles,
        sentence=question_sentence(cell_question(cell, asked, ranking.team_questions)),
    )


def _range(interval: Interval) -> shape.RangePart:
    return shape.RangePart(low=interval.low, high=interval.high)


def _gaps(option: RankedProgram) -> list[shape.GapPart]:
    return [
        shape.GapPart(
            dimension=gap.dimension,
            need=_range(gap.need),
            offer=_range(gap.offer),
            certain=gap.certain,
            sentence=gap_sentence(gap),
        )
        for gap in option.critical_gaps
    ]


def _contributions(option: RankedProgram) -> list[shape.ContributionPart]:
    return [
        shape.ContributionPart(
            criterion=value.criterion,
            low=value.low,
            middle=value.middle,
            high=value.high,
            weight=value.weight,
            points=value.points,
            against_next=option.contributions.get(value.criterion),
        )
        for value in option.criteria
    ]


def _improvements(option: RankedProgram) -> list[shape.ImprovementPart]:
    return [
        shape.ImprovementPart(
            criterion=one.criterion,
            above=one.above_key,
            points=one.points,
            needed=one.needed,
            natural=dict(one.natural),
        )
        for one in option.improvements
    ]


def _reason(gate: GateResult) -> shape.ReasonPart:
    change = change_sentence(gate)
    return shape.ReasonPart(
        code=gate.code,
        answer=gate.answer,
        asks=gate.asks,
        change_by=gate.change_by,
        facts=dict(gate.facts),
        sentence=f"{gate_sentence(gate)} {change}." if change else gate_sentence(gate),
    )


def _question(question: Question) -> shape.QuestionPart:
    return shape.QuestionPart(
        code=question.code,
        asks=question.asks,
        weight=question.weight,
        sentence=question_sentence(question),
    )


def _seats(seats: SeatFacts) -> shape.SeatsPart:
    age = seats_age(seats)
    return shape.SeatsPart(
        status=seats.status,
        freshness=seats.freshness,
        open=seats.open,
        licensed=seats.licensed,
        first_on=seats.first_on,
        confirmed_on=seats.confirmed_on,
        age_days=seats.age_days,
        example=seats.example,
        sentence=f"{seats_sentence(seats)}{', ' if age else ''}{age}.",
    )


def _ride(ride: Ride) -> shape.RidePart:
    return shape.RidePart(
        minutes=None if ride.minutes is None else _range(ride.minutes),
        entered=ride.entered,
        limit_minutes=ride.limit_minutes,
        over_limit=ride.over_limit,
        miles=ride.miles,
        sentence=ride_sentence(ride) + ".",
    )


def _group(group: GroupFinding | None) -> shape.GroupPart | None:
    if group is None:
        return None
    flag = group_flag(group)
    return shape.GroupPart(
        students=group.students,
        limit=group.limit,
        over_limit=group.over_limit,
        special_educators=group.special_educators,
        aides=group.aides,
        source=group.source,
        sentence=f"{group_words(group)}. {flag}." if flag else f"{group_words(group)}.",
    )


def _cost(cost: Cost) -> shape.CostPart:
    return shape.CostPart(
        parts=[shape.CostLinePart(item=part.item, usd=part.usd, example=part.example) for part in cost.parts],
        gross_usd=cost.gross_usd,
        reimbursement_usd=cost.reimbursement_usd,
        net_usd=cost.net_usd,
        is_member=cost.is_member,
        tuition_member_usd=cost.tuition_member_usd,
        tuition_other_usd=cost.tuition_other_usd,
        fiscal_year=cost.fiscal_year,
        example=cost.example,
        sentence=cost_sentence(cost) + ".",
    )


def _room(room: RankedRoom) -> shape.RoomPart:
    return shape.RoomPart(
        room=room.key,
        name=room.name,
        verdict=room.verdict,
        block=room.block,
        tier=room.tier,
        value=room.value,
        reasons=[_reason(gate) for gate in room.gates],
        seats=_seats(room.seats),
        group=_group(room.group),
    )

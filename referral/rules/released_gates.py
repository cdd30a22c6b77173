"""Which gates a program may be shown beside a referral: those whose need is in the copy that was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching import Interval, NeedProfile, ProgramProfile
from matching.intervals import UNKNOWN_LEVEL
from matching.results import GateResult
from matching.vocabulary import Answer, Dimension
from referral.rules.answers import Answers
from referral.rules.disclosure import EnquiryView, SupportBand
from referral.rules.released import answers_sent, enquiry_of

# Gate family -> the answers of a packet, any of which tells the need. A family that is not here is never
# shown: the ride, the 22nd birthday and membership rest on what stays in the district.
PACKET_NEEDS: Mapping[str, tuple[str, ...]] = {
    "placement_type": ("placement_type",),
    "age_served": ("age_years",),
    "age_admission": ("age_years",),
    "age_span": ("age_years",),
    "grade_served": ("grade",),
    "service": ("services",),
    "health_level": ("health",),
    "behavior_level": ("behaviors",),
    "one_to_one": ("one_to_one",),
    "wheelchair": ("mobility",),
    "lift": ("lift", "mobility"),
    "changing": ("accessible_changing", "mobility"),
    "mode": ("expressive", "receptive"),
    "braille": ("reading_media", "vision"),
    "intervener": ("intervener", "hearing", "vision"),
    "setting": ("permitted_settings",),
    "must_have": ("wishes",),
    "must_not": ("wishes",),
}
MATTERS_FROM = 2  # little or no support needed is met everywhere
CONDITION = "limit"  # a condition of admission: shown where the packet says whether it is met


def shown_gates(facts: Mapping[str, Any], gates: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """The gates whose need is in the copy that was sent."""
    answers = answers_sent(facts)
    if answers is None:
        view = enquiry_of(facts)
        return tuple(gate for gate in gates if _in_enquiry(gate, view))
    return tuple(gate for gate in gates if _in_packet(gate, answers))


def _in_enquiry(gate: GateResult, view: EnquiryView) -> bool:
    told = {
        "placement_type": view.placement_type is not None,
        "age_served": view.age_band is not None,
        "age_admission": view.age_band is not None,
        "health_level": _said(view, Dimension.MEDICAL),
        "behavior_level": _said(view, Dimension.BEHAVIOR),
    }
    return told.get(gate.family, False)


def _said(view: EnquiryView, dimension: Dimension) -> bool:
    return view.support.get(dimension, SupportBand.OPEN) is not SupportBand.OPEN


def _in_packet(gate: GateResult, answers: Answers) -> bool:
    if gate.family == CONDITION:
        return gate.answer is not Answer.UNKNOWN
    return any(getattr(answers, name) is not None for name in PACKET_NEEDS.get(gate.family, ()))


@dataclass(frozen=True)
class LevelBeside:
    """Support needed in one dimension beside the support a program states; None where it states none."""

    dimension: Dimension
    asked: Interval
    stated: Interval | None
    inferred: bool
    answer: Answer


def levels_beside(sent: NeedProfile, program: ProgramProfile) -> tuple[LevelBeside, ...]:
    """Every level sent from which on support matters, beside the program's."""
    asked = {dimension: sent.level(dimension) for dimension in Dimension}
    return tuple(
        _level_beside(dimension, level, program)
        for dimension, level in asked.items()
        if level != UNKNOWN_LEVEL and level.high >= MATTERS_FROM
    )


def _level_beside(dimension: Dimension, asked: Interval, program: ProgramProfile) -> LevelBeside:
    stated = program.levels.get(dimension)
    inferred = f"levels.{dimension}" in program.inferred
    if stated is None or inferred:
        answer = Answer.UNKNOWN
    elif stated.low >= asked.high:
        answer = Answer.YES
    else:
        answer = Answer.NO if stated.high < asked.low else Answer.UNKNOWN
    return LevelBeside(dimension, asked, stated, inferred, answer)

"""A released copy in words, row by row beside the program's own facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.results import GateResult
from matching.vocabulary import Answer, Dimension
from referral.queries.released_fit import ReleasedFit
from referral.rules.answers import Answers
from referral.rules.disclosure import EnquiryView, SupportBand
from referral.rules.listings import SeatSummary
from referral.rules.released import answers_sent, enquiry_of
from referral.rules.released_gates import LevelBeside
from referral.web.need_words import sections
from referral.wording.programs import confirmed
from referral.wording.rankings.facts import words_of
from referral.wording.rankings.gates import FAMILY_LABELS
from referral.wording.rankings.terms import span, subject
from referral.wording.released import (
    ASKED,
    DELIVERIES,
    HAS,
    INFERRED,
    NEEDED,
    NOT_STATED,
    STATED,
    SUPPORT_LEVEL,
)

BANDS = {
    SupportBand.LITTLE: "Little or no support",
    SupportBand.SOME: "Some support",
    SupportBand.MUCH: "Much support",
    SupportBand.OPEN: "Not known yet",
}
ANSWER_KINDS = {Answer.YES: "good", Answer.NO: "bad", Answer.UNKNOWN: "neutral"}


@dataclass(frozen=True)
class BesideRow:
    """A need, as it was sent and as the program states it."""

    need: str
    asked: str
    stated: str
    answer: str
    kind: str


@dataclass(frozen=True)
class ReleasedShown:
    """The copy that was sent, in words: the enquiry, and the sections of a packet once it was sent."""

    enquiry: list[dict[str, str]]
    packet: list[dict[str, Any]]
    is_packet: bool


def released_shown(released: Mapping[str, Any]) -> ReleasedShown:
    """Exactly what was sent, in words."""
    answers = answers_sent(released)
    return ReleasedShown(
        enquiry=enquiry_rows(enquiry_of(released)),
        packet=[]
        if answers is None
        else [one for one in sections(answers, {}, known_only=True) if one["rows"]],
        is_packet=answers is not None,
    )


def _packet(answers: Answers) -> list[dict[str, Any]]:
    return [one for one in sections(answers, {}, known_only=True) if one["rows"]]


def enquiry_rows(view: EnquiryView) -> list[dict[str, str]]:
    """The terms and values of an enquiry."""
    return [
        {"term": "Area", "value": view.area or "Not shown"},
        {"term": "Age", "value": age_words(view)},
        {
            "term": "Kind of placement",
            "value": view.placement_type.label if view.placement_type else "Not known yet",
        },
        *({"term": one.label, "value": band_words(band)} for one, band in view.support.items()),
    ]


def age_words(view: EnquiryView) -> str:
    """The age band: "9 to 11 years"."""
    return f"{view.age_band.label} years" if view.age_band else "Not told"


def band_words(band: SupportBand) -> str:
    """A support band: "Much support"."""
    return BANDS[band]


def glance_words(view: EnquiryView) -> str:
    """The support that stands out: "Much support: behavior, health care"."""
    if not view.support:
        return "Your profile states no support, so none was sent"
    said = []
    for band in (SupportBand.MUCH, SupportBand.SOME):
        areas = [area_words(one) for one, needed in view.support.items() if needed is band]
        if areas:
            said.append(f"{BANDS[band]}: {', '.join(areas)}")
    return ". ".join(said) or "Little or no support in every area that is known"


def area_words(dimension: Dimension) -> str:
    """What support is in, inside a sentence: "behavior", "health care"."""
    return dimension.label.lower().removesuffix(" support")


def fit_words(fit: ReleasedFit) -> str:
    """How many of the needs sent the program's profile meets: "4 met, 1 not met, 2 not known"."""
    names = {Answer.YES: "met", Answer.NO: "not met", Answer.UNKNOWN: "not known"}
    return ", ".join(f"{fit.answers[one]} {words}" for one, words in names.items() if fit.answers[one])


def seats_words(seats: SeatSummary | None) -> str:
    """A program's open seats with the age of the fact."""
    if seats is None or seats.open is None:
        return "open seats not known"
    example = ", an example figure" if seats.example else ""
    return f"{seats.open} open, {confirmed(seats.oldest_days)}{example}"


def beside_rows(fit: ReleasedFit, released: Mapping[str, Any]) -> list[BesideRow]:
    """Every need that was sent and that the program's profile is compared with."""
    view = enquiry_of(released)
    is_packet = answers_sent(released) is not None
    return [
        *(_gate_row(gate, view, is_packet=is_packet) for gate in fit.other_gates),
        *(_level_row(level, view, is_packet=is_packet) for level in fit.levels),
    ]


def _gate_row(gate: GateResult, view: EnquiryView, *, is_packet: bool) -> BesideRow:
    about = subject(gate.code)
    label = FAMILY_LABELS.get(gate.family, gate.family)
    return BesideRow(
        need=f"{label}: {about}" if about else label,
        asked=_asked(gate, view, is_packet=is_packet),
        stated=_stated(gate),
        answer=gate.answer.label,
        kind=ANSWER_KINDS[gate.answer],
    )


def _asked(gate: GateResult, view: EnquiryView, *, is_packet: bool) -> str:
    words = words_of(gate)
    if gate.family in ("age_served", "age_admission", "age_span"):
        return f"{words['age']} years" if is_packet and "age" in words else age_words(view)
    if gate.family == "service":
        return f"{words['minutes']} minutes a week" if "minutes" in words else NEEDED
    said = ASKED.get(gate.family) or words.get("need") or NEEDED
    return said[0].upper() + said[1:]


def _stated(gate: GateResult) -> str:
    if gate.family == "service":
        return _service_stated(gate)
    if gate.family == "limit":
        return "Set by your program"
    words = words_of(gate)
    template = STATED.get(gate.family)
    if template is not None:
        try:
            said = template.format(**words)
        except KeyError:
            return NOT_STATED
        return said[0].upper() + said[1:]
    offer = gate.facts.get("offer")
    return (
        HAS[offer] if offer is None or isinstance(offer, bool) else str(offer).replace("_", " ").capitalize()
    )


def _service_stated(gate: GateResult) -> str:
    said = DELIVERIES.get(str(gate.facts.get("delivery")), NOT_STATED)
    most = gate.facts.get("minutes_max")
    return said if most is None else f"{said}, at most {most} minutes a week"


def _level_row(level: LevelBeside, view: EnquiryView, *, is_packet: bool) -> BesideRow:
    return BesideRow(
        need=f"Support: {area_words(level.dimension)}",
        asked=_level_asked(level, view, is_packet=is_packet),
        stated=_level_stated(level),
        answer=level.answer.label,
        kind=ANSWER_KINDS[level.answer],
    )


def _level_asked(level: LevelBeside, view: EnquiryView, *, is_packet: bool) -> str:
    if is_packet:
        return SUPPORT_LEVEL.format(levels=span(level.asked))
    band = view.support.get(Dimension(level.dimension), SupportBand.OPEN)
    return f"{band_words(band)} (level {span(level.asked)})"


def _level_stated(level: LevelBeside) -> str:
    if level.stated is None:
        return NOT_STATED
    return (INFERRED if level.inferred else SUPPORT_LEVEL).format(levels=span(level.stated))

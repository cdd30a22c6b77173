"""The copy of a profile that was sent: how it is kept, and the need profile a program can make of it."""

from collections.abc import Mapping
from typing import Any

from matching import Interval, NeedProfile
from matching.vocabulary import Dimension, PlacementType
from referral.rules.ages_told import AgesTold, read_ages
from referral.rules.answers import Answers
from referral.rules.disclosure import EnquiryView, SupportBand
from referral.rules.students import need_profile

LEVELS_OF: Mapping[SupportBand, Interval] = {
    SupportBand.LITTLE: Interval(0, 1),
    SupportBand.SOME: Interval(2, 2),
    SupportBand.MUCH: Interval(3, 4),
    SupportBand.OPEN: Interval(0, 4),
}
MONTHS = 12


def enquiry_facts(view: EnquiryView) -> dict[str, Any]:
    """An enquiry as codes, to be kept with the referral."""
    return {
        "area": view.area,
        "age_band": view.age_band and view.age_band.value,
        "placement_type": view.placement_type and view.placement_type.value,
        "support": {dimension.value: band.name for dimension, band in view.support.items()},
    }


def packet_facts(facts: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """What was sent with the packet, beside the enquiry."""
    return {**facts, "answers": answers.model_dump(mode="json", exclude_none=True)}


def enquiry_of(facts: Mapping[str, Any]) -> EnquiryView:
    """The enquiry that was kept; of a copy that was purged, nothing."""
    return EnquiryView(
        area=facts.get("area"),
        age_band=read_ages(facts.get("age_band")),
        placement_type=PlacementType(facts["placement_type"]) if facts.get("placement_type") else None,
        support={Dimension(code): SupportBand[name] for code, name in facts.get("support", {}).items()},
    )


def readable(facts: Mapping[str, Any], *, packet: bool) -> dict[str, Any]:
    """The copy as far as it may be read: the enquiry, and the packet only where that may."""
    return {name: value for name, value in facts.items() if packet or name != "answers"}


def answers_sent(facts: Mapping[str, Any]) -> Answers | None:
    """The answers that were sent with a packet; None before it."""
    return Answers.model_validate(facts["answers"]) if "answers" in facts else None


def profile_sent(facts: Mapping[str, Any], *, code: str) -> NeedProfile:
    """What a program can compare itself with: bands as intervals, the rest not known."""
    answers = answers_sent(facts)
    if answers is not None:
        return need_profile(answers, code=code, district=None, state=None, origin=None)
    view = enquiry_of(facts)
    return NeedProfile(
        code=code,
        age_months=None if view.age_band is None else _months(view.age_band),
        placement_type=view.placement_type,
        levels={dimension: LEVELS_OF[band] for dimension, band in view.support.items()},
    )


def _months(band: AgesTold) -> Interval:
    first, last = (int(end) for end in band.value.split("-"))
    return Interval(first * MONTHS, last * MONTHS + MONTHS - 1)

"""What of a profile may leave the district in an enquiry: one table, hidden unless it says otherwise.

A first, conservative version: an age band, the state, the kind of placement, and how much support is needed
in each of six areas, in three bands. Everything else stays in the district.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from matching import Interval
from matching.vocabulary import AgeBand, Dimension, PlacementType
from referral.rules.answers import Answers
from referral.rules.questions import LABELS
from referral.rules.students import age_band, levels, pruned


class Release(Enum):
    """What happens to a field when an enquiry is sent."""

    SHOW = "show"
    GENERALISE = "generalise"
    HIDE = "hide"


class SupportBand(Enum):
    """How much support is needed, as wide as it leaves the district."""

    LITTLE = "Little or none"
    SOME = "Some"
    MUCH = "Much"
    OPEN = "Not known yet"


# Every field of the profile stands here; tests/rules/test_disclosure.py proves it.
ENQUIRY: Mapping[str, Release] = {
    **dict.fromkeys(LABELS, Release.HIDE),
    "placement_type": Release.SHOW,
    # As an age band
    "age_years": Release.GENERALISE,
    # As support bands of the levels derived from them
    "expressive": Release.GENERALISE,
    "receptive": Release.GENERALISE,
    "behaviors": Release.GENERALISE,
    "health": Release.GENERALISE,
    "mobility": Release.GENERALISE,
    "lift": Release.GENERALISE,
    "hearing": Release.GENERALISE,
    "hearing_technology": Release.GENERALISE,
    "vision": Release.GENERALISE,
    "academics": Release.GENERALISE,
    "alternate_assessment": Release.GENERALISE,
    "level_corrections": Release.GENERALISE,
}


@dataclass(frozen=True)
class EnquiryView:
    """All that a program would see: nothing of a profile is released but through this value."""

    area: str | None
    age_band: AgeBand | None
    placement_type: PlacementType | None
    support: Mapping[Dimension, SupportBand]


# With a packet, under a disclosure record: the coded profile, less what only the district needs.
PACKET: Mapping[str, Release] = {
    **dict.fromkeys(LABELS, Release.SHOW),
    "home_zip": Release.HIDE,
    "ride_limit_minutes": Release.HIDE,
    "ride_limit_is_firm": Release.HIDE,
    "preferred_programs": Release.HIDE,
    "federal_category": Release.HIDE,
    "team_status": Release.HIDE,
    "team_status_on": Release.HIDE,
    "urgency": Release.HIDE,
}


def packet_answers(answers: Answers) -> Answers:
    """The answers that go with a packet."""
    hidden = [name for name, release in PACKET.items() if release is Release.HIDE]
    return pruned(answers).model_copy(update=dict.fromkeys(hidden))


def enquiry_view(answers: Answers, *, area: str | None) -> EnquiryView:
    """What a program would see of these answers; ``area`` is a region or state, never a district or town."""
    answers = pruned(answers)
    band = age_band(answers)
    released = _released(answers)
    return EnquiryView(
        area=area,
        age_band=band,
        placement_type=released.placement_type,
        support={dimension: support_band(level) for dimension, level in levels(released).items()},
    )


def support_band(level: Interval) -> SupportBand:
    """Levels 0 and 1 as little, 2 as some, 3 and 4 as much; a level across bands is not known yet."""
    bands = {_band_of(step) for step in range(level.low, level.high + 1)}
    return bands.pop() if len(bands) == 1 else SupportBand.OPEN


def hidden_labels() -> tuple[str, ...]:
    """The questions whose answers never leave the district in an enquiry."""
    return tuple(LABELS[name] for name, release in ENQUIRY.items() if release is Release.HIDE)


def _band_of(level: int) -> SupportBand:
    return SupportBand.LITTLE if level < 2 else SupportBand.SOME if level == 2 else SupportBand.MUCH


def _released(answers: Answers) -> Answers:
    """The answers without those the table hides, so that a hidden one cannot leak into a band."""
    hidden = [name for name in type(answers).model_fields if ENQUIRY[name] is Release.HIDE]
    return answers.model_copy(update=dict.fromkeys(hidden))

"""What is sent of a profile, made from the release policy: hidden unless the table says otherwise.

An enquiry holds the area, an age band, the kind of placement, and how much support is needed in up to six
areas, in three bands. A packet holds the coded answers. Everything else stays in the district.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from matching import Interval, ProgramProfile
from matching.vocabulary import Dimension, PlacementType
from referral.rules.ages_told import AgeDetail, AgesTold, ages_told
from referral.rules.answers import Answers
from referral.rules.meter import Area, Places, Step
from referral.rules.questions import LABELS
from referral.rules.release_lines import Release, Stage
from referral.rules.release_policy import answers_with
from referral.rules.students import levels, pruned
from referral.wording.places import STATE_NAMES


class SupportBand(Enum):
    """How much support is needed, as wide as it leaves the district."""

    LITTLE = "Little or none"
    SOME = "Some"
    MUCH = "Much"
    OPEN = "Not known yet"


@dataclass(frozen=True)
class EnquiryView:
    """All that a program would see: nothing of a profile is released but through this value."""

    area: str | None
    age_band: AgesTold | None
    placement_type: PlacementType | None
    support: Mapping[Dimension, SupportBand]


@dataclass(frozen=True)
class Stated:
    """What a program states that an inner field is compared with; the rest is not sent to it."""

    dimensions: frozenset[Dimension] = frozenset(Dimension)
    placement_types: bool = True


EVERYTHING = Stated()
NOTHING = Stated(frozenset(), placement_types=False)


def stated_by(program: ProgramProfile) -> Stated:
    """What a program states: its kinds, and levels of support, published or read out of its description."""
    return Stated(frozenset(program.levels), program.placement_types is not None)


def enquiry_at(answers: Answers, step: Step, places: Places, stated: Stated = EVERYTHING) -> EnquiryView:
    """The enquiry at a step of the meter's ladder, to a program that states these things."""
    area = places.region if step.area is Area.REGION else STATE_NAMES.get(places.state)
    return enquiry_view(answers, area=area, ages=step.ages, stated=stated)


def enquiry_view(
    answers: Answers, *, area: str | None, ages: AgeDetail = AgeDetail.BAND, stated: Stated = EVERYTHING
) -> EnquiryView:
    """What a program would see of these answers; ``area`` is a region or state, never a district or town."""
    told = _told(pruned(answers), Stage.ENQUIRY)
    return EnquiryView(
        area=area,
        age_band=ages_told(told, ages),
        placement_type=told.placement_type if stated.placement_types else None,
        support={
            dimension: support_band(level)
            for dimension, level in levels(told).items()
            if dimension in stated.dimensions
        },
    )


def packet_answers(answers: Answers) -> Answers:
    """The answers that go with a packet."""
    return _told(pruned(answers), Stage.PACKET)


def support_band(level: Interval) -> SupportBand:
    """Levels 0 and 1 as little, 2 as some, 3 and 4 as much; a level across bands is not known yet."""
    bands = {_band_of(step) for step in range(level.low, level.high + 1)}
    return bands.pop() if len(bands) == 1 else SupportBand.OPEN


def hidden_labels() -> tuple[str, ...]:
    """The questions whose answers never leave the district in an enquiry, in the order they are asked."""
    hidden = frozenset(answers_with(Release.HIDE, Stage.ENQUIRY))
    return tuple(label for name, label in LABELS.items() if name in hidden)


def _band_of(level: int) -> SupportBand:
    return SupportBand.LITTLE if level < 2 else SupportBand.SOME if level == 2 else SupportBand.MUCH


def _told(answers: Answers, stage: Stage) -> Answers:
    """The answers without those the table hides, or does not know, so that none can leak into a band."""
    told = {*answers_with(Release.SHOW, stage), *answers_with(Release.GENERALISE, stage)}
    return answers.model_copy(update=dict.fromkeys(frozenset(type(answers).model_fields) - told))

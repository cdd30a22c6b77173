"""The levels derived from intake answers: the table of the method, and ranges where answers are open."""

from itertools import product

import pytest

from matching import Interval
from matching.vocabulary import (
    BEHAVIOR_LEVELS,
    LEVEL_LABELS,
    Academics,
    BehaviorType,
    CommunicationMode,
    Dimension,
    Frequency,
    HealthLevel,
    Hearing,
    HearingTechnology,
    Intensity,
    Lift,
    Mobility,
    Vision,
    academic_level,
    behavior_level,
    communication_level,
    medical_level,
    mobility_level,
    sensory_level,
)

SPEECH, ASL, DEVICE = CommunicationMode.SPEECH, CommunicationMode.ASL, CommunicationMode.AAC_DEVICE
AID = [HearingTechnology.AID]


@pytest.mark.parametrize(
    ("modes", "level"),
    [
        ([SPEECH], (0, 0)),
        ([CommunicationMode.EMERGING_SPEECH], (1, 1)),
        ([CommunicationMode.GESTURES], (1, 1)),
        ([SPEECH, DEVICE], (2, 2)),
        ([DEVICE], (3, 3)),
        ([SPEECH, ASL], (3, 3)),
        ([CommunicationMode.OBJECT_CUES, SPEECH], (4, 4)),
        ([], (0, 4)),
        (None, (0, 4)),
    ],
)
def test_communication_takes_its_level_from_all_modes(modes, level):
    assert communication_level(modes) == level


@pytest.mark.parametrize(
    ("frequency", "intensity", "level"),
    [
        (Frequency.NEVER, Intensity.EMERGENCY, 0),
        (Frequency.MONTHLY, Intensity.INJURY, 2),
        (Frequency.WEEKLY, Intensity.MODERATE, 2),
        (Frequency.WEEKLY, Intensity.EMERGENCY, 4),
        (Frequency.DAILY, Intensity.LOW, 2),
        (Frequency.HOURLY, Intensity.MODERATE, 3),
    ],
)
def test_behavior_takes_its_level_from_the_printed_table(frequency, intensity, level):
    answers = dict.fromkeys(BehaviorType, (Frequency.NEVER, None)) | {
        BehaviorType.ELOPEMENT: (frequency, intensity)
    }

    assert behavior_level(answers) == (level, level)


def test_behavior_is_open_upwards_while_a_type_is_not_answered():
    assert behavior_level({BehaviorType.AGGRESSION: (Frequency.WEEKLY, Intensity.MODERATE)}) == (2, 4)
    assert behavior_level({}) == behavior_level(None) == (0, 4)


def test_behavior_without_intensity_spans_its_row_of_the_table():
    answers = dict.fromkeys(BehaviorType, (Frequency.NEVER, None)) | {
        BehaviorType.PROPERTY: (Frequency.MONTHLY, None)
    }

    assert behavior_level(answers) == (1, 3)


def test_the_behavior_table_rises_with_frequency_and_intensity():
    rows = [BEHAVIOR_LEVELS[frequency] for frequency in Frequency]

    assert all(list(row) == sorted(row) for row in rows)
    assert all(list(column) == sorted(column) for column in zip(*rows, strict=True))


def test_health_care_is_its_place_in_the_list():
    assert [medical_level(level).low for level in HealthLevel] == [0, 1, 2, 3, 4]
    assert medical_level(None) == (0, 4)


@pytest.mark.parametrize(
    ("mobility", "lift", "level"),
    [
        (Mobility.WALKS, None, (0, 0)),
        (Mobility.AIDS, Lift.NONE, (1, 1)),
        (Mobility.MANUAL_CHAIR, Lift.NONE, (2, 2)),
        (Mobility.MANUAL_CHAIR, Lift.ONE, (3, 3)),
        (Mobility.MANUAL_CHAIR, None, (2, 4)),
        (Mobility.POWER_CHAIR, Lift.TWO, (4, 4)),
        (None, Lift.ONE, (3, 3)),
        (None, None, (0, 4)),
    ],
)
def test_mobility_is_the_larger_of_chair_and_lift(mobility, lift, level):
    assert mobility_level(mobility, lift) == level


@pytest.mark.parametrize(
    ("hearing", "technology", "vision", "level"),
    [
        (Hearing.TYPICAL, [], Vision.TYPICAL, (0, 0)),
        (Hearing.TYPICAL, [], Vision.CORRECTED, (1, 1)),
        (Hearing.MILD, AID, Vision.TYPICAL, (1, 1)),
        (Hearing.MILD, [], Vision.TYPICAL, (2, 2)),
        (Hearing.MILD, None, Vision.TYPICAL, (1, 2)),
        (Hearing.PROFOUND, AID, Vision.TYPICAL, (3, 3)),
        (Hearing.TYPICAL, None, Vision.BLIND, (3, 3)),
        (Hearing.MODERATE, [], Vision.CVI, (4, 4)),
        (Hearing.PROFOUND, None, None, (3, 4)),
        (None, None, Vision.TYPICAL, (0, 3)),
        (None, None, None, (0, 4)),
    ],
)
def test_the_senses_count_together(hearing, technology, vision, level):
    assert sensory_level(hearing, technology, vision) == level


@pytest.mark.parametrize(
    ("academics", "alternate", "level"),
    [
        (Academics.AVERAGE, False, (0, 0)),
        (Academics.BELOW, None, (1, 1)),
        (Academics.SIGNIFICANTLY_BELOW, None, (2, 3)),
        (Academics.SIGNIFICANTLY_BELOW, True, (3, 3)),
        (Academics.FUNCTIONAL, False, (4, 4)),
        (None, True, (3, 4)),
        (None, False, (0, 2)),
        (None, None, (0, 4)),
    ],
)
def test_an_alternate_assessment_makes_academics_at_least_three(academics, alternate, level):
    assert academic_level(academics, alternate) == level


def _inside(narrow: Interval, wide: Interval) -> bool:
    return wide.low <= narrow.low <= narrow.high <= wide.high


@pytest.mark.parametrize(("mobility", "lift"), list(product([None, *Mobility], [None, *Lift])))
def test_an_answer_about_mobility_stays_within_the_range_shown_before(mobility, lift):
    if mobility not in (Mobility.WALKS, Mobility.AIDS):  # walking presumes no lift
        assert _inside(mobility_level(mobility, lift), mobility_level(mobility, None))
    assert _inside(mobility_level(mobility, lift), mobility_level(None, lift))


@pytest.mark.parametrize(
    ("hearing", "technology", "vision"), list(product([None, *Hearing], [None, [], AID], [None, *Vision]))
)
def test_an_answer_about_the_senses_stays_within_the_range_shown_before(hearing, technology, vision):
    level = sensory_level(hearing, technology, vision)

    assert _inside(level, sensory_level(None, technology, vision))
    assert _inside(level, sensory_level(hearing, None, vision))
    assert _inside(level, sensory_level(hearing, technology, None))


def test_every_dimension_has_words_for_its_five_levels():
    assert set(LEVEL_LABELS) == set(Dimension)
    assert all(len(set(labels)) == 5 and all(labels) for labels in LEVEL_LABELS.values())

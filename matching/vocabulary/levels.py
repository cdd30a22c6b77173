"""The levels 0 to 4 of the six dimensions, derived from the answers of an intake form.

Each function gives an :class:`~matching.intervals.Interval`: a point where the answers settle it, a range
where something is not known yet. Source of the scale: the method's table of levels (policy, to be confirmed
by special education directors).
"""

from collections.abc import Collection, Mapping

from matching.intervals import UNKNOWN_LEVEL, Interval
from matching.vocabulary.needs import (
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
)
from matching.vocabulary.student import Academics

# Frequency (rows) by intensity (columns low, moderate, injury, emergency) -> level.
BEHAVIOR_LEVELS: Mapping[Frequency, tuple[int, int, int, int]] = {
    Frequency.NEVER: (0, 0, 0, 0),
    Frequency.MONTHLY: (1, 1, 2, 3),
    Frequency.WEEKLY: (1, 2, 3, 4),
    Frequency.DAILY: (2, 3, 4, 4),
    Frequency.HOURLY: (2, 3, 4, 4),
}

# The words of the six scales, level 0 to 4. Behavior words sum up the table above.
LEVEL_LABELS: Mapping[Dimension, tuple[str, str, str, str, str]] = {
    Dimension.COMMUNICATION: (
        "Fluent speech",
        "Emerging speech or gestures",
        "AAC as support",
        "Sign or AAC as main means",
        "Tactile sign or object cues",
    ),
    Dimension.BEHAVIOR: (
        "None in the last 90 days",
        "Now and then, redirected with words",
        "Often or with an adult beside the student",
        "Daily with an adult, or injury every week",
        "Injury every day, or emergencies every week",
    ),
    Dimension.MEDICAL: (
        "No health care needed",
        "Medication or a health plan",
        "A nurse in the building",
        "A nurse in the room",
        "A one-to-one nurse",
    ),
    Dimension.MOBILITY: (
        "Walks without help",
        "Walks with aids",
        "Manual wheelchair",
        "Power wheelchair or a lift by one person",
        "A lift by two people",
    ),
    Dimension.SENSORY: (
        "No loss",
        "Corrected by glasses or devices",
        "Partial loss in one sense",
        "Deaf or blind",
        "Loss in both senses",
    ),
    Dimension.ACADEMIC: (
        "Average or above",
        "Below average",
        "Significantly below average",
        "Alternate assessment",
        "Functional skills only",
    ),
}

SIGN = frozenset({CommunicationMode.ASL, CommunicationMode.SIGNED_ENGLISH})
TOUCH = frozenset({CommunicationMode.TACTILE_SIGN, CommunicationMode.OBJECT_CUES})
AAC = frozenset({CommunicationMode.AAC_DEVICE, CommunicationMode.AAC_PICTURES, CommunicationMode.SWITCH})
PARTIAL = 2
_HEARING_DEGREE = {
    Hearing.TYPICAL: 0,
    Hearing.MILD: 2,
    Hearing.MODERATE: 2,
    Hearing.SEVERE: 3,
    Hearing.PROFOUND: 3,
}
_VISION_DEGREE = {
    Vision.TYPICAL: 0,
    Vision.CORRECTED: 1,
    Vision.LOW: 2,
    Vision.CVI: 2,
    Vision.LEGALLY_BLIND: 3,
    Vision.BLIND: 3,
}
_MOBILITY_LEVEL = {Mobility.WALKS: 0, Mobility.AIDS: 1, Mobility.MANUAL_CHAIR: 2, Mobility.POWER_CHAIR: 3}
_LIFT_LEVEL = {Lift.NONE: 0, Lift.ONE: 3, Lift.TWO: 4}
_ACADEMIC_LEVEL = {
    Academics.AVERAGE: 0,
    Academics.BELOW: 1,
    Academics.SIGNIFICANTLY_BELOW: 2,
    Academics.FUNCTIONAL: 4,
}


def communication_level(modes: Collection[CommunicationMode] | None) -> Interval:
    """Level from all ways of expressing and understanding: touch 4, sign or AAC alone 3, with speech 2."""
    if not modes:
        return UNKNOWN_LEVEL
    used = frozenset(modes)
    speaks = CommunicationMode.SPEECH in used
    if used & TOUCH:
        return Interval(4, 4)
    if used & SIGN or (used & AAC and not speaks):
        return Interval(3, 3)
    if used & AAC:
        return Interval(2, 2)
    return Interval(0, 0) if speaks else Interval(1, 1)


def behavior_level(
    behaviors: Mapping[BehaviorType, tuple[Frequency, Intensity | None]] | None,
) -> Interval:
    """Level of the most serious type; types not answered, or without intensity, leave a range."""
    if not behaviors:
        return UNKNOWN_LEVEL
    spans = [_one_behavior(*answer) for answer in behaviors.values()]
    low = max(span.low for span in spans)
    settled = len(behaviors) == len(BehaviorType)
    return Interval(low, max(span.high for span in spans) if settled else 4)


def _one_behavior(frequency: Frequency, intensity: Intensity | None) -> Interval:
    row = BEHAVIOR_LEVELS[frequency]
    if intensity is None:
        return Interval(row[0], row[-1])
    level = row[list(Intensity).index(intensity)]
    return Interval(level, level)


def medical_level(health: HealthLevel | None) -> Interval:
    """Level of health care: the place of the answer in its list."""
    if health is None:
        return UNKNOWN_LEVEL
    level = list(HealthLevel).index(health)
    return Interval(level, level)


def mobility_level(mobility: Mobility | None, lift: Lift | None) -> Interval:
    """Level of mobility; someone who walks is taken to need no lift unless one is recorded."""
    bases = _MOBILITY_LEVEL.values() if mobility is None else (_MOBILITY_LEVEL[mobility],)
    walks = mobility in (Mobility.WALKS, Mobility.AIDS)
    lifts = (0,) if lift is None and walks else _LIFT_LEVEL.values() if lift is None else (_LIFT_LEVEL[lift],)
    levels = [max(base, lifted) for base in bases for lifted in lifts]
    return Interval(min(levels), max(levels))


def sensory_level(
    hearing: Hearing | None, technology: Collection[HearingTechnology] | None, vision: Vision | None
) -> Interval:
    """Level of the senses: 1 corrected, 2 partial in one sense, 3 deaf or blind, 4 both senses.

    A partial loss of hearing counts as corrected with devices; while those are not known it may be either.
    """
    hears = range(4) if hearing is None else _hearing_degrees(hearing, technology)
    sees = range(4) if vision is None else (_VISION_DEGREE[vision],)
    levels = [4 if min(ear, eye) >= 2 else max(ear, eye) for ear in hears for eye in sees]
    return Interval(min(levels), max(levels))


def _hearing_degrees(hearing: Hearing, technology: Collection[HearingTechnology] | None) -> tuple[int, ...]:
    degree = _HEARING_DEGREE[hearing]
    if degree != PARTIAL or technology is not None:
        return (1 if degree == PARTIAL and technology else degree,)
    return (1, PARTIAL)


def academic_level(academics: Academics | None, alternate_assessment: bool | None) -> Interval:
    """Level of academics; an alternate assessment makes it at least 3.

    Presumed while it is not known: none for a student at or just below average; and without one,
    no curriculum of functional skills only.
    """
    if academics is None:
        return (
            Interval(3, 4) if alternate_assessment else Interval(0, 4 if alternate_assessment is None else 2)
        )
    level = _ACADEMIC_LEVEL[academics]
    if alternate_assessment:
        return Interval(max(level, 3), max(level, 3))
    may_be_alternate = alternate_assessment is None and level == 2
    return Interval(level, 3 if may_be_alternate else level)

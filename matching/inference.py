"""Levels read out of a published description: populations, services and communication modes.

One table, marked *inferred* wherever it is used: an inferred level feeds value and adequacy and never passes
or fails a gate. The ranges are our reading of what programs for a population describe (2026-11-22, to be
confirmed by special education directors); a program's staff replace them by filling in their profile.
"""

from collections.abc import Collection, Mapping

from matching.intervals import Interval
from matching.vocabulary import CommunicationMode, Dimension, Population, Service

_DIMENSIONS = tuple(Dimension)

# In the order of Dimension: the range that a program for this population supports.
POPULATION_LEVELS: Mapping[Population, tuple[tuple[int, int], ...]] = {
    Population.AUTISM: ((1, 3), (1, 3), (0, 2), (0, 1), (0, 1), (1, 4)),
    Population.COMMUNICATION: ((1, 2), (0, 1), (0, 1), (0, 1), (0, 1), (0, 2)),
    Population.DEVELOPMENTAL_DELAY: ((1, 2), (0, 2), (0, 2), (0, 2), (0, 1), (1, 3)),
    Population.EMOTIONAL: ((0, 1), (2, 4), (0, 2), (0, 1), (0, 1), (0, 2)),
    Population.HEALTH: ((0, 2), (0, 2), (1, 3), (0, 2), (0, 1), (0, 3)),
    Population.INTELLECTUAL: ((1, 2), (0, 2), (0, 2), (0, 2), (0, 1), (3, 4)),
    Population.MULTIPLE: ((1, 3), (0, 2), (1, 3), (2, 4), (1, 3), (3, 4)),
    Population.NEUROLOGICAL: ((0, 2), (0, 2), (1, 2), (0, 2), (0, 1), (1, 3)),
    Population.PHYSICAL: ((0, 2), (0, 1), (1, 3), (2, 4), (0, 1), (0, 3)),
    Population.SPECIFIC_LEARNING: ((0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (1, 2)),
    Population.HEARING: ((2, 3), (0, 1), (0, 1), (0, 1), (3, 3), (0, 2)),
    Population.VISION: ((0, 1), (0, 1), (0, 1), (1, 1), (3, 3), (0, 3)),
    Population.DEAFBLIND: ((3, 4), (0, 2), (0, 3), (1, 2), (4, 4), (1, 4)),
    Population.SUBSTANCE_USE: ((0, 1), (1, 3), (0, 1), (0, 1), (0, 1), (0, 1)),
}

# What a listed service or mode adds on one dimension.
SERVICE_LEVELS: Mapping[Service, tuple[Dimension, Interval]] = {
    Service.NURSING: (Dimension.MEDICAL, Interval(2, 3)),
    Service.BEHAVIOR_ANALYST: (Dimension.BEHAVIOR, Interval(2, 3)),
    Service.PHYSICAL: (Dimension.MOBILITY, Interval(1, 3)),
    Service.VISION: (Dimension.SENSORY, Interval(2, 3)),
    Service.ORIENTATION_MOBILITY: (Dimension.SENSORY, Interval(2, 3)),
    Service.HEARING: (Dimension.SENSORY, Interval(2, 3)),
    Service.INTERPRETING: (Dimension.COMMUNICATION, Interval(3, 3)),
}
MODE_LEVELS: Mapping[CommunicationMode, Interval] = {
    CommunicationMode.AAC_PICTURES: Interval(2, 3),
    CommunicationMode.AAC_DEVICE: Interval(2, 3),
    CommunicationMode.SWITCH: Interval(2, 3),
    CommunicationMode.ASL: Interval(3, 3),
    CommunicationMode.SIGNED_ENGLISH: Interval(3, 3),
    CommunicationMode.TACTILE_SIGN: Interval(4, 4),
    CommunicationMode.OBJECT_CUES: Interval(4, 4),
}


def inferred_levels(
    *,
    populations: Collection[Population] | None,
    services: Collection[Service] = (),
    modes: Collection[CommunicationMode] = (),
) -> dict[Dimension, Interval]:
    """The range per dimension that a description suggests; a dimension it says nothing of is absent.

    Several populations, services and modes widen upwards: a program supports the highest of them.
    """
    found: dict[Dimension, list[Interval]] = {}
    for population in populations or ():
        for dimension, ends in zip(_DIMENSIONS, POPULATION_LEVELS[population], strict=True):
            found.setdefault(dimension, []).append(Interval(*ends))
    for service in services:
        if service in SERVICE_LEVELS:
            dimension, level = SERVICE_LEVELS[service]
            found.setdefault(dimension, []).append(level)
    for mode in modes:
        if mode in MODE_LEVELS:
            found.setdefault(Dimension.COMMUNICATION, []).append(MODE_LEVELS[mode])
    return {dimension: _highest(levels) for dimension, levels in found.items()}


def _highest(levels: list[Interval]) -> Interval:
    return Interval(max(level.low for level in levels), max(level.high for level in levels))

"""Levels read out of a published description."""

from matching import inferred_levels
from matching.inference import POPULATION_LEVELS
from matching.vocabulary import CommunicationMode, Dimension, Population, Service


def test_nothing_said_infers_nothing():
    assert inferred_levels(populations=None) == {}
    assert inferred_levels(populations=[], services=[Service.SPEECH], modes=[CommunicationMode.SPEECH]) == {}


def test_a_population_gives_a_range_on_every_dimension():
    levels = inferred_levels(populations=[Population.EMOTIONAL])

    assert set(levels) == set(Dimension)
    assert levels[Dimension.BEHAVIOR] == (2, 4)


def test_several_populations_widen_upwards():
    levels = inferred_levels(populations=[Population.SPECIFIC_LEARNING, Population.MULTIPLE])

    assert levels[Dimension.MOBILITY] == (2, 4)
    assert levels[Dimension.ACADEMIC] == (3, 4)


def test_a_listed_service_or_mode_adds_to_its_dimension_only():
    levels = inferred_levels(
        populations=None, services=[Service.NURSING], modes=[CommunicationMode.TACTILE_SIGN]
    )

    assert levels == {Dimension.MEDICAL: (2, 3), Dimension.COMMUNICATION: (4, 4)}


def test_the_table_covers_every_population_within_the_scale():
    assert set(POPULATION_LEVELS) == set(Population)
    for row in POPULATION_LEVELS.values():
        assert len(row) == len(Dimension)
        assert all(0 <= low <= high <= 4 for low, high in row)

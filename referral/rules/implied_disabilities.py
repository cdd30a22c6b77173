"""The disability that a student's needs give away, whatever the label says."""

from collections.abc import Mapping

from matching.vocabulary import (
    CommunicationMode,
    Dimension,
    FederalCategory,
    Hearing,
    StateCategory,
    Vision,
    sensory_level,
)
from referral.rules import child_counts
from referral.rules.answers import Answers
from referral.rules.students import BRAILLE

BOTH_SENSES = 4
# What a state's label is counted as; the needs come first.
COUNTED_AS: Mapping[StateCategory, FederalCategory] = {
    StateCategory.AUTISM: FederalCategory.AUTISM,
    StateCategory.COMMUNICATION: FederalCategory.SPEECH,
    StateCategory.DEVELOPMENTAL_DELAY: FederalCategory.DEVELOPMENTAL_DELAY,
    StateCategory.EMOTIONAL: FederalCategory.EMOTIONAL,
    StateCategory.HEALTH: FederalCategory.HEALTH,
    StateCategory.INTELLECTUAL: FederalCategory.INTELLECTUAL,
    StateCategory.MULTIPLE: FederalCategory.MULTIPLE,
    StateCategory.NEUROLOGICAL: FederalCategory.BRAIN_INJURY,
    StateCategory.PHYSICAL: FederalCategory.ORTHOPEDIC,
    StateCategory.SPECIFIC_LEARNING: FederalCategory.SPECIFIC_LEARNING,
    StateCategory.HEARING: FederalCategory.HEARING,
    StateCategory.VISION: FederalCategory.VISUAL,
    StateCategory.DEAFBLIND: FederalCategory.DEAFBLINDNESS,
}
DEAF = frozenset({Hearing.SEVERE, Hearing.PROFOUND})
BLIND = frozenset({Vision.LEGALLY_BLIND, Vision.BLIND})


def implied_disability(answers: Answers) -> str:
    """The disability that the needs give away; all disabilities where nothing is told.

    Most deaf-blind children carry another label, so tactile sign, an intervener, a need in both senses, or
    the labels of both counts as deaf-blindness.
    """
    if _implies_deafblind(answers):
        return FederalCategory.DEAFBLINDNESS.value
    if answers.hearing in DEAF or (answers.hearing is None and CommunicationMode.ASL in _modes(answers)):
        return FederalCategory.HEARING.value
    if answers.vision in BLIND or BRAILLE & {*(answers.reading_media or ())}:
        return FederalCategory.VISUAL.value
    if answers.primary_category is not None:
        return COUNTED_AS[answers.primary_category].value
    return child_counts.ALL


def is_identifying(answers: Answers) -> bool:
    """Whether a need by itself points to very few children: tactile sign or an intervener."""
    return CommunicationMode.TACTILE_SIGN in _modes(answers) or answers.intervener is True


def _implies_deafblind(answers: Answers) -> bool:
    labels = {answers.primary_category, *(answers.other_categories or ())}
    both_labels = StateCategory.DEAFBLIND in labels or labels >= {StateCategory.HEARING, StateCategory.VISION}
    return is_identifying(answers) or both_labels or _both_senses(answers)


def _both_senses(answers: Answers) -> bool:
    corrected = (answers.level_corrections or {}).get(Dimension.SENSORY)
    derived = sensory_level(answers.hearing, answers.hearing_technology, answers.vision).low
    return derived >= BOTH_SENSES or (corrected is not None and corrected.level >= BOTH_SENSES)


def _modes(answers: Answers) -> frozenset[CommunicationMode]:
    return frozenset((*(answers.expressive or ()), *(answers.receptive or ())))

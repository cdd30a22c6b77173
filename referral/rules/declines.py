"""Coded reasons for a decline, and which of them a program's own published facts contradict."""

from collections.abc import Iterable, Mapping
from enum import Enum

from matching.results import GateResult
from matching.vocabulary import Answer


class DeclineReason(Enum):
    """Why a program declines a referral."""

    PROFILE = "profile"
    AGE_BAND = "age_band"
    NO_SEAT = "no_seat"
    NO_PEER_GROUP = "no_peer_group"
    STAFFING = "staffing"
    MEDICAL_LEVEL = "medical_level"
    BEHAVIOR = "behavior"
    DISTANCE = "distance"
    RECORDS_INCOMPLETE = "records_incomplete"
    FAMILY_CHOSE_OTHERWISE = "family_chose_otherwise"
    OTHER = "other"


# The gates that a reason speaks of; a program that passes all of them contradicts itself.
SPEAKS_OF: Mapping[DeclineReason, frozenset[str]] = {
    DeclineReason.AGE_BAND: frozenset({"age_served", "age_admission", "grade_served"}),
    DeclineReason.STAFFING: frozenset({"one_to_one"}),
    DeclineReason.MEDICAL_LEVEL: frozenset({"health_level"}),
    DeclineReason.BEHAVIOR: frozenset({"behavior_level"}),
}


def contradictions(
    reason: DeclineReason, gates: Iterable[GateResult], *, seats_open: int | None
) -> tuple[str, ...]:
    """Codes of the program's own facts that say otherwise: gates it passes, or ``seats_open``."""
    if reason is DeclineReason.NO_SEAT:
        return ("seats_open",) if seats_open else ()
    spoken_of = [gate for gate in gates if gate.family in SPEAKS_OF.get(reason, frozenset())]
    if any(gate.answer is not Answer.YES for gate in spoken_of):
        return ()
    return tuple(gate.code for gate in spoken_of)

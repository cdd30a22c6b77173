"""Placewell's matching library: need profiles and program profiles in, explained rankings out.

A pure library: no web framework, no database, no clock, no files. Dates and seeds are passed in.
"""

from matching.catalogue import Catalogue
from matching.columns import Students
from matching.draws import Draws, draws_of
from matching.exceptions import InvalidPolicy, InvalidProfile, MatchingError
from matching.inference import inferred_levels
from matching.intervals import UNKNOWN_LEVEL, UNKNOWN_VALUE, Interval
from matching.many import TopPrograms, rank_many
from matching.policy import Choice, Policy, Reimbursement, StateLimit, TransportRate
from matching.policy_2026_1 import POLICY_2026_1, with_example_transport
from matching.profiles import (
    NO_RATIO_LIMIT,
    Membership,
    NeedProfile,
    Opening,
    Operator,
    Place,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Site,
    Wish,
)
from matching.ranking import count_verdicts, rank_programs
from matching.results import RankedProgram, Ranking
from matching.workers import IN_LINE, Workers, processes, threads

__all__ = [
    "IN_LINE",
    "NO_RATIO_LIMIT",
    "POLICY_2026_1",
    "UNKNOWN_LEVEL",
    "UNKNOWN_VALUE",
    "Catalogue",
    "Choice",
    "Draws",
    "Interval",
    "InvalidPolicy",
    "InvalidProfile",
    "MatchingError",
    "Membership",
    "NeedProfile",
    "Opening",
    "Operator",
    "Place",
    "Policy",
    "Price",
    "ProgramProfile",
    "RankedProgram",
    "Ranking",
    "Reimbursement",
    "Room",
    "Seats",
    "ServiceNeed",
    "ServiceOffer",
    "Site",
    "StateLimit",
    "Students",
    "TopPrograms",
    "TransportRate",
    "Wish",
    "Workers",
    "count_verdicts",
    "draws_of",
    "inferred_levels",
    "processes",
    "rank_many",
    "rank_programs",
    "threads",
    "with_example_transport",
]

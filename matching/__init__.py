"""Placewell's matching library: need profiles and program profiles in, explained rankings out.

A pure library: no web framework, no database, no clock, no files. Dates and seeds are passed in.
"""

from matching.exceptions import InvalidPolicy, InvalidProfile, MatchingError
from matching.inference import inferred_levels
from matching.intervals import UNKNOWN_LEVEL, UNKNOWN_VALUE, Interval
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

__all__ = [
    "NO_RATIO_LIMIT",
    "UNKNOWN_LEVEL",
    "UNKNOWN_VALUE",
    "Interval",
    "InvalidPolicy",
    "InvalidProfile",
    "MatchingError",
    "Membership",
    "NeedProfile",
    "Opening",
    "Operator",
    "Place",
    "Price",
    "ProgramProfile",
    "Room",
    "Seats",
    "ServiceNeed",
    "ServiceOffer",
    "Site",
    "Wish",
    "inferred_levels",
]

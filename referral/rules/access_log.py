"""What stands in a student's log of access: who released, who received, when, which parts, and what for.

Source: 603 CMR 23.07(1), the log of access of a student record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from referral.rules.referrals import Verb


class Part(Enum):
    """A part of the record to which somebody outside the district obtained access."""

    ENQUIRY = "enquiry"
    PACKET = "packet"
    DOCUMENT = "document"


RELEASES: Mapping[Verb, Part] = {Verb.APPROVE: Part.ENQUIRY, Verb.DISCLOSE: Part.PACKET}


@dataclass(frozen=True)
class Person:
    """Somebody in the log: a name and a position; of somebody outside also the affiliation."""

    name: str | None
    position: str | None
    affiliation: str | None = None


@dataclass(frozen=True)
class Basis:
    """What a packet was sent under."""

    signer: str | None
    authority: str | None
    signed_on: date
    expires_on: date


@dataclass(frozen=True)
class Release:
    """That a part left the district for a program."""

    at: datetime
    referral_ref: str
    part: Part
    by: Person
    basis: Basis | None = None


@dataclass(frozen=True)
class Access:
    """One line of the log: a part that was sent, or was read by a person."""

    at: datetime
    referral_ref: str
    program: str
    part: Part
    released_by: Person | None
    received_by: Person
    basis: Basis | None = None
    was_read: bool = False
    document_kind: str | None = None


@dataclass(frozen=True)
class Opening:
    """That somebody of the district opened the record."""

    at: datetime
    by: Person
    with_name: bool


def release_before(
    releases: Sequence[Release], referral_ref: str, part: Part, at: datetime
) -> Release | None:
    """The release under which somebody could read a part then; a document went with the packet."""
    wanted = Part.PACKET if part is Part.DOCUMENT else part
    found = [
        one for one in releases if one.referral_ref == referral_ref and one.part is wanted and one.at <= at
    ]
    return max(found, key=lambda one: one.at, default=None)


def openings_by_day(
    openings: Sequence[Opening], day_of: Mapping[datetime, date]
) -> list[tuple[date, Opening, int]]:
    """Openings by person and day with how many there were, the newest first."""
    counted: dict[tuple[date, Person, bool], list[Opening]] = {}
    for one in openings:
        counted.setdefault((day_of[one.at], one.by, one.with_name), []).append(one)
    found = [(key[0], ones[-1], len(ones)) for key, ones in counted.items()]
    return sorted(found, key=lambda line: line[1].at, reverse=True)

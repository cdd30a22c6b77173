"""The operations of the API, as one table: the OpenAPI document, the help page and the tests read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from referral.formats import api_documents as documents
from referral.rules.permissions import Permission

PREFIX = "/api/v1"
IDEMPOTENCY_KEY = r"^[A-Za-z0-9_-]{1,64}$"
VERSION_TAG = r'^"[0-9]{1,9}"$'
PATH_WORDS: Mapping[str, tuple[str, str]] = {
    "slug": ("The key of a program.", "a-program"),
    "key": ("The key of a room.", "a-room"),
    "ref": ("The code of a referral.", "F-0000000000"),
}


@dataclass(frozen=True)
class Operation:
    """What can be asked or done at an address.

    ``asked`` are the parameters of the address, ``sent`` the body. An operation that is ``matched`` needs
    If-Match; one that is ``keyed`` takes an Idempotency-Key; one that is ``tagged`` answers with an ETag.
    """

    name: str
    method: str
    path: str
    summary: str
    permission: Permission
    answer: type[BaseModel]
    asked: type[BaseModel] | None = None
    sent: type[BaseModel] | None = None
    matched: bool = False
    keyed: bool = False
    tagged: bool = False
    conflicts: bool = False


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "document",
        "GET",
        "/openapi.json",
        "This document. No token is needed.",
        Permission.PUBLIC,
        documents.DocumentAnswer,
    ),
    Operation(
        "programs",
        "GET",
        "/programs",
        "Programs of the directory, narrowed, sorted and a page at a time.",
        Permission.DIRECTORY_READ,
        documents.ProgramsAnswer,
        asked=documents.ProgramsAsked,
        tagged=True,
    ),
    Operation(
        "program",
        "GET",
        "/programs/{slug}",
        "One program: rooms, seats, prices and the sources of each fact.",
        Permission.DIRECTORY_READ,
        documents.ProgramAnswer,
        tagged=True,
    ),
    Operation(
        "seats",
        "GET",
        "/programs/{slug}/rooms/{key}/seats",
        "The seats of a room of one's own, with the version to send back in If-Match.",
        Permission.SEATS_UPDATE,
        documents.SeatsAnswer,
        tagged=True,
    ),
    Operation(
        "update_seats",
        "PUT",
        "/programs/{slug}/rooms/{key}/seats",
        "Replace all numbers of a room of one's own. They count as confirmed today.",
        Permission.SEATS_UPDATE,
        documents.SeatsAnswer,
        sent=documents.SeatsSent,
        matched=True,
        keyed=True,
        tagged=True,
    ),
    Operation(
        "confirm_seats",
        "POST",
        "/programs/{slug}/seats/confirm",
        "Say of rooms of one's own that their seats are still right.",
        Permission.SEATS_UPDATE,
        documents.ConfirmedAnswer,
        sent=documents.ConfirmSent,
        keyed=True,
        conflicts=True,
    ),
    Operation(
        "referrals",
        "GET",
        "/referrals",
        "Referrals of one's own district, or those sent to one's own collaborative; the newest first.",
        Permission.REFERRAL_READ,
        documents.ReferralsAnswer,
        asked=documents.ReferralsAsked,
    ),
    Operation(
        "referral",
        "GET",
        "/referrals/{ref}",
        "One referral with its moves.",
        Permission.REFERRAL_READ,
        documents.ReferralAnswer,
    ),
)

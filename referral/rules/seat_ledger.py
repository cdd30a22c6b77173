"""What referrals claim of a room, and whether a room's numbers, its ledger and its referrals agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from referral.errors import FieldProblem, InvalidInput
from referral.rules.seats import SeatNumbers


@dataclass(frozen=True)
class Claims:
    """Seats of a room that live referrals hold for a student, or that a student placed here fills."""

    held: int = 0
    enrolled: int = 0


NO_CLAIMS = Claims()


@dataclass(frozen=True)
class Counts:
    """Licensed, enrolled and held seats; zero where none were entered."""

    licensed: int = 0
    enrolled: int = 0
    held: int = 0


@dataclass(frozen=True)
class Account:
    """A room as it is, as its ledger adds up, and what referrals claim of it."""

    program: str
    room: str
    now: Counts
    ledger: Counts
    claims: Claims


class SeatFault(Enum):
    """What of a room does not agree."""

    LEDGER = "ledger_differs"
    OVER_LICENSE = "over_license"
    HELD = "held_below_referrals"
    ENROLLED = "enrolled_below_referrals"


def faults_of(account: Account) -> list[SeatFault]:
    """Everything of a room that does not agree; nothing where all is well."""
    now, claims = account.now, account.claims
    wrong = {
        SeatFault.LEDGER: now != account.ledger,
        SeatFault.OVER_LICENSE: now.enrolled + now.held > now.licensed,
        SeatFault.HELD: now.held < claims.held,
        SeatFault.ENROLLED: now.enrolled < claims.enrolled,
    }
    return [fault for fault, found in wrong.items() if found]


def check_claims(numbers: SeatNumbers, claims: Claims) -> None:
    """Refuse numbers below what referrals hold and fill.

    Raises
    ------
    InvalidInput : each number that is too low, with how many seats referrals need.
    """
    problems = list(_problems(numbers, claims))
    if problems:
        raise InvalidInput(problems)


def check_unclaimed(claims: Claims) -> None:
    """Refuse to take a room out of use that referrals need.

    Raises
    ------
    InvalidInput
    """
    if claims != NO_CLAIMS:
        raise InvalidInput((), "room_has_referrals", count=claims.held + claims.enrolled)


def _problems(numbers: SeatNumbers, claims: Claims) -> Iterable[FieldProblem]:
    if numbers.held < claims.held:
        yield FieldProblem("held", "held_below_referrals", {"count": claims.held})
    if numbers.enrolled < claims.enrolled:
        yield FieldProblem("enrolled", "enrolled_below_referrals", {"count": claims.enrolled})

"""Records that allow a packet to leave the district: a consent, or an authority code with its notice."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from referral.errors import FieldProblem, InvalidInput


class DisclosureBasis(Enum):
    """What the disclosure rests on."""

    CONSENT = "consent"
    AUTHORITY = "authority"


class SignerRole(Enum):
    """Who signed a consent, by role and never by name."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    ADULT_STUDENT = "adult_student"
    SURROGATE = "educational_surrogate"


class AuthorityCode(Enum):
    """The provision a disclosure without consent rests on."""

    SEEKS_TO_ENROLL = "34 CFR 99.31(a)(2)"


LONGEST_DAYS = 366


@dataclass(frozen=True)
class DisclosureRecord:
    """A consent with its signer, date, expiry and revocation; or an authority code with its notice."""

    basis: DisclosureBasis
    signed_on: date
    expires_on: date
    signer: SignerRole | None = None
    authority: AuthorityCode | None = None
    revoked_on: date | None = None

    def is_live(self, today: date) -> bool:
        """Whether something may be disclosed under it today; the last day counts."""
        return self.signed_on <= today <= self.expires_on and self.revoked_on is None


def check_disclosure(record: DisclosureRecord, *, today: date) -> None:
    """Refuse a record that cannot allow anything.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    problems = []
    if record.basis is DisclosureBasis.CONSENT and record.signer is None:
        problems.append(FieldProblem("signer", "choose_one"))
    if record.basis is DisclosureBasis.AUTHORITY and record.authority is None:
        problems.append(FieldProblem("authority", "choose_one"))
    if record.signed_on > today:
        problems.append(FieldProblem("signed_on", "day_in_future"))
    if not today <= record.expires_on or (record.expires_on - record.signed_on).days > LONGEST_DAYS:
        problems.append(FieldProblem("expires_on", "expiry_out_of_range", {"most": LONGEST_DAYS}))
    if problems:
        raise InvalidInput(problems)

"""Reads of one-use links by their secret; a stranger learns nothing from those that do not work."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.errors import ReferralError
from referral.models.base import db
from referral.models.capacity import ContactLink
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.rules.links import LinkAct
from referral.rules.referrals import State

SECRET_LENGTH_MAX = 200


class LinkSpent(ReferralError):
    """A link that does not work: used, too old, never made, or for what was done in the meantime."""

    status = 404
    default_code = "link_spent"


@dataclass(frozen=True)
class OpenLink:
    """A link that works, and the referral it answers."""

    row: ContactLink
    referral: Referral | None = None

    @property
    def act(self) -> LinkAct:
        """What it allows."""
        return LinkAct(self.row.act)


def secret_hash(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def opened(secret: str, *, now: datetime) -> OpenLink:
    """The link of a secret; looking does not use it.

    Raises
    ------
    LinkSpent : it does not work, for whatever reason.
    """
    row = db.session.scalar(
        select(ContactLink)
        .where(
            ContactLink.secret_hash == secret_hash(secret[:SECRET_LENGTH_MAX]),
            ContactLink.used_at.is_(None),
            ContactLink.expires_at > now,
        )
        .options(joinedload(ContactLink.program).joinedload(Program.organisation))
    )
    if row is None:
        raise LinkSpent
    if row.referral_id is None:
        return OpenLink(row)
    waits = select(Referral).where(Referral.id == row.referral_id, Referral.state == State.ENQUIRY_SENT.value)
    referral = db.session.scalar(waits.options(joinedload(Referral.program)))
    if referral is None:
        raise LinkSpent
    return OpenLink(row, referral)

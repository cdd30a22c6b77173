"""Tokens of the JSON API: made, revoked and used; only the hash of the secret is kept."""

import secrets
from datetime import date, datetime

from sqlalchemy import update

from referral.actions import audit
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.tokens import ApiToken
from referral.queries import tokens as queries
from referral.queries.links import secret_hash
from referral.queries.settings import calendar_of
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.tokens import PREFIX, check_token, expires_on, role_at


def make(
    actor: Actor, organisation: Organisation, name: str, *, lasts_days: int, now: datetime
) -> tuple[ApiToken, str]:
    """A new token of an organization, and its secret, which nobody can read again.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.TOKENS_MANAGE, organisation.id)
    check_token(name, lasts_days)
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        ref=make_reference(ReferenceKind.TOKEN),
        organisation_id=organisation.id,
        role=role_at(organisation.kind).value,
        name=name.strip(),
        secret_hash=secret_hash(secret),
        made_at=now,
        made_by_id=actor.user_id,
        expires_on=expires_on(calendar_of(organisation).day_of(now), lasts_days),
    )
    db.session.add(row)
    audit.record(actor, "token:secret:made", "token", row.ref, expires_on=row.expires_on)
    db.session.flush()
    return row, secret


def revoke(actor: Actor, ref: str, *, now: datetime) -> ApiToken:
    """End a token now; one that is revoked already stays as it is.

    Raises
    ------
    RecordNotFound
    """
    row = queries.get(actor, ref)
    if row.revoked_at is None:
        row.revoked_at = now
        audit.record(actor, "token:secret:revoked", "token", row.ref)
    return row


def note_used(token_id: int, today: date) -> None:
    """Keep the day on which a token was last used."""
    db.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_on=today))

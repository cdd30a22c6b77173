"""Reads of tokens: for those who manage them, and of the one that came with a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.tokens import ApiToken
from referral.models.users import User
from referral.queries.links import secret_hash
from referral.queries.settings import calendar_of
from referral.queries.users import actor_of
from referral.rules.permissions import Actor, Assignment, Permission, Role, check, may, places
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.tokens import ROLE_AT, SECRET_LENGTH_MAX


@dataclass(frozen=True)
class Bearer:
    """Who a token speaks for: its key, as whom it acts, and the day it is at its organization."""

    token_id: int
    ref: str
    actor: Actor
    today: date
    last_used_on: date | None


def listed(actor: Actor) -> Sequence[ApiToken]:
    """The tokens of the actor's organizations, those that work first."""
    check(actor, Permission.TOKENS_MANAGE)
    order = (ApiToken.revoked_at.is_not(None), ApiToken.expires_on.desc(), ApiToken.id)
    return db.session.scalars(
        _visible(actor).options(joinedload(ApiToken.organisation)).order_by(*order)
    ).all()


def get(actor: Actor, ref: str) -> ApiToken:
    """The token of a reference.

    Raises
    ------
    RecordNotFound : there is none that the actor manages.
    """
    check(actor, Permission.TOKENS_MANAGE)
    row = db.session.scalar(
        _visible(actor).where(ApiToken.ref == read_reference(ref, ReferenceKind.TOKEN)).with_for_update()
    )
    if row is None:
        raise RecordNotFound(kind="token")
    return row


def places_of(actor: Actor) -> Sequence[Organisation]:
    """The organizations for which the actor may make tokens."""
    check(actor, Permission.TOKENS_MANAGE)
    return db.session.scalars(
        select(Organisation)
        .where(
            Organisation.id.in_(places(actor, Permission.TOKENS_MANAGE)),
            Organisation.kind.in_([kind.value for kind in ROLE_AT]),
        )
        .order_by(Organisation.name)
    ).all()


def bearer(secret: str, now: datetime) -> Bearer | None:
    """Who comes with this secret; None where it does not work, whyever.

    A token works from the day it is made until it expires or is revoked, and only as long as the user who
    made it could make it again: an account that is disabled takes its tokens along.
    """
    if len(secret) > SECRET_LENGTH_MAX:
        return None
    found = db.session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.made_by_id)
        .where(ApiToken.secret_hash == secret_hash(secret), ApiToken.revoked_at.is_(None), User.active)
        .options(joinedload(ApiToken.organisation), selectinload(User.assignments))
    ).one_or_none()
    if found is None:
        return None
    row, maker = found
    today = calendar_of(row.organisation).day_of(now)
    if today > row.expires_on or not may(actor_of(maker), Permission.TOKENS_MANAGE, row.organisation_id):
        return None
    return Bearer(row.id, row.ref, _actor(row), today, row.last_used_on)


def _actor(row: ApiToken) -> Actor:
    at = Assignment(Role(row.role), row.organisation_id)
    return Actor(user_id=row.made_by_id, name=row.name, assignments=(at,), door=f"token:{row.ref}")


def _visible(actor: Actor) -> Select[Any]:
    if actor.is_command:
        return select(ApiToken)
    return select(ApiToken).where(ApiToken.organisation_id.in_(places(actor, Permission.TOKENS_MANAGE)))

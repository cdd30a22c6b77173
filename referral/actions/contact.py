"""What a program's contact does by a link, without an account: one act, and no other.

Looking never uses a link. The act and the mark that the link was used are one transaction, so of two who
press at once one acts.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CursorResult, update

from referral.actions import referrals, seats
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.capacity import ContactLink
from referral.models.referrals import Referral
from referral.queries.links import LinkSpent, OpenLink, opened
from referral.rules.links import LinkAct
from referral.rules.permissions import Actor, Assignment, Role
from referral.rules.referrals import Verb
from referral.rules.terms import NOTHING, Terms

ANSWERS = frozenset({Verb.SHOW_INTEREST, Verb.WAITLIST, Verb.DECLINE})


def confirm_seats(
    secret: str,
    versions_seen: Mapping[str, int],
    *,
    now: datetime,
    today: date,
    examples_may_be_confirmed: bool = False,
) -> int:
    """Say that the rooms shown are still right, and use the link; gives how many.

    Raises
    ------
    LinkSpent, StaleUpdate, InvalidInput
    """
    with db.session.begin_nested():
        link = _spent(secret, LinkAct.CONFIRM_SEATS, now)
        if not versions_seen:
            raise RecordNotFound(kind="room")
        return seats.confirm(
            contact_of(link),
            link.row.program.slug,
            versions_seen,
            today=today,
            examples_may_be_confirmed=examples_may_be_confirmed,
        )


def answer_referral(secret: str, verb: Verb, terms: Terms = NOTHING, *, now: datetime) -> Referral:
    """Answer the enquiry of a link, and use the link.

    Raises
    ------
    LinkSpent
    RecordNotFound : not one of the answers a link allows.
    InvalidInput : a decline without its reason.
    """
    with db.session.begin_nested():
        link = _spent(secret, LinkAct.ANSWER_REFERRAL, now)
        if verb not in ANSWERS or link.referral is None:
            raise RecordNotFound(kind="verb")
        return referrals.move(contact_of(link), link.referral.ref, verb, referrals.Said(terms), now=now)


def _spent(secret: str, act: LinkAct, now: datetime) -> OpenLink:
    """The link, used from now on; one statement decides between two who come at once."""
    link = opened(secret, now=now)
    if link.act is not act:
        raise LinkSpent
    used = db.session.execute(
        update(ContactLink)
        .where(ContactLink.id == link.row.id, ContactLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(used, CursorResult)  # noqa: S101 - what an update gives
    if used.rowcount != 1:
        raise LinkSpent
    return link


def contact_of(link: OpenLink) -> Actor:
    """Who acts by a link: staff of the program's collaborative, for this act and no other."""
    at = Assignment(Role.COLLABORATIVE_STAFF, link.row.program.organisation_id)
    return Actor(user_id=0, name="Program contact", assignments=(at,), door="link")

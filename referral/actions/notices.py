"""Telling people: a row per user, once, in the transaction of what it tells of; mail leaves later."""

from collections.abc import Iterable

from sqlalchemy import select

from referral.actions.once import add_once
from referral.models.base import db, utc_now
from referral.models.notices import Notice, NoticeChoice
from referral.models.referrals import Referral
from referral.models.users import RoleAssignment, User
from referral.rules.notices import MAILED_AT_FIRST, TELLINGS, Event, MailState
from referral.rules.permissions import Actor, Role
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import Party

STAFF_ROLES = (Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR)
DISTRICT_ROLES = (Role.COORDINATOR, Role.DIRECTOR)


def tell_of_referral(
    actor: Actor,
    event: Event,
    referral: Referral,
    *,
    occasion: str,
    to: Iterable[Party] | None = None,
    deputy_id: int | None = None,
) -> None:
    """Tell those an event of a referral is for, but not the one who did it.

    ``occasion`` makes a notice once: the number of the move, or the day of a reminder.
    """
    told: set[int] = set()
    for party in TELLINGS[event].to if to is None else to:
        told |= _people(party, referral, deputy_id)
    tell(event, told - {actor.user_id}, "referral", referral.ref, occasion=occasion)


def tell(
    event: Event, user_ids: Iterable[int], subject_kind: str, subject_ref: str, *, occasion: str
) -> None:
    """A notice for each of these users; the same occasion again adds nothing."""
    wanted = sorted(user_ids)
    if not wanted:
        return
    topic = TELLINGS[event].topic
    chosen = {
        row.user_id: row.by_mail
        for row in db.session.scalars(
            select(NoticeChoice).where(NoticeChoice.user_id.in_(wanted), NoticeChoice.topic == topic.value)
        )
    }
    for user_id in wanted:
        mailed = chosen.get(user_id, topic in MAILED_AT_FIRST)
        add_once(
            Notice,
            ref=make_reference(ReferenceKind.NOTICE),
            user_id=user_id,
            event=event.value,
            subject_kind=subject_kind,
            subject_ref=subject_ref,
            key=f"{event.value}:{subject_ref}:{occasion}",
            at=utc_now(),
            mail=(MailState.QUEUED if mailed else MailState.NOT_WANTED).value,
            attempts=0,
            next_try_at=utc_now() if mailed else None,
        )


def holders(organisation_id: int, roles: Iterable[Role]) -> set[int]:
    """Active users who hold one of the roles at an organization."""
    return set(
        db.session.scalars(
            select(User.id)
            .join(RoleAssignment, RoleAssignment.user_id == User.id)
            .where(
                User.active,
                RoleAssignment.organisation_id == organisation_id,
                RoleAssignment.role.in_([role.value for role in roles]),
            )
        )
    )


def _people(party: Party, referral: Referral, deputy_id: int | None) -> set[int]:
    if party is Party.STAFF:
        return holders(referral.collaborative_id, STAFF_ROLES)
    if party is Party.DIRECTOR:
        return holders(referral.district_id, [Role.DIRECTOR]) | ({deputy_id} if deputy_id else set())
    everyone = holders(referral.district_id, DISTRICT_ROLES)
    own = everyone & {referral.created_by_id, referral.submitted_by_id}
    return {user_id for user_id in own if user_id} or everyone

"""Telling people: a row per user, once, in the transaction of what it tells of; mail leaves later."""

from collections.abc import Iterable

from sqlalchemy import select

from referral.actions import mail
from referral.actions.once import added_once
from referral.models.base import db, utc_now
from referral.models.notices import Notice, NoticeChoice
from referral.models.referrals import Referral
from referral.models.users import RoleAssignment, User
from referral.rules.notices import MAILED_AT_FIRST, TELLINGS, Event, Topic, notice_key
from referral.rules.permissions import Actor, Role
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import Party
from referral.wording.notices import sentence_of, subject_of

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
) -> int:
    """Tell those an event of a referral is for, but not the one who did it; gives how many were told now.

    ``occasion`` makes a notice once: the number of the move, or the day of a reminder.
    """
    reached: set[int] = {actor.user_id}
    told = 0
    for party in sorted(TELLINGS[event].to if to is None else to, key=lambda party: party.value):
        people = _people(party, referral, deputy_id) - reached
        reached |= people
        for_program = party is Party.STAFF
        told += tell(event, people, "referral", referral.ref, occasion=occasion, for_program=for_program)
    return told


def tell(
    event: Event,
    user_ids: Iterable[int],
    subject_kind: str,
    subject_ref: str,
    *,
    occasion: str,
    for_program: bool = False,
) -> int:
    """A notice for each of these users, and a mail to those who want one; the same occasion adds nothing.

    Gives how many were told that had not been told before.
    """
    told = 0
    for user_id, address, mailed in _wishes(set(user_ids), TELLINGS[event].topic):
        ref = make_reference(ReferenceKind.NOTICE)
        notice_id = added_once(
            Notice,
            ref=ref,
            user_id=user_id,
            event=event.value,
            subject_kind=subject_kind,
            subject_ref=subject_ref,
            key=notice_key(event, subject_ref, occasion),
            at=utc_now(),
        )
        if notice_id is None:
            continue
        told += 1
        if mailed:
            mail.queue(
                address,
                subject_of(event.value, for_program=for_program),
                sentence_of(event.value, for_program=for_program),
                path=f"/notices/open?notice={ref}",
                notice_id=notice_id,
            )
    return told


def _wishes(user_ids: set[int], topic: Topic) -> list[tuple[int, str, bool]]:
    """Of these users the active ones, in one order on every path: key, address, whether they want mail."""
    if not user_ids:
        return []
    choice = (NoticeChoice.user_id == User.id) & (NoticeChoice.topic == topic.value)
    rows = db.session.execute(
        select(User.id, User.email, NoticeChoice.by_mail)
        .outerjoin(NoticeChoice, choice)
        .where(User.id.in_(user_ids), User.active)
        .order_by(User.id)
    )
    return [
        (user_id, address, topic in MAILED_AT_FIRST if chosen is None else chosen)
        for user_id, address, chosen in rows
    ]


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

"""Asking several programs for capacity at once, and their answers; nothing of any student is in either."""

from collections.abc import Sequence
from datetime import datetime

from referral.actions import audit, notices
from referral.errors import FieldProblem, InvalidInput, NotPermitted
from referral.models.base import db
from referral.models.capacity import CapacityAnswer, CapacityQuestion
from referral.queries import capacity as queries
from referral.rules.capacity import CapacityReply, check_asked
from referral.rules.notices import Event
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference


def ask(
    actor: Actor, slugs: Sequence[str], *, now: datetime, district_id: int | None = None
) -> CapacityQuestion:
    """Ask these programs whether they have capacity; their staff are told.

    Raises
    ------
    NotPermitted
    InvalidInput : none, too many, or a program that takes no referrals.
    """
    district = _district(actor, district_id)
    programs = queries.programs_named(actor, slugs)
    open_ones = [program for program in programs if queries.takes_referrals(program)]
    check_asked(slugs, takes_referrals=[program.slug for program in open_ones])
    row = CapacityQuestion(
        ref=make_reference(ReferenceKind.QUESTION),
        district_id=district,
        asked_by_id=actor.user_id or None,
        asked_at=now,
        answers=[CapacityAnswer(program_id=program.id) for program in open_ones],
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "capacity:question:asked", "capacity", row.ref, programs=len(open_ones))
    for organisation_id in sorted({program.organisation_id for program in open_ones}):
        staff = notices.holders(organisation_id, notices.STAFF_ROLES)
        notices.tell(Event.CAPACITY_ASKED, staff - {actor.user_id}, "capacity", row.ref, occasion="asked")
    return row


def answer(actor: Actor, ref: str, slug: str, reply: str, *, now: datetime) -> CapacityAnswer:
    """A program's answer, or another one in its place; who asked is told.

    Raises
    ------
    RecordNotFound, InvalidInput
    """
    row = queries.own_answer(actor, ref, slug, lock=True)
    check(actor, Permission.CAPACITY_ANSWER, row.program.organisation_id)
    if reply not in {one.value for one in CapacityReply}:
        raise InvalidInput([FieldProblem("reply", "choose_one")])
    if row.reply == reply:
        return row
    earlier, row.reply = row.reply, reply
    row.answered_at, row.answered_by_id = now, actor.user_id or None
    db.session.flush()
    audit.record(
        actor,
        "capacity:question:answered",
        "capacity",
        row.question.ref,
        program=slug,
        reply=reply,
        earlier=earlier,
    )
    asker = row.question.asked_by_id
    everyone = notices.holders(row.question.district_id, notices.DISTRICT_ROLES)
    told = everyone & {asker} or everyone
    occasion = f"{slug}:{reply}"
    notices.tell(Event.CAPACITY_ANSWERED, told, "capacity", row.question.ref, occasion=occasion)
    return row


def _district(actor: Actor, district_id: int | None) -> int:
    """The district that asks: the one named, else the actor's first by name."""
    if district_id is None:
        own = queries.districts(actor)
        if not own:
            raise NotPermitted(permission=Permission.CAPACITY_ASK.value)
        return own[0].id
    check(actor, Permission.CAPACITY_ASK, district_id)
    return district_id

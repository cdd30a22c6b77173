"""Reads of a user's own notices and of what they want mailed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.notices import Notice, NoticeChoice
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.queries.lists import Page, page_of
from referral.rules.notices import MAILED_AT_FIRST, Topic
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, read_reference


def listed(actor: Actor, *, first: int) -> Page[Notice]:
    """The actor's notices, those not read first, the newest first."""
    check(actor, Permission.NOTICES_READ)
    order = (Notice.read_at.is_not(None), Notice.at.desc(), Notice.id.desc())
    return page_of(_own(actor).order_by(*order), first=first)


def get(actor: Actor, ref: str) -> Notice:
    """The actor's notice of this reference.

    Raises
    ------
    RecordNotFound : there is none.
    """
    check(actor, Permission.NOTICES_READ)
    found = db.session.scalar(_own(actor).where(Notice.ref == read_reference(ref, ReferenceKind.NOTICE)))
    if found is None:
        raise RecordNotFound(kind="notice")
    return found


def unread(actor: Actor) -> int:
    """How many notices the actor has not read."""
    statement = select(func.count()).select_from(Notice)
    statement = statement.where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
    return db.session.scalar(statement) or 0


def mailed_topics(actor: Actor) -> Mapping[Topic, bool]:
    """For each topic whether the actor wants it mailed."""
    check(actor, Permission.NOTICES_READ)
    chosen = {
        row.topic: row.by_mail
        for row in db.session.scalars(select(NoticeChoice).where(NoticeChoice.user_id == actor.user_id))
    }
    return {topic: chosen.get(topic.value, topic in MAILED_AT_FIRST) for topic in Topic}


def program_names(notices: Sequence[Notice]) -> Mapping[str, str]:
    """The programs that notices are about: by a referral's reference, or by a program's short name."""
    refs = [one.subject_ref for one in notices if one.subject_kind == "referral"]
    slugs = [one.subject_ref for one in notices if one.subject_kind == "program"]
    named = select(Referral.ref, Program.name).join(Program, Program.id == Referral.program_id)
    names = dict(db.session.execute(named.where(Referral.ref.in_(refs))).all())
    own = select(Program.slug, Program.name).where(Program.slug.in_(slugs))
    return names | dict(db.session.execute(own).all())


def _own(actor: Actor) -> Select[Notice]:
    return select(Notice).where(Notice.user_id == actor.user_id)

"""Reads of questions about capacity: a district its own, a collaborative those to its programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from matching.vocabulary import ProgramStatus
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.capacity import CapacityAnswer, CapacityQuestion
from referral.models.organisations import Organisation
from referral.models.programs import Program
from referral.queries.lists import Page, page_of
from referral.rules.capacity import ANSWERED_DAYS
from referral.rules.permissions import Actor, Permission, check, places
from referral.rules.program_records import is_key
from referral.rules.references import ReferenceKind, read_reference

PAGE_ROWS = 20
ANSWERED_ROWS = 50


@dataclass(frozen=True)
class ToAnswer:
    """What staff have to answer, and what they answered lately, the newest first."""

    waiting: Sequence[CapacityAnswer]
    answered: Sequence[CapacityAnswer]


def asked(actor: Actor, *, first: int = 0) -> Page[CapacityQuestion]:
    """The questions of the actor's districts with their answers so far, the newest first."""
    check(actor, Permission.CAPACITY_ASK)
    statement = select(CapacityQuestion).where(
        CapacityQuestion.district_id.in_(places(actor, Permission.CAPACITY_ASK))
    )
    programs = selectinload(CapacityQuestion.answers).joinedload(CapacityAnswer.program)
    statement = statement.options(
        programs.joinedload(Program.organisation), joinedload(CapacityQuestion.asked_by)
    )
    return page_of(statement.order_by(CapacityQuestion.id.desc()), first=first, limit=PAGE_ROWS)


def to_answer(actor: Actor, *, now: datetime) -> ToAnswer:
    """What the actor's programs were asked."""
    check(actor, Permission.CAPACITY_ANSWER)
    since = now - timedelta(days=ANSWERED_DAYS)
    waiting = _to_programs(actor).where(CapacityAnswer.answered_at.is_(None))
    answered = _to_programs(actor).where(CapacityAnswer.answered_at >= since)
    return ToAnswer(
        waiting=db.session.scalars(waiting.order_by(CapacityAnswer.id)).all(),
        answered=db.session.scalars(
            answered.order_by(CapacityAnswer.answered_at.desc(), CapacityAnswer.id.desc()).limit(
                ANSWERED_ROWS
            )
        ).all(),
    )


def waiting_count(actor: Actor) -> int:
    """How many questions wait for the actor's answer."""
    statement = (
        select(func.count(CapacityAnswer.id))
        .join(Program, Program.id == CapacityAnswer.program_id)
        .where(
            Program.organisation_id.in_(places(actor, Permission.CAPACITY_ANSWER)),
            CapacityAnswer.answered_at.is_(None),
        )
    )
    return db.session.scalar(statement) or 0


def own_answer(actor: Actor, ref: str, slug: str, *, lock: bool = False) -> CapacityAnswer:
    """The answer that a program of the actor's collaborative owes or gave.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to give.
    """
    statement = _to_programs(actor).where(
        CapacityQuestion.ref == read_reference(ref, ReferenceKind.QUESTION), Program.slug == slug
    )
    if lock:
        statement = statement.with_for_update(of=CapacityAnswer).execution_options(populate_existing=True)
    row = db.session.scalar(statement) if is_key(slug) else None
    if row is None:
        raise RecordNotFound(kind="question")
    return row


def programs_named(actor: Actor, slugs: Iterable[str]) -> Sequence[Program]:
    """The programs of these addresses, by name; unknown ones are left out."""
    check(actor, Permission.DIRECTORY_READ)
    named = {slug for slug in slugs if is_key(slug)}
    statement = select(Program).where(Program.slug.in_(named)).order_by(Program.name, Program.slug)
    return db.session.scalars(statement.options(joinedload(Program.organisation))).all()


def takes_referrals(program: Program) -> bool:
    """Whether a program can be asked or referred to."""
    return program.status != ProgramStatus.CLOSED.value


def districts(actor: Actor) -> Sequence[Organisation]:
    """The districts for which the actor may ask, by name."""
    own = places(actor, Permission.CAPACITY_ASK)
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(own)).order_by(Organisation.name, Organisation.id)
    ).all()


def _to_programs(actor: Actor) -> Select[Any]:
    own = places(actor, Permission.CAPACITY_ANSWER)
    return (
        select(CapacityAnswer)
        .join(CapacityAnswer.program)
        .join(CapacityAnswer.question)
        .where(Program.organisation_id.in_(own))
        .options(
            contains_eager(CapacityAnswer.program).joinedload(Program.organisation),
            contains_eager(CapacityAnswer.question).joinedload(CapacityQuestion.district),
        )
    )

"""What happened around a student, for the district: profiles, rankings, consents, moves and notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from referral.models.base import db
from referral.models.referrals import Disclosure, Referral, ReferralMove, ReferralNote
from referral.models.students import ProfileVersion, Student
from referral.queries import disclosures, rankings, students
from referral.queries.rankings import RankingLine, named
from referral.rules.permissions import Actor


@dataclass(frozen=True)
class StudentStory:
    """Everything that was done for one student, each kind in its own order."""

    student: Student
    versions: Sequence[ProfileVersion]
    rankings: Sequence[RankingLine]
    disclosures: Sequence[Disclosure]
    referrals: dict[int, Referral]
    moves: Sequence[ReferralMove]
    notes: Sequence[ReferralNote]


def story_of(actor: Actor, ref: str) -> StudentStory:
    """What happened around a student of the actor's districts.

    Raises
    ------
    RecordNotFound : there is no such student for the actor.
    """
    student = students.get(actor, ref)
    referred = select(Referral).where(Referral.student_id == student.id)
    rows = db.session.scalars(referred.options(joinedload(Referral.program), joinedload(Referral.room))).all()
    keys = [row.id for row in rows]
    moves = select(ReferralMove).where(ReferralMove.referral_id.in_(keys))
    notes = select(ReferralNote).where(
        ReferralNote.referral_id.in_(keys),
        or_(ReferralNote.side == "district", ReferralNote.for_both),
    )
    return StudentStory(
        student=student,
        versions=students.versions(student),
        rankings=rankings.of_student(actor, student),
        disclosures=disclosures.of_student(student),
        referrals={row.id: row for row in rows},
        moves=db.session.scalars(moves.options(named(ReferralMove.actor))).all(),
        notes=db.session.scalars(notes.options(named(ReferralNote.author))).all(),
    )

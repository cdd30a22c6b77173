"""What a purge takes from each kind of record: content goes, codes, dates of moves and references stay.

Each may be done again without harm and says whether something was left to take, so that a restored backup is
purged by the same acts.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update

from referral.actions.documents import erase
from referral.models.base import db
from referral.models.documents import Document
from referral.models.notices import Mail, Notice
from referral.models.rankings import Ranking, RankingNote, RankingOverride
from referral.models.referrals import Referral, ReferralNote
from referral.models.students import Draft, ProfileVersion, Student
from referral.queries.retention import has_profile, has_words
from referral.rules.permissions import COMMAND
from referral.rules.retention import PurgedKind

# Dates and places of a referral that tell of the student once its course is of no use.
SCRUBBED = (
    "released",
    "override_reason",
    "rank",
    "visit_on",
    "hold_until",
    "start_on",
    "monitor_on",
    "review_on",
    "return_on",
)


def purge(kind: PurgedKind, ref: str, *, now: datetime) -> bool:
    """Whether there was content of this record, which is gone now."""
    return PURGES[kind](ref, now)


def _referral(ref: str, _now: datetime) -> bool:
    row = db.session.scalar(select(Referral).where(Referral.ref == ref))
    if row is None:
        return False
    had_words = bool(db.session.scalar(select(func.count()).where(Referral.id == row.id, has_words())))
    for name in SCRUBBED:
        setattr(row, name, None)
    row.phrases = []
    db.session.execute(delete(ReferralNote).where(ReferralNote.referral_id == row.id))
    _forget_notices(ref)
    return had_words


def _document(ref: str, now: datetime) -> bool:
    row = db.session.scalar(select(Document).where(Document.ref == ref))
    if row is None or row.removed_at is not None:
        return False
    erase(COMMAND, row, now=now)
    return True


def _student(ref: str, _now: datetime) -> bool:
    """Every version of the profile is emptied; an identity in the vault no longer counts."""
    row = db.session.scalar(select(Student).where(Student.ref == ref))
    if row is None:
        return False
    had_profile = bool(db.session.scalar(select(func.count()).where(Student.id == row.id, has_profile())))
    db.session.execute(update(ProfileVersion).where(ProfileVersion.student_id == row.id).values(answers={}))
    db.session.execute(delete(Draft).where(Draft.student_id == row.id, Draft.finished_at.is_(None)))
    row.archived, row.identity_number = True, 0
    _forget_notices(ref)
    return had_profile


def _ranking(ref: str, _now: datetime) -> bool:
    row = db.session.scalar(select(Ranking).where(Ranking.ref == ref))
    if row is None:
        return False
    had_result = bool(row.result)
    row.result, row.first_name = b"", None
    db.session.execute(delete(RankingNote).where(RankingNote.ranking_id == row.id))
    db.session.execute(update(RankingOverride).where(RankingOverride.ranking_id == row.id).values(note=""))
    _forget_notices(ref)
    return had_result


def _draft(ref: str, _now: datetime) -> bool:
    row = db.session.scalar(select(Draft).where(Draft.ref == ref, Draft.finished_at.is_(None)))
    if row is None:
        return False
    db.session.delete(row)
    return True


def _forget_notices(ref: str) -> None:
    told = select(Notice.id).where(Notice.subject_ref == ref)
    db.session.execute(delete(Mail).where(Mail.notice_id.in_(told)))
    db.session.execute(delete(Notice).where(Notice.subject_ref == ref))


PURGES: Mapping[PurgedKind, Callable[[str, datetime], bool]] = {
    PurgedKind.REFERRAL: _referral,
    PurgedKind.DOCUMENT: _document,
    PurgedKind.STUDENT: _student,
    PurgedKind.RANKING: _ranking,
    PurgedKind.DRAFT: _draft,
}

"""What is kept no longer: found by the schedule and by what is still there; nothing under a legal hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select

from referral.models.base import db
from referral.models.documents import Document
from referral.models.rankings import Ranking
from referral.models.referrals import Referral, ReferralMove, ReferralNote
from referral.models.retention import LegalHold
from referral.models.students import Draft, ProfileVersion, Student
from referral.rules.permissions import Actor, Permission, check
from referral.rules.referrals import State, Verb
from referral.rules.retention import (
    PLACED_STATES,
    Purged,
    PurgedKind,
    RuleName,
    Schedule,
    rule_of_referral,
    rule_of_student,
)

REFERRAL_RULES = (RuleName.ENQUIRY, RuleName.NOT_PLACED, RuleName.PLACED)
STUDENT_RULES = (RuleName.STUDENT_NOT_PLACED, RuleName.STUDENT_PLACED)
HELD = select(LegalHold.student_id).where(LegalHold.lifted_at.is_(None))
WAS_DISCLOSED = exists().where(
    ReferralMove.referral_id == Referral.id, ReferralMove.verb == Verb.DISCLOSE.value
)


def due(actor: Actor, schedule: Schedule, today: date) -> list[Purged]:
    """Everything that is kept no longer on a day, in order."""
    check(actor, Permission.RETENTION_RUN)
    found = [
        *_referrals(schedule, today),
        *_documents(schedule, today),
        *_students(schedule, today),
        *_drafts(schedule, today),
    ]
    return sorted(found)


def has_words() -> ColumnElement[bool]:
    """Whether a referral still holds the copy that was sent, phrases or notes."""
    return or_(
        Referral.released.is_not(None),
        cast(Referral.phrases, String) != "[]",
        exists().where(ReferralNote.referral_id == Referral.id),
    )


def has_profile() -> ColumnElement[bool]:
    """Whether a version of a student's profile still holds answers, or the vault a name for the student."""
    answers = exists().where(
        ProfileVersion.student_id == Student.id, cast(ProfileVersion.answers, String) != "{}"
    )
    return or_(answers, Student.identity_number > 0)


def has_result() -> ColumnElement[bool]:
    """Whether a ranking still holds what was shown."""
    return func.length(Ranking.result) > 0


def _referrals(schedule: Schedule, today: date) -> Iterator[Purged]:
    rows = db.session.execute(
        select(Referral.ref, Referral.state, Referral.ended_on, WAS_DISCLOSED.label("disclosed")).where(
            Referral.ended_on < schedule.ended_before(today, *REFERRAL_RULES),
            Referral.student_id.not_in(HELD),
            has_words(),
        )
    )
    for row in rows:
        rule = rule_of_referral(State(row.state), was_disclosed=row.disclosed)
        if schedule.is_due(rule, row.ended_on, today):
            yield _purged(PurgedKind.REFERRAL, row.ref, rule)


def _documents(schedule: Schedule, today: date) -> Iterator[Purged]:
    rules = (RuleName.PACKET_NOT_PLACED, RuleName.PLACED)
    rows = db.session.execute(
        select(Document.ref, Referral.state, Referral.ended_on)
        .join(Document.referral)
        .where(
            Referral.ended_on < schedule.ended_before(today, *rules),
            Document.removed_at.is_(None),
            Referral.student_id.not_in(HELD),
        )
    )
    for row in rows:
        rule = RuleName.PLACED if State(row.state) in PLACED_STATES else RuleName.PACKET_NOT_PLACED
        if schedule.is_due(rule, row.ended_on, today):
            yield _purged(PurgedKind.DOCUMENT, row.ref, rule)


def _students(schedule: Schedule, today: date) -> Iterator[Purged]:
    """Students with no open referral of whom nothing was written for long, and their rankings."""
    candidates = _quiet_students(_moment(schedule.ended_before(today, *STUDENT_RULES)))
    states = _states_of([row.id for row in candidates])
    ended: dict[int, RuleName] = {}
    for row in candidates:
        rule = rule_of_student(states[row.id])
        if schedule.is_due(rule, _last_day(row), today):
            ended[row.id] = rule
            if row.has_profile:
                yield _purged(PurgedKind.STUDENT, row.ref, rule)
    for ranking in _rankings_of(ended):
        yield _purged(PurgedKind.RANKING, ranking.ref, ended[ranking.student_id])


def _quiet_students(since: datetime) -> Sequence[Any]:
    """Students with no open referral whose profile was not written since, and of whom something is left."""
    versions = select(func.max(ProfileVersion.created_at)).where(ProfileVersion.student_id == Student.id)
    rankings = select(func.max(Ranking.made_at)).where(Ranking.student_id == Student.id)
    ends = select(func.max(Referral.ended_on)).where(Referral.student_id == Student.id)
    is_open = exists().where(Referral.student_id == Student.id, Referral.ended_on.is_(None))
    is_new = exists().where(ProfileVersion.student_id == Student.id, ProfileVersion.created_at >= since)
    has_ranking = exists().where(Ranking.student_id == Student.id, has_result())
    return db.session.execute(
        select(
            Student.id,
            Student.ref,
            has_profile().label("has_profile"),
            versions.scalar_subquery().label("described_at"),
            rankings.scalar_subquery().label("ranked_at"),
            ends.scalar_subquery().label("ended_on"),
        ).where(Student.id.not_in(HELD), ~is_open, ~is_new, or_(has_profile(), has_ranking))
    ).all()


def _last_day(row: Any) -> date:
    """The last day on which something of a student was written; days are of UTC here."""
    moments = [moment.date() for moment in (row.described_at, row.ranked_at) if isinstance(moment, datetime)]
    return max([*moments, *([row.ended_on] if row.ended_on else [])])


def _states_of(student_ids: list[int]) -> dict[int, set[State]]:
    states: dict[int, set[State]] = defaultdict(set)
    statement = select(Referral.student_id, Referral.state).where(Referral.student_id.in_(student_ids))
    for student_id, state in db.session.execute(statement):
        states[student_id].add(State(state))
    return states


def _rankings_of(students: Iterable[int]) -> Sequence[Any]:
    statement = select(Ranking.ref, Ranking.student_id)
    return db.session.execute(statement.where(Ranking.student_id.in_(list(students)), has_result())).all()


def _drafts(schedule: Schedule, today: date) -> Iterator[Purged]:
    rows = db.session.execute(
        select(Draft.ref, Draft.updated_at).where(
            Draft.finished_at.is_(None),
            Draft.updated_at < _moment(schedule.ended_before(today, RuleName.DRAFT)),
            or_(Draft.student_id.is_(None), Draft.student_id.not_in(HELD)),
        )
    )
    for row in rows:
        if schedule.is_due(RuleName.DRAFT, row.updated_at.date(), today):
            yield _purged(PurgedKind.DRAFT, row.ref, RuleName.DRAFT)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _purged(kind: PurgedKind, ref: str, rule: RuleName) -> Purged:
    return Purged(kind.value, ref, rule.value)

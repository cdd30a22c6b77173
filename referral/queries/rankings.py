"""Reads of kept rankings: those of the actor's districts, with what was kept and what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import defer, joinedload

from referral.errors import RecordNotFound, RecordPurged
from referral.formats.kept_rankings import KeptResult, unpack, unpack_snapshot
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import DirectorySnapshot, Ranking, RankingNote, RankingOverride
from referral.models.students import ProfileVersion, Student
from referral.models.users import User
from referral.queries import catalogues, policies
from referral.queries.lists import Page
from referral.rules.permissions import Actor, Permission, may, places
from referral.rules.ranking_changes import ProgramChange, program_changes
from referral.rules.rankings import plain_text
from referral.rules.references import ReferenceKind, read_reference

PAGE_ROWS = 25
BY_VALUE_TAG = "ranking:order:by_value"
HEAVY = (defer(Ranking.result), defer(Ranking.policy))


@dataclass(frozen=True)
class RankingFilters:
    """What the list is narrowed to; the search is part of a student's code."""

    search: str = ""
    moved: bool = False
    first: int = 0


@dataclass(frozen=True)
class RankingLine:
    """One ranking in a list."""

    ref: str
    student: str
    district: str
    version: int
    is_latest_version: bool
    made_at: datetime
    made_by: str | None
    eligible: int
    to_confirm: int
    ruled_out: int
    first_name: str | None
    moved: bool


@dataclass(frozen=True)
class Since:
    """What changed since a ranking was made."""

    profile_version: int | None
    policy_version: str | None
    programs: tuple[ProgramChange, ...]

    def __bool__(self) -> bool:
        return bool(self.profile_version or self.policy_version or self.programs)


def visible(actor: Actor) -> Select[Any]:
    """The rankings of students of the actor's districts: where every read of rankings starts."""
    own = places(actor, Permission.RANKING_READ)
    return select(Ranking).join(Ranking.student).where(Student.district_id.in_(own))


def get(actor: Actor, ref: str) -> Ranking:
    """The ranking of this reference, with its student, district, profile version and maker.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    row = db.session.scalar(
        visible(actor)
        .where(Ranking.ref == read_reference(ref, ReferenceKind.RANKING))
        .options(
            joinedload(Ranking.student).joinedload(Student.district),
            joinedload(Ranking.profile_version),
            named(Ranking.made_by),
        )
    )
    if row is None:
        raise RecordNotFound(kind="ranking")
    return row


def named(user: Any) -> Any:
    """Load a user for the name, without what the user holds."""
    return joinedload(user).lazyload(User.assignments)


def result_of(row: Ranking) -> KeptResult:
    """What was shown, as it was kept; it never changes, so this process keeps a few.

    Raises
    ------
    RecordPurged : it was deleted by the retention schedule.
    """
    if not row.result:
        raise RecordPurged(kind="ranking")
    return _unpacked(row.ref, row.result)


@lru_cache(maxsize=16)
def _unpacked(_ref: str, content: bytes) -> KeptResult:
    return unpack(content)


def overrides(row: Ranking) -> Sequence[RankingOverride]:
    """Every override of a ranking, taken back or standing, first to last."""
    return db.session.scalars(
        select(RankingOverride)
        .where(RankingOverride.ranking_id == row.id)
        .options(named(RankingOverride.made_by))
        .order_by(RankingOverride.number)
    ).all()


def notes(row: Ranking) -> Sequence[RankingNote]:
    """The notes on a ranking, first to last."""
    return db.session.scalars(
        select(RankingNote)
        .where(RankingNote.ranking_id == row.id)
        .options(named(RankingNote.author))
        .order_by(RankingNote.id)
    ).all()


def since(actor: Actor, row: Ranking, *, today: date) -> Since:
    """What changed since: the profile, the policy, and the programs by comparing the directories."""
    now = catalogues.snapshot(actor)
    revised = row.student.latest_number
    district = row.student.district_id
    policy = policies.current(actor, district, today, with_examples=row.with_examples).version
    return Since(
        profile_version=revised if revised != row.profile_version.number else None,
        policy_version=policy if policy != row.policy_version else None,
        programs=() if now.digest == row.snapshot_digest else _program_changes(row, now.records),
    )


def _program_changes(row: Ranking, now: dict[str, object]) -> tuple[ProgramChange, ...]:
    content = db.session.scalars(
        select(DirectorySnapshot.content).where(DirectorySnapshot.digest == row.snapshot_digest)
    ).one()
    return program_changes(unpack_snapshot(content), now, with_examples=row.with_examples)


def looked_by_value(actor: Actor, row: Ranking) -> bool:
    """Whether it is on record that this user switched the ranking to the order by value."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    AuditEvent.tag == BY_VALUE_TAG,
                    AuditEvent.subject_kind == "ranking",
                    AuditEvent.subject_ref == row.ref,
                    AuditEvent.actor_user_id == actor.user_id,
                )
            )
        )
    )


def may_direct(actor: Actor, row: Ranking) -> bool:
    """Whether the actor may note on this ranking and override its order."""
    return may(actor, Permission.RANKING_OVERRIDE, row.student.district_id)


def may_see_costs(actor: Actor, row: Ranking) -> bool:
    """Whether the actor may see the costs of this ranking."""
    return may(actor, Permission.RANKING_COSTS, row.student.district_id)


def listed(actor: Actor, filters: RankingFilters) -> Page[RankingLine]:
    """One page of the rankings of the actor's districts, latest first."""
    statement = visible(actor)
    if filters.search:
        wanted = plain_text(filters.search).upper()
        statement = statement.where(Student.ref.contains(wanted, autoescape=True))
    if filters.moved:
        statement = statement.where(_moved())
    total = db.session.scalar(statement.with_only_columns(func.count()).order_by(None)) or 0
    first = max(0, min(filters.first, total - 1)) if total else 0
    rows = _lines(statement.offset(first).limit(PAGE_ROWS))
    return Page(rows=rows, first=first, limit=PAGE_ROWS, total=total)


def of_student(actor: Actor, student: Student) -> tuple[RankingLine, ...]:
    """The rankings of one student, latest first."""
    return _lines(visible(actor).where(Ranking.student_id == student.id).limit(PAGE_ROWS))


def _moved():  # type: ignore[no-untyped-def]  # a SQL expression, of no short type
    return exists().where(RankingOverride.ranking_id == Ranking.id, RankingOverride.withdrawn_at.is_(None))


def _lines(statement: Select[Any]) -> tuple[RankingLine, ...]:
    rows = db.session.execute(
        statement.join(Organisation, Organisation.id == Student.district_id)
        .join(ProfileVersion, ProfileVersion.id == Ranking.profile_version_id)
        .add_columns(Student, Organisation.name, ProfileVersion.number, _moved())
        .options(*HEAVY, named(Ranking.made_by))
        .order_by(Ranking.made_at.desc(), Ranking.id.desc())
    ).all()
    return tuple(
        RankingLine(
            ref=ranking.ref,
            student=student.ref,
            district=district,
            version=number,
            is_latest_version=number == student.latest_number,
            made_at=ranking.made_at,
            made_by=ranking.made_by.name if ranking.made_by else None,
            eligible=ranking.eligible,
            to_confirm=ranking.to_confirm,
            ruled_out=ranking.ruled_out,
            first_name=ranking.first_name,
            moved=moved,
        )
        for ranking, student, district, number, moved in rows
    )

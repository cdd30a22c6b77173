"""Reads of students: those of the actor's districts, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from matching.vocabulary import AgeBand, StateCategory, TeamStatus
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import Ranking
from referral.models.students import ProfileVersion, Student
from referral.rules.answers import Answers
from referral.rules.permissions import Actor, Permission, places
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.students import years_of

PAGE_ROWS = 25
FILE_ROWS = 5000


@dataclass(frozen=True)
class StudentFilters:
    """What the list is narrowed to; the search is part of a code."""

    search: str = ""
    band: AgeBand | None = None
    category: StateCategory | None = None
    team_status: TeamStatus | None = None
    archived: bool = False
    page: int = 1
    codes: tuple[str, ...] = ()  # what a search by name found; whole codes, archived or not


@dataclass(frozen=True)
class StudentLine:
    """One student in the list."""

    ref: str
    district: str
    answers: Answers
    version: int
    updated_at: datetime
    archived: bool


@dataclass(frozen=True)
class StudentPage:
    """One page of the list and how many students there are in all."""

    lines: tuple[StudentLine, ...]
    total: int
    first: int

    @property
    def last(self) -> int:
        """The number of the last student on this page."""
        return self.first + len(self.lines) - 1 if self.lines else 0


def visible(actor: Actor) -> Select[Any]:
    """The students of the actor's districts: where every read of students starts."""
    return select(Student).where(Student.district_id.in_(places(actor, Permission.STUDENT_READ)))


def get(actor: Actor, ref: str, *, for_update: bool = False) -> Student:
    """The student with this code.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    statement = visible(actor).where(Student.ref == read_reference(ref, ReferenceKind.STUDENT))
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    student = db.session.scalar(statement)
    if student is None:
        raise RecordNotFound(kind="student")
    return student


def latest(actor: Actor, ref: str) -> tuple[Student, ProfileVersion]:
    """The student with this code, with its district, and the latest version of its profile.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    districts = list(places(actor, Permission.STUDENT_READ))
    said = {"districts": districts, "ref": read_reference(ref, ReferenceKind.STUDENT)}
    found = db.session.execute(_LATEST, said).one_or_none()
    if found is None:
        raise RecordNotFound(kind="student")
    student, profile = found
    return student, profile


def version(student: Student, number: int | None = None) -> ProfileVersion:
    """A version of a student's profile, the latest unless a number is given.

    Raises
    ------
    RecordNotFound : there is no such version.
    """
    found = db.session.scalar(
        select(ProfileVersion).where(
            ProfileVersion.student_id == student.id,
            ProfileVersion.number == (student.latest_number if number is None else number),
        )
    )
    if found is None:
        raise RecordNotFound(kind="version")
    return found


def versions(student: Student) -> Sequence[ProfileVersion]:
    """All versions of a student's profile, latest first."""
    return db.session.scalars(
        select(ProfileVersion)
        .where(ProfileVersion.student_id == student.id)
        .options(joinedload(ProfileVersion.created_by))
        .order_by(ProfileVersion.number.desc())
    ).all()


def answers_of(profile: ProfileVersion) -> Answers:
    """The answers a version holds."""
    return Answers.model_validate(profile.answers)


def listed(actor: Actor, filters: StudentFilters, *, limit: int = PAGE_ROWS) -> StudentPage:
    """One page of the actor's students, latest change first, in two statements however many there are."""
    statement = _narrowed(visible(actor).join(ProfileVersion, _is_latest()), filters)
    total = db.session.scalar(statement.with_only_columns(func.count()).order_by(None)) or 0
    first = (filters.page - 1) * limit
    rows = db.session.execute(
        statement.join(Organisation, Organisation.id == Student.district_id)
        .with_only_columns(Student, ProfileVersion, Organisation.name)
        .order_by(ProfileVersion.created_at.desc(), Student.id.desc())
        .offset(first)
        .limit(limit)
    ).all()
    lines = tuple(
        StudentLine(
            ref=student.ref,
            district=district,
            answers=answers_of(profile),
            version=profile.number,
            updated_at=profile.created_at,
            archived=student.archived,
        )
        for student, profile, district in rows
    )
    return StudentPage(lines=lines, total=total, first=first + 1 if lines else 0)


def all_listed(actor: Actor, filters: StudentFilters) -> StudentPage:
    """Every student that the filters leave, for a file."""
    return listed(actor, filters, limit=FILE_ROWS)


def last_ranked(page: StudentPage) -> dict[str, datetime]:
    """When the students of a page were last ranked, by code; those never ranked are left out."""
    rows = db.session.execute(
        select(Student.ref, func.max(Ranking.made_at).label("made_at"))
        .join(Ranking, Ranking.student_id == Student.id)
        .where(Student.ref.in_([line.ref for line in page.lines]))
        .group_by(Student.ref)
    ).all()
    return {row.ref: row.made_at for row in rows}


def districts(actor: Actor) -> Sequence[Organisation]:
    """The districts for which the actor may describe students, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(places(actor, Permission.STUDENT_WRITE)))
        .order_by(Organisation.name)
    ).all()


def _is_latest():  # type: ignore[no-untyped-def]  # a SQL expression, of no short type
    return (ProfileVersion.student_id == Student.id) & (ProfileVersion.number == Student.latest_number)


# Put together once: that takes longer than asking.
_LATEST = (
    select(Student, ProfileVersion)
    .join(ProfileVersion, _is_latest())
    .where(Student.district_id.in_(bindparam("districts", expanding=True)), Student.ref == bindparam("ref"))
    .options(joinedload(Student.district))
)


def _narrowed(statement: Select[Any], filters: StudentFilters) -> Select[Any]:
    said = ProfileVersion.answers
    if filters.codes:
        return statement.where(Student.ref.in_(filters.codes))
    statement = statement.where(Student.archived == filters.archived)
    if filters.search:
        statement = statement.where(Student.ref.contains(filters.search, autoescape=True))
    if filters.category:
        statement = statement.where(said["primary_category"].as_string() == filters.category.value)
    if filters.team_status:
        statement = statement.where(said["team_status"].as_string() == filters.team_status.value)
    if filters.band:
        least, most = years_of(filters.band)
        statement = statement.where(said["age_years"].as_integer().between(least, most))
    return statement

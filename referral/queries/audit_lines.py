"""Lists of the audit log for the administrator of the site: codes and numbers, and who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Select, select

from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.users import User
from referral.queries.lists import PAGE_ROWS, contains
from referral.rules.audit import VERIFIED
from referral.rules.permissions import Actor, Permission, check

FILE_ROWS = 20_000


@dataclass(frozen=True)
class AuditFilters:
    """What the log is narrowed to: who by name or address, the beginning of a tag, a subject, days in UTC."""

    who: str = ""
    tag: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class AuditLine:
    """A line of the log."""

    id: int
    at: datetime
    user_id: int | None
    who: str | None
    tag: str
    subject_kind: str
    subject_ref: str
    facts: dict[str, object]


@dataclass(frozen=True)
class AuditPage:
    """Some lines, the newest first, and whether there are older ones."""

    lines: Sequence[AuditLine]
    has_older: bool


def listed(actor: Actor, filters: AuditFilters) -> AuditPage:
    """One page of the log; a log grows for ever, so its lines are never counted."""
    found = _read(_narrowed(actor, filters), PAGE_ROWS + 1)
    return AuditPage(found[:PAGE_ROWS], has_older=len(found) > PAGE_ROWS)


def exported(actor: Actor, filters: AuditFilters) -> Sequence[AuditLine]:
    """The newest lines that the filters leave, for a file."""
    return _read(_narrowed(actor, filters), FILE_ROWS)


def last_verified(actor: Actor) -> AuditLine | None:
    """The line of the last check of the log from its page."""
    found = _read(_narrowed(actor, AuditFilters(tag=VERIFIED)), 1)
    return found[0] if found else None


def _read(statement: Select[Any], limit: int) -> Sequence[AuditLine]:
    rows = db.session.execute(statement.limit(limit)).all()
    return [_line(event, name) for event, name in rows]


def _line(event: AuditEvent, name: str | None) -> AuditLine:
    return AuditLine(
        id=event.id,
        at=event.at,
        user_id=event.actor_user_id,
        who=name,
        tag=event.tag,
        subject_kind=event.subject_kind,
        subject_ref=event.subject_ref,
        facts=event.facts,
    )


def _narrowed(actor: Actor, filters: AuditFilters) -> Select[Any]:
    check(actor, Permission.AUDIT_READ)
    statement: Any = (  # a statement of several columns has no short type
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_user_id)
        .order_by(AuditEvent.id.desc())
    )
    if filters.who.strip():
        statement = statement.where(contains(User.name, filters.who) | contains(User.email, filters.who))
    if filters.tag.strip():
        statement = statement.where(AuditEvent.tag.startswith(filters.tag.strip(), autoescape=True))
    if filters.subject.strip():
        statement = statement.where(contains(AuditEvent.subject_ref, filters.subject))
    if filters.since is not None:
        statement = statement.where(AuditEvent.at >= _midnight(filters.since))
    if filters.until is not None:
        statement = statement.where(AuditEvent.at < _midnight(filters.until) + timedelta(days=1))
    if filters.before is not None:
        statement = statement.where(AuditEvent.id < filters.before)
    return cast("Select[Any]", statement)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

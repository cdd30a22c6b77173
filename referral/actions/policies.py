"""What is done to policies: a director proposes a version, and approves or withdraws one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from matching import InvalidPolicy
from matching.policy import Policy
from referral.actions import audit
from referral.errors import FieldProblem, InvalidInput
from referral.formats.policy_changes import (
    Authorship,
    ChangeRecord,
    changed_value,
    plain_changes,
    revised,
)
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.policies import PolicyDecision, PolicyVersion
from referral.queries import policies as queries
from referral.rules.permissions import Actor, Permission, check
from referral.rules.policies import (
    Decision,
    check_base_is_latest,
    check_may_approve,
    check_open,
    check_reason,
    check_wished_day,
    in_force_from,
    version_name,
)
from referral.wording.policies import in_words


@dataclass(frozen=True)
class Proposal:
    """What a director asks for: other numbers, a reason for each and for the whole, from a day on."""

    reason: str
    wished_from: date
    numbers: Mapping[str, Any]
    reasons: Mapping[str, str]


def propose(actor: Actor, district: Organisation, proposal: Proposal, *, today: date) -> PolicyVersion:
    """A new version of the district's policy, to be looked at and approved; it ranks nothing yet.

    Raises
    ------
    InvalidInput : nothing changed, a reason missing, or numbers that do not hold together.
    """
    check(actor, Permission.POLICY_PROPOSE, district.id)
    _wait_for_turn(district.id)
    rows = queries.approved(district.id)
    latest = rows[-1] if rows else None
    base = queries.PACKAGED if latest is None else queries.policy_of(latest, rows)
    number = 1 + (_last_number(district.id) or 0)
    by = Authorship(version_name(district.slug, number), actor.name, proposal.wished_from, proposal.reason)
    changes = _checked(base, by, proposal, today)
    made = PolicyVersion(
        district_id=district.id,
        number=number,
        version=by.version,
        base_version=base.version if latest is None else latest.base_version,
        based_on_id=None if latest is None else latest.id,
        author=actor.name,
        author_id=actor.user_id or None,
        proposed_on=today,
        wished_from=proposal.wished_from,
        reason=check_reason(proposal.reason),
        changes=plain_changes(changes),
    )
    db.session.add(made)
    db.session.flush()
    facts = {"district": district.slug, "version": made.version, "changed": sorted(changes)}
    audit.record(actor, "policy:version:proposed", "policy", made.ref, **facts)
    return made


def approve(actor: Actor, ref: str, *, today: date) -> PolicyDecision:
    """The version approved: it ranks from its day on, and what was ranked before keeps its own policy.

    Raises
    ------
    NotPermitted : the proposer, where the district has a second director.
    StaleUpdate : it was decided, or another version was approved since.
    """
    row = queries.get(actor, ref)
    check(actor, Permission.POLICY_APPROVE, row.district_id)
    _wait_for_turn(row.district_id)
    check_open(_decided(row))
    earlier = queries.approved(row.district_id)
    latest = earlier[-1] if earlier else None
    check_base_is_latest(*_tips(row, latest))
    directors = {user.id for user in queries.directors(actor, row.district_id)}
    check_may_approve(actor.user_id, row.author_id, directors)
    base_from = None if latest is None else queries.first_day(latest)
    first_day = in_force_from(row.wished_from, today, base_from)
    made = _decide(actor, row, Decision.APPROVED, first_day)
    facts = {"version": row.version, "in_force_from": first_day, "directors": len(directors)}
    audit.record(actor, "policy:version:approved", "policy", row.ref, **facts)
    return made


def withdraw(actor: Actor, ref: str) -> PolicyDecision:
    """The proposal withdrawn; it stays on record.

    Raises
    ------
    StaleUpdate : it was decided in the meantime.
    """
    row = queries.get(actor, ref)
    check(actor, Permission.POLICY_PROPOSE, row.district_id)
    _wait_for_turn(row.district_id)
    check_open(_decided(row))
    made = _decide(actor, row, Decision.WITHDRAWN, None)
    audit.record(actor, "policy:version:withdrawn", "policy", row.ref, version=row.version)
    return made


def _wait_for_turn(district_id: int) -> None:
    """One at a time decides of a district's policy, on both databases."""
    db.session.execute(select(Organisation.id).where(Organisation.id == district_id).with_for_update())


def _last_number(district_id: int) -> int | None:
    return db.session.scalar(
        select(func.max(PolicyVersion.number)).where(PolicyVersion.district_id == district_id)
    )


def _decided(row: PolicyVersion) -> Decision | None:
    """What was decided, read again after waiting for the turn."""
    found = db.session.scalar(select(PolicyDecision.decision).where(PolicyDecision.policy_id == row.id))
    return Decision(found) if found else None


def _tips(row: PolicyVersion, latest: PolicyVersion | None) -> tuple[str, str]:
    """What the version is based on, and the latest approved version, as codes."""
    packaged = row.base_version
    return str(row.based_on_id or packaged), str(latest.id if latest else packaged)


def _decide(actor: Actor, row: PolicyVersion, decision: Decision, first_day: date | None) -> PolicyDecision:
    made = PolicyDecision(
        policy=row,
        decision=decision.value,
        decided_by_id=actor.user_id or None,
        decided_by=actor.name,
        in_force_from=first_day,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _checked(base: Policy, by: Authorship, proposal: Proposal, today: date) -> dict[str, ChangeRecord]:
    """The numbers that differ from the base, each with its reason, together a valid policy."""
    problems, changes = _reason_problems(proposal, today), {}
    for name, written in proposal.numbers.items():
        try:
            differs = changed_value(base, name, written) != getattr(base, name)
            if differs:
                reason = check_reason(proposal.reasons.get(name, ""), f"why_{name}")
                changes[name] = ChangeRecord(value=written, reason=reason)
        except InvalidInput as error:
            problems += error.errors
        except ValueError as error:
            problems.append(_refused(name, str(error)))
    if not problems and not changes:
        problems.append(FieldProblem("", "policy_no_change"))
    if not problems:
        problems += _policy_problems(base, by, changes)
    if problems:
        raise InvalidInput(problems)
    return changes


def _reason_problems(proposal: Proposal, today: date) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    for checking in (
        lambda: check_reason(proposal.reason),
        lambda: check_wished_day(proposal.wished_from, today),
    ):
        try:
            checking()
        except InvalidInput as error:
            problems += error.errors
    return problems


def _policy_problems(base: Policy, by: Authorship, changes: Mapping[str, ChangeRecord]) -> list[FieldProblem]:
    try:
        revised(base, by, changes)
    except InvalidPolicy as error:
        return [_refused(error.field, error.message)]
    return []


def _refused(name: str, message: str) -> FieldProblem:
    return FieldProblem(name, "policy_number", {"message": in_words(message)})

"""Policies: the one that ranks in a district on a day, its versions, and who may decide of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from matching.policy import Policy
from matching.policy_2026_1 import POLICY_2026_1, with_example_transport
from referral.errors import RecordNotFound
from referral.formats.policy_changes import BASES, Authorship, read_changes, revised
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.policies import PolicyDecision, PolicyVersion
from referral.models.users import RoleAssignment, User
from referral.queries.catalog import keep
from referral.rules.permissions import Actor, Permission, Role, check, places
from referral.rules.policies import Decision, PolicyState, state_of
from referral.rules.references import ReferenceKind, read_reference

PACKAGED = POLICY_2026_1
_priced: dict[tuple[str, date, bool], Policy] = {}


@dataclass(frozen=True)
class PolicyLine:
    """One version in the history of a district's policy."""

    row: PolicyVersion
    state: PolicyState
    in_force: bool


@dataclass(frozen=True)
class PolicyHistory:
    """The policy of a district on a day, every version of it, and those that may be based on."""

    district: Organisation
    policy: Policy
    row: PolicyVersion | None
    lines: tuple[PolicyLine, ...]


def current(actor: Actor, district_id: int, on: date, *, with_examples: bool = False) -> Policy:
    """The policy in force in a district on a day: its last approved version, else the packaged one.

    With example figures it also prices rides, by a made-up rate tagged as such.
    """
    check(actor, Permission.POLICY_READ, district_id)
    rows = approved(district_id)
    row = in_force(rows, on)
    if row is None:
        return packaged(with_examples=with_examples)
    key = (row.ref, first_day(row), with_examples)
    if key not in _priced:
        keep(_priced, key, priced(policy_of(row, rows), with_examples=with_examples))
    return _priced[key]


@cache
def packaged(*, with_examples: bool = False) -> Policy:
    """The policy that comes with the library, for every district that has approved none."""
    return priced(PACKAGED, with_examples=with_examples)


def priced(policy: Policy, *, with_examples: bool) -> Policy:
    """The policy as it ranks: where example figures count, rides have an example price."""
    return with_example_transport(policy) if with_examples else policy


def approved(district_id: int) -> Sequence[PolicyVersion]:
    """The approved versions of a district, each based on the one before."""
    return db.session.scalars(_APPROVED, {"district": district_id}).all()


# Put together once: that takes longer than asking.
_APPROVED = (
    select(PolicyVersion)
    .join(PolicyVersion.decision)
    .where(
        PolicyVersion.district_id == bindparam("district"),
        PolicyDecision.decision == Decision.APPROVED.value,
    )
    .options(contains_eager(PolicyVersion.decision))
    .order_by(PolicyDecision.in_force_from, PolicyDecision.id)
)


def in_force(rows: Iterable[PolicyVersion], on: date) -> PolicyVersion | None:
    """The last of the approved versions that counts on a day; None while the packaged policy does."""
    return next((row for row in reversed([*rows]) if first_day(row) <= on), None)


def first_day(row: PolicyVersion) -> date:
    """The first day of a version: decided for an approved one, asked for by a proposal."""
    decided = row.decision.in_force_from if row.decision else None
    return decided or row.wished_from


def policy_of(row: PolicyVersion, earlier: Iterable[PolicyVersion]) -> Policy:
    """The whole policy of a version, made from the packaged one through every version it is based on."""
    by_id = {one.id: one for one in earlier}
    base = BASES[row.base_version] if row.based_on_id is None else policy_of(by_id[row.based_on_id], earlier)
    by = Authorship(row.version, row.author, first_day(row), row.reason)
    return revised(base, by, read_changes(row.changes))


def base_of(row: PolicyVersion, earlier: Iterable[PolicyVersion]) -> Policy:
    """The policy a version changes."""
    by_id = {one.id: one for one in earlier}
    return BASES[row.base_version] if row.based_on_id is None else policy_of(by_id[row.based_on_id], earlier)


def visible(actor: Actor) -> Select[Any]:
    """The versions of the actor's districts; of all for the command."""
    statement = select(PolicyVersion).options(
        joinedload(PolicyVersion.decision), joinedload(PolicyVersion.district)
    )
    if actor.is_command:
        check(actor, Permission.POLICY_READ)
        return statement
    return statement.where(PolicyVersion.district_id.in_(places(actor, Permission.POLICY_READ)))


def get(actor: Actor, ref: str) -> PolicyVersion:
    """The version of this reference.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    wanted = read_reference(ref, ReferenceKind.POLICY)
    row: PolicyVersion | None = db.session.scalar(visible(actor).where(PolicyVersion.ref == wanted))
    if row is None:
        raise RecordNotFound(kind="policy")
    return row


def districts(actor: Actor, permission: Permission = Permission.POLICY_READ) -> Sequence[Organisation]:
    """The districts whose policy the actor may read, or propose, by name."""
    statement = select(Organisation).order_by(Organisation.name)
    return db.session.scalars(statement.where(Organisation.id.in_(places(actor, permission)))).all()


def history(actor: Actor, district: Organisation, on: date) -> PolicyHistory:
    """A district's policy on a day and all its versions, latest first."""
    check(actor, Permission.POLICY_READ, district.id)
    rows = db.session.scalars(
        visible(actor).where(PolicyVersion.district_id == district.id).order_by(PolicyVersion.number.desc())
    ).all()
    now = in_force(approved(district.id), on)
    return PolicyHistory(
        district=district,
        policy=current(actor, district.id, on),
        row=now,
        lines=tuple(PolicyLine(row, state(row, now), row is now) for row in rows),
    )


def state(row: PolicyVersion, now: PolicyVersion | None) -> PolicyState:
    """The state of a version, with the one that is in force now."""
    decided = Decision(row.decision.decision) if row.decision else None
    return state_of(decided, first_day(row), current_from=None if now is None else first_day(now))


def directors(actor: Actor, district_id: int) -> Sequence[User]:
    """The active directors of a district, by name: who may approve."""
    check(actor, Permission.POLICY_READ, district_id)
    held = User.assignments.any(
        (RoleAssignment.role == Role.DIRECTOR.value) & (RoleAssignment.organisation_id == district_id)
    )
    return db.session.scalars(select(User).where(User.active, held).order_by(User.name, User.id)).all()


def every_version(actor: Actor) -> Mapping[Organisation, Sequence[PolicyVersion]]:
    """Every version of every district the actor may see, by district, first to last."""
    rows = db.session.scalars(visible(actor).order_by(PolicyVersion.district_id, PolicyVersion.number)).all()
    found: dict[Organisation, list[PolicyVersion]] = {}
    for row in rows:
        found.setdefault(row.district, []).append(row)
    return found

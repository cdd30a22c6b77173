"""What is done to organizations and memberships: add, edit, remove; each leaves an audit line."""

from dataclasses import asdict
from enum import Enum

from sqlalchemy import select

from referral.actions import audit, directory
from referral.actions.refusals import refusing
from referral.errors import FieldProblem, StaleUpdate
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.rules.memberships import MembershipFacts, check_membership, check_parties
from referral.rules.organisations import OrganisationFacts, OrganisationKind, check_facts
from referral.rules.periods import Period
from referral.rules.permissions import Actor, Permission, check

TAKEN = {name: FieldProblem("slug", "slug_taken") for name in ("uq_organisations_slug", "organisations.slug")}
OVERLAPS = {
    name: FieldProblem("valid_from", "membership_overlaps")
    for name in ("memberships overlap", "uq_memberships", "UNIQUE constraint failed: memberships")
}


def add(actor: Actor, facts: OrganisationFacts) -> Organisation:
    """A new organization.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.ORGANISATIONS_MANAGE)
    check_facts(facts)
    organisation = Organisation(**_columns(facts))
    with refusing(TAKEN):
        db.session.add(organisation)
    audit.record(actor, "organisation:record:added", "organisation", facts.slug, kind=facts.kind.value)
    return organisation


def edit(actor: Actor, organisation: Organisation, facts: OrganisationFacts, *, version_seen: int) -> None:
    """Save new facts about an organization; its kind stays, since roles and memberships rest on it.

    Raises
    ------
    NotPermitted, InvalidInput, StaleUpdate
    """
    check(actor, Permission.ORGANISATIONS_MANAGE)
    if version_seen != organisation.version:
        raise StaleUpdate(seen=version_seen, now=organisation.version)
    check_facts(facts)
    new = _columns(facts) | {"kind": organisation.kind}
    changed = [name for name, value in new.items() if getattr(organisation, name) != value]
    with refusing(TAKEN):
        for name in changed:
            setattr(organisation, name, new[name])
    audit.record(actor, "organisation:record:edited", "organisation", organisation.slug, fields=changed)
    directory.touch()


def add_membership(
    actor: Actor, district: Organisation, collaborative: Organisation, facts: MembershipFacts
) -> Membership:
    """A new membership of a district.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.MEMBERSHIPS_MANAGE)
    check_parties(OrganisationKind(district.kind), OrganisationKind(collaborative.kind))
    check_membership(facts, _other_periods(district.id, collaborative.id, but=None))
    membership = Membership(district_id=district.id, collaborative_id=collaborative.id, **asdict(facts))
    with refusing(OVERLAPS):
        db.session.add(membership)
    _record(actor, "added", district, collaborative, facts)
    return membership


def edit_membership(actor: Actor, membership: Membership, facts: MembershipFacts) -> None:
    """Save new days or a new source of a membership.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.MEMBERSHIPS_MANAGE)
    others = _other_periods(membership.district_id, membership.collaborative_id, but=membership.id)
    check_membership(facts, others)
    with refusing(OVERLAPS):
        for name, value in asdict(facts).items():
            setattr(membership, name, value)
    _record(actor, "edited", membership.district, membership.collaborative, facts)


def remove_membership(actor: Actor, membership: Membership) -> None:
    """Remove a membership that was entered by mistake; one that ended gets its last day instead."""
    check(actor, Permission.MEMBERSHIPS_MANAGE)
    facts = MembershipFacts(membership.valid_from, membership.valid_to)
    _record(actor, "removed", membership.district, membership.collaborative, facts)
    db.session.delete(membership)
    db.session.flush()


def _columns(facts: OrganisationFacts) -> dict[str, object]:
    """The facts as column values: vocabulary as text, empty text as unknown."""
    values = {name: value.value if isinstance(value, Enum) else value for name, value in vars(facts).items()}
    return {name: None if value == "" else value for name, value in values.items()}


def _other_periods(district_id: int, collaborative_id: int, *, but: int | None) -> list[Period]:
    rows = db.session.execute(
        select(Membership.valid_from, Membership.valid_to, Membership.id).where(
            Membership.district_id == district_id, Membership.collaborative_id == collaborative_id
        )
    )
    return [(first, last) for first, last, key in rows if key != but]


def _record(
    actor: Actor, verb: str, district: Organisation, collaborative: Organisation, facts: MembershipFacts
) -> None:
    audit.record(
        actor,
        f"organisation:membership:{verb}",
        "organisation",
        collaborative.slug,
        district=district.slug,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )
    directory.touch()

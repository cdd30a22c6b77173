"""Reads of organizations and memberships, which are public facts: any signed-in user may."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from referral.errors import FieldProblem, InvalidInput, RecordNotFound
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.queries.lists import PAGE_ROWS, Page, contains, page_of
from referral.rules.memberships import MembershipStanding, standing
from referral.rules.organisations import HAVE_MEMBERS, OrganisationKind
from referral.rules.periods import Period
from referral.rules.permissions import Actor, Permission, check


def get(actor: Actor, slug: str) -> Organisation:
    """The organization of a short name.

    Raises
    ------
    RecordNotFound : there is none.
    """
    check(actor, Permission.DIRECTORY_READ)
    organisation = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        raise RecordNotFound(kind="organisation")
    return organisation


def listed(
    actor: Actor,
    search: str = "",
    kind: OrganisationKind | None = None,
    *,
    first: int = 0,
    limit: int = PAGE_ROWS,
) -> Page[Organisation]:
    """Organizations by name, all or those whose name or town contains the search, a page of them."""
    check(actor, Permission.DIRECTORY_READ)
    statement = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    if kind is not None:
        statement = statement.where(Organisation.kind == kind.value)
    if search.strip():
        statement = statement.where(contains(Organisation.name, search) | contains(Organisation.town, search))
    return page_of(statement, first=first, limit=limit)


def named(actor: Actor, text: str, field: str, *kinds: OrganisationKind) -> Organisation:
    """The organization a person means by its name or short name, among some kinds or all.

    Raises
    ------
    InvalidInput : none, or several, of this name; with the nearest names.
    """
    check(actor, Permission.DIRECTORY_READ)
    wanted = text.strip().lower()
    among = [kind.value for kind in kinds or OrganisationKind]
    found = db.session.scalars(
        select(Organisation).where(
            Organisation.kind.in_(among),
            or_(func.lower(Organisation.name) == wanted, Organisation.slug == wanted),
        )
    ).all()
    if len(found) == 1:
        return found[0]
    raise InvalidInput([_unclear(field, wanted, among, found)])


def memberships_of(actor: Actor, organisation: Organisation) -> Sequence[Membership]:
    """Every membership in which an organization is the district or the collaborative, newest first."""
    check(actor, Permission.DIRECTORY_READ)
    return db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.district), joinedload(Membership.collaborative))
        .where((Membership.district_id == organisation.id) | (Membership.collaborative_id == organisation.id))
        .order_by(Membership.valid_from.desc(), Membership.id)
    ).all()


def membership(actor: Actor, collaborative_slug: str, district_slug: str, first_day: date) -> Membership:
    """The membership of a district that began on a day.

    Raises
    ------
    RecordNotFound : there is none.
    """
    collaborative, district = get(actor, collaborative_slug), get(actor, district_slug)
    found = db.session.scalar(
        select(Membership).where(
            Membership.district_id == district.id,
            Membership.collaborative_id == collaborative.id,
            Membership.valid_from == first_day,
        )
    )
    if found is None:
        raise RecordNotFound(kind="membership")
    return found


def standings(actor: Actor, district_id: int, *, on: date) -> Mapping[int, MembershipStanding]:
    """Whether a district is a member on a date, by the key of every collaborative; two SQL statements."""
    check(actor, Permission.DIRECTORY_READ)
    periods: dict[int, list[Period]] = defaultdict(list)
    for row in db.session.scalars(select(Membership).where(Membership.district_id == district_id)):
        periods[row.collaborative_id].append((row.valid_from, row.valid_to))
    lists = db.session.execute(
        select(Organisation.id, Organisation.member_list_complete).where(
            Organisation.kind.in_([kind.value for kind in HAVE_MEMBERS])
        )
    )
    return {key: standing(periods[key], on=on, list_complete=complete) for key, complete in lists}


def _unclear(field: str, wanted: str, among: Sequence[str], found: Sequence[Organisation]) -> FieldProblem:
    """What to say when a name is not that of exactly one organization."""
    if found:
        slugs = ", ".join(sorted(one.slug for one in found))
        return FieldProblem(field, "organisation_ambiguous", {"slugs": slugs})
    names = db.session.scalars(select(Organisation.name).where(Organisation.kind.in_(among))).all()
    by_lower = {name.lower(): name for name in names}
    near = [by_lower[name] for name in get_close_matches(wanted, by_lower, n=3, cutoff=0.5)]
    if near:
        return FieldProblem(field, "organisation_unknown_near", {"names": "; ".join(near)})
    return FieldProblem(field, "organisation_unknown")

"""The directory: its lines, kept until its mark or the date changes, and those an actor asks for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries import catalog
from referral.queries.lists import Page
from referral.rules.directory import Filters, Findings, Found, Order, find
from referral.rules.listings import Listing, listing
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Actor, Permission, check, places

PAGE_ROWS = 128

_lines: dict[tuple[str, date], tuple[Listing, ...]] = {}


def lines(today: date) -> tuple[Listing, ...]:
    """Every program as a line, example figures included and marked."""
    mark, held = catalog.current(today, with_examples=True)
    key = (mark, today)
    if key not in _lines:
        made = tuple(
            listing(record, profile, today=today)
            for record, profile in zip(held.records, held.profiles, strict=True)
        )
        catalog.keep(_lines, key, made)
    return _lines[key]


@dataclass(frozen=True)
class Home:
    """The districts the actor works for: their names, by which memberships are told, and their states."""

    districts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def directory(
    actor: Actor,
    filters: Filters,
    *,
    home: Home,
    today: date,
    order: Order = Order.NAME,
    descending: bool = False,
) -> Findings:
    """The programs that match, for any signed-in user."""
    check(actor, Permission.DIRECTORY_READ)
    return find(
        lines(today),
        filters,
        districts=home.districts,
        today=today,
        order=order,
        descending=descending,
    )


def page_of(findings: Findings, *, first: int, limit: int = PAGE_ROWS) -> Page[Found]:
    """Some of the lines that match."""
    total = len(findings.rows)
    first = max(0, min(first, total - 1)) if total else 0
    return Page(rows=findings.rows[first : first + limit], first=first, limit=limit, total=total)


def states(today: date) -> tuple[str, ...]:
    """The states that have programs, in order."""
    return tuple(sorted({line.operator.state for line in lines(today)}))


def home_of(actor: Actor) -> Home:
    """The districts the actor works for."""
    keys = sorted(places(actor, Permission.STUDENT_READ))
    if not keys:
        return Home()
    statement = select(Organisation.name, Organisation.state).where(
        Organisation.id.in_(keys), Organisation.kind == OrganisationKind.DISTRICT.value
    )
    found = db.session.execute(statement.order_by(Organisation.name)).all()
    return Home(tuple(name for name, _ in found), tuple(state for _, state in found if state))

"""Every page keeps within a number of SQL statements, the same for few rows and for many."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from referral.actions import rankings, referrals
from referral.actions.referring import Chosen, refer
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import Actor, Permission, Role
from referral.rules.referrals import Verb
from tests.databases import at_most
from tests.factories import a_collaborative, a_district, a_membership, a_user
from tests.programs import AGENCY, PROGRAM, ROOM, TODAY, a_file, load_file
from tests.rankings import SAID
from tests.referrals import NOW
from tests.students import a_draft, a_student
from tests.web.test_access_matrix import HOLDERS, pages_of
from tests.world import Side, two_sides

USUAL = 10  # nine of its own, and one for the bell in the header
# A program with rooms, openings, sites, prices, agency and members; the form of a room needs it and the room.
LARGER = {
    "programs.show": 13,
    "rooms.edit": 13,
    # Both sides' settings and days off, what decides of the moves, the story with its notes
    "referrals.show": 13,
    # A student's rankings, referrals and the clocks of both sides; the records of a student likewise
    "students.show": 13,
    "students.version": 13,
    # Profiles, rankings, consents, referrals, their moves and notes
    "student_timeline.show": 13,
    # Referrals, consents, moves, lines of the log, positions, the district's zone
    "student_access.show": 13,
}
MOST = 1000


def pages(app: Flask) -> Iterator[tuple[str, Role | None]]:
    """Every page that an account opens, with a role that may."""
    for rule in pages_of(app):
        permission: Permission = app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
        if "GET" in (rule.methods or set()) and permission is not Permission.PUBLIC:
            role = next((role for role in reversed(Role) if role in HOLDERS[permission]), None)
            yield rule.endpoint, Role.DIRECTOR if Role.DIRECTOR in HOLDERS[permission] else role


def someone_else(actor: Actor) -> Actor:
    """Another director of the actor's district: nobody approves their own."""
    home = db.session.get_one(Organisation, actor.assignments[0].organisation_id)
    return actor_of(a_user(Role.DIRECTOR, at=home))


def grow(actor: Actor) -> None:
    """Many of everything: programs with rooms, students with rankings, drafts, members and users."""
    rooms = [ROOM | {"key": f"more-{n}"} for n in range(6)]
    more = [PROGRAM | {"key": f"p-{n}", "name": f"Program {n}", "rooms": rooms} for n in range(50)]
    load_file(a_file(PROGRAM | {"rooms": [ROOM, *rooms]}, *more, agencies=(AGENCY,)))
    for _ in range(30):
        student = a_student(actor, **SAID)
        a_draft(actor)
        kept = rankings.rank_for(actor, student.ref, today=TODAY, with_examples=True)
        [sent, _] = refer(actor, kept.ref, [Chosen("bridge"), Chosen("p-1")], submit=True, now=NOW)
        referrals.move(someone_else(actor), sent.ref, Verb.APPROVE, now=NOW)
    river = db.session.scalars(select(Organisation).where(Organisation.slug == "river")).one()
    home = db.session.get_one(Organisation, actor.assignments[0].organisation_id)
    for _ in range(30):
        a_membership(a_district(), river)
        a_membership(home, a_collaborative())
        a_user(Role.COLLABORATIVE_STAFF, at=river)
        a_user(Role.COORDINATOR, at=home)


@pytest.fixture
def side(prepared) -> Side:
    return prepared(two_sides)[0]


@pytest.fixture
def statements(app, engine, saved, signed_in, side):
    """How many statements each page sends, opened a second time."""
    browsers = {}
    for role in Role:
        place = side.places.get(role)
        browsers[role] = signed_in(
            role, at=saved(lambda place=place: db.session.get(Organisation, place)) if place else None
        )

    def count() -> dict[str, list[str]]:
        found = {}
        for endpoint, role in pages(app):
            address = side.address(app, endpoint)
            browsers[role].get(address)
            with at_most(MOST, engine) as sent:
                assert browsers[role].get(address).status_code in (200, 303), endpoint
            found[endpoint] = list(sent)
        return found

    count.actor = browsers[Role.DIRECTOR].actor
    return count


def test_no_page_sends_more_for_many_rows_and_each_keeps_its_budget(statements, saved):
    few = statements()
    saved(grow, statements.actor)
    many = statements()

    grown = {name: (len(few[name]), len(many[name])) for name in few if len(many[name]) > len(few[name])}
    over = {name: len(sent) for name, sent in many.items() if len(sent) > LARGER.get(name, USUAL)}
    assert grown == {}
    assert over == {}


def test_no_budget_is_larger_than_it_has_to_be(statements):
    unneeded = {
        name: len(sent) for name, sent in statements().items() if name in LARGER and len(sent) <= USUAL
    }

    assert unneeded == {}

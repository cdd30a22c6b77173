"""Every route and method x every role and a stranger x what is one's own, foreign or missing: one table."""

import re
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.rules.permissions import Permission, Role
from tests.world import Side, missing, seen_by, two_sides

DISTRICT = {Role.COORDINATOR, Role.DIRECTOR}
STAFF = {Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR}
EVERYONE = set(Role)
SITE = {Role.SITE_ADMINISTRATOR}
# Who holds a permission; written down again here, so that a slip in GRANTS is seen.
HOLDERS: Mapping[Permission, set[Role]] = {
    Permission.SIGNED_IN: EVERYONE,
    Permission.DIRECTORY_READ: EVERYONE,
    Permission.PROGRAM_EDIT: STAFF,
    Permission.SEATS_UPDATE: STAFF,
    Permission.STUDENT_READ: DISTRICT,
    Permission.STUDENT_WRITE: DISTRICT,
    Permission.IDENTITY_READ: DISTRICT,
    Permission.IDENTITY_WRITE: DISTRICT,
    Permission.IDENTITY_KEEP: {Role.DIRECTOR},
    Permission.RANKING_READ: DISTRICT,
    Permission.RANKING_MAKE: DISTRICT,
    Permission.TEAM_SHEET_READ: DISTRICT,
    Permission.REFERRAL_READ: DISTRICT | STAFF,
    Permission.REFERRAL_WRITE: DISTRICT,
    Permission.REFERRAL_APPROVE: DISTRICT,
    Permission.REFERRAL_ANSWER: STAFF,
    Permission.CAPACITY_READ: DISTRICT | STAFF,
    Permission.CAPACITY_ASK: DISTRICT,
    Permission.CAPACITY_ANSWER: STAFF,
    Permission.NOTICES_READ: EVERYONE,
    Permission.SETTINGS_EDIT: {Role.DIRECTOR, Role.COLLABORATIVE_ADMINISTRATOR},
    Permission.TOKENS_MANAGE: {Role.DIRECTOR, Role.COLLABORATIVE_ADMINISTRATOR},
    Permission.POLICY_READ: DISTRICT,
    Permission.POLICY_PROPOSE: {Role.DIRECTOR},
    Permission.POLICY_APPROVE: {Role.DIRECTOR},
    Permission.RANKING_OVERRIDE: {Role.DIRECTOR},
    Permission.HOLD_SET: {Role.DIRECTOR},
    Permission.CASELOAD_READ: {Role.DIRECTOR},
    Permission.AGGREGATES_READ: {Role.DIRECTOR, Role.COOPERATIVE_ADMINISTRATOR},
    Permission.NEEDS_REPORT_READ: STAFF,
    Permission.RETENTION_READ: SITE,
    Permission.ORGANISATIONS_MANAGE: SITE,
    Permission.MEMBERSHIPS_MANAGE: SITE,
    Permission.USERS_MANAGE: SITE,
    Permission.AUDIT_READ: SITE,
}
# What belongs to one district or collaborative; programs in the directory and administration do not.
OWNED = {
    Permission.PROGRAM_EDIT,
    Permission.SEATS_UPDATE,
    Permission.STUDENT_READ,
    Permission.STUDENT_WRITE,
    Permission.IDENTITY_READ,
    Permission.IDENTITY_WRITE,
    Permission.IDENTITY_KEEP,
    Permission.RANKING_READ,
    Permission.RANKING_MAKE,
    Permission.TEAM_SHEET_READ,
    Permission.REFERRAL_READ,
    Permission.REFERRAL_WRITE,
    Permission.REFERRAL_APPROVE,
    Permission.REFERRAL_ANSWER,
    Permission.CAPACITY_ANSWER,
    Permission.TOKENS_MANAGE,
    Permission.POLICY_READ,
    Permission.POLICY_PROPOSE,
    Permission.POLICY_APPROVE,
    Permission.RANKING_OVERRIDE,
    Permission.HOLD_SET,
}
SENT = {
    "inbox.answer": {"verb": "acknowledge"},
    "capacity.answer": {"reply": "none"},
    "seats.step": {"counted": "enrolled", "by": "-1", "version": "1"},
    "rooms.retire": {"version": "2"},
    "rooms.restore": {"version": "3"},
}
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')  # holds the second it was made in
DONE = {200, 303, 409, 422}
# Each ends what the requests before it look at.
LAST = (
    "rooms.retire",
    "rooms.restore",
    "intake.discard",
    "documents.remove",
    "users.remove_role",
    "users.disable",
    "memberships.remove",
    "users.sign_out",
)


def pages_of(app: Flask) -> list[Rule]:
    """The rules of door 1; those of the API have their own table in tests/api."""
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api.")]


def routes(app: Flask) -> Iterator[tuple[str, str, Permission]]:
    """Every page with each method it takes and its permission, those that end something last."""
    rules = list(pages_of(app))
    rules.sort(key=lambda rule: LAST.index(rule.endpoint) if rule.endpoint in LAST else -1)
    for rule in rules:
        permission = app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if permission is not Permission.PUBLIC:
                yield rule.endpoint, method, permission


def takes_names(app: Flask, endpoint: str) -> bool:
    return any(rule.arguments for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


def ask(browser: FlaskClient, app: Flask, side: Side, endpoint: str, method: str):
    data = SENT.get(endpoint) if method == "POST" else None
    return browser.open(side.address(app, endpoint), method=method, data=data)


@pytest.fixture
def sides(prepared) -> tuple[Side, Side]:
    return prepared(two_sides)


@pytest.fixture
def browser_of(app, saved, signed_in, sides):
    """A browser signed in as a role of the first side."""

    def sign_in(role: Role):
        place = sides[0].places.get(role)
        at = saved(lambda: db.session.get(Organisation, place)) if place else None
        return signed_in(role, at=at)

    return sign_in


def test_the_table_names_every_permission_a_page_asks_for(app):
    assert {permission for _, _, permission in routes(app)} <= set(HOLDERS)


def test_a_stranger_is_sent_to_sign_in_whatever_the_object(app, client, sides):
    own, _ = sides
    wrong = [
        (endpoint, method)
        for endpoint, method, _ in routes(app)
        for side in (own, missing(own))
        if (answer := ask(client, app, side, endpoint, method)).status_code != 303
        or not answer.location.startswith("/sign-in")
    ]

    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_its_own_and_nothing_else(app, browser_of, sides, role):
    browser = browser_of(role)
    own, foreign = (seen_by(role, side) for side in sides)
    wrong = []
    for endpoint, method, permission in routes(app):
        is_held, is_owned = role in HOLDERS[permission], permission in OWNED
        named = takes_names(app, endpoint)
        wanted = {
            "missing": (missing(own), {404} if is_held and named else DONE if is_held else {403}),
            "foreign": (foreign, {404} if is_held and named and is_owned else DONE if is_held else {403}),
            "own": (own, DONE if is_held else {403}),
        }
        for whose, (side, statuses) in wanted.items():
            if whose != "own" and (not named or (whose == "foreign" and not is_owned)):
                continue
            answer = ask(browser, app, side, endpoint, method)
            if answer.status_code not in statuses:
                wrong.append((endpoint, method, whose, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COLLABORATIVE_STAFF])
def test_what_is_foreign_looks_like_what_is_missing(app, browser_of, sides, role):
    browser = browser_of(role)
    own, foreign = sides
    different = []
    for endpoint, method, permission in routes(app):
        if role in HOLDERS[permission] and permission in OWNED and takes_names(app, endpoint):
            answers = [ask(browser, app, side, endpoint, method) for side in (foreign, missing(own))]
            if len({TOKEN.sub("", answer.text) for answer in answers}) != 1:
                different.append((endpoint, method))

    assert different == []


def test_a_user_without_a_role_sees_the_directory_and_nothing_else(app, signed_in, sides):
    browser = signed_in(None)
    open_to_all = {p for p, roles in HOLDERS.items() if roles == EVERYONE}
    wrong = []
    for endpoint, method, permission in routes(app):
        answer = ask(browser, app, sides[0], endpoint, method)
        if answer.status_code not in (DONE if permission in open_to_all else {403}):
            wrong.append((endpoint, method, answer.status_code))

    assert wrong == []

"""Who may do what."""

import pytest

from referral.errors import NotPermitted, RecordNotFound
from referral.rules.permissions import (
    COMMAND,
    GRANTS,
    NOBODY,
    Actor,
    Assignment,
    Permission,
    Role,
    check,
    may,
    places,
    read_role,
)

HERE, ELSEWHERE = 1, 2
# The whole map again, read the other way round: role -> what it gives at its own organization.
PUBLIC = {Permission.PUBLIC}
EVERYONE = PUBLIC | {Permission.SIGNED_IN, Permission.DIRECTORY_READ, Permission.NOTICES_READ}
COORDINATOR = EVERYONE | {
    Permission.REFERRAL_READ,
    Permission.REFERRAL_WRITE,
    Permission.REFERRAL_APPROVE,  # a deputy; rules.settings narrows it
    Permission.CAPACITY_READ,
    Permission.CAPACITY_ASK,
    Permission.STUDENT_READ,
    Permission.STUDENT_WRITE,
    Permission.IDENTITY_READ,
    Permission.IDENTITY_WRITE,
    Permission.RANKING_READ,
    Permission.RANKING_MAKE,
    Permission.RANKING_COSTS,
    Permission.TEAM_SHEET_READ,
    Permission.POLICY_READ,
}
DIRECTOR = COORDINATOR | {
    Permission.IDENTITY_KEEP,
    Permission.HOLD_SET,
    Permission.RANKING_OVERRIDE,
    Permission.CASELOAD_READ,
    Permission.POLICY_PROPOSE,
    Permission.POLICY_APPROVE,
    Permission.AGGREGATES_READ,
    Permission.SETTINGS_EDIT,
    Permission.TOKENS_MANAGE,
}
STAFF = EVERYONE | {
    Permission.PROGRAM_EDIT,
    Permission.SEATS_UPDATE,
    Permission.REFERRAL_READ,
    Permission.REFERRAL_ANSWER,
    Permission.CAPACITY_READ,
    Permission.CAPACITY_ANSWER,
    Permission.NEEDS_REPORT_READ,
}
ADMINISTRATION = {
    Permission.ORGANISATIONS_MANAGE,
    Permission.MEMBERSHIPS_MANAGE,
    Permission.USERS_MANAGE,
    Permission.AUDIT_READ,
    Permission.PROGRAMS_IMPORT,
    Permission.RETENTION_READ,
}
GIVEN = {
    Role.COORDINATOR: COORDINATOR,
    Role.DIRECTOR: DIRECTOR,
    Role.COLLABORATIVE_STAFF: STAFF,
    Role.COLLABORATIVE_ADMINISTRATOR: STAFF | {Permission.SETTINGS_EDIT, Permission.TOKENS_MANAGE},
    Role.COOPERATIVE_ADMINISTRATOR: EVERYONE | {Permission.AGGREGATES_READ},
    Role.SITE_ADMINISTRATOR: EVERYONE | ADMINISTRATION,
}
STUDENT_PAGES = {
    one
    for one in Permission
    if one.value.startswith(("student:", "identity:", "ranking:", "team_sheet:", "caseload:", "referral:"))
}


def an_actor(*roles):
    return Actor(user_id=7, name="User 7", assignments=tuple(Assignment(role, HERE) for role in roles))


def permissions_of(actor, at=None):
    return {permission for permission in Permission if may(actor, permission, at)}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_exactly_this(role):
    assert permissions_of(an_actor(role), HERE) == GIVEN[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_ADMINISTRATOR])
def test_at_another_organization_a_role_gives_only_what_every_user_has(role):
    assert permissions_of(an_actor(role), ELSEWHERE) == EVERYONE


def test_a_site_administrator_opens_no_student_page():
    assert not permissions_of(an_actor(Role.SITE_ADMINISTRATOR)) & STUDENT_PAGES


def test_nobody_has_only_the_public_pages():
    assert permissions_of(NOBODY) == PUBLIC


def test_the_command_administers_and_sees_no_student():
    reads = {Permission.DIRECTORY_READ, Permission.POLICY_READ}
    proves = {Permission.RANKINGS_VERIFY, Permission.SEATS_VERIFY}

    runs = {
        Permission.CLOCKS_RUN,
        Permission.TOKENS_MANAGE,
        Permission.BACKUPS_MAKE,
        Permission.VAULT_RUN,
        Permission.RETENTION_RUN,
    }
    assert permissions_of(COMMAND) == PUBLIC | reads | proves | ADMINISTRATION | runs


def test_several_roles_add_up():
    assert permissions_of(an_actor(Role.COORDINATOR, Role.COLLABORATIVE_STAFF)) == COORDINATOR | STAFF


def test_every_permission_is_granted_to_someone():
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS.values())


def test_a_refusal_names_the_permission():
    with pytest.raises(NotPermitted) as caught:
        check(an_actor(Role.COORDINATOR), Permission.SEATS_UPDATE, HERE)

    assert caught.value.facts == {"permission": "seats:update"}


def test_places_are_where_a_role_gives_the_permission():
    actor = Actor(
        7, "User 7", (Assignment(Role.DIRECTOR, HERE), Assignment(Role.COLLABORATIVE_STAFF, ELSEWHERE))
    )

    assert places(actor, Permission.STUDENT_READ) == {HERE}
    assert places(actor, Permission.SEATS_UPDATE) == {ELSEWHERE}
    assert places(actor, Permission.USERS_MANAGE) == frozenset()


def test_a_role_that_is_none_is_not_found():
    assert read_role("director") is Role.DIRECTOR
    with pytest.raises(RecordNotFound):
        read_role("emperor")

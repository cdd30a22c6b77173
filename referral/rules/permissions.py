"""Who may do what: one map from a permission to the tests, any one of which suffices.

Read `GRANTS` from top to bottom; it is the whole of it. Every page, command and action names a permission.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from referral.errors import NotPermitted, RecordNotFound


class Role(Enum):
    """A role a user holds at one organization."""

    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    COLLABORATIVE_STAFF = "collaborative_staff"
    COLLABORATIVE_ADMINISTRATOR = "collaborative_administrator"
    COOPERATIVE_ADMINISTRATOR = "cooperative_administrator"
    SITE_ADMINISTRATOR = "site_administrator"


class Permission(Enum):
    """A thing that can be allowed."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    DIRECTORY_READ = "directory:read"
    PROGRAM_EDIT = "program:edit"
    SEATS_UPDATE = "seats:update"
    STUDENT_READ = "student:read"
    STUDENT_WRITE = "student:write"
    IDENTITY_READ = "identity:read"
    IDENTITY_WRITE = "identity:write"
    IDENTITY_KEEP = "identity:keep"
    VAULT_RUN = "vault:run"
    RANKING_READ = "ranking:read"
    RANKING_MAKE = "ranking:make"
    RANKING_OVERRIDE = "ranking:override"
    RANKING_COSTS = "ranking:costs"
    RANKINGS_VERIFY = "rankings:verify"
    SEATS_VERIFY = "seats:verify"
    CLOCKS_RUN = "clocks:run"
    TEAM_SHEET_READ = "team_sheet:read"
    REFERRAL_READ = "referral:read"
    REFERRAL_WRITE = "referral:write"
    REFERRAL_APPROVE = "referral:approve"
    REFERRAL_ANSWER = "referral:answer"
    CAPACITY_READ = "capacity:read"
    CAPACITY_ASK = "capacity:ask"
    CAPACITY_ANSWER = "capacity:answer"
    NOTICES_READ = "notices:read"
    SETTINGS_EDIT = "settings:edit"
    TOKENS_MANAGE = "tokens:manage"
    BACKUPS_MAKE = "backups:make"
    RETENTION_RUN = "retention:run"
    RETENTION_READ = "retention:read"
    HOLD_SET = "hold:set"
    NEEDS_REPORT_READ = "needs_report:read"
    CASELOAD_READ = "caseload:read"
    AGGREGATES_READ = "aggregates:read"
    POLICY_READ = "policy:read"
    POLICY_PROPOSE = "policy:propose"
    POLICY_APPROVE = "policy:approve"
    ORGANISATIONS_MANAGE = "organisations:manage"
    MEMBERSHIPS_MANAGE = "memberships:manage"
    USERS_MANAGE = "users:manage"
    AUDIT_READ = "audit:read"
    PROGRAMS_IMPORT = "programs:import"


@dataclass(frozen=True)
class Assignment:
    """One role at one organization."""

    role: Role
    organisation_id: int


@dataclass(frozen=True)
class Actor:
    """Who acts: a user with roles, nobody, or the command line (`is_command`).

    ``door`` is how somebody came who did not sign in; it stands in the audit.
    """

    user_id: int
    name: str
    assignments: tuple[Assignment, ...] = ()
    is_command: bool = False
    door: str | None = None


NOBODY = Actor(user_id=0, name="Nobody")
COMMAND = Actor(user_id=0, name="The placewell command", is_command=True)

Test = Callable[[Actor, int | None], bool]


def _holds(actor: Actor, at: int | None, *roles: Role) -> bool:
    """Whether the actor holds one of the roles at the organization, or anywhere when none is named."""
    return any(a.role in roles and at in (None, a.organisation_id) for a in actor.assignments)


def anyone(_actor: Actor, _at: int | None) -> bool:
    """Everyone, signed in or not."""
    return True


def is_signed_in(actor: Actor, _at: int | None) -> bool:
    """A user who has signed in, whatever the role."""
    return actor.user_id > 0


def serves_district(actor: Actor, at: int | None) -> bool:
    """A coordinator or the director of this district."""
    return _holds(actor, at, Role.COORDINATOR, Role.DIRECTOR)


def directs_district(actor: Actor, at: int | None) -> bool:
    """The special education director of this district."""
    return _holds(actor, at, Role.DIRECTOR)


def works_at_collaborative(actor: Actor, at: int | None) -> bool:
    """Staff or the administrator of this collaborative."""
    return _holds(actor, at, Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR)


def administers_collaborative(actor: Actor, at: int | None) -> bool:
    """The administrator of this collaborative."""
    return _holds(actor, at, Role.COLLABORATIVE_ADMINISTRATOR)


def administers_cooperative(actor: Actor, at: int | None) -> bool:
    """The administrator of this cooperative or state agency, who sees counts and no student."""
    return _holds(actor, at, Role.COOPERATIVE_ADMINISTRATOR)


def administers_site(actor: Actor, _at: int | None) -> bool:
    """An administrator of this installation, at whatever organization; no student pages."""
    return _holds(actor, None, Role.SITE_ADMINISTRATOR)


def is_command(actor: Actor, _at: int | None) -> bool:
    """The `placewell` command, run by someone who can already read the database."""
    return actor.is_command


GRANTS: Mapping[Permission, tuple[Test, ...]] = {
    # Pages without an account
    Permission.PUBLIC: (anyone,),
    # Every signed-in user; programs are public facts
    Permission.SIGNED_IN: (is_signed_in,),
    Permission.DIRECTORY_READ: (is_signed_in, is_command),
    # A collaborative keeps its own programs and seats
    Permission.PROGRAM_EDIT: (works_at_collaborative,),
    Permission.SEATS_UPDATE: (works_at_collaborative,),
    # A district's students and rankings never leave the district here
    Permission.STUDENT_READ: (serves_district,),
    Permission.STUDENT_WRITE: (serves_district,),
    # Who a student is, where the district keeps names in the vault: the district alone, whatever the stage
    Permission.IDENTITY_READ: (serves_district,),
    Permission.IDENTITY_WRITE: (serves_district,),
    Permission.IDENTITY_KEEP: (directs_district,),
    # Keys and rows of the vault, none of them readable to the command
    Permission.VAULT_RUN: (is_command,),
    Permission.RANKING_READ: (serves_district,),
    Permission.RANKING_MAKE: (serves_district,),
    Permission.RANKING_COSTS: (serves_district,),
    Permission.TEAM_SHEET_READ: (serves_district,),
    Permission.POLICY_READ: (serves_district, is_command),
    # A referral has two sides; each sees and does its own (rules.referrals)
    Permission.REFERRAL_READ: (serves_district, works_at_collaborative),
    Permission.REFERRAL_WRITE: (serves_district,),
    Permission.REFERRAL_ANSWER: (works_at_collaborative,),
    # A director, or the deputy a district has named: rules.approvals narrows it
    Permission.REFERRAL_APPROVE: (serves_district,),
    # A question before a referral, with nothing of any student
    Permission.CAPACITY_READ: (serves_district, works_at_collaborative),
    Permission.CAPACITY_ASK: (serves_district,),
    Permission.CAPACITY_ANSWER: (works_at_collaborative,),
    Permission.NOTICES_READ: (is_signed_in,),
    # An organization's own settings: its calendar, clocks, approval
    Permission.SETTINGS_EDIT: (directs_district, administers_collaborative),
    Permission.TOKENS_MANAGE: (directs_district, administers_collaborative, is_command),
    # The director decides
    Permission.HOLD_SET: (directs_district,),
    Permission.RANKING_OVERRIDE: (directs_district,),
    Permission.CASELOAD_READ: (directs_district,),
    Permission.POLICY_PROPOSE: (directs_district,),
    Permission.POLICY_APPROVE: (directs_district,),
    # Recompute what was kept and tell references only
    Permission.RANKINGS_VERIFY: (is_command,),
    Permission.SEATS_VERIFY: (is_command,),
    # Everything, out to a file and back
    Permission.BACKUPS_MAKE: (is_command,),
    # What is deleted when it is kept no longer; references and counts only
    Permission.RETENTION_RUN: (is_command,),
    Permission.RETENTION_READ: (administers_site, is_command),
    # What a date brings: reminders, ends, freed seats
    Permission.CLOCKS_RUN: (is_command,),
    # Counts only, never a student
    Permission.NEEDS_REPORT_READ: (works_at_collaborative,),
    Permission.AGGREGATES_READ: (directs_district, administers_cooperative),
    # Administration; no student pages among these
    Permission.ORGANISATIONS_MANAGE: (administers_site, is_command),
    Permission.MEMBERSHIPS_MANAGE: (administers_site, is_command),
    Permission.USERS_MANAGE: (administers_site, is_command),
    Permission.AUDIT_READ: (administers_site, is_command),
    Permission.PROGRAMS_IMPORT: (administers_site, is_command),
}


def read_role(text: str) -> Role:
    """The role of this value.

    Raises
    ------
    RecordNotFound : there is no such role.
    """
    try:
        return Role(text)
    except ValueError as error:
        raise RecordNotFound(kind="role") from error


def may(actor: Actor, permission: Permission, at: int | None = None) -> bool:
    """Whether the actor holds the permission at the organization, or anywhere when none is named."""
    return any(test(actor, at) for test in GRANTS[permission])


def check(actor: Actor, permission: Permission, at: int | None = None) -> None:
    """Refuse an actor who does not hold the permission.

    Raises
    ------
    NotPermitted : none of the tests of the permission passes.
    """
    if not may(actor, permission, at):
        raise NotPermitted(permission=permission.value)


def places(actor: Actor, permission: Permission) -> frozenset[int]:
    """Keys of the organizations where one of the actor's own roles gives the permission."""
    return frozenset(
        a.organisation_id for a in actor.assignments if may(actor, permission, a.organisation_id)
    )

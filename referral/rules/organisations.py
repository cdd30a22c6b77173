"""Kinds of organization, which role has its place where, and what may be said of an organization."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from referral.errors import FieldProblem, InvalidInput
from referral.rules.permissions import Role


class OrganisationKind(Enum):
    """What an organization is."""

    DISTRICT = "district"
    COLLABORATIVE = "collaborative"
    COOPERATIVE = "cooperative"
    STATE_AGENCY = "state_agency"
    PLATFORM = "platform"


class OrganisationStatus(Enum):
    """Whether an organization is at work."""

    ACTIVE = "active"
    UNVERIFIED = "unverified"
    CLOSED = "closed"


HAVE_MEMBERS = frozenset({OrganisationKind.COLLABORATIVE, OrganisationKind.COOPERATIVE})

ROLE_PLACES: Mapping[Role, frozenset[OrganisationKind]] = {
    Role.COORDINATOR: frozenset({OrganisationKind.DISTRICT}),
    Role.DIRECTOR: frozenset({OrganisationKind.DISTRICT}),
    Role.COLLABORATIVE_STAFF: HAVE_MEMBERS,
    Role.COLLABORATIVE_ADMINISTRATOR: HAVE_MEMBERS,
    Role.COOPERATIVE_ADMINISTRATOR: frozenset({OrganisationKind.COOPERATIVE, OrganisationKind.STATE_AGENCY}),
    Role.SITE_ADMINISTRATOR: frozenset({OrganisationKind.PLATFORM}),
}

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME_LENGTH_MAX = 160
SOURCE_YEARS = range(1975, 2101)


@dataclass(frozen=True)
class OrganisationFacts:
    """What is known of an organization, and where from; unknown is None."""

    slug: str
    name: str
    kind: OrganisationKind
    status: OrganisationStatus = OrganisationStatus.ACTIVE
    state: str | None = None
    town: str | None = None
    source_address: str | None = None
    source_year: int | None = None
    member_list_complete: bool = False


def slug_of(name: str) -> str:
    """The short name of an organization in addresses, made from its name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")


def check_facts(facts: OrganisationFacts) -> None:
    """Refuse facts that contradict themselves or have the wrong form.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    tests = {
        ("slug", "slug_invalid"): SLUG.fullmatch(facts.slug) and len(facts.slug) <= 80,
        ("name", "organisation_name_missing"): 0 < len(facts.name.strip()) <= NAME_LENGTH_MAX,
        ("state", "state_invalid"): facts.state is None or re.fullmatch("[A-Z]{2}", facts.state),
        ("source_address", "source_address_invalid"): is_web_address(facts.source_address),
        ("source_year", "source_year_invalid"): facts.source_year is None
        or facts.source_year in SOURCE_YEARS,
        ("member_list_complete", "member_list_not_applicable"): not facts.member_list_complete
        or facts.kind in HAVE_MEMBERS,
    }
    refuse(tests)


def is_web_address(text: str | None) -> bool:
    """Whether a source is unknown or one or more web addresses, separated by "; "."""
    if text is None:
        return True
    return all(re.fullmatch(r"https?://[^\s;]+", part.strip()) for part in text.split(";"))


def refuse(tests: Mapping[tuple[str, str], object]) -> None:
    """Raise with every field whose test failed."""
    problems = [FieldProblem(field, code) for (field, code), passed in tests.items() if not passed]
    if problems:
        raise InvalidInput(problems)

"""Makes kept rankings for tests: three programs of two agencies, one student, synthetic all of them."""

from typing import Any

from referral.actions import rankings
from referral.models.rankings import Ranking
from referral.queries.users import actor_of
from referral.rules.permissions import Actor, Role
from tests.factories import a_district, a_user
from tests.programs import AGENCY, PROGRAM, TODAY, a_file, load_file
from tests.students import a_student

LAKE = {"key": "lake", "name": "Lake Collaborative", "state": "MA", "members": [{"district": "Lexington"}]}
HARBOR = {
    "key": "harbor",
    "name": "Harbor School",
    "agency": "lake",
    "program_type": "public_day",
    "inferred": [],
}
OLD_MILL = {"key": "old-mill", "name": "Old Mill", "agency": "lake", "ages": "18-21", "status": "closed"}
PROGRAMS = (PROGRAM, PROGRAM | HARBOR, PROGRAM | OLD_MILL | {"rooms": [], "examples": None})
SAID: dict[str, Any] = {
    "age_years": "9",
    "age_extra_months": "2",
    "grade": "3",
    "team_status": "searching",
    "placement_type": "school_year",
    "primary_category": "autism",
    "academics": "below",
    "alternate_assessment": "no",
    "expressive": ["speech"],
    "receptive": ["speech"],
    "hearing": "typical",
    "vision": "typical",
    "mobility": "walks",
    "health": "none",
    "one_to_one": "none",
    "accessible_changing": "no",
    "students_per_adult": "4:1",
    "services": [{"service": "speech_therapy", "minutes_per_week": "60", "delivery": "direct"}],
    "permitted_settings": ["separate_class", "public_day"],
    "substance_use_recovery": "no",
}


def a_directory(*programs: dict[str, Any]) -> None:
    """The three programs, or others, loaded with their examples."""
    load_file(a_file(*(programs or PROGRAMS), agencies=(AGENCY, LAKE)))


def staff_of(district: Any = None) -> tuple[Actor, Actor]:
    """The coordinator and the director of a district."""
    district = district or a_district(name="Lexington District", state="MA", town="Lexington")
    return (
        actor_of(a_user(Role.COORDINATOR, at=district)),
        actor_of(a_user(Role.DIRECTOR, at=district)),
    )


def a_ranking(actor: Actor | None = None, *, with_examples: bool = True, **said: Any) -> Ranking:
    """A ranking of the three programs for a student of the actor's district."""
    a_directory()
    actor = actor or staff_of()[0]
    student = a_student(actor, **(SAID | said))
    return rankings.rank_for(actor, student.ref, today=TODAY, with_examples=with_examples)

"""Makes synthetic students and drafts for tests."""

from typing import Any

from referral.actions import drafts, students
from referral.models.organisations import Organisation
from referral.models.students import Draft, Student
from referral.queries.users import actor_of
from referral.rules.answers import Answers
from referral.rules.permissions import Actor, Role
from tests.factories import a_district, a_user

# Every field answered, as forms and files write it.
EVERYTHING: dict[str, Any] = {
    "age_years": "15",
    "age_extra_months": "3",
    "grade": "9",
    "team_status": "supports",
    "team_status_on": "2026-11-05",
    "placement_type": "school_year",
    "urgency": "thirty_days",
    "start_on": "2027-01-01",
    "primary_category": "deafblind",
    "other_categories": ["intellectual"],
    "federal_category": "deaf_blindness",
    "academics": "functional",
    "alternate_assessment": "yes",
    "track": "certificate",
    "strengths": ["routine", "music_art"],
    "expressive": ["tactile_sign", "object_cues"],
    "receptive": ["tactile_sign"],
    "language_of_instruction": "asl",
    "home_language": "spanish",
    "english_learner": "no",
    "hearing": "profound",
    "hearing_technology": ["implant"],
    "vision": "low",
    "reading_media": ["large_print"],
    "intervener": "yes",
    "mobility": "manual_chair",
    "lift": "one",
    "accessible_changing": "yes",
    "health": "nurse_building",
    "health_flags": ["seizures"],
    "behaviors": {
        "aggression": {"frequency": "weekly", "intensity": "low"},
        "property": {"frequency": "never"},
    },
    "behavior_plan": "yes",
    "restraint": "none",
    "substance_use_recovery": "yes",
    "sober_30_days": "yes",
    "students_per_adult": "5:2",
    "one_to_one": "part_day",
    "approaches": ["total_communication"],
    "services": [
        {
            "service": "speech_therapy",
            "importance": "preferred",
            "minutes_per_week": "60",
            "grouping": "group",
            "delivery": "consult",
        },
        {"service": "nursing", "importance": "required"},
    ],
    "services_not_needed": ["recovery"],
    "current_setting": "separate_class",
    "permitted_settings": ["separate_class", "public_day"],
    "peer_time": "some",
    "summer": "summer",
    "transition_goals": ["daily_living"],
    "home_zip": "02421",
    "ride_limit_minutes": "45",
    "ride_limit_is_firm": "no",
    "ride_supports": [],
    "wishes": [{"feature": "lift", "insistence": "must_have", "said_by": "team", "reason": "access"}],
    "preferred_programs": ["bridge"],
    "level_corrections": {"behavior": {"level": "3", "reason": "changed"}},
}


def everything() -> Answers:
    """Answers to every question."""
    return Answers.model_validate(EVERYTHING)


def a_coordinator(at: Organisation | None = None) -> Actor:
    """A coordinator of a district, a new one unless given."""
    return actor_of(a_user(Role.COORDINATOR, at=at or a_district()))


def district_of(actor: Actor) -> int:
    """The key of the one district an actor serves."""
    return actor.assignments[0].organisation_id


def a_student(actor: Actor | None = None, **said: Any) -> Student:
    """A student of the actor's district with these answers."""
    actor = actor or a_coordinator()
    return students.create(actor, district_of(actor), Answers.model_validate(said))


def a_draft(actor: Actor | None = None) -> Draft:
    """An empty draft in the actor's district."""
    actor = actor or a_coordinator()
    return drafts.begin(actor, district_of(actor))

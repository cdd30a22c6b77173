"""The questions of the intake as one table: their words, their groups and the six steps."""

from collections.abc import Mapping
from dataclasses import dataclass

# One field of the profile -> its question. The words live here once: forms, the check page and the student
# page all read them.
LABELS: Mapping[str, str] = {
    "age_years": "Age when the placement would start",
    "age_extra_months": "And months",
    "grade": "Grade",
    "team_status": "Where the IEP Team stands",
    "team_status_on": "Since when",
    "placement_type": "Kind of placement",
    "urgency": "When an answer is needed",
    "start_on": "Month the placement would start",
    "primary_category": "Primary disability",
    "other_categories": "Other disabilities",
    "federal_category": "Federal category",
    "academics": "Academic level",
    "alternate_assessment": "Alternate assessment",
    "track": "Working towards",
    "strengths": "Strengths to build on",
    "expressive": "How the student expresses language",
    "receptive": "How the student understands language",
    "language_of_instruction": "Language of instruction",
    "home_language": "Language at home",
    "english_learner": "English learner",
    "hearing": "Hearing",
    "hearing_technology": "Hearing devices",
    "vision": "Vision",
    "reading_media": "How the student reads",
    "intervener": "Intervener needed",
    "mobility": "Moving about the school",
    "lift": "People needed for a transfer",
    "accessible_changing": "Accessible changing room needed",
    "health": "Health care during the school day",
    "health_flags": "Staff must be ready for",
    "behaviors": "Behavior in the last 90 days",
    "behavior_plan": "Behavior intervention plan",
    "restraint": "Restraints in the last year",
    "substance_use_recovery": "In recovery from substance use",
    "sober_30_days": "Sober for the last 30 days",
    "students_per_adult": "Most students per adult",
    "one_to_one": "One-to-one adult",
    "approaches": "Ways of teaching that work",
    "services": "Related services",
    "services_not_needed": "Services not needed",
    "current_setting": "Where the student is now",
    "permitted_settings": "Settings the Team permits",
    "peer_time": "Time with peers without disabilities",
    "summer": "Extended school year (ESY)",
    "transition_goals": "Transition goals",
    "home_zip": "ZIP code to measure the ride from",
    "ride_limit_minutes": "Longest ride, one way",
    "ride_limit_is_firm": "Is that limit firm",
    "ride_supports": "Supports on the ride",
    "wishes": "Must-haves and must-nots",
    "preferred_programs": "Programs the Team has in mind",
    "level_corrections": "Levels set by hand",
}


@dataclass(frozen=True)
class Group:
    """A few questions under one heading."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One page of the intake."""

    key: str
    title: str
    groups: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the profile that this step answers."""
        return tuple(name for group in self.groups for name in group.names)


STEPS = (
    Step(
        "student",
        "Student and Team",
        (
            Group("Age and grade", ("age_years", "age_extra_months", "grade")),
            Group(
                "The Team",
                ("team_status", "team_status_on", "placement_type", "urgency", "start_on"),
            ),
        ),
    ),
    Step(
        "disability",
        "Disability and strengths",
        (
            Group("Disability", ("primary_category", "other_categories", "federal_category")),
            Group("Learning", ("academics", "alternate_assessment", "track", "strengths")),
        ),
    ),
    Step(
        "access",
        "Communication, senses, mobility, health",
        (
            Group(
                "Communication",
                ("expressive", "receptive", "language_of_instruction", "home_language", "english_learner"),
            ),
            Group(
                "Hearing and vision",
                ("hearing", "hearing_technology", "vision", "reading_media", "intervener"),
            ),
            Group("Mobility", ("mobility", "lift", "accessible_changing")),
            Group("Health", ("health", "health_flags")),
        ),
    ),
    Step(
        "behavior",
        "Behavior and supports",
        (
            Group("Behavior", ("behaviors", "behavior_plan", "restraint")),
            Group("Recovery", ("substance_use_recovery", "sober_30_days")),
            Group("Supports", ("students_per_adult", "one_to_one", "approaches")),
        ),
    ),
    Step(
        "services", "Related services", (Group("Services in the IEP", ("services", "services_not_needed")),)
    ),
    Step(
        "place",
        "Setting, ride and preferences",
        (
            Group("Setting", ("current_setting", "permitted_settings", "peer_time", "summer")),
            Group("Transition", ("transition_goals",)),
            Group("Ride", ("home_zip", "ride_limit_minutes", "ride_limit_is_firm", "ride_supports")),
            Group("Preferences", ("wishes", "preferred_programs")),
        ),
    ),
)
LEVELS = Step("levels", "Levels set by hand", (Group("Levels", ("level_corrections",)),))
PAGES = (*STEPS, LEVELS)

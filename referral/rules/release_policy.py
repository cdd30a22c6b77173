"""What of a student leaves the district, to whom and when: one table, and what is not in it is hidden.

Read `ANSWERS` and `release_columns.COLUMNS` from top to bottom: a field has a class, and says what happens to
it in an enquiry, in a packet (under a disclosure record) and in a placement. Only the roles of `RECEIVERS`
ever receive anything. `disclosure` makes what is sent from this table.
"""

from collections.abc import Mapping

from referral.rules.permissions import Role
from referral.rules.release_columns import COLUMNS
from referral.rules.release_lines import (
    DISTRICT,
    INNER_BANDED,
    INNER_LATER,
    INNER_SHOWN,
    RECOGNISABLE_BANDED,
    RECOGNISABLE_LATER,
    FieldClass,
    Line,
    Release,
    Stage,
    each,
)

# Who receives something: the people of the program it was sent to. No other role outside the district does.
RECEIVERS = frozenset({Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR})

ANSWERS: Mapping[str, Line] = {
    # As an age band, and as the bands of the levels derived from them
    **each(RECOGNISABLE_BANDED, "age_years", "answers"),
    **each(RECOGNISABLE_BANDED, "expressive receptive hearing hearing_technology vision", "answers"),
    **each(RECOGNISABLE_BANDED, "mobility lift", "answers"),
    **each(INNER_BANDED, "behaviors health academics alternate_assessment level_corrections", "answers"),
    **each(INNER_SHOWN, "placement_type", "answers"),
    # With the packet
    **each(RECOGNISABLE_LATER, "age_extra_months grade primary_category other_categories", "answers"),
    **each(RECOGNISABLE_LATER, "reading_media intervener accessible_changing health_flags", "answers"),
    **each(RECOGNISABLE_LATER, "language_of_instruction home_language english_learner", "answers"),
    **each(INNER_LATER, "start_on track strengths behavior_plan restraint", "answers"),
    **each(INNER_LATER, "substance_use_recovery sober_30_days students_per_adult one_to_one", "answers"),
    **each(INNER_LATER, "approaches services services_not_needed current_setting", "answers"),
    **each(INNER_LATER, "permitted_settings peer_time summer transition_goals ride_supports", "answers"),
    **each(INNER_LATER, "wishes", "answers"),
    # Never: they serve the search, the ride and the district's own reports
    **each(DISTRICT, "home_zip ride_limit_minutes ride_limit_is_firm preferred_programs", "answers"),
    **each(DISTRICT, "federal_category team_status team_status_on urgency", "answers"),
}
POLICY: Mapping[str, Line] = {**ANSWERS, **COLUMNS}


def release_of_field(name: str, stage: Stage, role: Role) -> Release:
    """What a role outside the district receives of a field, `answers.grade` for example, at a stage."""
    line = POLICY.get(name)
    return Release.HIDE if line is None or role not in RECEIVERS else line.at(stage)


def answers_with(release: Release, stage: Stage) -> tuple[str, ...]:
    """The fields of a profile to which this happens at a stage."""
    return tuple(name.partition(".")[2] for name, line in ANSWERS.items() if line.at(stage) is release)


def answers_of_class(kind: FieldClass) -> tuple[str, ...]:
    """The fields of a profile of a class."""
    return tuple(name.partition(".")[2] for name, line in ANSWERS.items() if line.kind is kind)

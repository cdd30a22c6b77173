"""Step 1: the student's age and grade, and where the Team stands."""

from matching.vocabulary import Grade, PlacementType, TeamStatus, Urgency
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import one_of, text
from referral.web.forms.intake.fields import DayAnswer, MonthAnswer


class StudentStep(StepForm):
    """Age, grade and the Team."""

    age_years = text("age_years", hint="Blank if not known yet.", unit="years", inputmode="numeric")
    age_extra_months = text(
        "age_extra_months",
        hint="Rooms take students by age to the month. Blank counts the whole year.",
        show_if="age_years=*",
        unit="months",
        inputmode="numeric",
    )
    grade = one_of("grade", Grade)
    team_status = one_of("team_status", TeamStatus)
    team_status_on = text(
        "team_status_on",
        DayAnswer,
        hint="A day or a month, like Jan 5, 2027.",
        show_if="team_status=searching|supports|changing",
        size=14,
    )
    placement_type = one_of("placement_type", PlacementType)
    urgency = one_of("urgency", Urgency)
    start_on = text("start_on", MonthAnswer, hint="Like Jan 2027. A day is kept as its month.", size=14)

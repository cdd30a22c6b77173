"""The forms of the intake, one file per step."""

from collections.abc import Mapping

from referral.web.forms.intake.access import AccessStep
from referral.web.forms.intake.base import StepContext, StepForm
from referral.web.forms.intake.behavior import BehaviorStep
from referral.web.forms.intake.disability import DisabilityStep
from referral.web.forms.intake.levels import LevelsStep
from referral.web.forms.intake.place import PlaceStep
from referral.web.forms.intake.services import ServicesStep
from referral.web.forms.intake.student import StudentStep

FORMS: Mapping[str, type[StepForm]] = {
    "student": StudentStep,
    "disability": DisabilityStep,
    "access": AccessStep,
    "behavior": BehaviorStep,
    "services": ServicesStep,
    "place": PlaceStep,
    "levels": LevelsStep,
}

__all__ = ["FORMS", "StepContext", "StepForm"]

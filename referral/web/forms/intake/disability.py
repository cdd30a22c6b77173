"""Step 2: disability, learning and strengths."""

from matching.vocabulary import Academics, FederalCategory, StateCategory, Strength, Track
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import one_of, several


class DisabilityStep(StepForm):
    """Disability, learning and strengths."""

    primary_category = one_of("primary_category", StateCategory, hint="As on the IEP.")
    other_categories = several("other_categories", StateCategory, none="No other disability")
    federal_category = one_of(
        "federal_category",
        FederalCategory,
        hint="As reported under IDEA; it may differ.",
    )
    academics = one_of("academics", Academics, hint="Against students of the same age.")
    alternate_assessment = one_of("alternate_assessment", hint="Such as MCAS-Alt or MTAS.")
    track = one_of("track", Track)
    strengths = several("strengths", Strength, hint="Shown to people beside the needs, never scored.")

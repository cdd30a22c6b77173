"""Step 3: communication, senses, mobility and health."""

from matching.vocabulary import (
    CommunicationMode,
    HealthFlag,
    HealthLevel,
    Hearing,
    HearingTechnology,
    Language,
    Lift,
    Mobility,
    ReadingMedium,
    Vision,
)
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import one_of, several

LOSS_OF_HEARING = "hearing=mild|moderate|severe|profound|unknown"
LOSS_OF_SIGHT = "vision=low|cvi|legally_blind|blind|unknown"


class AccessStep(StepForm):
    """Communication, senses, mobility and health."""

    expressive = several("expressive", CommunicationMode, none="", hint="All ways that are used.")
    receptive = several("receptive", CommunicationMode, none="", hint="All ways that are understood.")
    language_of_instruction = one_of("language_of_instruction", Language)
    home_language = one_of("home_language", Language)
    english_learner = one_of("english_learner")
    hearing = one_of("hearing", Hearing, hint="Without devices.")
    hearing_technology = several(
        "hearing_technology", HearingTechnology, none="No devices", show_if=LOSS_OF_HEARING
    )
    vision = one_of("vision", Vision, hint="With glasses.")
    reading_media = several("reading_media", ReadingMedium, none="")
    intervener = one_of(
        "intervener",
        hint="A trained adult who gives access to what a deaf-blind student cannot see or hear.",
        show_if=f"{LOSS_OF_HEARING} or {LOSS_OF_SIGHT}",
    )
    mobility = one_of("mobility", Mobility)
    lift = one_of("lift", Lift, hint="For example from a wheelchair to a toilet or the floor.")
    accessible_changing = one_of("accessible_changing")
    health = one_of("health", HealthLevel, hint="The most that is needed on a usual day.")
    health_flags = several(
        "health_flags",
        HealthFlag,
        show_if="health=plan|nurse_building|nurse_room|nurse_one_to_one|unknown",
    )

"""Closed lists of communication, senses, mobility, health, behavior and support."""

from matching.vocabulary.term import FIELD, IEP_MA, OURS, Term


class Dimension(Term):
    """The six dimensions on which need and offer are compared, each on levels 0 to 4."""

    COMMUNICATION = "communication", "Communication", "0 fluent speech to 4 tactile sign or object cues", OURS
    BEHAVIOR = "behavior", "Behavior support", "The largest frequency and intensity over types", OURS
    MEDICAL = "medical", "Health care", "0 none to 4 one-to-one nurse", OURS
    MOBILITY = "mobility", "Mobility", "0 walks to 4 lift by two people", OURS
    SENSORY = "sensory", "Hearing and vision", "0 none to 4 both senses", OURS
    ACADEMIC = "academic", "Academics", "0 average or above to 4 functional skills only", OURS


class CommunicationMode(Term):
    """A way of expressing or understanding language."""

    SPEECH = "speech", "Speech", "Fluent spoken language", FIELD
    EMERGING_SPEECH = "emerging_speech", "Emerging speech", "Single words or short phrases", FIELD
    ASL = "asl", "American Sign Language", "", FIELD
    SIGNED_ENGLISH = "signed_english", "Signed English or Total Communication", "", FIELD
    TACTILE_SIGN = "tactile_sign", "Tactile sign (ProTactile ASL)", "Sign received through touch", FIELD
    OBJECT_CUES = "object_cues", "Tactile or object cues", "Objects that stand for events", FIELD
    AAC_DEVICE = "aac_device", "Speech-generating device", "High-technology AAC", FIELD
    AAC_PICTURES = "aac_pictures", "Pictures or boards (PECS)", "Low-technology AAC", FIELD
    SWITCH = "switch", "Switch", "Single-switch access", FIELD
    GESTURES = "gestures", "Gestures and body language", "", FIELD


class Hearing(Term, source=FIELD):
    """Hearing without devices."""

    TYPICAL = "typical", "No hearing loss"
    MILD = "mild", "Mild loss"
    MODERATE = "moderate", "Moderate loss"
    SEVERE = "severe", "Severe loss"
    PROFOUND = "profound", "Profound loss (deaf)"


class HearingTechnology(Term, source=FIELD):
    """Devices the student uses to hear."""

    AID = "aid", "Hearing aid"
    IMPLANT = "implant", "Cochlear implant"
    FM = "fm", "FM or DM system"


class Vision(Term, source=FIELD):
    """Vision with glasses."""

    TYPICAL = "typical", "No vision loss"
    CORRECTED = "corrected", "Corrected with glasses"
    LOW = "low", "Low vision"
    CVI = "cvi", "Cortical visual impairment (CVI)"
    LEGALLY_BLIND = "legally_blind", "Legally blind"
    BLIND = "blind", "Blind"


class ReadingMedium(Term, source=FIELD):
    """How the student reads."""

    PRINT = "print", "Print"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE_UNCONTRACTED = "braille_uncontracted", "Uncontracted braille"
    BRAILLE_CONTRACTED = "braille_contracted", "Contracted braille"
    AUDIO = "audio", "Audio"
    NOT_READING = "not_reading", "Does not read yet"


class Mobility(Term, source=FIELD):
    """How the student moves about the school."""

    WALKS = "walks", "Walks without help"
    AIDS = "aids", "Walks with aids"
    MANUAL_CHAIR = "manual_chair", "Manual wheelchair"
    POWER_CHAIR = "power_chair", "Power wheelchair"


class Lift(Term, source=FIELD):
    """People needed for a transfer."""

    NONE = "none", "No lift"
    ONE = "one", "One person"
    TWO = "two", "Two people"


class HealthLevel(Term, source=FIELD):
    """Health care needed during the school day, least first."""

    NONE = "none", "None"
    PLAN = "plan", "Medication or a health plan"
    NURSE_BUILDING = "nurse_building", "A nurse in the building"
    NURSE_ROOM = "nurse_room", "A nurse in the room"
    NURSE_ONE_TO_ONE = "nurse_one_to_one", "A one-to-one nurse"


class HealthFlag(Term, source=FIELD):
    """Health facts that staff must be ready for."""

    SEIZURES = "seizures", "Seizures with rescue medicine"
    TUBE_FEEDING = "tube_feeding", "Tube feeding"
    AIRWAY = "airway", "Suction, tracheostomy or ventilator"
    DIABETES = "diabetes", "Diabetes"
    CATHETER = "catheter", "Catheter"
    OXYGEN = "oxygen", "Oxygen"
    ALLERGY = "allergy", "Severe allergy"


class BehaviorType(Term, source=FIELD):
    """Behavior of the last 90 days."""

    AGGRESSION = "aggression", "Aggression towards others"
    SELF_INJURY = "self_injury", "Self-injury"
    ELOPEMENT = "elopement", "Running away (elopement)"
    PROPERTY = "property", "Damage to property"
    SEXUALIZED = "sexualized", "Sexualized behavior"
    SCHOOL_REFUSAL = "school_refusal", "School refusal"
    INTERNALIZING = "internalizing", "Anxiety, low mood or withdrawal"


class Frequency(Term, source=FIELD):
    """How often."""

    NEVER = "never", "Not in the last 90 days"
    MONTHLY = "monthly", "Monthly"
    WEEKLY = "weekly", "Weekly"
    DAILY = "daily", "Daily"
    HOURLY = "hourly", "Hourly"


class Intensity(Term, source=FIELD):
    """How serious, at its usual worst."""

    LOW = "low", "Low", "Redirected with words"
    MODERATE = "moderate", "Moderate", "Needs an adult beside the student"
    INJURY = "injury", "Causes injury", "First aid was needed"
    EMERGENCY = "emergency", "Emergency", "Outside help was called"


class Restraint(Term, source=FIELD):
    """Restraints in the last year."""

    NONE = "none", "None"
    SOME = "1-5", "1 to 5"
    MANY = "6+", "6 or more"


class OneToOne(Term, source=FIELD):
    """A one-to-one adult."""

    NONE = "none", "Not needed"
    PART = "part_day", "Part of the day"
    FULL = "full_day", "The full day"


class Approach(Term):
    """A way of teaching."""

    ABA = "aba", "Applied behavior analysis (ABA), discrete trial", "", FIELD
    TEACCH = "teacch", "TEACCH structured teaching", "", FIELD
    THERAPEUTIC = "therapeutic", "Therapeutic milieu, DBT or PBIS", "", FIELD
    LANGUAGE_BASED = "language_based", "Language-based teaching", "", FIELD
    TOTAL_COMMUNICATION = "total_communication", "Total Communication", "", FIELD
    LIFE_SKILLS = "life_skills", "Functional life skills", "", FIELD
    TRAUMA_INFORMED = "trauma_informed", "Trauma-informed", "", FIELD


class Service(Term):
    """A related service or specialist in the IEP's service grid."""

    SPEECH = "speech_therapy", "Speech-language therapy", "", IEP_MA
    OCCUPATIONAL = "occupational_therapy", "Occupational therapy", "", IEP_MA
    PHYSICAL = "physical_therapy", "Physical therapy", "", IEP_MA
    ADAPTED_PE = "adapted_pe", "Adapted physical education", "", IEP_MA
    COUNSELING = "counseling", "Counseling", "", IEP_MA
    BEHAVIOR_ANALYST = "behavior_analyst", "ABA or behavior analyst (BCBA)", "", IEP_MA
    VISION = "vision", "Teacher of students with visual impairments", "", IEP_MA
    ORIENTATION_MOBILITY = "orientation_mobility", "Orientation and mobility", "", IEP_MA
    HEARING = "hearing", "Teacher of the deaf", "", IEP_MA
    INTERPRETING = "interpreting", "Interpreting", "", IEP_MA
    NURSING = "nursing", "Nursing", "", IEP_MA
    ASSISTIVE_TECHNOLOGY = "assistive_technology", "Assistive technology", "", IEP_MA
    MUSIC_THERAPY = "music_therapy", "Music therapy", "", IEP_MA
    ART_THERAPY = "art_therapy", "Art therapy", "", IEP_MA
    SOCIAL_WORK = "social_work", "Social work", "", IEP_MA
    JOB_COACH = "job_coach", "Transition or job coach", "", IEP_MA
    RECOVERY = "recovery", "Recovery counselor", "Substance use recovery support", FIELD


class Importance(Term):
    """How strongly a service is asked."""

    REQUIRED = "required", "Required", "In the IEP; a program without it does not fit", IEP_MA
    PREFERRED = "preferred", "Preferred", "Wanted, not required", IEP_MA


class Delivery(Term):
    """How a service reaches the student."""

    DIRECT = "direct", "Direct", "With the student", IEP_MA
    CONSULT = "consult", "Consultation", "To staff, not with the student", IEP_MA
    NOT_OFFERED = "not_offered", "Not offered", "The program says so", FIELD


class Grouping(Term, source=IEP_MA):
    """With whom a service is given."""

    INDIVIDUAL = "individual", "Individual"
    GROUP = "group", "Group"
    EITHER = "either", "Either"

"""Closed lists of settings, time, programs and what a Team may insist on."""

from matching.vocabulary.term import FIELD, OURS, Term

LRE = "34 CFR 300.115-116; 603 CMR 28.06(2)"


class Setting(Term):
    """Where a student is taught, least restrictive first; the tier orders a ranking."""

    IN_DISTRICT = (
        "in_district",
        "In the district, with consultation",
        "The student stays; specialists come in or advise",
        LRE,
    )
    SEPARATE_CLASS = (
        "separate_class",
        "Separate class in a public school",
        "A special class in a building with other students",
        LRE,
    )
    COMMUNITY_TRANSITION = (
        "community_transition",
        "Community-based transition",
        "Work and adult living taught in the community",
        LRE,
    )
    PUBLIC_DAY = (
        "public_day",
        "Public separate day school",
        "Run by a collaborative or district; recovery high schools included",
        LRE,
    )
    PRIVATE_DAY = "private_day", "Private separate day school", "An approved private school, by day", LRE
    RESIDENTIAL = "residential", "Residential", "The student lives at the school", LRE
    HOME_HOSPITAL = "home_hospital", "Home or hospital", "Teaching at home or in a hospital", LRE


SETTING_TIER = {
    Setting.IN_DISTRICT: 0,
    Setting.SEPARATE_CLASS: 1,
    Setting.COMMUNITY_TRANSITION: 1,
    Setting.PUBLIC_DAY: 2,
    Setting.PRIVATE_DAY: 3,
    Setting.RESIDENTIAL: 4,
    Setting.HOME_HOSPITAL: 5,
}
UNAPPROVED_TIER = 6

FEDERAL_ENVIRONMENT = {
    Setting.IN_DISTRICT: "Regular class",
    Setting.SEPARATE_CLASS: "Regular class less than 40 % of the day",
    Setting.COMMUNITY_TRANSITION: "Separate school",
    Setting.PUBLIC_DAY: "Separate school",
    Setting.PRIVATE_DAY: "Separate school",
    Setting.RESIDENTIAL: "Residential facility",
    Setting.HOME_HOSPITAL: "Homebound or hospital",
}
# SIMS DOE034 as printed in a 2007-08 copy of the handbook; check the current one before reporting.
MA_SIMS_CODE = {
    Setting.SEPARATE_CLASS: "40",
    Setting.PUBLIC_DAY: "41",
    Setting.PRIVATE_DAY: "50",
    Setting.RESIDENTIAL: "60",
    Setting.HOME_HOSPITAL: "70",
}


class CurrentSetting(Term):
    """Where the student is now."""

    INCLUSION = "inclusion", "General education, most of the day", "Reported in Massachusetts as 10", LRE
    PARTIAL = "partial", "General education, part of the day", "Reported in Massachusetts as 20", LRE
    SEPARATE_CLASS = (
        "separate_class",
        "Separate class in the district",
        "Reported in Massachusetts as 40",
        LRE,
    )
    OUT_OF_DISTRICT = (
        "out_of_district",
        "A program outside the district",
        "Reported in Massachusetts as 41 or 50",
        LRE,
    )
    RESIDENTIAL = "residential", "Residential", "Reported in Massachusetts as 60", LRE
    HOME_HOSPITAL = "home_hospital", "Home or hospital", "Reported in Massachusetts as 70", LRE
    NOT_IN_SCHOOL = "not_in_school", "Not attending school", "", LRE


class PeerTime(Term, source=LRE):
    """Share of the day with peers without disabilities, least first."""

    NONE = "none", "None"
    SOME = "some", "Up to 40 %"
    HALF = "half", "40 to 79 %"
    MOST = "most", "80 % or more"


class SummerNeed(Term, source=FIELD):
    """Extended school year (ESY)."""

    NONE = "none", "No summer program"
    SUMMER = "summer", "Summer weeks (4 to 5)"
    FULL_YEAR = "full_year", "12-month program"


class TransitionGoal(Term, source=FIELD):
    """What a transition plan works on."""

    VOCATIONAL = "vocational", "Work skills"
    TRAVEL = "travel", "Travel training"
    DAILY_LIVING = "daily_living", "Daily living"
    COLLEGE = "college", "College"


class RideSupport(Term, source=FIELD):
    """What the ride itself needs."""

    WHEELCHAIR_VAN = "wheelchair_van", "Wheelchair van"
    MONITOR = "monitor", "Monitor on board"
    NURSE = "nurse", "Nurse on board"


class Population(Term):
    """Whom a program says it serves, in the words of the Massachusetts guide."""

    AUTISM = "autism", "Autism", "", FIELD
    COMMUNICATION = "communication", "Communication", "", FIELD
    DEVELOPMENTAL_DELAY = "developmental_delay", "Developmental delay", "", FIELD
    EMOTIONAL = "emotional", "Emotional", "", FIELD
    HEALTH = "health", "Health", "", FIELD
    INTELLECTUAL = "intellectual", "Intellectual", "", FIELD
    MULTIPLE = "multiple", "Multiple disabilities", "", FIELD
    NEUROLOGICAL = "neurological", "Neurological", "", FIELD
    PHYSICAL = "physical", "Physical", "", FIELD
    SPECIFIC_LEARNING = "specific_learning", "Specific learning disability", "", FIELD
    HEARING = "hearing", "Sensory: hearing", "", FIELD
    VISION = "vision", "Sensory: vision", "", FIELD
    DEAFBLIND = "deafblind", "Sensory: deaf-blind", "", FIELD
    SUBSTANCE_USE = "substance_use", "Substance use", "", FIELD


class ProgramType(Term, source=FIELD):
    """What a program is, as its operator describes it."""

    PUBLIC_DAY = "public_day", "Public day school"
    SEPARATE_CLASS = "separate_class", "Class in a public school"
    TRANSITION = "transition", "Transition program, 18 to 22"
    ASSESSMENT = "assessment", "Short-term assessment"
    RECOVERY_HIGH_SCHOOL = "recovery_high_school", "Recovery high school"
    HOME_OR_CONSULT = "home_or_consult", "Home services or consultation"
    OTHER = "other", "Another kind"


class ProgramStatus(Term):
    """Whether a program runs."""

    LISTED = "listed", "Listed", "Named by a published source; not proof that it is open today", OURS
    UNVERIFIED = "unverified", "Not verified", "An old source; may have closed", OURS
    CLOSED = "closed", "Closed", "Never ranked", OURS


class Feature(Term, source=FIELD):
    """Something a program has or does not have, and a Team may insist on or rule out."""

    WHEELCHAIR_ACCESS = "wheelchair_access", "Wheelchair access"
    LIFT = "lift", "Lift for transfers"
    ACCESSIBLE_CHANGING = "accessible_changing", "Accessible changing room"
    BRAILLE = "braille", "Braille teaching"
    INTERVENER = "intervener", "Intervener"
    ONE_TO_ONE = "one_to_one", "One-to-one adult possible"
    ACOUSTIC_ROOM = "acoustic_room", "Acoustically treated room"
    SENSORY_ROOM = "sensory_room", "Sensory room"
    SIGNING_PEERS = "signing_peers", "Peers and staff fluent in sign"
    SUMMER = "summer", "Summer program"
    FULL_YEAR = "full_year", "12-month program"
    STEP_DOWN = "step_down", "Step-down class or return support to the district"
    WORK_EXPERIENCE = "work_experience", "Work experience"
    TRAVEL_TRAINING = "travel_training", "Travel training"
    DIPLOMA = "diploma", "High school diploma courses"
    ABA = "aba", "Applied behavior analysis (ABA)"
    TEACCH = "teacch", "TEACCH"
    THERAPEUTIC = "therapeutic", "Therapeutic milieu"
    LANGUAGE_BASED = "language_based", "Language-based teaching"
    TOTAL_COMMUNICATION = "total_communication", "Total Communication"
    LIFE_SKILLS = "life_skills", "Functional life skills"
    TRAUMA_INFORMED = "trauma_informed", "Trauma-informed practice"
    RESTRAINT_USED = "restraint_used", "Physical restraint in emergencies"
    SINGLE_SEX = "single_sex", "One sex only"


class Limit(Term, source=FIELD):
    """A condition a program sets on admission; none recorded is taken as none."""

    IN_RECOVERY = "in_recovery", "Substance use diagnosis and commitment to recovery"
    SOBER_30_DAYS = "sober_30_days", "30 days sober at admission"
    DIPLOMA_TRACK = "diploma_track", "Diploma track only"
    COURSES_COMPLETE = "courses_complete", "High school requirements met"
    AVERAGE_ACADEMICS = "average_academics", "Average or above average ability"
    MEMBERS_ONLY = "members_only", "Member districts only"


class Insistence(Term, source=OURS):
    """How a Team holds a wish."""

    MUST_HAVE = "must_have", "Must have"
    MUST_NOT = "must_not", "Must not have"
    NICE = "nice", "Nice to have"


class SaidBy(Term, source=OURS):
    """Who asked for it."""

    TEAM = "team", "The IEP Team"
    PARENT = "parent", "Parent or guardian"
    STUDENT = "student", "The student"
    EVALUATOR = "evaluator", "An evaluator"


class WishReason(Term, source=OURS):
    """Why it was asked."""

    SAFETY = "safety", "Safety"
    ACCESS = "access", "Access"
    INSTRUCTION = "instruction", "Instruction"
    FAMILY = "family", "Family"


class LevelReason(Term, source=OURS):
    """Why a derived level was corrected by hand."""

    EVALUATION = "evaluation", "A recent evaluation says otherwise"
    TEAM_JUDGMENT = "team_judgment", "The Team judges otherwise"
    CHANGED = "changed", "It changed since the answers were given"


class PriceItem(Term):
    """What a yearly price pays for."""

    TUITION = "tuition", "Tuition", "The school year", FIELD
    SUMMER = "summer", "Summer program (ESY)", "", FIELD
    AIDE = "aide", "One-to-one aide", "The full day for a year", FIELD
    ASSESSMENT = "assessment", "45-day assessment", "The whole assessment", FIELD

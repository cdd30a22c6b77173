"""Closed lists about the student, the Team's work and disability."""

from matching.vocabulary.term import FIELD, IDEA, IEP_MA, OURS, Term


class AgeBand(Term):
    """Age in years, as wide as it may leave the district in an enquiry."""

    AGES_3_5 = "3-5", "3 to 5", "Preschool", OURS
    AGES_6_8 = "6-8", "6 to 8", "", OURS
    AGES_9_11 = "9-11", "9 to 11", "", OURS
    AGES_12_14 = "12-14", "12 to 14", "", OURS
    AGES_15_17 = "15-17", "15 to 17", "", OURS
    AGES_18_22 = "18-22", "18 to 22", "Up to the 22nd birthday", OURS


class Grade(Term, source=FIELD):
    """School grade; post-graduate stands for students who stay past grade 12."""

    PK = "PK", "Preschool"
    K = "K", "Kindergarten"
    G1 = "1", "Grade 1"
    G2 = "2", "Grade 2"
    G3 = "3", "Grade 3"
    G4 = "4", "Grade 4"
    G5 = "5", "Grade 5"
    G6 = "6", "Grade 6"
    G7 = "7", "Grade 7"
    G8 = "8", "Grade 8"
    G9 = "9", "Grade 9"
    G10 = "10", "Grade 10"
    G11 = "11", "Grade 11"
    G12 = "12", "Grade 12"
    POSTGRADUATE = "12+", "Past grade 12"


class TeamStatus(Term):
    """How far the IEP Team is; a search before a decision must be visible as one."""

    SEARCHING = (
        "searching",
        "Looking at options before a Team decision",
        "No placement has been proposed",
        IEP_MA,
    )
    SUPPORTS = "supports", "The Team supports a placement outside the district", "Give the date", IEP_MA
    CHANGING = "changing", "The student is placed outside the district and needs another program", "", FIELD


class PlacementType(Term):
    """What kind of placement is sought or offered."""

    SCHOOL_YEAR = "school_year", "School-year placement", "A day or classroom placement for the year", FIELD
    ASSESSMENT_45_DAY = (
        "assessment_45_day",
        "45-day assessment",
        "45 school days in an interim setting",
        FIELD,
    )
    EXTENDED_EVALUATION = (
        "extended_evaluation",
        "Extended evaluation",
        "An evaluation over some weeks",
        "603 CMR 28.05",
    )
    SUMMER_ONLY = "summer_only", "Extended school year only", "Summer weeks without the school year", FIELD
    TRANSITION = "transition_18_22", "Transition program, 18 to 22", "Work and adult living skills", FIELD
    CONSULTATION = "consultation", "Consultation to the district", "The student stays in the district", FIELD


class Urgency(Term, source=OURS):
    """When an answer is needed."""

    TWO_WEEKS = "two_weeks", "Within 2 weeks"
    THIRTY_DAYS = "thirty_days", "Within 30 days"
    NEXT_TERM = "next_term", "For the next term"
    NEXT_YEAR = "next_year", "For the next school year"


class StateCategory(Term):
    """Disability as the Massachusetts IEP form names it, with Minnesota's own labels."""

    AUTISM = "autism", "Autism", "", IEP_MA
    COMMUNICATION = "communication", "Communication", "", IEP_MA
    DEVELOPMENTAL_DELAY = "developmental_delay", "Developmental delay", "Ages 3 to 9", IEP_MA
    EMOTIONAL = "emotional", "Emotional", "Social and emotional disability", IEP_MA
    HEALTH = "health", "Health", "", IEP_MA
    INTELLECTUAL = "intellectual", "Intellectual", "", IEP_MA
    MULTIPLE = (
        "multiple",
        "Multiple disabilities",
        "Severe multiple disabilities (MN: severely multiply impaired)",
        IEP_MA,
    )
    NEUROLOGICAL = "neurological", "Neurological", "Reported federally as traumatic brain injury", IEP_MA
    PHYSICAL = "physical", "Physical", "", IEP_MA
    SPECIFIC_LEARNING = "specific_learning", "Specific learning disability", "", IEP_MA
    HEARING = "hearing", "Sensory: hearing", "Deaf or hard of hearing", IEP_MA
    VISION = "vision", "Sensory: vision", "Blind or visually impaired", IEP_MA
    DEAFBLIND = "deafblind", "Sensory: deaf-blind", "", IEP_MA


class FederalCategory(Term):
    """Disability as IDEA names it; asked beside the state label, never derived from it."""

    AUTISM = "autism", "Autism", "", IDEA
    DEAFBLINDNESS = "deaf_blindness", "Deaf-blindness", "", IDEA
    DEAFNESS = "deafness", "Deafness", "", IDEA
    DEVELOPMENTAL_DELAY = "developmental_delay", "Developmental delay", "Ages 3 to 9, a state option", IDEA
    EMOTIONAL = "emotional_disturbance", "Emotional disturbance", "", IDEA
    HEARING = "hearing_impairment", "Hearing impairment", "", IDEA
    INTELLECTUAL = "intellectual_disability", "Intellectual disability", "", IDEA
    MULTIPLE = "multiple_disabilities", "Multiple disabilities", "", IDEA
    ORTHOPEDIC = "orthopedic_impairment", "Orthopedic impairment", "", IDEA
    HEALTH = "other_health_impairment", "Other health impairment", "", IDEA
    SPECIFIC_LEARNING = "specific_learning_disability", "Specific learning disability", "", IDEA
    SPEECH = "speech_or_language_impairment", "Speech or language impairment", "", IDEA
    BRAIN_INJURY = "traumatic_brain_injury", "Traumatic brain injury", "", IDEA
    VISUAL = "visual_impairment", "Visual impairment including blindness", "", IDEA


class Strength(Term, source=OURS):
    """What the Team can build on; shown to people, never scored."""

    VISUAL = "visual", "Learns well from pictures and models"
    ROUTINE = "routine", "Works well with a steady routine"
    HANDS_ON = "hands_on", "Learns by doing"
    TECHNOLOGY = "technology", "Uses technology with confidence"
    MUSIC_ART = "music_art", "Music or art"
    MOVEMENT = "movement", "Sport or movement"
    READING = "reading", "Reads for pleasure"
    FRIENDSHIP = "friendship", "Seeks the company of others"
    HELPING = "helping", "Likes to help"


class Academics(Term):
    """Academic level against peers of the same age."""

    AVERAGE = "average", "Average or above", "", IEP_MA
    BELOW = "below", "Below average", "", IEP_MA
    SIGNIFICANTLY_BELOW = "significantly_below", "Significantly below average", "", IEP_MA
    FUNCTIONAL = "functional", "Functional skills only", "Daily living skills are the curriculum", IEP_MA


class Track(Term, source=FIELD):
    """What the student works towards."""

    DIPLOMA = "diploma", "High school diploma"
    CERTIFICATE = "certificate", "Certificate of attainment"


class Language(Term, source=OURS):
    """Languages most often recorded; others stand under 'another language'."""

    ENGLISH = "english", "English"
    ASL = "asl", "American Sign Language"
    SPANISH = "spanish", "Spanish"
    PORTUGUESE = "portuguese", "Portuguese"
    HAITIAN_CREOLE = "haitian_creole", "Haitian Creole"
    CABO_VERDEAN = "cabo_verdean", "Cabo Verdean Creole"
    CHINESE = "chinese", "Chinese"
    VIETNAMESE = "vietnamese", "Vietnamese"
    KHMER = "khmer", "Khmer"
    ARABIC = "arabic", "Arabic"
    HMONG = "hmong", "Hmong"
    SOMALI = "somali", "Somali"
    RUSSIAN = "russian", "Russian"
    OTHER = "other", "Another language"

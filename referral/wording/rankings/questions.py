"""What to ask, and whom, in plain questions."""

from collections.abc import Iterable, Mapping

from matching.results import Question
from matching.vocabulary import Asks
from referral.wording.rankings.terms import inside, subject

PROGRAM: Mapping[str, str] = {
    "placement_type": "Do you offer this kind of placement?",
    "operating": "Will the program run on the start date?",
    "age_served": "Which ages do you serve?",
    "age_admission": "Which ages do you admit?",
    "age_limit": "Do you serve the student until the 22nd birthday?",
    "grade_served": "Which grades do you serve?",
    "service": "Can you give {subject} as the IEP requires?",
    "health_level": "Which health care can you give during the school day?",
    "behavior_level": "Which behavior support and staffing for safety do you have?",
    "one_to_one": "Is a one-to-one adult possible?",
    "wheelchair": "Are all rooms accessible by wheelchair?",
    "lift": "Is there a lift for transfers, with trained staff?",
    "changing": "Is there an accessible changing room?",
    "mode": "Do you teach with: {subject}?",
    "braille": "Do you teach braille?",
    "intervener": "Is there an intervener?",
    "setting": "Is this a class in a public school or a separate day school?",
    "setting_inferred": "Is this a class in a public school or a separate day school?",
    "must_have": "Do you have: {subject}?",
    "must_not": "Do you have: {subject}?",
    "ride": "How long would the ride be?",
    "limit": "Is this a condition of admission: {subject}?",
    "value": "How do you support this need: {subject}?",
    "value:services": "Which of the related services asked for can you give?",
    "value:communication": "Which ways of communicating do your staff and peers use?",
    "value:behavior": "Which behavior support do you have?",
    "value:medical": "Which health care can you give during the school day?",
    "value:mobility": "How accessible are the rooms and the day?",
    "value:sensory": "Which support for hearing and vision do you have?",
    "value:academic": "At which academic levels do you teach?",
    "value:ratio": "How many students are there for each adult?",
    "value:inclusion": "How much time do students spend with peers, and how do they return?",
    "value:ride": "Where is the site, and how long is the ride?",
    "value:start": "When could the student start?",
    "seats": "Is a seat open, and if not, when is one expected?",
    "cost": "What is the tuition this year, and what costs extra?",
    "membership": "Is the district a member, or does the non-member tuition apply?",
    "label": "Do you serve students with this disability? The description does not name it.",
    "group_ages": "How old are the youngest and the oldest student in this room now?",
    "group_staff": "How many special educators and aides work with this group?",
    "group_size": "Would you add staff to this group for one more student?",
    "single_sex": "The program serves one sex only. Would it admit this student?",
}

TEAM: Mapping[str, str] = {
    "placement_type": "Which kind of placement is sought?",
    "operating": "On which date should the placement start?",
    "age_served": "How old will the student be at the start?",
    "age_admission": "How old will the student be at the start?",
    "age_limit": "How old will the student be at the start?",
    "age_span": "When does the placement start, and how old will the student be then?",
    "grade_served": "Which grade is the student in?",
    "service": "Is {subject} required, and how many minutes a week?",
    "health_level": "Which health care does the student need during the school day?",
    "behavior_level": "Which behavior of the last 90 days must a program be ready for?",
    "one_to_one": "Does the student need a one-to-one adult?",
    "wheelchair": "Does the student use a wheelchair at school?",
    "lift": "Does the student need a lift for transfers?",
    "changing": "Does the student need an accessible changing room?",
    "mode": "How does the student express and understand language? ({subject})",
    "braille": "Does the student read braille?",
    "intervener": "Does the student need an intervener?",
    "setting": "Which settings does the Team permit?",
    "permitted_settings": "Which settings does the Team permit?",
    "must_have": "Is this a must: {subject}?",
    "must_not": "Is this ruled out: {subject}?",
    "ride": "How long may the ride be, one way?",
    "limit": "Does the student meet this condition: {subject}?",
    "need": "What does the student need in {subject}?",
    "need:ratio": "How many students for each adult does the Team accept?",
    "need:origin": "In which town or ZIP does the ride start?",
    "value": "What does the student need in {subject}?",
    "services": "Which related services does the IEP name?",
    "students_per_adult": "How many students for each adult does the Team accept?",
    "modes": "How does the student express and understand language?",
    "communication_modes": "How does the student express and understand language?",
}

ANSWERERS: Mapping[Asks, str] = {Asks.PROGRAM: "the program", Asks.TEAM: "the Team"}
GENERAL = "Ask about: {subject}"


# A question about a criterion says nothing new beside a question about a must of the same matter.
SAME_MATTER: Mapping[str, str] = {
    "value:services": "service",
    "value:communication": "mode",
    "value:behavior": "behavior_level",
    "value:medical": "health_level",
    "value:ride": "ride",
    "value:start": "seats",
}


def asked_sentences(questions: Iterable[Question]) -> list[str]:
    """The questions as one would ask them, most telling first, each matter once."""
    listed = list(questions)
    families = {question.code.partition(":")[0] for question in listed}
    return [
        question_sentence(question)
        for question in listed
        if SAME_MATTER.get(question.code, question.code) not in families - {question.code}
    ]


def question_sentence(question: Question) -> str:
    """The question as one would ask it."""
    family = question.code.partition(":")[0]
    table = TEAM if question.asks is Asks.TEAM else PROGRAM
    about = inside(subject(question.code)) or inside(family.replace("_", " "))
    sentence = table.get(question.code) or table.get(family, GENERAL)
    return sentence.format(subject=about)

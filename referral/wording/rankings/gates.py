"""One sentence for each gate: met, failed or not known; with facts where they are all there."""

from collections.abc import Mapping

from matching.results import GateResult
from matching.vocabulary import Answer, Asks, ChangeBy
from referral.wording.rankings.facts import words_of

Sentences = Mapping[str, tuple[str, ...]]

# Most telling first; the last one needs no facts.
FAILED: Sentences = {
    "placement_type": ("Offers {offer}, not {need}.", "Does not offer the kind of placement sought."),
    "operating": ("Closed on {closes_on}.", "Closed, or closed by the start date."),
    "age_served": (
        "Serves ages {offer}; the student will be {age}.",
        "Does not serve the student's age.",
    ),
    "age_admission": (
        "Admits ages {offer}; the student will be {age}.",
        "Does not admit students of this age.",
    ),
    "age_limit": ("The student will have reached the 22nd birthday.",),
    "age_span": (
        "With this student the group would span {span} months in age; the state allows {limit}.",
        "With this student the group would span more in age than the {limit} months the state allows.",
    ),
    "grade_served": ("Serves {offer}; the student is in {need}.", "Does not serve the grade."),
    "service": (
        "Gives at most {most} minutes a week of {subject}; {minutes} are required.",
        "Gives {subject} as {consult} only; it is required directly.",
        "Does not give {subject}, which is required.",
    ),
    "health_level": (
        "Health care reaches level {offer} of 4; level {need} is needed.",
        "Health care does not reach the level needed for safety.",
    ),
    "behavior_level": (
        "Behavior support reaches level {offer} of 4; level {need} is needed.",
        "Behavior support does not reach the level needed for safety.",
    ),
    "one_to_one": ("No one-to-one adult is possible.",),
    "wheelchair": ("Not accessible by wheelchair.",),
    "lift": ("No lift for transfers.",),
    "changing": ("No accessible changing room.",),
    "mode": ("Does not teach with: {subject}.",),
    "braille": ("Braille is not taught.",),
    "intervener": ("No intervener.",),
    "setting": (
        "Its setting ({offer}) is not among those the Team permits.",
        "Not a setting the Team permits.",
    ),
    "must_have": ("Does not have: {subject}, a must for this student.",),
    "must_not": ("Has: {subject}, ruled out for this student.",),
    "ride": (
        "The ride is at least {low} minutes; the Team set {limit} as a firm limit.",
        "The ride is over the limit the Team set.",
    ),
    "limit": ("Admits only on a condition the student does not meet: {subject}.",),
}

UNKNOWN: Sentences = {
    "placement_type": ("Not known whether it offers {need}.", "The kinds of placement are not published."),
    "operating": ("Not verified that the program runs on the start date.",),
    "age_served": (
        "Not known whether it serves age {age}.",
        "Ages served are not known.",
    ),
    "age_admission": ("The age at admission is not known for certain.",),
    "age_limit": ("Whether the student will be under 22 is not known.",),
    "age_span": ("Whether the group would stay within {limit} months in age is not known.",),
    "grade_served": ("Whether it serves the grade is not known.",),
    "service": ("Not known whether {subject} is given as required.",),
    "services": ("The related services the student needs are not known yet.",),
    "modes": ("How the student communicates is not known yet.",),
    "health_level": (
        "Not known whether health care reaches level {need}.",
        "The level of health care is not known.",
    ),
    "behavior_level": (
        "Not known whether behavior support reaches level {need}.",
        "The level of behavior support is not known.",
    ),
    "one_to_one": ("Not known whether a one-to-one adult is possible.",),
    "wheelchair": ("Wheelchair access is not known.",),
    "lift": ("Not known whether there is a lift.",),
    "changing": ("Not known whether there is an accessible changing room.",),
    "mode": ("Not known whether it teaches with: {subject}.",),
    "braille": ("Not known whether braille is taught.",),
    "intervener": ("Not known whether there is an intervener.",),
    "setting": (
        "The setting is not known for certain: {offer}.",
        "The setting is not known.",
    ),
    "must_have": ("Not known whether it has: {subject}.",),
    "must_not": ("Not known whether it has: {subject}, ruled out for this student.",),
    "ride": ("The ride may be over the limit the Team set.",),
    "limit": ("Not known whether the student meets a condition of admission: {subject}.",),
}

# Where the Team has not settled the need.
NEED_UNKNOWN: Sentences = {
    "placement_type": ("The kind of placement sought is not known yet.",),
    "age_served": ("The student's age at the start is not known yet.",),
    "age_admission": ("The student's age at the start is not known yet.",),
    "age_span": (
        "The student's age at the start is not known for certain: whether the group would stay within "
        "{limit} months is open.",
    ),
    "grade_served": ("The student's grade is not known yet.",),
    "service": ("The minutes and delivery of {subject} are not known yet.",),
    "health_level": ("The health care the student needs is not known for certain.",),
    "behavior_level": ("The behavior support the student needs is not known for certain.",),
    "one_to_one": ("Whether the student needs a one-to-one adult is not known yet.",),
    "wheelchair": ("Whether the student uses a wheelchair is not known yet.",),
    "lift": ("Whether the student needs a lift is not known yet.",),
    "changing": ("Whether the student needs an accessible changing room is not known yet.",),
    "braille": ("Whether the student reads braille is not known yet.",),
    "intervener": ("Whether the student needs an intervener is not known yet.",),
}

MET: Sentences = {
    "placement_type": ("Offers {need}.", "Offers the kind of placement sought."),
    "operating": ("Listed as running.",),
    "age_served": ("Serves the student's age.",),
    "age_admission": ("Admits students of this age.",),
    "age_limit": ("The student is under 22.",),
    "age_span": (
        "With this student the group spans {span} months in age, within the {limit} the state allows.",
        "With this student the group stays within the {limit} months of age the state allows.",
    ),
    "grade_served": ("Serves {need}.", "Serves the grade."),
    "service": ("Gives: {subject}.",),
    "health_level": ("Health care reaches the level needed.",),
    "behavior_level": ("Behavior support reaches the level needed.",),
    "one_to_one": ("A one-to-one adult is possible.",),
    "wheelchair": ("Accessible by wheelchair.",),
    "lift": ("Has a lift for transfers.",),
    "changing": ("Has an accessible changing room.",),
    "mode": ("Teaches with: {subject}.",),
    "braille": ("Teaches braille.",),
    "intervener": ("Has an intervener.",),
    "setting": ("A setting the Team permits.",),
    "must_have": ("Has what the Team insists on: {subject}.",),
    "must_not": ("Does not have what the Team ruled out: {subject}.",),
    "ride": ("The ride is within the limit.",),
    "limit": ("The student meets a condition of admission: {subject}.",),
}

TABLES: Mapping[Answer, Sentences] = {Answer.NO: FAILED, Answer.UNKNOWN: UNKNOWN, Answer.YES: MET}
GENERAL = {
    Answer.NO: "A must is not met.",
    Answer.UNKNOWN: "A must is not known.",
    Answer.YES: "A must is met.",
}
FAMILY_LABELS: Mapping[str, str] = {
    "placement_type": "Kind of placement",
    "operating": "Closed",
    "age_served": "Age served",
    "age_admission": "Age at admission",
    "age_limit": "22nd birthday",
    "age_span": "Ages in the group",
    "grade_served": "Grade",
    "service": "Related services",
    "health_level": "Health care",
    "behavior_level": "Behavior support",
    "one_to_one": "One-to-one adult",
    "wheelchair": "Wheelchair access",
    "lift": "Lift",
    "changing": "Accessible changing",
    "mode": "Communication",
    "braille": "Braille",
    "intervener": "Intervener",
    "setting": "Setting",
    "must_have": "Must have",
    "must_not": "Must not have",
    "ride": "Ride",
    "limit": "Condition of admission",
}

CHANGED_BY: Mapping[ChangeBy, str] = {
    ChangeBy.DATE: "A later date could change this",
    ChangeBy.PROGRAM: "The program could change this",
    ChangeBy.TEAM: "The Team could revise this",
    ChangeBy.STATE: "The state's approval of a wider span, or another group, could change this",
    ChangeBy.NOBODY: "Not changeable",
}


def gate_sentence(gate: GateResult) -> str:
    """The sentence for one gate."""
    words = words_of(gate)
    for sentence in (*_for_the_team(gate), *TABLES[gate.answer].get(gate.family, ())):
        said = _filled(sentence, words)
        if said:
            return said
    return GENERAL[gate.answer]


def _for_the_team(gate: GateResult) -> tuple[str, ...]:
    asks_team = gate.answer is Answer.UNKNOWN and gate.asks is Asks.TEAM
    return NEED_UNKNOWN.get(gate.family, ()) if asks_team else ()


def change_sentence(gate: GateResult) -> str:
    """Who could change what rules an option out; "" where nothing does."""
    return CHANGED_BY[gate.change_by] if gate.change_by and gate.answer is Answer.NO else ""


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    try:
        return sentence.format_map(words)
    except KeyError:
        return ""

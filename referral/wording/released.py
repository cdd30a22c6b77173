"""What was sent to a program beside what the program states, in words; and what contradicts a decline."""

from collections.abc import Mapping

NOT_STATED = "Not stated"
NEEDED = "Needed"
# A fact of yes or no, as the program states it.
HAS = {True: "Has it", False: "Does not have it", None: NOT_STATED}
DELIVERIES = {"direct": "Given directly", "consult": "Consultation only", "not_offered": "Not given"}
ASKED: Mapping[str, str] = {
    "must_have": "A must for this student",
    "must_not": "Ruled out for this student",
    "limit": "Your condition of admission",
}
STATED: Mapping[str, str] = {
    "age_served": "Ages {offer}",
    "age_admission": "Ages {offer} at admission",
    "placement_type": "{offer}",
    "grade_served": "{offer}",
    "setting": "{offer}",
    "age_span": "Within {limit} months of age",
}
SUPPORT_LEVEL = "Level {levels} of 4"
INFERRED = "Level {levels} of 4, read out of your description"

# Codes of `rules.declines.contradictions`, by family of gate.
CONTRADICTS: Mapping[str, str] = {
    "seats_open": "that seats are open",
    "age_served": "that this age is served",
    "age_admission": "that this age is admitted",
    "grade_served": "that this grade is served",
    "one_to_one": "that a one-to-one adult is possible",
    "health_level": "that health care reaches the level asked for",
    "behavior_level": "that behavior support reaches the level asked for",
}


def contradiction_words(codes: object) -> str:
    """What the published profile says all the same: "that this age is served and that seats are open"."""
    listed = codes if isinstance(codes, list | tuple) else ()
    said = [CONTRADICTS[family] for code in listed if (family := str(code).partition(":")[0]) in CONTRADICTS]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)

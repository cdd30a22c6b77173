"""The facts of a gate as words that its sentences name in braces."""

from collections.abc import Callable, Mapping

from matching import Interval
from matching.results import GateResult, Number
from matching.vocabulary import Grade, PlacementType, Setting, Term
from referral.wording.rankings.terms import day_of, inside, label, listed, span, subject

Words = dict[str, str]
GRADES = [grade.value for grade in Grade]


def words_of(gate: GateResult) -> Words:
    """What the sentences of the gate may name; a fact that is not known has no word."""
    known = {name: value for name, value in gate.facts.items() if value is not None}
    words = FAMILIES.get(gate.family, _none)(known)
    named = subject(gate.code)
    return {**words, "subject": inside(named), "Subject": named} if named else words


def _none(_facts: Mapping[str, Number]) -> Words:
    return {}


def _labels(kind: type[Term], joined: Number, last: str) -> str:
    return listed((inside(label(kind, value)) for value in str(joined).split(",")), last)


def _placement(facts: Mapping[str, Number]) -> Words:
    return {name: _labels(PlacementType, facts[name], "or") for name in ("need", "offer") if facts.get(name)}


def _setting(facts: Mapping[str, Number]) -> Words:
    return {name: _labels(Setting, facts[name], "or") for name in ("need", "offer") if facts.get(name)}


def _operating(facts: Mapping[str, Number]) -> Words:
    return {"closes_on": day_of(str(facts["closes_on"]))} if "closes_on" in facts else {}


def _age(facts: Mapping[str, Number]) -> Words:
    words = {}
    if "age_months" in facts:
        words["age"] = str(int(facts["age_months"] or 0) // 12)
    if "low_years" in facts and "high_years" in facts:
        words["offer"] = span(Interval(int(facts["low_years"] or 0), int(facts["high_years"] or 0)))
    return words


def _grade(facts: Mapping[str, Number]) -> Words:
    words = {}
    if facts.get("need"):
        words["need"] = grade_words(str(facts["need"]))
    if facts.get("offer"):
        words["offer"] = _grade_range(str(facts["offer"]).split(","))
    return words


def grade_words(grade: str) -> str:
    """A grade inside a sentence: "grade 5", "kindergarten"."""
    return inside(label(Grade, grade))


def _grade_range(grades: list[str]) -> str:
    places = [GRADES.index(grade) for grade in grades if grade in GRADES]
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{grade_words(grades[0])} to {grade_words(grades[-1])}"
    return listed(map(grade_words, grades))


def _service(facts: Mapping[str, Number]) -> Words:
    words = {}
    if "minutes" in facts:
        words["minutes"] = str(facts["minutes"])
    if "minutes_max" in facts:
        words["most"] = str(facts["minutes_max"])
    if facts.get("delivery") == "consult":
        words["consult"] = "consultation to staff"
    return words


def _levels(facts: Mapping[str, Number]) -> Words:
    return {
        side: span(Interval(int(facts[f"{side}_low"] or 0), int(facts[f"{side}_high"] or 0)))
        for side in ("need", "offer")
        if f"{side}_low" in facts and f"{side}_high" in facts
    }


def _ride(facts: Mapping[str, Number]) -> Words:
    names = {"need": "limit", "minutes_low": "low", "minutes_high": "high"}
    return {word: str(facts[name]) for name, word in names.items() if name in facts}


def _span(facts: Mapping[str, Number]) -> Words:
    names = {"limit_months": "limit", "span_months": "span"}
    return {word: str(facts[name]) for name, word in names.items() if name in facts}


FAMILIES: Mapping[str, Callable[[Mapping[str, Number]], Words]] = {
    "placement_type": _placement,
    "setting": _setting,
    "operating": _operating,
    "age_served": _age,
    "age_admission": _age,
    "age_limit": _age,
    "age_span": _span,
    "grade_served": _grade,
    "service": _service,
    "health_level": _levels,
    "behavior_level": _levels,
    "ride": _ride,
}

"""Gates: three-valued conditions an option must meet, one function each.

A gate is asked only when the profile makes it matter. An unknown need is harmless where the offer is there;
an unknown offer is harmless where the need is known to be absent. Seats, cost, the disability label and the
likelihood of acceptance are not gates.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import attrgetter

import numpy as np

from matching.access import ACCESS_GATES
from matching.catalogue import Catalogue
from matching.codes import (
    DIMENSIONS,
    DIRECT,
    GRADES,
    MONTHS_PER_YEAR,
    NO,
    NOT_ASKED,
    PLACEMENTS,
    SERVICES,
    UNKNOWN,
    UNSTATED,
    YES,
    Bytes,
    bits,
)
from matching.delivery import deliverable
from matching.gate import Asked, Facts, Gate, inside, iso, joined, no_facts, settled, shared_by, unsettle
from matching.group import age_span
from matching.intervals import Interval
from matching.options import Option
from matching.profiles import ServiceNeed
from matching.vocabulary import (
    Asks,
    ChangeBy,
    Dimension,
    Grade,
    Importance,
)


def gates(asked: Asked) -> list[Gate]:
    """Every gate that the profile makes matter, in the order in which people check them."""
    return [gate for make in GATES for gate in make(asked)]


@shared_by(attrgetter("student.placement_type"))
def placement_type(asked: Asked) -> Iterator[Gate]:
    """The type of placement sought is among those offered; an assessment is no year placement."""
    sought, offered = asked.student.placement_type, asked.catalogue.placements
    if sought is None:
        answers = np.full(len(offered), UNKNOWN, np.int8)
    else:
        answers = settled(offered >= 0, (offered & bits([sought], PLACEMENTS)) != 0)
        unsettle(asked.catalogue, answers, "placement_types")
    yield Gate(
        "placement_type",
        answers,
        Asks.TEAM if sought is None else Asks.PROGRAM,
        ChangeBy.PROGRAM,
        lambda option: {"need": sought, "offer": joined(option.program.placement_types)},
    )


@shared_by(attrgetter("student.start_on", "today"))
def operating(asked: Asked) -> Iterator[Gate]:
    """The program runs on the start date: closed no, unverified not known."""
    answers, last = asked.catalogue.status.copy(), asked.catalogue.closes_on
    ends = last >= 0
    if ends.any():
        start = asked.student.start_on
        needed = asked.first_day.toordinal()
        answers[ends & (last < needed)] = NO
        if start is None:
            answers[ends & (last >= needed) & (answers == YES)] = UNKNOWN
    yield Gate(
        "operating",
        answers,
        Asks.PROGRAM,
        ChangeBy.NOBODY,
        lambda option: {"offer": option.program.status, "closes_on": iso(option.program.closes_on)},
    )


@shared_by(attrgetter("student.age_months"))
def age_served(asked: Asked) -> Iterator[Gate]:
    """The age at the start lies within the ages served."""
    low, high = asked.catalogue.age_months
    answers = inside(asked.student.age_months, low, high)
    team = (answers == UNKNOWN) & (low >= 0)
    unsettle(asked.catalogue, answers, "ages")
    yield _age_gate(asked, Gate("age_served", answers, team, ChangeBy.NOBODY, no_facts), _ages)


@shared_by(attrgetter("student.age_months"))
def age_admission(asked: Asked) -> Iterator[Gate]:
    """The age at the start lies within the ages at admission, where such are recorded."""
    low, high = asked.catalogue.admission_months
    if (low >= 0).any():
        answers = np.where(low < 0, np.int8(NOT_ASKED), inside(asked.student.age_months, low, high))
        team = answers == UNKNOWN
        unsettle(asked.catalogue, answers, "ages_at_admission")
        yield _age_gate(asked, Gate("age_admission", answers, team, ChangeBy.NOBODY, no_facts), _admitted)


def _ages(option: Option) -> Interval | None:
    return option.ages


def _admitted(option: Option) -> Interval | None:
    return option.program.ages_at_admission


def _age_gate(asked: Asked, gate: Gate, ages: Callable[[Option], Interval | None]) -> Gate:
    """The gate with its facts; an age not known at all is the Team's to tell, even of inferred ages."""
    age = asked.student.age_months

    def facts(option: Option) -> Facts:
        served = ages(option)
        return {
            "age_months": age and age.low,
            "low_years": served and served.low,
            "high_years": served and served.high,
        }

    def change_by(option: Option) -> ChangeBy:
        served = ages(option)
        young = age and served and age.low < served.low * MONTHS_PER_YEAR
        return ChangeBy.DATE if young else ChangeBy.NOBODY

    return replace(gate, asks=gate.asks if age else Asks.TEAM, change_by=change_by, facts=facts)


@shared_by(attrgetter("student.age_months", "policy.age_limit_months"))
def age_limit(asked: Asked) -> Iterator[Gate]:
    """The student is below the age at which eligibility ends."""
    age, limit = asked.student.age_months, asked.policy.age_limit_months
    if age is not None and age.high < limit:
        return
    answer = NO if age and age.low >= limit else UNKNOWN
    yield Gate(
        "age_limit",
        np.full(len(asked.catalogue), answer, np.int8),
        Asks.TEAM,
        ChangeBy.NOBODY,
        lambda _option: {"age_months": age and age.low, "limit_months": limit},
    )


@shared_by(attrgetter("student.grade"))
def grade_served(asked: Asked) -> Iterator[Gate]:
    """The grade is among the grades recorded; none recorded is no limit."""
    grade, grades = asked.student.grade, asked.catalogue.grades
    recorded = grades >= 0
    if not recorded.any():
        return
    if grade is None:
        answers = np.where(recorded, np.int8(UNKNOWN), np.int8(NOT_ASKED))
    else:
        served = settled(recorded, (grades & bits([grade], GRADES)) != 0)
        answers = np.where(recorded, served, np.int8(NOT_ASKED))
        unsettle(asked.catalogue, answers, "grades")
    yield Gate(
        "grade_served",
        answers,
        Asks.TEAM if grade is None else Asks.PROGRAM,
        lambda option: _later_grade(grade, option),
        lambda option: {"need": grade, "offer": joined(option.grades, Grade)},
    )


def _later_grade(grade: Grade | None, option: Option) -> ChangeBy:
    """A date helps where a grade served is still to come."""
    served = [GRADES.index(one) for one in option.grades or ()]
    to_come = grade is not None and any(one > GRADES.index(grade) for one in served)
    return ChangeBy.DATE if to_come else ChangeBy.NOBODY


@shared_by(attrgetter("student.services"))
def services(asked: Asked) -> Iterator[Gate]:
    """Each required service can be delivered: level and minutes; consultation does not meet a direct need."""
    wanted = asked.student.services
    if wanted is None:
        yield Gate("services", any_service_answers(asked.catalogue), Asks.TEAM, ChangeBy.TEAM, no_facts)
        return
    for need in wanted:
        if need.importance is Importance.REQUIRED:
            yield _service_gate(asked.catalogue, need)


def any_service_answers(catalogue: Catalogue) -> Bytes:
    """Yes where every service is given directly without limit: there no need can fail."""

    def made() -> Bytes:
        stated = (catalogue.services == DIRECT) & (catalogue.service_minutes < 0)
        answers = np.where(stated.all(axis=0), np.int8(YES), np.int8(UNKNOWN))
        for service in ("", *SERVICES):
            unsettle(catalogue, answers, "services", service)
        return answers

    answers: Bytes = catalogue.remember("any service", made)
    return answers


def service_answers(catalogue: Catalogue, need: ServiceNeed) -> Bytes:
    """Whether each option can deliver a required service, as far as staff have said so."""
    answers = deliverable(catalogue, need).copy()
    unsettle(catalogue, answers, "services", need.service)
    return answers


def _service_gate(catalogue: Catalogue, need: ServiceNeed) -> Gate:
    def facts(option: Option) -> Facts:
        offer = option.program.services.get(need.service)
        return {
            "need": need.service,
            "minutes": need.minutes_per_week,
            "delivery": None if offer is None else offer.delivery,
            "minutes_max": None if offer is None else offer.minutes_per_week_max,
        }

    def made() -> Gate:
        stated = catalogue.services[SERVICES.index(need.service)] != UNSTATED
        team = stated & (deliverable(catalogue, need) == UNKNOWN)
        answers = service_answers(catalogue, need)
        return Gate(f"service:{need.service}", answers, team, ChangeBy.PROGRAM, facts)

    gate: Gate = catalogue.remember(("service gate", need), made)
    return gate


@shared_by(lambda asked: (asked.student.level(Dimension.MEDICAL), asked.policy.medical_gate_from))
def health_level(asked: Asked) -> Iterator[Gate]:
    """Health care reaches the level needed, from the level that needs a nurse."""
    yield from _level_gate("health_level", asked, Dimension.MEDICAL, asked.policy.medical_gate_from)


@shared_by(lambda asked: (asked.student.level(Dimension.BEHAVIOR), asked.policy.behavior_gate_from))
def behavior_level(asked: Asked) -> Iterator[Gate]:
    """Behavior support reaches the level needed, from the level that needs trained staff."""
    yield from _level_gate("behavior_level", asked, Dimension.BEHAVIOR, asked.policy.behavior_gate_from)


def _level_gate(code: str, asked: Asked, dimension: Dimension, from_level: int) -> Iterator[Gate]:
    need = asked.student.level(dimension)
    if need.high < from_level:
        return
    row = DIMENSIONS.index(dimension)
    low, high = asked.catalogue.level_low[row], asked.catalogue.level_high[row]
    answers = np.full(len(low), UNKNOWN, np.int8)
    answers[low >= need.high] = YES
    if need.low >= from_level:
        answers[high < need.low] = NO
    answers[~asked.catalogue.level_stated[row]] = UNKNOWN

    def facts(option: Option) -> Facts:
        offer = option.program.level(dimension)
        return {
            "need_low": need.low,
            "need_high": need.high,
            "offer_low": offer.low,
            "offer_high": offer.high,
            "inferred": f"levels.{dimension}" in option.program.inferred,
        }

    yield Gate(code, answers, Asks.PROGRAM if need.known else Asks.TEAM, ChangeBy.PROGRAM, facts)


GATES: tuple[Callable[[Asked], Iterable[Gate]], ...] = (
    placement_type,
    operating,
    age_served,
    age_admission,
    age_limit,
    age_span,
    grade_served,
    services,
    health_level,
    behavior_level,
    *ACCESS_GATES,
)

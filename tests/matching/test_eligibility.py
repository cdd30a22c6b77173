"""Gates of placement, time, age, grade, services and levels: yes, no and unknown, each by hand.

None stands for a gate that is not asked.
"""

from datetime import timedelta

import pytest

from matching import Interval, ServiceNeed, ServiceOffer
from matching.vocabulary import Delivery, Grade, Importance, PlacementType, ProgramStatus, Service
from tests.matching.examples import (
    PROGRAM,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    answers,
    levels,
    option_of,
    rank,
)

YEAR, ASSESSMENT = PlacementType.SCHOOL_YEAR, PlacementType.ASSESSMENT_45_DAY
YESTERDAY, START = TODAY - timedelta(days=1), STUDENT.start_on
NURSING = Service.NURSING


def _gate(result, code):
    return next(gate for gate in result.gates if gate.code == code)


def test_a_student_who_asks_for_nothing_meets_every_must_of_a_plain_program():
    assert set(answers(STUDENT, PROGRAM).values()) == {"yes"}
    assert option_of(STUDENT, PROGRAM).verdict == "eligible"


@pytest.mark.parametrize(
    ("sought", "offered", "answer"),
    [
        (YEAR, {YEAR}, "yes"),
        (ASSESSMENT, {YEAR}, "no"),
        (YEAR, set(), "no"),
        (YEAR, None, "unknown"),
        (None, {YEAR}, "unknown"),
    ],
)
def test_the_placement_sought_is_among_those_offered(sought, offered, answer):
    program = a_program(placement_types=None if offered is None else frozenset(offered))

    assert answers(a_student(placement_type=sought), program)["placement_type"] == answer


@pytest.mark.parametrize(
    ("facts", "start", "answer"),
    [
        ({}, START, "yes"),
        ({"status": ProgramStatus.CLOSED}, START, "no"),
        ({"status": ProgramStatus.UNVERIFIED}, START, "unknown"),
        ({"closes_on": START}, START, "yes"),
        ({"closes_on": START - timedelta(days=1)}, START, "no"),
        ({"closes_on": START}, None, "unknown"),
        ({"closes_on": YESTERDAY}, None, "no"),
        ({"closes_on": YESTERDAY}, TODAY - timedelta(days=9), "no"),
        ({"closes_on": START, "status": ProgramStatus.UNVERIFIED}, None, "unknown"),
    ],
)
def test_the_program_runs_on_the_start_date(facts, start, answer):
    assert answers(a_student(start_on=start), a_program(**facts))["operating"] == answer


@pytest.mark.parametrize(
    ("months", "answer"),
    [
        ((72, 72), "yes"),
        ((71, 71), "no"),
        ((179, 179), "yes"),
        ((180, 180), "no"),
        ((70, 75), "unknown"),
        ((175, 185), "unknown"),
        (None, "unknown"),
    ],
)
def test_the_ages_served_include_both_years_whole(months, answer):
    student = a_student(age_months=months and Interval(*months))

    assert answers(student, a_program(ages=Interval(6, 14)))["age_served"] == answer


def test_unknown_ages_are_a_question_and_a_room_speaks_before_its_program():
    assert answers(STUDENT, a_program(ages=None))["age_served"] == "unknown"
    room = a_room(ages=Interval(11, 13))
    assert answers(STUDENT, a_program(rooms=(room,)))["age_served"] == "no"


@pytest.mark.parametrize(
    ("ages", "months", "answer"),
    [
        (None, 120, None),
        (Interval(8, 10), 120, "yes"),
        (Interval(11, 12), 120, "no"),
        (Interval(8, 10), None, "unknown"),
    ],
)
def test_ages_at_admission_are_asked_only_where_recorded(ages, months, answer):
    student = a_student(age_months=months and Interval(months, months))

    assert answers(student, a_program(ages_at_admission=ages)).get("age_admission") == answer


@pytest.mark.parametrize(
    ("months", "answer"),
    [((263, 263), None), ((264, 264), "no"), ((260, 270), "unknown"), (None, "unknown")],
)
def test_the_student_is_below_the_22nd_birthday(months, answer):
    student = a_student(age_months=months and Interval(*months))

    assert answers(student, a_program(ages=Interval(3, 22))).get("age_limit") == answer


@pytest.mark.parametrize(
    ("grade", "grades", "answer"),
    [
        (Grade.G4, None, None),
        (Grade.G4, {Grade.G3, Grade.G4}, "yes"),
        (Grade.G4, {Grade.G8}, "no"),
        (None, {Grade.G8}, "unknown"),
        (None, None, None),
    ],
)
def test_a_grade_is_asked_only_where_grades_are_recorded(grade, grades, answer):
    program = a_program(grades=None if grades is None else frozenset(grades))

    assert answers(a_student(grade=grade), program).get("grade_served") == answer


def test_only_the_program_that_records_grades_is_asked_about_them():
    limited, open_to_all = a_program("a", grades=frozenset({Grade.G8})), a_program("b")
    ranking = rank(STUDENT, limited, open_to_all)

    assert [gate.code for gate in ranking.option("b").gates if gate.family == "grade_served"] == []


@pytest.mark.parametrize(
    ("needed", "minutes", "delivery", "most", "answer"),
    [
        (Delivery.DIRECT, 60, Delivery.DIRECT, None, "yes"),
        (Delivery.DIRECT, 60, Delivery.DIRECT, 60, "yes"),
        (Delivery.DIRECT, 60, Delivery.DIRECT, 59, "no"),
        (Delivery.DIRECT, None, Delivery.DIRECT, 59, "unknown"),
        (Delivery.DIRECT, 60, Delivery.CONSULT, None, "no"),
        (Delivery.CONSULT, 60, Delivery.CONSULT, None, "yes"),
        (Delivery.CONSULT, 60, Delivery.DIRECT, None, "yes"),
        (None, 60, Delivery.CONSULT, None, "unknown"),
        (None, 60, Delivery.CONSULT, 30, "no"),
        (None, 60, Delivery.DIRECT, None, "yes"),
        (Delivery.DIRECT, 60, Delivery.NOT_OFFERED, None, "no"),
        (Delivery.DIRECT, 60, None, None, "unknown"),
    ],
)
def test_a_required_service_needs_its_delivery_and_its_minutes(needed, minutes, delivery, most, answer):
    need = ServiceNeed(service=NURSING, delivery=needed, minutes_per_week=minutes)
    offer = delivery and ServiceOffer(delivery=delivery, minutes_per_week_max=most)
    offers = {NURSING: offer} if offer else {}

    assert answers(a_student(services=(need,)), a_program(services=offers))["service:nursing"] == answer


def test_a_preferred_service_is_no_gate_and_no_services_ask_nothing():
    wish = ServiceNeed(service=NURSING, importance=Importance.PREFERRED)

    assert "service:nursing" not in answers(a_student(services=(wish,)), a_program())
    assert not [code for code in answers(a_student(services=()), a_program()) if "service" in code]


def test_services_not_known_are_a_question_unless_every_service_is_given_without_limit():
    student = a_student(services=None)
    everything = dict.fromkeys(Service, ServiceOffer())

    assert answers(student, a_program())["services"] == "unknown"
    assert answers(student, a_program(services=everything))["services"] == "yes"
    inferred = a_program(services=everything, inferred=frozenset({"services.nursing"}))
    assert answers(student, inferred)["services"] == "unknown"


@pytest.mark.parametrize(
    ("need", "offer", "answer"),
    [
        (1, 0, None),
        (2, 2, "yes"),
        (2, 4, "yes"),
        (2, 1, "no"),
        ((1, 2), 2, "yes"),
        ((1, 2), 1, "unknown"),
        ((2, 4), 3, "unknown"),
        ((3, 4), (0, 2), "no"),
        (2, (1, 2), "unknown"),
    ],
)
@pytest.mark.parametrize(("code", "dimension"), [("health_level", "medical"), ("behavior_level", "behavior")])
def test_safety_levels_are_a_must_from_level_two(code, dimension, need, offer, answer):
    student = a_student(levels=levels(**{dimension: need}))
    program = a_program(levels=levels(**{dimension: offer}))

    assert answers(student, program).get(code) == answer


def test_an_inferred_or_missing_level_never_settles_a_gate():
    student = a_student(levels=levels(medical=3))
    inferred = frozenset({"levels.medical"})

    for offer in (0, 4):
        program = a_program(levels=levels(medical=offer), inferred=inferred)
        assert answers(student, program)["health_level"] == "unknown"
    assert answers(student, a_program(levels={}))["health_level"] == "unknown"


@pytest.mark.parametrize(
    ("inferred", "code", "student", "facts"),
    [
        ("ages", "age_served", {}, {}),
        ("ages_at_admission", "age_admission", {}, {"ages_at_admission": Interval(1, 2)}),
        ("grades", "grade_served", {}, {"grades": frozenset({Grade.G8})}),
        ("placement_types", "placement_type", {}, {"placement_types": frozenset({ASSESSMENT})}),
        (
            "services",
            "service:nursing",
            {"services": (ServiceNeed(service=NURSING),)},
            {"services": {NURSING: ServiceOffer(delivery=Delivery.NOT_OFFERED)}},
        ),
    ],
)
def test_an_inferred_fact_gives_a_question(inferred, code, student, facts):
    program = a_program(**facts, inferred=frozenset({inferred}))

    assert answers(a_student(**student), program)[code] == "unknown"


@pytest.mark.parametrize(
    ("student", "facts", "code", "asks"),
    [
        ({}, {"ages": None}, "age_served", "program"),
        ({"age_months": None}, {}, "age_served", "team"),
        ({"age_months": Interval(60, 80)}, {}, "age_served", "team"),
        ({"placement_type": None}, {}, "placement_type", "team"),
        ({}, {"placement_types": None}, "placement_type", "program"),
        ({"services": (ServiceNeed(service=NURSING),)}, {}, "service:nursing", "program"),
        (
            {"services": (ServiceNeed(service=NURSING),)},
            {"services": {NURSING: ServiceOffer(minutes_per_week_max=30)}},
            "service:nursing",
            "team",
        ),
        ({"levels": levels(medical=(1, 3))}, {}, "health_level", "team"),
        ({"levels": levels(medical=3)}, {"levels": {}}, "health_level", "program"),
    ],
)
def test_a_question_goes_to_whom_can_answer_it(student, facts, code, asks):
    assert _gate(option_of(a_student(**student), a_program(**facts)), code).asks == asks


def test_whom_a_question_goes_to_does_not_depend_on_the_other_programs():
    student = a_student(services=(ServiceNeed(service=NURSING),))
    limited = a_program("limited", services={NURSING: ServiceOffer(minutes_per_week_max=30)})
    ranking = rank(student, limited, a_program("silent"))

    asks = {key: _gate(ranking.option(key), "service:nursing").asks for key in ("limited", "silent")}
    assert asks == {"limited": "team", "silent": "program"}


@pytest.mark.parametrize(
    ("student", "facts", "code", "who"),
    [
        ({"age_months": Interval(60, 60)}, {}, "age_served", "date"),
        ({"age_months": Interval(200, 200)}, {}, "age_served", "nobody"),
        ({"grade": Grade.G4}, {"grades": frozenset({Grade.G8})}, "grade_served", "date"),
        ({"grade": Grade.G8}, {"grades": frozenset({Grade.G4})}, "grade_served", "nobody"),
        ({}, {"status": ProgramStatus.CLOSED}, "operating", "nobody"),
        ({"levels": levels(medical=3)}, {}, "health_level", "program"),
    ],
)
def test_a_failed_gate_says_who_could_change_it(student, facts, code, who):
    gate = _gate(option_of(a_student(**student), a_program(**facts)), code)

    assert (gate.answer, gate.change_by, gate.asks) == ("no", who, None)


def test_a_gate_carries_the_need_and_the_offer():
    student = a_student(services=(ServiceNeed(service=NURSING, minutes_per_week=60),))
    program = a_program(services={NURSING: ServiceOffer(minutes_per_week_max=30)})
    gate = _gate(option_of(student, program), "service:nursing")

    assert gate.facts == {"need": "nursing", "minutes": 60, "delivery": "direct", "minutes_max": 30}
    assert (gate.family, gate.subject) == ("service", "nursing")

"""What a gate says beside its answer: the need and the offer, whom to ask, who could change it."""

from dataclasses import replace
from datetime import date

import pytest

from matching import Catalogue, Interval, Seats, ServiceNeed, ServiceOffer, Site, Wish
from matching.scoring import evaluate
from matching.vocabulary import (
    CommunicationMode,
    Dimension,
    Feature,
    Grade,
    Insistence,
    Limit,
    OneToOne,
    Service,
    Setting,
)
from tests.matching.examples import (
    HOME,
    POLICY,
    RIVER,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    levels,
    option_of,
)

ASL = CommunicationMode.ASL
CLASS, DAY = Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY
NURSING = Service.NURSING
BAND = Interval(6, 14)
NINE_TO_ELEVEN = a_room(
    seats=Seats(licensed=8, enrolled=6, confirmed_on=TODAY, youngest_months=108, oldest_months=132)
)
SPAN_SOURCE = POLICY.state_limits[0].source
AT_HOME = {"sites": (Site(key="site-1", place=HOME),)}
FIRM = {"ride_limit_minutes": 45, "ride_limit_is_firm": True}


def _gate(student, facts, code):
    option = option_of(a_student(**student), a_program(**facts))
    return next(gate for gate in option.gates if gate.code == code)


def _inferred(*names):
    return {"inferred": frozenset(names)}


@pytest.mark.parametrize(
    ("student", "facts", "code", "said"),
    [
        ({}, {}, "placement_type", {"need": "school_year", "offer": "school_year"}),
        ({}, {"placement_types": None}, "placement_type", {"need": "school_year", "offer": None}),
        ({}, {}, "operating", {"offer": "listed", "closes_on": None}),
        (
            {},
            {"closes_on": date(2027, 6, 30)},
            "operating",
            {"offer": "listed", "closes_on": "2027-06-30"},
        ),
        ({}, {}, "age_served", {"age_months": 120, "low_years": 6, "high_years": 14}),
        ({"age_months": None}, {}, "age_served", {"age_months": None, "low_years": 6, "high_years": 14}),
        ({}, {"ages": None}, "age_served", {"age_months": 120, "low_years": None, "high_years": None}),
        (
            {},
            {"ages_at_admission": Interval(8, 9)},
            "age_admission",
            {"age_months": 120, "low_years": 8, "high_years": 9},
        ),
        ({"age_months": None}, {}, "age_limit", {"age_months": None, "limit_months": 264}),
        ({"age_months": Interval(265, 265)}, {}, "age_limit", {"age_months": 265, "limit_months": 264}),
        (
            {},
            {"grades": frozenset({Grade.G8, Grade.G4})},
            "grade_served",
            {"need": "4", "offer": "4,8"},
        ),
        ({"services": None}, {}, "services", {}),
        (
            {"services": (ServiceNeed(service=NURSING),)},
            {},
            "service:nursing",
            {"need": "nursing", "minutes": None, "delivery": None, "minutes_max": None},
        ),
        (
            {"levels": levels(medical=(2, 3))},
            {"levels": levels(medical=(1, 4)), **_inferred("levels.medical")},
            "health_level",
            {"need_low": 2, "need_high": 3, "offer_low": 1, "offer_high": 4, "inferred": True},
        ),
        (
            {"levels": levels(behavior=3)},
            {"levels": levels(behavior=3)},
            "behavior_level",
            {"need_low": 3, "need_high": 3, "offer_low": 3, "offer_high": 3, "inferred": False},
        ),
        (
            {"lift": True},
            {"features": {Feature.LIFT: False}},
            "lift",
            {"need": "lift", "offer": False},
        ),
        ({"one_to_one": OneToOne.PART}, {}, "one_to_one", {"need": "one_to_one", "offer": None}),
        (
            {"communication_modes": frozenset({ASL})},
            {"communication_modes": {ASL: True}},
            "mode:asl",
            {"need": "asl", "offer": True},
        ),
        ({"communication_modes": None}, {}, "modes", {}),
        (
            {"permitted_settings": frozenset({DAY, CLASS})},
            {"setting": None},
            "setting",
            {"need": "separate_class,public_day", "offer": "separate_class,public_day"},
        ),
        (
            {"wishes": (Wish(feature=Feature.ABA, insistence=Insistence.MUST_NOT),)},
            {"features": {Feature.ABA: True}},
            "must_not:aba",
            {"need": "aba", "offer": True},
        ),
        (FIRM, {}, "ride", {"need": 45, "minutes_low": None, "minutes_high": None}),
        (FIRM | {"origin": HOME}, AT_HOME, "ride", {"need": 45, "minutes_low": 4, "minutes_high": 8}),
        ({}, {"limits": frozenset({Limit.DIPLOMA_TRACK})}, "limit:diploma_track", {"need": "diploma_track"}),
        (
            {"start_on": date(2026, 12, 1)},
            {"rooms": (NINE_TO_ELEVEN,)},
            "age_span",
            {
                "limit_months": 48,
                "source": SPAN_SOURCE,
                "youngest_months": 109,
                "oldest_months": 133,
                "span_months": 24,
            },
        ),
        (
            {"start_on": None},
            {"rooms": (NINE_TO_ELEVEN,)},
            "age_span",
            {"limit_months": 48, "source": SPAN_SOURCE},
        ),
    ],
)
def test_a_gate_says_the_need_and_the_offer(student, facts, code, said):
    assert dict(_gate(student, facts, code).facts) == said


@pytest.mark.parametrize(
    ("student", "facts", "code", "asks"),
    [
        ({"lift": None}, {}, "lift", "team"),
        ({"lift": True}, {}, "lift", "program"),
        ({"communication_modes": None}, {}, "modes", "team"),
        ({"communication_modes": frozenset({ASL})}, {}, "mode:asl", "program"),
        ({"grade": None}, {"grades": frozenset({Grade.G8})}, "grade_served", "team"),
        ({}, {"grades": frozenset({Grade.G8}), **_inferred("grades")}, "grade_served", "program"),
        ({"age_months": None}, {"ages": None}, "age_served", "team"),
        ({"age_months": None}, _inferred("ages"), "age_served", "team"),
        ({"age_months": Interval(60, 80)}, {"ages": None}, "age_served", "program"),
        ({}, _inferred("ages"), "age_served", "program"),
        ({"age_months": Interval(90, 100)}, {"ages_at_admission": Interval(8, 9)}, "age_admission", "team"),
        (
            {},
            {"ages_at_admission": Interval(8, 10), **_inferred("ages_at_admission")},
            "age_admission",
            "program",
        ),
        ({"age_months": Interval(0, 10)}, {"ages": Interval(0, 0)}, "age_served", None),
        ({"age_months": Interval(0, 20)}, {"ages": Interval(0, 0)}, "age_served", "team"),
        (FIRM, {}, "ride", "team"),
        ({}, {"limits": frozenset({Limit.MEMBERS_ONLY}), "operator": None}, "limit:members_only", "program"),
        ({}, {"limits": frozenset({Limit.DIPLOMA_TRACK})}, "limit:diploma_track", "team"),
    ],
)
def test_a_question_goes_to_whom_can_answer_it(student, facts, code, asks):
    if "operator" in facts:
        facts = facts | {"operator": replace(RIVER, members=())}

    assert _gate(student, facts, code).asks == asks


@pytest.mark.parametrize(
    ("student", "facts", "code", "who"),
    [
        ({"age_months": Interval(71, 80)}, {"ages": BAND}, "age_served", "date"),
        ({"age_months": Interval(72, 190)}, {"ages": BAND}, "age_served", "nobody"),
        (
            {"grade": Grade.G4},
            {"grades": frozenset({Grade.G4}), **_inferred("grades")},
            "grade_served",
            "nobody",
        ),
        ({"grade": None}, {"grades": frozenset({Grade.G4})}, "grade_served", "nobody"),
    ],
)
def test_only_a_date_still_to_come_is_named_as_what_would_change_a_gate(student, facts, code, who):
    assert _gate(student, facts, code).change_by == who


def test_a_gate_that_is_met_names_nobody_to_ask_or_to_change_it():
    met = _gate({"lift": True}, {"features": {Feature.LIFT: True}}, "lift")

    assert (met.answer, met.asks, met.change_by) == ("yes", None, None)


@pytest.mark.parametrize(
    ("student", "facts", "code", "field"),
    [
        (
            {"communication_modes": frozenset({ASL})},
            {"communication_modes": {ASL: True}},
            "mode:asl",
            "communication_modes.asl",
        ),
        (
            {"services": (ServiceNeed(service=NURSING),)},
            {"services": {NURSING: ServiceOffer()}},
            "service:nursing",
            "services.nursing",
        ),
        (
            {"meets": {Limit.DIPLOMA_TRACK: False}},
            {"limits": frozenset({Limit.DIPLOMA_TRACK})},
            "limit:diploma_track",
            "limits.diploma_track",
        ),
    ],
)
def test_one_subject_of_a_field_may_be_inferred_alone(student, facts, code, field):
    name, _, _ = field.partition(".")

    settled = _gate(student, facts | _inferred(f"{name}.something_else"), code).answer
    asked = _gate(student, facts | _inferred(field), code).answer

    assert (settled != "unknown", asked) == (True, "unknown")


def test_what_a_room_states_itself_is_not_inferred_with_its_program():
    stated = a_room(ages=Interval(9, 11))

    assert _gate({}, {"rooms": (stated,), **_inferred("ages")}, "age_served").answer == "yes"
    assert _gate({}, {"rooms": (a_room(),), **_inferred("ages")}, "age_served").answer == "unknown"


def test_every_answer_is_one_byte_for_each_option():
    """Thousands of options are answered at once, so a gate holds no wider numbers."""
    student = a_student(
        age_months=None,
        services=None,
        levels={dimension: Interval(2, 4) for dimension in Dimension},
        lift=None,
        communication_modes=frozenset({ASL}),
        permitted_settings=frozenset({DAY}),
        wishes=(Wish(feature=Feature.ABA, insistence=Insistence.MUST_NOT),),
        placement_type=None,
        **FIRM,
    )
    needing = a_student(services=(ServiceNeed(service=NURSING),))
    every_limit = a_program(
        limits=frozenset(Limit), grades=frozenset({Grade.G4}), ages_at_admission=BAND, rooms=(NINE_TO_ELEVEN,)
    )

    for one in (student, needing, STUDENT):
        evaluation = _arrays(one, every_limit)
        assert {gate.answers.dtype.name for gate in evaluation.gates} == {"int8"}
        keys = evaluation.keys
        narrow = {keys.block.dtype.name, evaluation.adequacy.dtype.name, evaluation.verdict.dtype.name}
        assert narrow == {"int8"}
        assert {evaluation.low.dtype.name, evaluation.high.dtype.name} == {"int32"}


def _arrays(student, program):
    """The arrays behind a ranking of one program."""
    return evaluate(student, Catalogue.compile([program]), POLICY, seed="s", today=TODAY)

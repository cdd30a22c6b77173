"""Gates of access, language, setting, wishes, ride and a program's own conditions, by hand.

None stands for a gate that is not asked.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from matching import Membership, Site, Wish
from matching.vocabulary import (
    CommunicationMode,
    Feature,
    Insistence,
    Limit,
    OneToOne,
    Setting,
)
from tests.matching.examples import DISTRICT, HOME, RIVER, TODAY, a_program, a_student, answers, option_of

ASL, SPEECH = CommunicationMode.ASL, CommunicationMode.SPEECH
CLASS, DAY = Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY
OFFERS = {"there": True, "absent": False, "not said": None}
FEATURE_GATES = [
    ("one_to_one", Feature.ONE_TO_ONE, {"one_to_one": OneToOne.PART}, {"one_to_one": OneToOne.NONE}),
    ("wheelchair", Feature.WHEELCHAIR_ACCESS, {"wheelchair": True}, {"wheelchair": False}),
    ("lift", Feature.LIFT, {"lift": True}, {"lift": False}),
    ("changing", Feature.ACCESSIBLE_CHANGING, {"accessible_changing": True}, {"accessible_changing": False}),
    ("braille", Feature.BRAILLE, {"braille": True}, {"braille": False}),
    ("intervener", Feature.INTERVENER, {"intervener": True}, {"intervener": False}),
]


def _with(feature, offer):
    there = OFFERS[offer]
    return a_program(features={} if there is None else {feature: there})


@pytest.mark.parametrize(("code", "feature", "needed", "absent"), FEATURE_GATES)
def test_a_feature_is_asked_only_where_the_need_is_not_known_to_be_absent(code, feature, needed, absent):
    unknown = dict.fromkeys(needed)
    found = {
        (need, offer): answers(a_student(**facts), _with(feature, offer)).get(code)
        for need, facts in (("needed", needed), ("unknown", unknown), ("absent", absent))
        for offer in OFFERS
    }

    assert found == {
        ("needed", "there"): "yes",
        ("needed", "absent"): "no",
        ("needed", "not said"): "unknown",
        ("unknown", "there"): "yes",
        ("unknown", "absent"): "unknown",
        ("unknown", "not said"): "unknown",
        ("absent", "there"): None,
        ("absent", "absent"): None,
        ("absent", "not said"): None,
    }


@pytest.mark.parametrize(
    ("used", "taught", "answer"),
    [
        ({SPEECH}, {}, None),
        ({SPEECH, ASL}, {ASL: True}, "yes"),
        ({ASL}, {ASL: False}, "no"),
        ({ASL}, {}, "unknown"),
        (set(), {}, None),
    ],
)
def test_a_way_of_communicating_that_needs_fluent_staff_is_taught(used, taught, answer):
    student = a_student(communication_modes=frozenset(used))

    assert answers(student, a_program(communication_modes=taught)).get("mode:asl") == answer


def test_unknown_modes_are_a_question_unless_every_mode_is_taught():
    student = a_student(communication_modes=None)

    assert answers(student, a_program())["modes"] == "unknown"
    assert answers(student, a_program(communication_modes={ASL: False}))["modes"] == "unknown"
    every = a_program(communication_modes=dict.fromkeys(CommunicationMode, True))
    assert answers(student, every)["modes"] == "yes"


@pytest.mark.parametrize(
    ("permitted", "facts", "answer"),
    [
        (None, {}, None),
        ({DAY}, {}, "yes"),
        ({CLASS}, {}, "no"),
        ({CLASS}, {"setting": None}, "unknown"),
        ({CLASS, DAY}, {"setting": None}, "yes"),
        ({Setting.RESIDENTIAL}, {"setting": None}, "unknown"),
        ({Setting.RESIDENTIAL}, {"setting": DAY}, "no"),
        ({Setting.RESIDENTIAL}, {"setting": None, "operator": replace(RIVER, public=False)}, "unknown"),
        ({CLASS}, {"inferred": frozenset({"setting"})}, "unknown"),
    ],
)
def test_the_setting_is_among_those_the_team_permits(permitted, facts, answer):
    student = a_student(permitted_settings=permitted and frozenset(permitted))

    assert answers(student, a_program(**facts)).get("setting") == answer


def test_settings_not_recorded_are_asked_once_for_the_ranking():
    from_ranking = option_of(a_student(), a_program(setting=None))

    assert "setting" not in {gate.code for gate in from_ranking.gates}


@pytest.mark.parametrize(
    ("insistence", "code", "expected"),
    [
        (Insistence.MUST_HAVE, "must_have:aba", {"there": "yes", "absent": "no", "not said": "unknown"}),
        (Insistence.MUST_NOT, "must_not:aba", {"there": "no", "absent": "yes", "not said": "unknown"}),
        (Insistence.NICE, "must_have:aba", dict.fromkeys(OFFERS)),
    ],
)
def test_a_must_is_a_gate_and_a_nice_to_have_is_not(insistence, code, expected):
    student = a_student(wishes=(Wish(feature=Feature.ABA, insistence=insistence),))

    assert {offer: answers(student, _with(Feature.ABA, offer)).get(code) for offer in OFFERS} == expected


@pytest.mark.parametrize(
    ("firm", "minutes", "answer"),
    [(False, 300, None), (True, 45, "yes"), (True, 46, "no"), (True, None, "unknown")],
)
def test_the_ride_is_a_gate_only_where_the_limit_is_firm(firm, minutes, answer):
    rides = {} if minutes is None else {"bridge": minutes}
    student = a_student(ride_limit_minutes=45, ride_limit_is_firm=firm, ride_minutes=rides)

    assert answers(student, a_program()).get("ride") == answer


def test_an_estimate_across_a_firm_limit_is_a_question():
    """At home the estimate is 0.8 x 5 = 4 to 1.6 x 5 = 8 minutes."""
    sites = (Site(key="site-1", place=HOME),)
    for limit, answer in ((3, "no"), (4, "unknown"), (7, "unknown"), (8, "yes")):
        student = a_student(origin=HOME, ride_limit_minutes=limit, ride_limit_is_firm=True)
        assert answers(student, a_program(sites=sites))["ride"] == answer


@pytest.mark.parametrize("met", [True, False, None])
def test_a_condition_of_admission_is_asked_of_the_programs_that_set_it(met):
    meets = {} if met is None else {Limit.DIPLOMA_TRACK: met}
    program = a_program(limits=frozenset({Limit.DIPLOMA_TRACK}))
    answer = answers(a_student(meets=meets), program)["limit:diploma_track"]

    assert answer == {True: "yes", False: "no", None: "unknown"}[met]
    assert "limit:diploma_track" not in answers(a_student(meets=meets), a_program())


def test_thirty_days_sober_is_a_matter_of_time():
    student = a_student(meets={Limit.SOBER_30_DAYS: False, Limit.IN_RECOVERY: False})
    option = option_of(student, a_program(limits=frozenset({Limit.SOBER_30_DAYS, Limit.IN_RECOVERY})))

    assert {gate.subject: str(gate.change_by) for gate in option.failed} == {
        "sober_30_days": "date",
        "in_recovery": "nobody",
    }


@pytest.mark.parametrize(
    ("inferred", "student", "facts"),
    [
        ("features", {"lift": True}, {"features": {Feature.LIFT: False}}),
        ("features.lift", {"lift": True}, {"features": {Feature.LIFT: False}}),
        (
            "communication_modes",
            {"communication_modes": frozenset({ASL})},
            {"communication_modes": {ASL: True}},
        ),
        ("limits", {"meets": {Limit.DIPLOMA_TRACK: False}}, {"limits": frozenset({Limit.DIPLOMA_TRACK})}),
    ],
)
def test_an_inferred_fact_gives_a_question(inferred, student, facts):
    option = option_of(a_student(**student), a_program(**facts, inferred=frozenset({inferred})))

    assert (option.failed, len(option.unknown)) == ((), 1)


def test_an_inferred_condition_that_is_met_needs_no_question():
    program = a_program(limits=frozenset({Limit.DIPLOMA_TRACK}), inferred=frozenset({"limits"}))

    assert answers(a_student(meets={Limit.DIPLOMA_TRACK: True}), program)["limit:diploma_track"] == "yes"


MAY = TODAY + timedelta(days=160)
ENDS_IN_APRIL = Membership(district=DISTRICT, valid_to=MAY - timedelta(days=1))
BEGINS_IN_MAY = Membership(district=DISTRICT, valid_from=MAY)


@pytest.mark.parametrize(
    ("members", "complete", "start", "answer"),
    [
        ((Membership(district=DISTRICT),), False, TODAY, "yes"),
        ((ENDS_IN_APRIL,), False, TODAY, "yes"),
        ((ENDS_IN_APRIL,), False, MAY, "no"),
        ((ENDS_IN_APRIL,), False, None, "unknown"),
        ((ENDS_IN_APRIL, BEGINS_IN_MAY), False, None, "yes"),
        ((BEGINS_IN_MAY,), False, TODAY, "no"),
        ((BEGINS_IN_MAY,), False, MAY, "yes"),
        ((BEGINS_IN_MAY,), False, None, "unknown"),
        ((), False, TODAY, "unknown"),
        ((), True, TODAY, "no"),
    ],
)
def test_members_only_looks_at_membership_on_the_start_date(members, complete, start, answer):
    operator = replace(RIVER, members=members, member_list_complete=complete)
    program = a_program(operator=operator, limits=frozenset({Limit.MEMBERS_ONLY}))

    assert answers(a_student(start_on=start), program)["limit:members_only"] == answer


def test_an_unknown_district_may_be_a_member():
    program = a_program(limits=frozenset({Limit.MEMBERS_ONLY}))

    assert answers(a_student(district=None), program)["limit:members_only"] == "unknown"

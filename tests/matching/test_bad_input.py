"""Whatever cannot be used is refused by the name of its field, never ranked in silence: one table."""

import math
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import numpy as np
import pytest
from scipy.sparse import csr_array

from matching import (
    Choice,
    Interval,
    MatchingError,
    Membership,
    Operator,
    Place,
    Price,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Students,
    Wish,
    Workers,
    count_verdicts,
    draws_of,
    processes,
    rank_many,
    rank_programs,
    threads,
    with_example_transport,
)
from matching.allocation import blocking_pairs, optimal_plan, seat_prices, stable_plan, suitable_places
from matching.calibration import calibration
from matching.confidence import central_weights, confidence_factors, pairwise_indices, rank_acceptability
from matching.draws import dirichlet_weights, ordinal_weights
from matching.evaluation import Judgement, agreement, fairness_gaps, invariance, kendall_tau_b
from matching.outcomes import Outcome, acceptance_model
from matching.vocabulary import Criterion, Feature, Insistence, PriceItem, Service, Setting
from tests.matching.examples import POLICY, STUDENT, TODAY, a_program, a_student, rank

NAN, INFINITE = math.nan, math.inf
VALUES, WEIGHTS = [[600, 300], [300, 500]], [[2048, 2048]]
HALF = (500,) * len(Criterion)
PROGRAMS = (a_program(),)
RANKING = rank(STUDENT, *PROGRAMS)
EARLIER, LATER = date(2026, 1, 1), date(2027, 1, 1)


def ranked(student=STUDENT, programs=PROGRAMS, policy=POLICY, seed="s", today=TODAY, **options):
    return rank_programs(student, programs, policy, seed=seed, today=today, **options)


def ranked_many(students=(STUDENT,), programs=PROGRAMS, policy=POLICY, today=TODAY, **options):
    return [*rank_many(students, programs, policy, today=today, **options)]


def a_policy(**numbers):
    return POLICY.revised(version="x", choice=Choice("Not to be used.", "tests", TODAY), **numbers)


def a_gain(value):
    return csr_array(np.array([[value]]))


def an_outcome(**facts):
    said = {"program_key": "a", "values": HALF, "accepted": True, "decided_on": TODAY} | facts
    return Outcome(**said)


# What is tried, and the field that the refusal must name.
TABLE: dict[str, list[tuple[Callable[[], object], str]]] = {
    "rank_programs": [
        (lambda: ranked(student=None), "student"),
        (lambda: ranked(programs=[a_program(), a_program()]), "programs"),
        (lambda: ranked(seed=None), "seed"),
        (lambda: ranked(today=None), "today"),
        (lambda: ranked(today="2026-11-22"), "today"),
        (lambda: ranked(today=datetime(2026, 11, 22, 8)), "today"),  # noqa: DTZ001 - what is refused
        (lambda: ranked(confidence_top=0), "confidence_top"),
        (lambda: ranked(confidence_top=1.5), "confidence_top"),
        (lambda: ranked(confidence_top=1_000_001), "confidence_top"),
        (lambda: ranked(programs=None), "programs"),
        (lambda: ranked(programs=[STUDENT]), "programs"),
        (lambda: ranked(policy="2026-1"), "policy"),
        (lambda: ranked(draws=3), "draws"),
        (lambda: count_verdicts(STUDENT, PROGRAMS, POLICY, today=None), "today"),
        (lambda: with_example_transport(None), "policy"),
    ],
    "rank_many": [
        (lambda: ranked_many(programs=[a_program(), a_program()]), "programs"),
        (lambda: ranked_many(programs=["bridge"]), "programs"),
        (lambda: ranked_many(students=3), "students"),
        (lambda: ranked_many(students=[None]), "students"),
        (lambda: Students.of(["S-1"]), "students"),
        (lambda: ranked_many(policy=None), "policy"),
        (lambda: ranked_many(top=0), "top"),
        (lambda: ranked_many(top=NAN), "top"),
        (lambda: ranked_many(top=True), "top"),
        (lambda: ranked_many(chunk=0), "chunk"),
        (lambda: ranked_many(chunk=2.5), "chunk"),
        (lambda: ranked_many(today=None), "today"),
        (lambda: ranked_many(today="2026-11-22"), "today"),
        (lambda: ranked_many(today=datetime(2026, 11, 22, 8)), "today"),  # noqa: DTZ001 - what is refused
        (lambda: ranked_many(workers=2), "workers"),
        (lambda: threads(0), "workers"),
        (lambda: processes(NAN), "workers"),
        (lambda: Workers(ahead=0.5), "ahead"),
    ],
    "need profile": [
        (lambda: a_student(code=""), "code"),
        (lambda: a_student(age_months=Interval(120, 100)), "age_months"),
        (lambda: a_student(age_months=Interval(-1, 100)), "age_months"),
        (lambda: a_student(age_months=Interval(NAN, NAN)), "age_months"),
        (lambda: a_student(start_on="soon"), "start_on"),
        (lambda: a_student(students_per_adult=NAN), "students_per_adult"),
        (lambda: a_student(students_per_adult=Fraction(0)), "students_per_adult"),
        (lambda: a_student(ride_minutes={"a": NAN}), "ride_minutes"),
        (lambda: a_student(ride_limit_minutes=-1), "ride_limit_minutes"),
        (lambda: a_student(preferred_programs=("a", "a")), "preferred_programs"),
        (lambda: a_student(services=(ServiceNeed(service=Service.SPEECH),) * 2), "services"),
        (lambda: a_student(permitted_settings=frozenset()), "permitted_settings"),
        (lambda: a_student(permitted_settings={Setting.PUBLIC_DAY}), "permitted_settings"),
        (lambda: a_student(services=[ServiceNeed(service=Service.SPEECH)]), "services"),
        (lambda: a_student(grade="zz"), "grade"),
        (lambda: a_student(placement_type="zz"), "placement_type"),
        (lambda: a_student(one_to_one="zz"), "one_to_one"),
        (lambda: a_student(peer_time="zz"), "peer_time"),
        (lambda: a_student(summer="zz"), "summer"),
        (lambda: a_student(categories=frozenset({"zz"})), "categories"),
        (lambda: a_student(wheelchair="yes"), "wheelchair"),
        (lambda: a_student(ride_limit_is_firm=1), "ride_limit_is_firm"),
        (lambda: ServiceNeed(service=None), "service"),
        (lambda: ServiceNeed(service=Service.SPEECH, importance="zz"), "importance"),
        (lambda: ServiceNeed(service=Service.SPEECH, importance="required"), "importance"),
        (lambda: ServiceNeed(service=Service.SPEECH, delivery="zz"), "delivery"),
        (lambda: ServiceNeed(service=Service.SPEECH, minutes_per_week=-1), "minutes_per_week"),
        (lambda: Wish(feature="zz", insistence=Insistence.MUST_HAVE), "feature"),
        (lambda: Wish(feature=Feature.LIFT, insistence="zz"), "insistence"),
        (lambda: Place(latitude=NAN, longitude=0.0), "place"),
    ],
    "program profile": [
        (lambda: a_program(""), "key"),
        (lambda: a_program(ages=Interval(12, 5)), "ages"),
        (lambda: a_program(setting="zz"), "setting"),
        (lambda: a_program(status="zz"), "status"),
        (lambda: a_program(status=None), "status"),
        (lambda: a_program(peer_time="zz"), "peer_time"),
        (lambda: a_program(populations=frozenset({"zz"})), "populations"),
        (lambda: a_program(limits=[]), "limits"),
        (lambda: a_program(rooms=[]), "rooms"),
        (lambda: a_program(approved="yes"), "approved"),
        (lambda: a_program(features={Feature.LIFT: "yes"}), "features.lift"),
        (lambda: ServiceOffer(delivery=None), "delivery"),
        (lambda: Operator(key="", name="River", state="MA"), "key"),
        (lambda: Membership(district="d", valid_from=LATER, valid_to=EARLIER), "valid_to"),
        (lambda: Price(item="zz", usd_per_year=1), "item"),
        (lambda: Price(item=PriceItem.TUITION, usd_per_year=NAN), "usd_per_year"),
        (lambda: Price(item=PriceItem.TUITION, usd_per_year=-1), "usd_per_year"),
        (
            lambda: Price(item=PriceItem.TUITION, usd_per_year=1, valid_from=LATER, valid_to=EARLIER),
            "valid_to",
        ),
        (lambda: Seats(licensed=8, enrolled=9), "seats"),
        (lambda: Seats(licensed=8, enrolled=NAN), "enrolled"),
        (lambda: Seats(licensed=8, enrolled=2, youngest_months=120, oldest_months=100), "oldest_months"),
    ],
    "policy": [
        (lambda: a_policy(weights={**POLICY.weights, Criterion.RIDE: 1}), "weights"),
        (lambda: a_policy(weights={**POLICY.weights, Criterion.RIDE: NAN}), "weights"),
        (lambda: a_policy(weights={}), "weights"),
        (lambda: a_policy(ride_base_minutes=NAN), "ride_base_minutes"),
        (lambda: a_policy(weight_concentration=NAN), "weight_concentration"),
        (lambda: a_policy(weight_concentration=INFINITE), "weight_concentration"),
        (lambda: a_policy(nonsense=1), "nonsense"),
    ],
    "draws": [
        (lambda: draws_of(POLICY, n_draws=0), "n_draws"),
        (lambda: draws_of(None), "policy"),
        (lambda: dirichlet_weights([1, 1], "50", n_draws=1, seed=0), "concentration"),
        (lambda: dirichlet_weights([1, 1], 50, n_draws=1, seed=NAN), "seed"),
        (lambda: ordinal_weights([0], n_draws=1, seed=-1), "seed"),
        (lambda: dirichlet_weights([NAN, 1], 50, n_draws=1, seed=0), "point"),
        (lambda: dirichlet_weights([INFINITE, 1], 50, n_draws=1, seed=0), "point"),
        (lambda: dirichlet_weights([1, 1], INFINITE, n_draws=1, seed=0), "concentration"),
        (lambda: ordinal_weights([], n_draws=1, seed=0), "places"),
        (lambda: ordinal_weights([0], n_draws=-1, seed=0), "n_draws"),
    ],
    "confidence": [
        (lambda: rank_acceptability([[NAN, 1]], WEIGHTS), "values"),
        (lambda: rank_acceptability([[1], [1, 2]], WEIGHTS), "values"),
        (lambda: rank_acceptability([["a", "b"]], WEIGHTS), "values"),
        (lambda: rank_acceptability([[None, 1]], WEIGHTS), "values"),
        (lambda: rank_acceptability([1, 2], WEIGHTS), "values"),
        (lambda: rank_acceptability(VALUES, [[-1, 2]]), "weights"),
        (lambda: rank_acceptability(VALUES, [[1, 1], [0, 0]]), "weights"),
        (lambda: rank_acceptability(VALUES, np.zeros((0, 2))), "weights"),
        (lambda: rank_acceptability(VALUES, WEIGHTS, top=0), "top"),
        (lambda: rank_acceptability(VALUES, WEIGHTS, top=NAN), "top"),
        (lambda: central_weights([[NAN, 1]], WEIGHTS), "values"),
        (lambda: confidence_factors([[NAN, 1]], WEIGHTS), "values"),
        (lambda: pairwise_indices([[NAN, 1]], WEIGHTS), "values"),
    ],
    "allocation": [
        (lambda: optimal_plan(np.ones((2, 2)), [1, 1]), "gain"),
        (lambda: optimal_plan(a_gain(NAN), [1]), "gain"),
        (lambda: optimal_plan(a_gain(3), [-1]), "seats"),
        (lambda: optimal_plan(a_gain(3), [NAN]), "seats"),
        (lambda: optimal_plan(a_gain(3), [1, 2]), "seats"),
        (lambda: seat_prices(a_gain(3), [1], [NAN]), "plan"),
        (lambda: stable_plan([[0, 0]], [[0]], [1]), "preferences"),
        (lambda: stable_plan([[5]], [[0]], [1]), "preferences"),
        (lambda: stable_plan([[NAN]], [[0]], [1]), "preferences"),
        (lambda: stable_plan([[0]], [[0]], [-1]), "seats"),
        (lambda: blocking_pairs([0, 0], [[0]], [[0]], [1]), "assignment"),
        (lambda: suitable_places([RANKING, RANKING]), "rankings"),
        (lambda: suitable_places([RANKING], urgency={STUDENT.code: 0}), "urgency"),
        (lambda: suitable_places([RANKING], urgency={STUDENT.code: NAN}), "urgency"),
        (lambda: suitable_places([RANKING], urgency={STUDENT.code: True}), "urgency"),
        (lambda: suitable_places([RANKING], urgency={"nobody": 2}), "urgency"),
    ],
    "outcomes": [
        (lambda: an_outcome(values=(NAN,) * len(Criterion)), "values"),
        (lambda: an_outcome(values=(1,)), "values"),
        (lambda: an_outcome(accepted=NAN), "accepted"),
        (lambda: an_outcome(decided_on="2026"), "decided_on"),
        (lambda: an_outcome(decided_on=None), "decided_on"),
        (lambda: an_outcome(program_key=""), "program_key"),
        (lambda: acceptance_model([]).estimate("a", (NAN,) * len(Criterion)), "values"),
        (lambda: calibration([an_outcome()], seed=0), "outcomes"),
    ],
    "evaluation": [
        (lambda: Judgement("s", "p"), "judgement"),
        (lambda: Judgement("s", "p", grade=NAN), "grade"),
        (lambda: agreement([], [RANKING], k=0), "k"),
        (lambda: agreement([Judgement("nobody", "bridge", grade=1)], [RANKING]), "rankings"),
        (lambda: kendall_tau_b([1, 2], [1]), "other"),
        (lambda: kendall_tau_b([1, NAN], [1, 2]), "one"),
        (lambda: fairness_gaps({"a": {"x": NAN}}, {"a": {"g": "1"}}), "measures"),
        (lambda: fairness_gaps({"a": {"x": 1.0}}, {}), "groups"),
        (lambda: invariance(lambda _row: b"", [{"y": 1}], ["x"], seed=0), "protected"),
    ],
}


@pytest.mark.parametrize(
    ("attempt", "field"),
    [
        pytest.param(*case, id=f"{about} {case[1]} {place}")
        for about, cases in TABLE.items()
        for place, case in enumerate(cases)
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(attempt, field):
    with pytest.raises(MatchingError) as refusal:
        attempt()

    assert refusal.value.field == field
    assert refusal.value.message
    assert str(refusal.value) == f"{field}: {refusal.value.message}"


@pytest.mark.parametrize(
    "figure", [rank_acceptability, central_weights, confidence_factors, pairwise_indices]
)
def test_no_options_give_no_figures(figure):
    assert figure(np.zeros((0, 2), int), WEIGHTS).size == 0

"""Adequacy: the threshold at its edge, critical gaps certain and possible, needs that may be none."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, Choice, Interval, ServiceNeed, ServiceOffer
from matching.adequacy import margins, need_fit
from matching.scoring import evaluate
from matching.vocabulary import Criterion, Delivery, Service
from tests.matching.examples import POLICY, STUDENT, TODAY, a_program, a_student, levels, option_of

TAU_550 = POLICY.revised(
    version="test-550", choice=Choice("A threshold to meet exactly.", "tests", TODAY), need_fit_threshold=550
)
ONE_ABOVE = Choice("One above it.", "tests", TODAY)
TAU_551 = TAU_550.revised(version="test-551", choice=ONE_ABOVE, need_fit_threshold=551)


def _fit(student, program, policy=POLICY):
    option = option_of(student, program, policy)
    return str(option.adequacy), option.need_fit


def test_a_student_without_needs_fits_everywhere():
    assert _fit(STUDENT, a_program(levels={})) == ("adequate", (1000, 1000))


def test_the_threshold_itself_is_adequate():
    """Sensory 4 against 3 is 750, ratio 10 against 23 is 1000 x (30 - 23) / 20 = 350; both weigh 410."""
    student = a_student(levels=levels(sensory=4), students_per_adult=Fraction(10))
    program = a_program(levels=levels(sensory=3), students_per_adult=Fraction(23))

    assert _fit(student, program, TAU_550) == ("adequate", (550, 550))
    assert _fit(student, program, TAU_551) == ("not_adequate", (550, 550))


def test_the_threshold_is_compared_before_rounding():
    """Sensory 1000 x 410 and mobility 3 against 2, 750 x 205, over 615 is 916.67, shown as 916."""
    student = a_student(levels=levels(sensory=1, mobility=3))

    assert _fit(student, a_program(levels=levels(sensory=1, mobility=2))) == ("adequate", (916, 916))


@pytest.mark.parametrize(
    ("need", "offer", "adequacy", "gaps"),
    [
        (2, 2, "adequate", []),
        (1, 0, "adequate", []),
        (2, 0, "not_adequate", [True]),
        (3, 1, "not_adequate", [True]),
        (3, 2, "adequate", []),
        (3, (1, 3), "open", [False]),
        ((1, 3), 1, "open", [False]),
        ((3, 4), (0, 1), "not_adequate", [True]),
        ((0, 1), 0, "adequate", []),
    ],
)
def test_a_gap_of_two_levels_below_a_need_of_two_is_critical(need, offer, adequacy, gaps):
    student, program = a_student(levels=levels(mobility=need)), a_program(levels=levels(mobility=offer))
    option = option_of(student, program)

    assert (str(option.adequacy), [gap.certain for gap in option.critical_gaps]) == (adequacy, gaps)


def test_a_critical_gap_names_its_dimension_with_need_and_offer():
    student, program = a_student(levels=levels(mobility=3)), a_program(levels=levels(mobility=(0, 1)))
    (gap,) = option_of(student, program).critical_gaps

    assert (gap.dimension, gap.need, gap.offer) == ("mobility", (3, 3), (0, 1))


def test_an_option_has_gaps_where_one_is_certain_or_possible_not_where_a_value_is_open():
    offers = {"meets": 3, "short": 1, "may_be_short": (1, 3), "open": (2, 3)}
    programs = [a_program(key, levels=levels(mobility=offer)) for key, offer in offers.items()]
    student = a_student(levels=levels(mobility=3))
    evaluation = evaluate(student, Catalogue.compile(programs), POLICY, seed="s", today=TODAY)

    assert [evaluation.has_gaps(row) for row in range(4)] == [False, True, True, False]


def test_more_support_than_needed_costs_value_but_no_need_fit():
    student, program = a_student(levels=levels(sensory=1)), a_program(levels=levels(sensory=4))

    assert _fit(student, program) == ("adequate", (1000, 1000))


def test_services_count_as_soon_as_one_is_asked():
    student = a_student(services=(ServiceNeed(service=Service.NURSING),))
    refused = a_program(services={Service.NURSING: ServiceOffer(delivery=Delivery.NOT_OFFERED)})

    assert _fit(student, a_program(services={Service.NURSING: ServiceOffer()})) == ("adequate", (1000, 1000))
    assert _fit(student, a_program()) == ("open", (0, 1000))
    assert _fit(student, refused) == ("not_adequate", (0, 0))


def test_a_need_that_may_be_none_counts_at_least_as_one_or_not_at_all():
    """Sensory 4 against 2 is 500; mobility 0 or 1 against 0 is 750 or does not count.

    Without it the fit is 500; with it (410 x 500 + 205 x 750) / 615 = 583.3: below 600 either way.
    """
    student = a_student(levels=levels(sensory=(3, 4), mobility=(0, 1)))
    program = a_program(levels=levels(sensory=2, mobility=0))

    assert _fit(a_student(levels=levels(sensory=4, mobility=(0, 1))), program)[1] == (500, 583)
    assert _fit(student, program) == ("open", (500, 750))


def test_unknown_needs_leave_the_fit_open():
    student = a_student(levels={}, services=None, students_per_adult=None)

    assert _fit(student, a_program(levels={})) == ("open", (0, 1000))
    assert _fit(student, a_program(levels=dict.fromkeys(levels(), Interval(4, 4))))[0] == "open"


weighed_values = st.lists(
    st.tuples(st.integers(1, 820), st.lists(st.integers(0, 1000), min_size=2, max_size=2).map(sorted)),
    max_size=4,
).map(lambda listed: [(weight, Interval(*ends)) for weight, ends in listed])


@given(weighed_values, weighed_values)
def test_the_bounds_of_the_mean_are_the_best_over_every_choice_of_needs_that_may_be_none(sure, unsure):
    chosen = [[*sure, *some] for count in range(len(unsure) + 1) for some in combinations(unsure, count)]
    lows, highs = (
        [sum(w * value[end] for w, value in one) // sum(w for w, _ in one) if one else 1000 for one in chosen]
        for end in (0, 1)
    )

    assert need_fit(sure, unsure) == (min(lows), max(highs))


def test_a_mean_of_one_criterion_of_the_least_weight_is_its_value():
    assert need_fit([(1, Interval(7, 7))], []) == (7, 7)


def test_a_fit_one_point_short_is_not_made_up_by_a_need_that_may_be_none():
    """Weights of 1 and 10: mobility 1 point below the threshold; sensory above it may not count at all."""
    weights = dict.fromkeys(POLICY.weights, 0) | {Criterion.MOBILITY: 1, Criterion.SENSORY: 4095}
    policy = TAU_551.revised(version="test-751", choice=ONE_ABOVE, weights=weights, need_fit_threshold=751)
    student = a_student(levels=levels(mobility=2, sensory=(0, 1)))

    assert _fit(student, a_program(levels=levels(mobility=1, sensory=4)), policy) == ("open", (750, 999))


def test_a_need_that_may_be_none_counts_as_one_even_where_it_may_be_two():
    """Mobility is one level short, 750 of 205. Sensory 0 to 2 against 1 is 750 to 1000 of 410 if it counts.

    At most (205 x 750 + 410 x 1000) / 615 = 916, with a need of one that is met.
    """
    student = a_student(levels=levels(mobility=2, sensory=(0, 2)))

    assert _fit(student, a_program(levels=levels(mobility=1, sensory=1)))[1] == (750, 916)


def test_an_uncertain_need_hurts_the_least_margin_and_never_the_most():
    low, high = np.array([500, 700], np.int32), np.array([500, 800], np.int32)

    sure, unsure = (margins(low, high, 2, 600, certain=certain) for certain in (True, False))

    assert [bound.tolist() for bound in sure] == [[-200, 200], [-200, 400]]
    assert [bound.tolist() for bound in unsure] == [[-200, 0], [0, 400]]

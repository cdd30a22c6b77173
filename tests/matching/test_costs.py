"""Cost of a year: membership by date, parts, transport, and what a state repays, by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching import (
    Choice,
    Membership,
    Price,
    Reimbursement,
    Site,
    TransportRate,
    rank_programs,
    with_example_transport,
)
from matching.costs import fiscal_year, price_on
from matching.vocabulary import OneToOne, PlacementType, PriceItem, SummerNeed
from tests.matching.examples import (
    DISTRICT,
    HOME,
    POLICY,
    RIVER,
    STUDENT,
    TODAY,
    a_program,
    a_student,
    option_of,
)

TUITION, AIDE, SUMMER = PriceItem.TUITION, PriceItem.AIDE, PriceItem.SUMMER
MEMBER = Price(item=TUITION, usd_per_year=50_000, member=True)
OTHER = Price(item=TUITION, usd_per_year=60_000, member=False)
TESTS = Choice("A figure for a test.", "tests", TODAY)


def _cost(student=STUDENT, policy=POLICY, **facts):
    return option_of(student, a_program(**{"prices": (MEMBER, OTHER)} | facts), policy).cost


def _parts(cost):
    return {str(part.item): part.usd for part in cost.parts}


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 6, 30), 2026), (date(2026, 7, 1), 2027), (date(2027, 1, 5), 2027)]
)
def test_a_fiscal_year_begins_in_july_and_is_named_by_its_end(day, year):
    assert fiscal_year(day) == year


def test_members_and_others_pay_their_own_tuition():
    outsider = replace(RIVER, members=(), member_list_complete=True)

    assert (_cost().gross_usd, _cost().is_member) == (50_000, True)
    assert (_cost(operator=outsider).gross_usd, _cost(operator=outsider).is_member) == (60_000, False)


def test_membership_counts_on_the_start_date():
    leaving = replace(RIVER, members=(Membership(district=DISTRICT, valid_to=TODAY + timedelta(days=29)),))

    assert STUDENT.start_on == TODAY + timedelta(days=30)
    assert _cost(operator=leaving).gross_usd == 60_000
    assert _cost(a_student(start_on=None), operator=leaving).gross_usd == 50_000


def test_unknown_membership_shows_both_tuitions_and_no_gross():
    cost = _cost(operator=replace(RIVER, members=()))

    assert (cost.is_member, cost.gross_usd, cost.net_usd) == (None, None, None)
    assert (cost.tuition_member_usd, cost.tuition_other_usd) == (50_000, 60_000)


def test_unknown_membership_does_not_matter_where_both_pay_alike():
    unknown = replace(RIVER, members=())
    for_all = Price(item=TUITION, usd_per_year=55_000)

    assert _cost(operator=unknown, prices=(for_all,)).gross_usd == 55_000
    assert _cost(operator=unknown, prices=(MEMBER, replace(OTHER, usd_per_year=50_000))).gross_usd == 50_000
    assert _cost(operator=unknown, prices=(MEMBER,)).gross_usd is None


def test_the_price_in_force_on_the_day_counts_and_the_latest_of_several():
    old = Price(item=TUITION, usd_per_year=40_000, valid_to=date(2026, 6, 30))
    new = Price(item=TUITION, usd_per_year=45_000, valid_from=date(2026, 7, 1))
    corrected = Price(item=TUITION, usd_per_year=46_000, valid_from=date(2026, 9, 1))

    assert price_on((old, new), TUITION, date(2026, 6, 30), member=True) is old
    assert price_on((old, new, corrected), TUITION, TODAY, member=False) is corrected
    assert price_on((new,), TUITION, date(2026, 6, 30), member=True) is None


def test_no_price_is_not_known_and_never_zero():
    cost = _cost(prices=())

    assert (_parts(cost)["tuition"], cost.gross_usd, cost.net_usd) == (None, None, None)


@pytest.mark.parametrize(("need", "usd"), [(OneToOne.FULL, 30_000), (OneToOne.PART, 15_000)])
def test_an_aide_for_part_of_the_day_costs_half(need, usd):
    aide = Price(item=AIDE, usd_per_year=30_000)
    cost = _cost(a_student(one_to_one=need), prices=(MEMBER, aide))

    assert _parts(cost) == {"tuition": 50_000, "aide": usd, "transport": None}
    assert cost.gross_usd == 50_000 + usd


def test_a_summer_is_a_part_of_its_own_and_unknown_leaves_the_gross_unknown():
    student = a_student(summer=SummerNeed.SUMMER)
    price = Price(item=SUMMER, usd_per_year=6_000)

    assert _cost(student, prices=(MEMBER, price)).gross_usd == 56_000
    assert _cost(student, prices=(MEMBER,)).gross_usd is None
    assert _cost(a_student(summer=SummerNeed.NONE)).gross_usd == 50_000


def test_an_assessment_has_its_own_price():
    student = a_student(placement_type=PlacementType.ASSESSMENT_45_DAY)
    price = Price(item=PriceItem.ASSESSMENT, usd_per_year=9_000)

    assert _cost(student, prices=(MEMBER, price)).gross_usd == 9_000


def _fy2014(*, percent=0, transport=None):
    rule = Reimbursement("MA", 2014, 41_404, 75, percent, "test")
    return POLICY.revised(version="test", choice=TESTS, reimbursements=(rule,), transport=transport)


def test_fifty_thousand_dollars_in_fy2014_are_repaid_with_6447():
    """0.75 x (50,000 - 41,404) = 0.75 x 8,596 = 6,447."""
    cost = _cost(a_student(start_on=date(2014, 1, 6)))

    assert (cost.fiscal_year, cost.reimbursement_usd, cost.net_usd) == (2014, 6_447, 43_553)


def test_nothing_is_repaid_below_the_threshold():
    cost = _cost(a_student(start_on=date(2014, 1, 6)), prices=(replace(MEMBER, usd_per_year=41_404),))

    assert (cost.reimbursement_usd, cost.net_usd) == (0, 41_404)


@pytest.mark.parametrize("start", [date(2015, 1, 5), date(2021, 1, 5), date(2027, 1, 5), date(2040, 1, 5)])
def test_an_unknown_threshold_gives_no_net_and_never_a_zero(start):
    cost = _cost(a_student(start_on=start))

    assert (cost.gross_usd, cost.reimbursement_usd, cost.net_usd) == (50_000, None, None)


def test_another_state_without_a_rule_is_not_known():
    cost = _cost(a_student(start_on=date(2014, 1, 6)), operator=replace(RIVER, state="MN"))

    assert cost.reimbursement_usd is None


def test_transport_is_days_times_base_and_miles_both_ways_to_the_nearest_hundred():
    """At home: 0 miles, 180 days x $60 = $10,800, of which 25 % counts: 0.75 x (50,000 + 2,700 - 41,404)."""
    rate = TransportRate(base_usd_per_day=60, usd_per_mile=3, days=180, example=False)
    sites = (Site(key="site-1", place=HOME),)
    student = a_student(start_on=date(2014, 1, 6), origin=HOME)
    cost = _cost(student, _fy2014(percent=25, transport=rate), sites=sites)

    assert _parts(cost) == {"tuition": 50_000, "transport": 10_800}
    assert (cost.gross_usd, cost.reimbursement_usd) == (60_800, 8_472)
    assert cost.net_usd == 60_800 - 8_472


def test_transport_over_an_unknown_distance_leaves_the_gross_unknown():
    cost = _cost(policy=with_example_transport(POLICY))

    assert (_parts(cost)["transport"], cost.gross_usd) == (None, None)


def test_example_figures_mark_the_cost_that_rests_on_them():
    assert _cost(prices=(replace(MEMBER, example=True), OTHER)).example is True
    assert _cost(prices=(MEMBER, replace(OTHER, example=True))).example is True
    assert _cost().example is False


def test_the_cost_follows_the_day_on_which_the_ranking_is_made():
    student = a_student(start_on=None)
    program = a_program(prices=(replace(MEMBER, valid_to=TODAY),))
    later = rank_programs(student, [program], POLICY, seed="s", today=TODAY + timedelta(days=1))

    assert option_of(student, program).cost.gross_usd == 50_000
    assert later.options[0].cost.gross_usd is None

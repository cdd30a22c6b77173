"""The packaged programs: facts with sources, examples apart, and read fast enough for a demo."""

import time
from collections import Counter
from itertools import chain

import pytest

from matching.vocabulary import PriceItem, ProgramStatus, ProgramType
from referral.formats.places import find_place
from referral.formats.seed import read_seed
from tests.reference.seed import seed, seed_profiles
from tests.reference.seed_report import rankings_by_group, report_lines

EXAMPLED = [program for program in seed().programs if program.examples]
EXAMPLE_ROOMS = [room for program in EXAMPLED for room in program.examples.rooms]


def test_every_program_names_a_source():
    assert [program.key for program in seed().programs if not program.sources] == []
    assert [agency.key for agency in seed().agencies if not agency.sources] == []


def test_both_states_are_there_with_the_closed_ones_marked():
    states = {agency.key: agency.state for agency in seed().agencies}

    assert Counter(states[program.agency] for program in seed().programs) == {"MA": 107, "MN": 21}
    closed = {program.agency for program in seed().programs if program.status is ProgramStatus.CLOSED}
    assert closed == {"edco"}


def test_published_rooms_and_prices_are_none_so_that_every_figure_is_an_example():
    assert [program.key for program in seed().programs if program.rooms or program.prices] == []


def test_at_least_a_hundred_operating_programs_have_example_rooms_and_prices():
    operating = [program for program in EXAMPLED if program.status is ProgramStatus.LISTED]

    assert len(operating) == len(EXAMPLED) >= 100
    assert all(program.examples.rooms and program.examples.prices for program in EXAMPLED)


def test_examples_hold_rooms_and_prices_only_and_their_seats_age_from_today():
    assert all(room.seats and room.seats.confirmed_on is None for room in EXAMPLE_ROOMS)
    assert all(opening.on is None for room in EXAMPLE_ROOMS for opening in room.seats.openings)


def test_example_seats_have_every_age_and_half_the_rooms_are_open():
    ages = [room.seats.confirmed_days_ago for room in EXAMPLE_ROOMS]
    current = sum(age <= 14 for age in ages) / len(ages)
    is_open = [room.seats.licensed > room.seats.enrolled + room.seats.held for room in EXAMPLE_ROOMS]

    assert 0.5 <= current <= 0.7
    assert {15 <= age <= 30 or 31 <= age <= 90 or age > 90 for age in ages} == {True, False}
    assert 0.35 <= sum(is_open) / len(is_open) <= 0.55


def test_example_rooms_lie_within_the_published_ages():
    outside = [
        (program.key, room.key)
        for program in EXAMPLED
        if program.ages
        for room in program.examples.rooms
        if not program.ages.low <= room.ages.low <= room.ages.high <= program.ages.high
    ]

    assert outside == []


def test_districts_that_are_not_members_pay_more_in_every_example():
    for program in EXAMPLED:
        tuition = {p.member: p.usd_per_year for p in program.examples.prices if p.item is PriceItem.TUITION}
        if tuition:
            assert 1.05 <= tuition[False] / tuition[True] <= 1.27, program.key


def test_a_member_list_is_complete_only_where_it_has_the_published_number():
    complete = [agency for agency in seed().agencies if agency.member_list_complete]

    assert {agency.key for agency in complete} >= {"labbb", "seem", "case"}
    assert all(len(agency.members) == agency.member_count_published for agency in complete)


def test_every_town_of_the_seed_has_a_point():
    states = {agency.key: agency.state for agency in seed().agencies}
    sites = [(site, states[program.agency]) for program in seed().programs for site in program.sites]

    assert [site.town for site, state in sites if find_place(site.zip, site.town, state) is None] == []


def test_what_was_inferred_is_marked():
    inferred = Counter(chain.from_iterable(program.inferred for program in seed().programs))

    assert inferred["program_type"] >= 50
    assert inferred["populations"] >= 20


def test_a_program_of_unknown_type_claims_no_setting():
    for profile, record in zip(seed_profiles(), seed().programs, strict=True):
        if record.program_type in (None, ProgramType.OTHER):
            assert profile.setting is None
            assert profile.placement_types is None


def test_the_seed_is_read_within_six_tenths_of_a_second():
    read_seed()

    began = time.perf_counter()
    read_seed()

    assert time.perf_counter() - began < 0.6


@pytest.mark.parametrize("with_examples", [False, True])
def test_every_program_makes_a_profile(with_examples):
    profiles = seed_profiles(with_examples=with_examples)

    assert len(profiles) == len(seed().programs)
    assert any(profile.rooms for profile in profiles) is with_examples


def test_the_report_counts_every_program_for_every_worked_student():
    lines = list(report_lines())

    assert len(rankings_by_group()) == 5
    assert lines[0].startswith("The seed without example figures: 128 programs")
    for rankings in rankings_by_group().values():
        assert all(sum(ranking.verdicts.values()) == 128 for ranking in rankings)

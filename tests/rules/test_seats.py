"""Seats: what is open, how old a fact is, which numbers can be, ages as people type them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.errors import InvalidInput
from referral.rules.seats import (
    ExpectedOpening,
    Freshness,
    SeatNumbers,
    age_in_days,
    age_words,
    ages_of_group,
    check_seats,
    freshness,
    months_of_age,
)

TODAY = date(2026, 11, 22)
NUMBERS = SeatNumbers(licensed=8, enrolled=5, held=1)


def problems(numbers: SeatNumbers) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        check_seats(numbers, today=TODAY)
    return [(problem.field, problem.code) for problem in refused.value.errors]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Freshness.CURRENT),
        (14, Freshness.CURRENT),
        (15, Freshness.ASK),
        (30, Freshness.ASK),
        (31, Freshness.STALE),
        (90, Freshness.STALE),
        (91, Freshness.UNKNOWN),
    ],
)
def test_a_fact_ages_exactly_at_its_edges(days, expected):
    assert freshness(TODAY - timedelta(days=days), TODAY) is expected


def test_a_fact_never_confirmed_is_unknown():
    assert freshness(None, TODAY) is Freshness.UNKNOWN
    assert age_in_days(None, TODAY) is None


def test_a_day_ahead_counts_as_today():
    assert age_in_days(TODAY + timedelta(days=1), TODAY) == 0


def test_open_is_licensed_less_enrolled_less_held():
    assert NUMBERS.open == 2


def test_possible_numbers_pass():
    numbers = replace(
        NUMBERS, youngest_months=100, oldest_months=140, openings=(ExpectedOpening(date(2027, 1, 1), 2),)
    )

    check_seats(numbers, today=TODAY)


def test_a_license_holds_those_enrolled_and_held():
    assert problems(replace(NUMBERS, enrolled=8)) == [("licensed", "seats_over_license")]


@pytest.mark.parametrize("field", ["licensed", "enrolled", "held"])
@pytest.mark.parametrize("value", [-1, 501])
def test_seats_lie_between_0_and_500(field, value):
    assert (field, "seats_out_of_range") in problems(replace(NUMBERS, **{field: value}))


def test_the_oldest_is_not_younger_than_the_youngest():
    numbers = replace(NUMBERS, youngest_months=140, oldest_months=100)

    assert problems(numbers) == [("oldest", "ages_in_room_reversed")]


def test_ages_are_those_of_students():
    numbers = replace(NUMBERS, youngest_months=23, oldest_months=301)

    assert [field for field, _ in problems(numbers)] == ["youngest", "oldest"]


@pytest.mark.parametrize(
    ("opening", "field"),
    [
        (ExpectedOpening(date(2026, 10, 1), 1), "openings-0-month"),
        (ExpectedOpening(date(2029, 12, 1), 1), "openings-0-month"),
        (ExpectedOpening(date(2027, 1, 1), 9), "openings-0-seats"),
        (ExpectedOpening(date(2027, 1, 1), 0), "openings-0-seats"),
    ],
)
def test_an_opening_is_ahead_and_within_the_license(opening, field):
    assert [name for name, _ in problems(replace(NUMBERS, openings=(opening,)))] == [field]


def test_an_opening_of_this_month_is_ahead():
    check_seats(replace(NUMBERS, openings=(ExpectedOpening(date(2026, 11, 1), 1),)), today=TODAY)


def test_two_openings_of_one_month_are_refused():
    twice = (ExpectedOpening(date(2027, 1, 1), 1),) * 2

    assert problems(replace(NUMBERS, openings=twice)) == [("openings", "openings_same_month")]


def test_openings_are_a_dozen_at_most():
    many = tuple(ExpectedOpening(date(2027 + n // 12, n % 12 + 1, 1), 1) for n in range(13))

    assert problems(replace(NUMBERS, openings=many)) == [("openings", "openings_too_many")]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("9y 4m", 112),
        ("9 years 4 months", 112),
        ("9 yrs and 4 mo", 112),
        ("9;4", 112),
        ("9-4", 112),
        ("112 months", 112),
        ("9", 108),
        ("9 years", 108),
    ],
)
def test_ages_are_read_as_people_type_them(text, months):
    assert months_of_age(text) == months


@pytest.mark.parametrize("text", ["", "nine", "9y 12m", "9.5", "112", "-3", "9y 4m 2d"])
def test_what_is_no_age_is_not_read(text):
    assert months_of_age(text) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 to 9 years", (72, 119)),
        ("6-9 years", (72, 119)),
        ("6 to 9", (72, 119)),
        ("6y – 9y", (72, 119)),
        ("6 years to 6 years old", (72, 83)),
        ("6-9", 81),  # as before: 6 years and 9 months
        ("9y 4m", 112),
        ("9 to 6 years", None),
        ("some years", None),
    ],
)
def test_the_ages_of_a_group_are_read_as_a_range_of_years(text, months):
    assert ages_of_group(text) == months


@pytest.mark.parametrize(("months", "words"), [(112, "9y 4m"), (108, "9y"), (None, "")])
def test_ages_are_shown_as_people_type_them(months, words):
    assert age_words(months) == words

"""Forgiving readers never read something else than was meant."""

import pytest

from referral.rules.values import minutes, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        ("45 min", 45),
        ("1,200", 1200),
        ("8 seats", 8),
        ("60 minutes per week", 60),
        (" 9 years", 9),
    ],
)
def test_a_whole_number_may_carry_its_unit(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["1 hour", "2 hrs", "3h", "5k", "two", "1.5", "-3", "", "4 5"])
def test_a_number_on_another_scale_is_left_to_be_refused(text):
    assert whole_number(text) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45 min", 45),
        ("1 hour", 60),
        ("1 hour a week", 60),
        ("1.5 hours", 90),
        ("2h", 120),
        ("1 h 30 min", 90),
        ("1 hour and 15 minutes per week", 75),
    ],
)
def test_minutes_are_read_out_of_hours(text, number):
    assert minutes(text) == number


@pytest.mark.parametrize("text", ["an hour", "1.333 hours", "1 hour 300 min", "h"])
def test_what_is_no_time_is_left_to_be_refused(text):
    assert minutes(text) == text

"""Failures slow, and never lock."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.rules.throttles import (
    FORGOTTEN_AFTER,
    PACES,
    Throttle,
    failures_now,
    hidden_subject,
    network_of,
    pause_after,
    wait_words,
)

NOW = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("throttle", Throttle)
def test_the_first_failures_cost_nothing_and_later_ones_twice_as_much_each(throttle):
    free = PACES[throttle].free
    pauses = [pause_after(throttle, failures).total_seconds() for failures in range(free + 10)]

    assert pauses[: free + 1] == [0] * (free + 1)
    assert pauses[free + 1 : free + 4] == [15, 30, 60]


@pytest.mark.parametrize("throttle", Throttle)
def test_no_pause_is_longer_than_a_quarter_of_an_hour(throttle):
    assert pause_after(throttle, 10**9) == timedelta(minutes=15)


def test_about_a_hundred_passwords_can_be_tried_on_an_account_from_one_address_in_a_day():
    failures, passed = 0, timedelta(0)
    while passed < DAY:
        failures += 1
        passed += pause_after(Throttle.ACCOUNT_AT_ADDRESS, failures)

    assert 100 <= failures <= 110


def test_a_quiet_day_forgets():
    assert failures_now(7, NOW - FORGOTTEN_AFTER, NOW) == 0
    assert failures_now(7, NOW - FORGOTTEN_AFTER + timedelta(seconds=1), NOW) == 7


def test_a_subject_tells_neither_the_account_nor_another_throttle():
    hidden = hidden_subject(b"k" * 32, Throttle.ACCOUNT, "a@b.example")

    assert len(hidden) == 64
    assert hidden != hidden_subject(b"k" * 32, Throttle.CODE, "a@b.example")
    assert hidden != hidden_subject(b"j" * 32, Throttle.ACCOUNT, "a@b.example")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", ""),
    ],
)
def test_an_address_is_counted_as_its_network(address, counted):
    assert network_of(address) == counted


def test_a_wait_is_rounded_up():
    assert [wait_words(seconds) for seconds in (1, 15, 90, 91, 900)] == [
        "1 second",
        "15 seconds",
        "90 seconds",
        "2 minutes",
        "15 minutes",
    ]

"""Codes that keep time: as the standard has them, each once, and who must use them."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.rules.permissions import Role
from referral.rules.second_steps import (
    address_for_app,
    due_at,
    hidden_code,
    in_fours,
    is_required,
    new_recovery_codes,
    new_secret,
    tidy_code,
    used_counter,
)

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"
GIVEN = datetime(2026, 9, 1, tzinfo=UTC)
# RFC 6238, appendix B, the last six of its eight digits
PUBLISHED = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924"}


@pytest.mark.parametrize(("seconds", "code"), PUBLISHED.items())
def test_the_codes_are_those_of_the_standard(seconds, code):
    now = datetime.fromtimestamp(seconds, UTC)

    assert used_counter(SECRET, code, now=now, last_counter=None) == seconds // 30


def test_a_code_is_good_one_step_early_or_late_and_no_longer():
    passed = [
        used_counter(SECRET, "287082", now=datetime.fromtimestamp(30 + 30 * steps, UTC), last_counter=None)
        for steps in (-1, 0, 1, 2)
    ]

    assert passed == [1, 1, 1, None]


def test_a_code_works_once_and_an_older_one_no_more():
    now = datetime.fromtimestamp(59, UTC)

    assert used_counter(SECRET, "287082", now=now, last_counter=1) is None
    assert used_counter(SECRET, "287082", now=now, last_counter=0) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "28708A", "２８７０８２"])
def test_what_is_not_six_digits_is_no_code(typed):
    assert used_counter(SECRET, typed, now=datetime.fromtimestamp(59, UTC), last_counter=None) is None


def test_a_secret_is_long_random_and_readable():
    secret = new_secret()

    assert (len(secret), secret != new_secret()) == (32, True)
    assert in_fours(SECRET).startswith("GEZD GNBV ")
    assert address_for_app(SECRET, "a@b.example").startswith("otpauth://totp/Placewell:")


def test_recovery_codes_differ_and_are_read_as_people_write_them():
    codes = new_recovery_codes()
    key = b"k" * 32

    assert len(set(codes)) == 10
    assert tidy_code("abcoi-lol12 ") == "ABC011011 2".replace(" ", "")
    assert hidden_code(key, codes[0]) == hidden_code(key, codes[0].lower().replace("-", " "))
    assert hidden_code(key, codes[0]) != hidden_code(b"j" * 32, codes[0])


def test_who_decides_or_administers_needs_a_second_step_after_the_grace():
    held = [(Role.COORDINATOR, GIVEN), (Role.DIRECTOR, GIVEN + timedelta(days=1))]

    assert due_at(held, timedelta(days=14)) == GIVEN + timedelta(days=15)
    assert due_at(held[:1], timedelta(days=14)) is None
    assert [role for role in Role if not is_required([role])] == [Role.COORDINATOR, Role.COLLABORATIVE_STAFF]

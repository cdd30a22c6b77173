"""Program records refuse what cannot be, in plain words."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from matching import Interval
from referral.errors import RecordNotFound
from referral.rules.intake import step_of
from referral.rules.program_records import (
    MemberRecord,
    OpeningRecord,
    PriceRecord,
    ProgramRecord,
    SeatsRecord,
)
from referral.rules.values import day, dollars, grade_list, ratio, span

PRICE = {"usd_per_year": "58400"}


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (
            MemberRecord,
            {"district": "A", "valid_from": "2026-07", "valid_to": "2026-06"},
            "before valid_from",
        ),
        (OpeningRecord, {"seats": 1}, "either on or in_months"),
        (OpeningRecord, {"on": "2027-01", "in_months": 2}, "either on or in_months"),
        (SeatsRecord, {"licensed": 2, "enrolled": 2, "held": 1}, "exceed licensed"),
        (
            SeatsRecord,
            {"licensed": 2, "enrolled": 2, "youngest_months": 130, "oldest_months": 120},
            "older than the oldest",
        ),
        (PriceRecord, PRICE | {"valid_from": "2026-07", "valid_to": "2026-06"}, "before valid_from"),
        (
            ProgramRecord,
            {"key": "a", "agency": "b", "name": "A", "prices": [PRICE, PRICE]},
            "two prices hold",
        ),
        (ProgramRecord, {"key": "a", "agency": "b", "name": "A\x00"}, "control character"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(kind, values, words):
    with pytest.raises(ValidationError, match=words):
        kind.model_validate(values)


@pytest.mark.parametrize(
    ("typed", "months"), [("9 years", 108), ("9y 4m", 112), ("112", 112), (112, 112), ("112 months", 112)]
)
def test_an_age_is_read_in_years_or_in_months(typed, months):
    assert SeatsRecord(licensed=2, enrolled=2, youngest_months=typed).youngest_months == months


@pytest.mark.parametrize("typed", ["years", "9y 13m", "301", "1 year"])
def test_an_age_that_cannot_be_is_refused(typed):
    with pytest.raises(ValidationError):
        SeatsRecord(licensed=2, enrolled=2, youngest_months=typed)


@pytest.mark.parametrize(
    ("read", "given", "found"),
    [
        (dollars, "58.4k", 58_400),
        (dollars, "a lot", "a lot"),
        (dollars, 12, 12),
        (ratio, 2.5, Fraction(5, 2)),
        (ratio, None, None),
        (span, [3, 5], Interval(3, 5)),
        (span, Interval(1, 2), Interval(1, 2)),
        (grade_list, None, None),
        (grade_list, "5-3", ["5-3"]),
        (day, "Jan 2027", day("2027-01-01")),
        (day, "Feb 30, 2027", "Feb 30, 2027"),
    ],
)
def test_values_are_read_as_people_write_them_or_left_to_be_refused(read, given, found):
    assert read(given) == found


def test_a_step_that_does_not_exist_is_not_found():
    with pytest.raises(RecordNotFound):
        step_of("nowhere")

"""Prices: two never hold for one district, one thing and one day."""

from datetime import date

import pytest

from matching.vocabulary import PriceItem
from referral.errors import InvalidInput
from referral.rules.prices import (
    BEFORE_RECORDS,
    MOST_USD,
    Audience,
    PriceTerm,
    any_clash,
    check_price,
    known_first_day,
)


def term(audience=Audience.MEMBERS, first=date(2026, 7, 1), last=None, item=PriceItem.TUITION, usd=50_000):
    return PriceTerm(item, audience, usd, first, last)


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (term(), True),
        (term(Audience.ALL), True),
        (term(Audience.NON_MEMBERS), False),
        (term(item=PriceItem.AIDE), False),
        (term(first=date(2025, 7, 1), last=date(2026, 6, 30)), False),
        (term(first=date(2025, 7, 1), last=date(2026, 7, 1)), True),
    ],
)
def test_two_prices_clash_on_a_shared_day(other, clashes):
    assert term().clashes_with(other) is clashes
    assert any_clash([term(), other]) is clashes


def test_a_price_that_clashes_is_refused():
    with pytest.raises(InvalidInput) as refused:
        check_price(term(), [term(Audience.ALL)])

    assert [problem.code for problem in refused.value.errors] == ["price_overlaps"]


def test_every_field_at_fault_is_named():
    with pytest.raises(InvalidInput) as refused:
        check_price(term(last=date(2026, 1, 1), usd=MOST_USD + 1), [])

    assert [problem.field for problem in refused.value.errors] == ["usd_per_year", "valid_to"]


def test_a_price_alone_passes():
    check_price(term(), [])


def test_the_stand_in_for_an_unknown_first_day_is_not_shown():
    assert known_first_day(BEFORE_RECORDS) is None
    assert known_first_day(date(2026, 7, 1)) == date(2026, 7, 1)

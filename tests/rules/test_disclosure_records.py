"""Records that allow a packet to leave: what they need, and how long they live."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.errors import InvalidInput
from referral.rules.disclosures import (
    LONGEST_DAYS,
    AuthorityCode,
    DisclosureBasis,
    DisclosureRecord,
    SignerRole,
    check_disclosure,
)

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CONSENT = DisclosureRecord(
    basis=DisclosureBasis.CONSENT,
    signer=SignerRole.PARENT,
    signed_on=TODAY - 10 * DAY,
    expires_on=TODAY + 100 * DAY,
)
NOTICE = replace(
    CONSENT, basis=DisclosureBasis.AUTHORITY, signer=None, authority=AuthorityCode.SEEKS_TO_ENROLL
)


@pytest.mark.parametrize("record", [CONSENT, NOTICE, replace(CONSENT, signed_on=TODAY, expires_on=TODAY)])
def test_a_whole_record_is_accepted(record):
    check_disclosure(record, today=TODAY)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (replace(CONSENT, signer=None), "signer"),
        (replace(NOTICE, authority=None), "authority"),
        (replace(CONSENT, signed_on=TODAY + DAY), "signed_on"),
        (replace(CONSENT, expires_on=TODAY - DAY), "expires_on"),
        (replace(CONSENT, expires_on=CONSENT.signed_on + (LONGEST_DAYS + 1) * DAY), "expires_on"),
    ],
)
def test_a_record_that_allows_nothing_is_refused(record, field):
    with pytest.raises(InvalidInput) as refused:
        check_disclosure(record, today=TODAY)
    assert [problem.field for problem in refused.value.errors] == [field]


@pytest.mark.parametrize(
    ("day", "lives"),
    [
        (CONSENT.signed_on - DAY, False),
        (CONSENT.signed_on, True),
        (CONSENT.expires_on, True),
        (CONSENT.expires_on + DAY, False),
    ],
)
def test_a_record_lives_from_its_first_day_to_its_last(day, lives):
    assert CONSENT.is_live(day) is lives


def test_a_revoked_record_is_dead_at_once():
    assert not replace(CONSENT, revoked_on=TODAY).is_live(TODAY)

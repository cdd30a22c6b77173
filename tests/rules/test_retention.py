"""Which rule keeps what, until which day, and what the digest of a purge stands for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.formats.retention_yaml import packaged, schedule
from referral.rules.referrals import ENDED, IN_PLACE, State
from referral.rules.retention import (
    HoldReason,
    Purged,
    PurgedKind,
    RuleName,
    counts_of,
    digest_of,
    rule_of_referral,
    rule_of_student,
)
from referral.rules.state_clocks import REOPEN_DAYS
from referral.wording.retention import HOLD_REASONS, PURGED_KINDS, RULES, days_words

DAY = date(2026, 11, 23)
RECORDS = st.builds(Purged, st.sampled_from([k.value for k in PurgedKind]), st.text(), st.just("enquiry"))


@pytest.mark.parametrize(
    ("state", "disclosed", "rule"),
    [
        (State.EXPIRED, False, RuleName.ENQUIRY),
        (State.WITHDRAWN, False, RuleName.ENQUIRY),
        (State.WITHDRAWN, True, RuleName.NOT_PLACED),
        (State.DECLINED, False, RuleName.NOT_PLACED),
        (State.REFUSED, True, RuleName.NOT_PLACED),
        (State.LAPSED, True, RuleName.NOT_PLACED),
        (State.RETURNED, True, RuleName.PLACED),
        (State.EXITED, True, RuleName.PLACED),
    ],
)
def test_an_ended_referral_is_kept_by_how_far_it_went(state, disclosed, rule):
    assert rule_of_referral(state, was_disclosed=disclosed) is rule


@pytest.mark.parametrize("state", sorted(ENDED, key=lambda state: state.value))
def test_nothing_is_purged_while_it_can_be_reopened(state):
    rule = rule_of_referral(state, was_disclosed=True)

    assert not schedule().is_due(rule, DAY, DAY + timedelta(days=REOPEN_DAYS))
    assert not schedule().is_due(RuleName.PACKET_NOT_PLACED, DAY, DAY + timedelta(days=REOPEN_DAYS))


def test_the_last_day_counts():
    kept = schedule()

    assert not kept.is_due(RuleName.ENQUIRY, DAY, DAY + timedelta(days=30))
    assert kept.is_due(RuleName.ENQUIRY, DAY, DAY + timedelta(days=31))
    assert kept.is_due(RuleName.PLACED, DAY, date(2033, 11, 24))
    assert not kept.is_due(RuleName.PLACED, DAY, date(2033, 11, 23))


def test_a_student_who_was_ever_placed_is_kept_longer():
    assert rule_of_student([]) is RuleName.STUDENT_NOT_PLACED
    assert rule_of_student([State.DECLINED, State.EXPIRED]) is RuleName.STUDENT_NOT_PLACED
    for state in (State.RETURNED, State.EXITED, *IN_PLACE):
        assert rule_of_student([State.DECLINED, state]) is RuleName.STUDENT_PLACED


@given(st.lists(RECORDS, max_size=6), st.randoms())
def test_the_digest_stands_for_the_list_whatever_its_order(records, random):
    mixed = random.sample(records, len(records))

    assert digest_of(mixed) == digest_of(records)
    assert sum(counts_of(records).values()) == len(records)
    if records:
        assert digest_of(records[1:]) != digest_of(records)


def test_every_rule_says_why_and_every_code_is_worded():
    assert all(rule.source and rule.purges and rule.counted_from for rule in packaged().rules.values())
    assert set(RULES) == {one.value for one in RuleName}
    assert set(PURGED_KINDS) == {one.value for one in PurgedKind}
    assert set(HOLD_REASONS) == {one.value for one in HoldReason}
    assert [days_words(n) for n in (30, 365, 2557)] == ["30 days", "12 months", "7 years"]

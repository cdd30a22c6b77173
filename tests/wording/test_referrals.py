"""Every state, verb and choice of a referral has its words, and nothing else has."""

from enum import Enum

import pytest

from referral.rules.capacity import CapacityReply
from referral.rules.declines import DeclineReason
from referral.rules.disclosures import AuthorityCode, DisclosureBasis, SignerRole
from referral.rules.moving import _CONDITIONS
from referral.rules.referrals import MOVES, Party, State, Verb
from referral.rules.terms import (
    ExitReason,
    FamilyAnswer,
    HomePlan,
    Phrase,
    Reason,
    ReturnCriterion,
    VisitKind,
)
from referral.wording import referrals as words

BY_PEOPLE = {move.verb.value for move in MOVES if move.by != {Party.CLOCK}}


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (words.STATES, State),
        (words.DONE, Verb),
        (words.PARTIES, Party),
        (words.DECLINE_REASONS, DeclineReason),
        (words.REASONS, Reason),
        (words.EXIT_REASONS, ExitReason),
        (words.VISIT_KINDS, VisitKind),
        (words.FAMILY_ANSWERS, FamilyAnswer),
        (words.RETURN_CRITERIA, ReturnCriterion),
        (words.HOME_PLANS, HomePlan),
        (words.PHRASES, Phrase),
        (words.SIGNERS, SignerRole),
        (words.BASES, DisclosureBasis),
        (words.AUTHORITIES, AuthorityCode),
        (words.CAPACITY_REPLIES, CapacityReply),
    ],
)
def test_each_member_of_a_list_has_words(table: dict, members: type[Enum]):
    assert set(table) == {member.value for member in members}


def test_each_verb_that_people_say_has_a_button():
    assert set(words.VERBS) == BY_PEOPLE


def test_each_condition_has_its_sentence():
    codes = {code for conditions in _CONDITIONS.values() for code in conditions}

    assert codes <= set(words.REFUSALS)

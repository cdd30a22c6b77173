"""The copy that is sent: it survives being kept, and a program can make no more of it than it says."""

import pytest

from matching import Interval
from matching.vocabulary import Dimension
from referral.rules.ages_told import AgeDetail
from referral.rules.answers import Answers
from referral.rules.disclosure import enquiry_view, packet_answers
from referral.rules.release_lines import Release, Stage
from referral.rules.release_policy import answers_with
from referral.rules.released import (
    answers_sent,
    enquiry_facts,
    enquiry_of,
    packet_facts,
    profile_sent,
)
from tests.students import everything

VIEW = enquiry_view(everything(), area="Massachusetts")
WIDE = enquiry_view(everything(), area="Massachusetts", ages=AgeDetail.WIDE_BAND)


@pytest.mark.parametrize("view", [VIEW, WIDE, enquiry_view(Answers(), area=None)])
def test_an_enquiry_is_kept_and_read_again(view):
    assert enquiry_of(enquiry_facts(view)) == view


def test_of_an_enquiry_a_program_reads_bands_only():
    profile = profile_sent(enquiry_facts(VIEW), code="F-X")

    assert profile.age_months == Interval(180, 215)
    assert profile.level(Dimension.MEDICAL) == Interval(2, 2)
    assert profile.level(Dimension.SENSORY) == Interval(3, 4)
    assert (profile.services, profile.district, profile.origin) == (None, None, None)


def test_of_a_wide_band_a_program_reads_all_its_years():
    assert profile_sent(enquiry_facts(WIDE), code="F-X").age_months == Interval(144, 275)


def test_of_an_empty_enquiry_nothing_is_known():
    profile = profile_sent(enquiry_facts(enquiry_view(Answers(), area=None)), code="F-X")

    assert (profile.age_months, profile.placement_type) == (None, None)


def test_a_packet_holds_the_answers_but_those_of_the_district():
    facts = packet_facts(enquiry_facts(VIEW), packet_answers(everything()))
    sent = answers_sent(facts)

    assert sent is not None
    hidden = answers_with(Release.HIDE, Stage.PACKET)
    assert [name for name in hidden if getattr(sent, name) is not None] == []
    assert sent.services == everything().services


def test_before_the_packet_no_answer_is_there():
    assert answers_sent(enquiry_facts(VIEW)) is None

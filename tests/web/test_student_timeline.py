"""The timeline of a student: everything the district did, whatever the referral."""

from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import a_cast, moved, referred


def _told():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, Verb.APPROVE, Verb.DECLINE)
    moved(cast, harbor, Verb.APPROVE)
    return cast


def test_it_tells_profile_ranking_consent_and_every_referral(saved, signed_in):
    cast = saved(_told)
    browser = signed_in("director", at=saved(lambda: cast.student.district))

    text = page(browser.get(f"/students/{cast.student.ref}/timeline")).main.get_text(" ")

    assert "Profile, version 1" in text
    assert f"Ranking {cast.ranking.ref}" in text
    assert "Signed consent recorded" in text
    assert "Bridge Program: Declined" in text
    assert "Not enough staff for this need" in text
    assert "Harbor School: Approved and sent" in text


def test_another_district_finds_no_timeline(saved, signed_in):
    cast = saved(_told)

    assert signed_in("coordinator").get(f"/students/{cast.student.ref}/timeline").status_code == 404

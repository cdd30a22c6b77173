"""The meter where a profile is about to leave: in words on each page, and refused where too few share it."""

from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from referral.actions import disclosures, drafts
from referral.actions import settings as settings_actions
from referral.models.base import db
from referral.models.referrals import Disclosure, Referral
from referral.models.students import Student
from referral.queries import settings as settings_queries
from referral.queries.meter import stated_at
from referral.rules.areas import AreaCounts
from referral.rules.references import ReferenceKind
from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import CONSENT, NOW
from tests.web.referral_browsers import a_referral, browsers, hidden_of, text_of

ENOUGH = "About 280 children in Merrimack Valley share what would be sent, at least 250. Ten are needed."
REGION = AreaCounts("Merrimack Valley", 11_500, 520, 2025, "State profiles")


@pytest.fixture(autouse=True)
def monday():
    """The pages read the clock of the computer."""
    with time_machine.travel(NOW, tick=False):
        yield


def setting(people, areas):
    """The district's areas, set by its director."""
    place = db.session.get_one(Student, people.cast.student.id).district
    now, version = settings_queries.settings_of(place), settings_queries.version_of(place)
    settings_actions.save(people.cast.director, place.slug, replace(now, areas=areas), version_seen=version)


def without_record(people):
    for one in db.session.scalars(select(Disclosure).where(Disclosure.revoked_on.is_(None))):
        disclosures.revoke(people.cast.coordinator, one.ref, today=NOW.date())


def test_each_page_before_a_sending_says_how_many_share_it(app, saved):
    people = browsers(app, saved)
    saved(setting, people, REGION)
    draft = saved(lambda: drafts.begin_revision(people.cast.coordinator, people.cast.student.ref).ref)
    ref = a_referral(saved, people.cast)

    check = text_of(page(people.coordinator.get(f"/intake/{draft}/check")))
    chosen = people.coordinator.get(f"/rankings/{people.cast.ranking.ref}/refer?program=harbor")
    approvals = text_of(page(people.director.get("/referrals/approvals")))
    shown = text_of(page(people.director.get(f"/referrals/{ref}")))

    for words in (check, text_of(page(chosen)), approvals, shown):
        assert ENOUGH in words
        assert "Counted from federal counts of 2017-18" in words
        assert "Merrimack Valley has 11,500 children with IEPs (State profiles, 2025)." in words
    assert "at most this" in check
    assert "at most this" not in shown


def test_where_too_few_share_it_the_ways_on_are_offered_and_a_record_opens_one(app, saved):
    people = browsers(app, saved, primary_category="deafblind")
    saved(setting, people, AreaCounts(k=200))
    saved(without_record, people)
    ref = a_referral(saved, people.cast)

    chosen = page(people.coordinator.get(f"/rankings/{people.cast.ranking.ref}/refer?program=harbor"))
    assert "Or treat the student as identified" in text_of(chosen)
    approvals = page(people.director.get("/referrals/approvals"))
    assert "Or treat the student as identified" in text_of(approvals)
    assert approvals.select("main input[type=checkbox]") == []
    assert approvals.select_one(f"a[href*='/referrals/{ref}/send_back']")
    shown = page(people.director.get(f"/referrals/{ref}"))
    assert "Too few children share what would be sent" in shown.select_one("#why-approve").get_text()
    assert shown.select_one("#why-approve a")["href"].startswith("/students/")
    form = approvals.select_one("main form")
    forced = people.director.post("/referrals/approvals", data=hidden_of(form) | {"chosen": [ref]})
    assert forced.status_code == 409

    cast = people.cast
    saved(lambda: disclosures.record(cast.coordinator, cast.student.ref, CONSENT, today=NOW.date()).ref)

    chosen = page(people.coordinator.get(f"/rankings/{cast.ranking.ref}/refer?program=harbor"))
    assert "A consent or an authority on record covers it." in text_of(chosen)
    again = page(people.director.get("/referrals/approvals"))
    assert "A consent or an authority on record covers it." in text_of(again)
    form = again.select_one("main form")
    sent = people.director.post("/referrals/approvals", data=hidden_of(form) | {"chosen": [ref]})
    assert sent.status_code == 303


def test_a_program_reads_the_copy_and_nothing_that_the_policy_hides(app, saved):
    people = browsers(app, saved)
    saved(setting, people, REGION)
    ref = a_referral(saved, people.cast, Verb.APPROVE)
    with app.app_context():
        row = db.session.scalars(select(Referral).where(Referral.ref == ref)).one()
        hidden = [row.student.ref, row.district.name, people.cast.ranking.ref]
        stated = stated_at("bridge", NOW).dimensions
        assert set(row.released["support"]) == {one.value for one in stated}

    for address in ("/inbox", f"/referrals/{ref}"):
        text = people.staff.get(address).text
        assert [one for one in hidden if one in text] == []
        assert f"{ReferenceKind.STUDENT.value}-" not in text
    assert "Merrimack Valley" in people.staff.get(f"/referrals/{ref}").text

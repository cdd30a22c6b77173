"""The administrator's page of retention, a student's legal hold, and what pages say of what was purged."""

from datetime import date

from referral.actions import purges, retention
from referral.formats.certificates import CertificateFolder
from referral.formats.retention_yaml import schedule
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.rules.permissions import COMMAND, Role
from referral.rules.referrals import Verb
from referral.rules.retention import PurgedKind
from tests.pages import page
from tests.referrals import a_cast, moved, referred


def a_story():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.DECLINE)
    return cast, row.ref


def at(saved, actor):
    return saved(lambda: db.session.get_one(Organisation, actor.assignments[0].organisation_id))


def test_the_director_sets_and_lifts_a_hold_and_the_coordinator_reads_it(signed_in, saved):
    cast, _ = saved(a_story)
    home = at(saved, cast.director)
    director, coordinator = signed_in(Role.DIRECTOR, at=home), signed_in(Role.COORDINATOR, at=home)
    address = f"/students/{cast.student.ref}/hold"

    assert director.post(address, data={}).status_code == 422
    assert coordinator.post(address, data={"reason": "hearing"}).status_code == 403
    assert director.post(address, data={"reason": "hearing"}).status_code == 303

    shown = page(coordinator.get(address))
    assert "A hold stands: a due process hearing" in shown.get_text()
    assert not shown.select("main form")
    assert address in {one["href"] for one in page(director.get(address[:-5])).select("a[href]")}

    lifted = director.post(page(director.get(address)).select_one("main form.post")["action"])
    assert lifted.status_code == 303
    assert "It stands" not in page(coordinator.get(address)).get_text()


def test_the_administrator_reads_the_schedule_and_the_certificates(signed_in, saved, tmp_path):
    shown = page(signed_in(Role.SITE_ADMINISTRATOR).get("/retention"))

    rows = [row.get_text(" ") for row in shown.select("tbody tr")]
    assert any("7 years" in row and "603 CMR 23.06" in row for row in rows)
    assert "Nothing was deleted yet" in shown.get_text()

    saved(a_story)
    saved(
        lambda: retention.run(
            COMMAND,
            schedule(),
            CertificateFolder.of_instance(tmp_path),
            "X-00000000000",
            today=date(2031, 1, 1),
            now=utc_now(),
        )
    )
    told = page(signed_in(Role.SITE_ADMINISTRATOR).get("/retention")).get_text(" ")
    assert "X-00000000000" in told
    assert "1 referral, 1 student, 1 ranking" in told


def test_the_pages_of_what_was_purged_say_so_and_open(app, signed_in, saved):
    cast, ref = saved(a_story)
    home, agency = at(saved, cast.director), at(saved, cast.river_staff)
    director, staff = signed_in(Role.DIRECTOR, at=home), signed_in(Role.COLLABORATIVE_STAFF, at=agency)
    whole = {
        PurgedKind.REFERRAL: ref,
        PurgedKind.STUDENT: cast.student.ref,
        PurgedKind.RANKING: cast.ranking.ref,
    }
    saved(lambda: [purges.purge(kind, one, now=utc_now()) for kind, one in whole.items()])

    assert "deleted by the retention schedule" in page(director.get(f"/referrals/{ref}")).get_text()
    assert "deleted by the retention schedule" in page(staff.get(f"/referrals/{ref}")).get_text()
    for address in ("", "/compare", "/ruled-out", "/team-sheet"):
        answer = director.get(f"/rankings/{cast.ranking.ref}{address}")
        assert answer.status_code == 410
        assert "Only its code and its dates are left" in page(answer).get_text()
    opened = {
        browser: [browser.get(one).status_code for one in addresses]
        for browser, addresses in (
            (director, (f"/students/{cast.student.ref}", f"/students/{cast.student.ref}/timeline")),
            (director, ("/students?archived=y", "/rankings", "/referrals?state=all", "/referrals/list.csv")),
            (staff, ("/inbox?view=answered", "/referrals?state=all", "/referrals/list.xlsx")),
        )
    }
    student = page(director.get(f"/students/{cast.student.ref}"))
    assert "No answer is left of this version" in student.get_text()
    assert {status for statuses in opened.values() for status in statuses} == {200}

"""The pages and files of reports: small numbers stay where they belong."""

import time_machine

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Referral, ReferralMove
from referral.rules.permissions import Role
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import a_cast, moved, referred


def a_year():
    """Forty declined referrals of one district, three that wait."""
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.DECLINE)
    columns = [c.key for c in Referral.__table__.columns if c.key not in ("id", "ref")]
    like = {name: getattr(row, name) for name in columns}
    for number in range(42):
        waits = {"state": "waitlisted", "ended_on": None, "waiting_since": row.sent_at} if number < 3 else {}
        student = {"program_id": row.program_id if number < 1 or number > 2 else row.program_id + number}
        copy = Referral(**like | student | waits | {"ref": make_reference(ReferenceKind.REFERRAL)})
        db.session.add(copy)
        db.session.flush()
        facts = {"party": "staff", "verb": "decline", "before": "enquiry_sent", "after": "declined"}
        db.session.add(ReferralMove(referral_id=copy.id, number=1, reason="staffing", facts={}, **facts))
    return cast


def cells(soup):
    return [cell.get_text() for cell in soup.select("tbody td")]


def at(saved, actor):
    return saved(lambda: db.session.get_one(Organisation, actor.assignments[0].organisation_id))


def test_a_director_sees_every_number_and_the_files_hide_small_ones(signed_in, saved):
    cast = saved(a_year)
    director = signed_in(Role.DIRECTOR, at=at(saved, cast.director))

    shown = page(director.get("/reports/caseload"))
    file = director.get("/reports/caseload.csv").text
    totals = cells(page(director.get("/reports/totals")))

    assert {"3", "40", "43"} <= set(cells(shown))
    assert "Not shown" not in cells(shown)
    assert ",3," not in file
    assert "Not shown" in file
    assert "3" not in totals
    assert director.get("/reports/caseload.xlsx").data.startswith(b"PK")


def test_what_was_declined_is_told_in_large_numbers_only(signed_in, saved):
    cast = saved(a_year)
    with time_machine.travel("2027-01-15T15:00:00+00:00"):
        staff = signed_in(Role.COLLABORATIVE_STAFF, at=at(saved, cast.river_staff))
        shown = page(staff.get("/reports/needs"))
        file = staff.get("/reports/needs.csv").text

    numbers = [int(one) for one in cells(shown) if one.isdigit()]
    assert 40 in numbers
    assert min(numbers) >= 10
    assert "from Jan 1, 2026 to Dec 31, 2026" in shown.get_text()
    assert "Not shown" in file
    assert signed_in(Role.COLLABORATIVE_STAFF).get("/reports/caseload").status_code == 403


def test_an_empty_report_says_so(signed_in):
    shown = page(signed_in(Role.DIRECTOR).get("/reports/caseload"))

    assert "Your district has no referral yet." in shown.get_text()
    assert not shown.select("table")

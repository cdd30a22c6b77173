"""Who opened a student's record, and who at a program read the copy, stands in the log once an hour."""

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from referral.actions import disclosures, reading
from referral.models.audit import AuditEvent, ReadMark
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.audit import verified
from referral.queries.users import actor_of
from referral.rules.audit import COPY_READ, STUDENT_READ
from referral.rules.permissions import COMMAND, Permission, Role
from referral.rules.reading import LIST_EXPORTED, student_reading
from referral.rules.referrals import Verb
from referral.web.reading import RECORD_PAGES, STUDENT_FILES
from tests.factories import a_user
from tests.referrals import NOW, a_cast, moved, referred
from tests.world import two_sides

RECORDS = {
    Permission.STUDENT_READ,
    Permission.STUDENT_WRITE,
    Permission.RANKING_READ,
    Permission.RANKING_MAKE,
    Permission.RANKING_OVERRIDE,
    Permission.TEAM_SHEET_READ,
    Permission.REFERRAL_READ,
    Permission.REFERRAL_WRITE,
    Permission.REFERRAL_ANSWER,
}
# Pages about a record that log what they show by themselves, or show nothing of it.
LOGGED_ELSEWHERE = {
    "api.referral",
    "documents.download",
    "documents.index",
    "identities.show",
    "identities.edit",
}


def lines(app, *tags):
    with app.app_context():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.in_(tags)).order_by(AuditEvent.id))
        return [(one.actor_user_id, one.tag, one.subject_ref, one.facts) for one in found]


def get(browser, address):
    """The page, read to its end: the log is written when it is closed."""
    answer = browser.get(address, buffered=True)
    answer.close()
    assert answer.status_code == 200, address
    return answer


def test_every_page_of_one_record_is_in_the_table(app):
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
        and rule.arguments
        and app.view_functions[rule.endpoint].permission in RECORDS  # type: ignore[attr-defined]
    }

    assert pages - set(RECORD_PAGES) - LOGGED_ELSEWHERE == set()
    assert set(RECORD_PAGES) | STUDENT_FILES <= set(app.view_functions)


def test_every_page_of_a_student_says_once_an_hour_who_read_it(app, saved, signed_in):
    side, _ = saved(two_sides)
    home = saved(lambda: db.session.get(Organisation, side.places[Role.DIRECTOR]))
    for endpoint in RECORD_PAGES:
        if endpoint == "inbox.decline":
            continue
        browser = signed_in(Role.DIRECTOR, at=home)
        answer = browser.get(side.address(app, endpoint), buffered=True)
        answer.close()
        browser.get(side.address(app, endpoint), buffered=True).close()
        read = [line for line in lines(app, STUDENT_READ) if line[0] == browser.user_id]
        whose = side.names["student"]
        is_own = endpoint.startswith("intake.")  # a draft that is nobody's yet
        wanted = [] if is_own or answer.status_code != 200 else [(whose, {"position": "director"})]
        assert [(ref, facts) for _, _, ref, facts in read] == wanted, endpoint


def test_a_file_of_students_is_one_line_and_a_fault_breaks_no_page(app, saved, signed_in):
    saved(two_sides)
    browser = signed_in(Role.COORDINATOR)
    get(browser, "/students/list.csv")
    with app.app_context():
        db.session.execute(ReadMark.__table__.delete())
        ReadMark.__table__.drop(db.session.connection())
        db.session.commit()

    get(browser, "/students/list.csv")
    assert [ref for _, _, ref, _ in lines(app, LIST_EXPORTED)] == ["list"]


def test_a_program_that_reads_a_list_an_enquiry_and_a_packet_is_logged_for_each_part(app, saved, signed_in):
    cast = saved(a_cast)
    [row] = saved(lambda: referred(cast))
    saved(lambda: moved(cast, row, Verb.APPROVE))
    agency = saved(lambda: db.session.get(Organisation, row.collaborative_id))
    staff = signed_in(Role.COLLABORATIVE_STAFF, at=agency)
    for address in ("/inbox", f"/referrals/{row.ref}", f"/referrals/{row.ref}"):
        get(staff, address)
    saved(lambda: moved(cast, row, Verb.SHOW_INTEREST, Verb.DISCLOSE))
    get(staff, f"/referrals/{row.ref}")

    facts = {"position": "collaborative_staff", "agency": "river"}
    assert lines(app, COPY_READ) == [
        (staff.user_id, COPY_READ, row.ref, facts | {"parts": parts}) for parts in ("enquiry", "packet")
    ]


def test_a_revoked_consent_closes_the_packet_at_once(app, saved, signed_in):
    cast = saved(a_cast)
    [row] = saved(lambda: referred(cast))
    saved(lambda: moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE))
    agency = saved(lambda: db.session.get(Organisation, row.collaborative_id))
    staff = signed_in(Role.COLLABORATIVE_STAFF, at=agency)
    address = f"/referrals/{row.ref}"
    assert "The packet, as it was sent" in get(staff, address).text

    def revoke():
        [record] = disclosures.queries.of_student(cast.student)
        disclosures.revoke(cast.coordinator, record.ref, today=NOW.date())

    saved(revoke)
    shown = get(staff, address).text
    assert "The packet, as it was sent" not in shown
    assert "The enquiry, as it was sent" in shown
    assert "answers" not in get(staff, "/inbox").text


def test_two_who_read_at_once_are_two_and_one_who_reads_twice_is_one(app, saved):
    first, second = (saved(lambda: actor_of(a_user(Role.DIRECTOR))) for _ in range(2))
    hour = datetime.now(UTC).replace(minute=10)

    def work(actor, now):
        with app.app_context():
            reading.note(actor, [student_reading("S-1", "director")], now=now)
            db.session.remove()

    said = [(first, hour)] * 4 + [(second, hour)] * 4 + [(first, hour + timedelta(hours=1))]
    threads = [threading.Thread(target=work, args=one) for one in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one[0] for one in lines(app, STUDENT_READ)) == [first.user_id] * 2 + [second.user_id]
    with app.app_context():
        assert verified(COMMAND).broken is None

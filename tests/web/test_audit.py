"""The audit log for the administrator: filters in the address, a file, and a check on demand."""

import csv
from io import StringIO

from sqlalchemy import text

from referral.actions import audit
from referral.models.base import db
from referral.rules.permissions import COMMAND, Role
from tests.pages import page
from tests.rankings import a_ranking, staff_of


def some_lines():
    coordinator, _ = staff_of()
    audit.record(COMMAND, "program:seats:confirmed", "program", "bridge", seats={"before": 1, "after": 2})
    audit.record(coordinator, "student:record:created", "student", "S-HERE", open=True, codes=["a", "b"])
    return a_ranking(coordinator), coordinator.name


def tags(soup):
    return [row.select_one("td[data-label=Tag]").text for row in soup.select("tbody tr")]


def test_the_log_shows_references_and_numbers_and_is_narrowed_in_the_address(saved, signed_in):
    ranking, who = saved(some_lines)
    browser = signed_in(Role.SITE_ADMINISTRATOR)

    whole = page(browser.get("/audit"))
    assert "The log was not checked yet." in whole.text
    assert "before 1, after 2" in whole.text
    assert ranking.ref in whole.text
    assert tags(page(browser.get("/audit?tag=program:"))) == ["program:seats:confirmed"]
    assert tags(page(browser.get("/audit", query_string={"subject": "s-here", "who": who}))) == [
        "student:record:created"
    ]
    assert tags(page(browser.get("/audit?until=2020-01-01"))) == []
    assert tags(page(browser.get("/audit?since=2020-01-01&until=9999-12-31&before=2"))) == tags(whole)[-1:]
    assert page(browser.get("/audit?since=never&before=99999999999999&who=%00")).h1.text == "Audit log"


def test_a_long_log_goes_on_on_the_next_page(saved, signed_in):
    saved(lambda: [audit.record(COMMAND, "a:b:c", "program", f"p-{n}") for n in range(55)])
    browser = signed_in(Role.SITE_ADMINISTRATOR)

    first = page(browser.get("/audit?tag=a:b:c"))
    second = page(browser.get(first.find("a", rel="next")["href"]))

    assert (len(tags(first)), len(tags(second))) == (50, 5)
    assert second.find("a", string="Newest")["href"] == "/audit?tag=a%3Ab%3Ac"


def test_the_lines_as_a_file_hold_what_the_filters_leave_and_no_formula(saved, signed_in):
    saved(some_lines)
    browser = signed_in(Role.SITE_ADMINISTRATOR, name="=1+1")
    browser.post("/audit/verify")

    answer = browser.get("/audit/lines.csv?tag=audit:")
    [line] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")))
    assert (line["Tag"], line["Who"]) == ("audit:log:verified", "'=1+1")


def test_a_check_says_whether_the_log_is_whole_and_stays_in_it(app, saved, signed_in):
    saved(some_lines)
    browser = signed_in(Role.SITE_ADMINISTRATOR)

    assert browser.post("/audit/verify").status_code == 303
    assert "The log is whole." in page(browser.get("/audit")).text
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ALTER TABLE audit_events DISABLE TRIGGER ALL"))
        else:
            db.session.execute(text("DROP TRIGGER audit_events_no_update"))
        db.session.execute(text("UPDATE audit_events SET tag = 'x:y:z' WHERE id = 1"))
        db.session.commit()
    browser.post("/audit/verify")

    shown = page(browser.get("/audit")).text
    assert "The line at place 1 was changed" in shown
    assert "The log was not whole." in shown

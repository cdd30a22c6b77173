"""The administrator's page of mails: what waits, what was given up, and trying again."""

import pytest
from sqlalchemy import select

from referral.actions import mail as actions
from referral.models.base import db
from referral.models.notices import Mail
from referral.rules.mails import MailFault, MailState
from tests.pages import page


@pytest.fixture
def given_up(saved):
    def make():
        actions.queue("gone@x.example", "A referral waits", "It waits.", path="/notices/open")
        actions.queue("here@x.example", "A referral waits", "It waits.", path="/notices/open")
        db.session.flush()
        row = db.session.scalars(select(Mail).order_by(Mail.id)).first()
        row.state, row.attempts, row.fault = MailState.FAILED.value, 1, MailFault.REFUSED.value

    saved(make)


def test_the_page_names_what_was_given_up_and_not_what_it_says(signed_in, given_up):
    shown = page(signed_in("site_administrator").get("/mails"))

    [row] = shown.select("tbody tr")
    assert row.th.get_text() == "gone@x.example"
    assert "The address was refused" in row.get_text()
    assert "It waits." not in shown.get_text()
    assert "No mail server is set" in shown.get_text()


def test_the_home_page_says_so_to_the_administrator(signed_in, given_up):
    assert "1 mail could not be sent." in page(signed_in("site_administrator").get("/")).get_text()
    assert "could not be sent" not in page(signed_in("director").get("/")).get_text()


def test_what_was_given_up_is_tried_again(signed_in, given_up, app):
    browser = signed_in("site_administrator")

    assert browser.post("/mails/retry").status_code == 303

    assert "1 mail will be tried again" in page(browser.get("/mails")).get_text()
    with app.app_context():
        assert set(db.session.scalars(select(Mail.state))) == {"queued"}

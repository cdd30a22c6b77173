"""Notices: the bell, the list, what a mail leads to, and what is mailed."""

import pytest
from sqlalchemy import select

from referral.actions import notices as telling
from referral.actions import own_notices
from referral.models.base import db, utc_now
from referral.models.notices import Mail, Notice, NoticeChoice
from referral.models.users import User
from referral.rules.notices import TELLINGS, Event, Topic
from referral.rules.referrals import Verb
from referral.wording.notices import (
    MAIL_SUBJECTS,
    PROGRAM_MAIL_SUBJECTS,
    PROGRAM_SENTENCES,
    SENTENCES,
    TOPICS,
)
from tests.conftest import client_of
from tests.pages import page
from tests.referrals import a_cast, moved, referred

TABLES = (SENTENCES, MAIL_SUBJECTS, PROGRAM_SENTENCES, PROGRAM_MAIL_SUBJECTS)


@pytest.fixture
def offered(prepared):
    """A cast with a referral on which a seat is offered."""
    return prepared(an_offer)


def an_offer():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)
    return cast, row.ref


@pytest.fixture
def browser_of(app):
    def sign_in(actor):
        with app.app_context():
            user = db.session.get(User, actor.user_id)
            assert user.assignments
        return client_of(app, user)

    return sign_in


def lines(soup):
    return [" ".join(row.th.get_text(" ").split()) for row in soup.select("tbody tr")]


def newest(app, actor) -> Notice:
    with app.app_context():
        own = select(Notice).where(Notice.user_id == actor.user_id).order_by(Notice.id.desc())
        return db.session.scalars(own).first()


def bell(soup):
    return " ".join(soup.select_one("header .account a").get_text().split())


def test_the_bell_says_in_words_how_many_are_new(browser_of, offered):
    browser = browser_of(offered[0].coordinator)

    assert bell(page(browser.get("/"))) == "1 new notice"
    browser.post("/notices/read")
    assert bell(page(browser.get("/"))) == "Notices"


def test_new_notices_come_first_and_name_what_they_are_about(browser_of, offered, app):
    cast, ref = offered
    shown = page(browser_of(cast.coordinator).get("/notices"))

    said = lines(shown)
    assert [text.startswith("New ") for text in said] == [True, False, False]
    assert said[0] == f"New {SENTENCES['offer']}"
    assert f"Referral {ref}, " in shown.select_one("tbody").get_text()


def test_the_program_reads_its_own_words(browser_of, offered, app):
    cast, _ = offered
    browser = browser_of(cast.river_staff)

    assert "A new referral has arrived and waits for your answer." in page(browser.get("/notices")).get_text()
    assert "A new referral has arrived." in page(browser.get("/notices/choices")).get_text()
    with app.app_context():
        subjects = db.session.scalars(select(Mail.subject).order_by(Mail.id)).all()
    assert {"A new referral has arrived", "A referral was sent"} <= set(subjects)


def test_open_marks_as_read_and_goes_to_the_subject(browser_of, offered, app):
    cast, ref = offered
    notice = newest(app, cast.coordinator)
    browser = browser_of(cast.coordinator)

    answer = browser.post("/notices/read", data={"notice": notice.ref, "open": "yes"})

    assert (answer.status_code, answer.location) == (303, f"/referrals/{ref}")
    assert newest(app, cast.coordinator).read_at is not None


def test_a_mail_leads_to_the_subject_and_marks_nothing(browser_of, offered, app):
    cast, ref = offered
    notice = newest(app, cast.coordinator)

    answer = browser_of(cast.coordinator).get(f"/notices/open?notice={notice.ref}")

    assert answer.location == f"/referrals/{ref}"
    assert newest(app, cast.coordinator).read_at is None


@pytest.mark.parametrize(
    ("event", "kind", "ref", "address"),
    [
        (Event.SEATS_TO_CONFIRM, "program", "bridge", "/programs/bridge/seats"),
        (Event.TOLD_GONE, "program", "bridge", "/programs/bridge/seats"),
        (Event.CAPACITY_ANSWERED, "capacity", "Q-1", "/capacity"),
        (Event.OFFER, "unheard-of", "X", "/"),
    ],
)
def test_each_subject_has_its_page(browser_of, offered, app, saved, event, kind, ref, address):
    staff = offered[0].river_staff
    saved(telling.tell, event, [staff.user_id], kind, ref, occasion="a")

    answer = browser_of(staff).get(f"/notices/open?notice={newest(app, staff).ref}")

    assert answer.location == address


def test_a_stranger_s_notice_leads_nowhere(browser_of, offered, app):
    cast, _ = offered
    notice = newest(app, cast.coordinator)
    browser = browser_of(cast.river_staff)

    assert browser.get(f"/notices/open?notice={notice.ref}").location == "/notices"
    assert browser.post("/notices/read", data={"notice": notice.ref}).status_code == 404
    assert newest(app, cast.coordinator).read_at is None


def test_without_an_account_a_mail_leads_to_the_sign_in_and_back(client, offered, app):
    notice = newest(app, offered[0].coordinator)

    answer = client.get(f"/notices/open?notice={notice.ref}")

    assert answer.location.startswith("/sign-in?next=")
    assert notice.ref in answer.location


def test_a_user_chooses_what_is_mailed(browser_of, offered, app, saved):
    cast, _ = offered
    browser = browser_of(cast.coordinator)
    page(browser.get("/notices/choices"))
    chosen = {topic.value: "mail" for topic in Topic} | {"reminders": "site"}

    answer = browser.post("/notices/choices", data=chosen)
    again = browser.post("/notices/choices", data=chosen)

    assert (answer.status_code, again.status_code) == (303, 303)
    with app.app_context():
        unwanted = select(NoticeChoice.topic).where(NoticeChoice.by_mail.is_(False))
        assert db.session.scalars(unwanted).all() == ["reminders"]
        before = len(db.session.scalars(select(Mail.id)).all())
    user = cast.coordinator.user_id
    assert saved(telling.tell, Event.HOLD_ENDS_SOON, [user], "referral", "F-1", occasion="a") == 1
    with app.app_context():
        assert len(db.session.scalars(select(Mail.id)).all()) == before
    assert saved(telling.tell, Event.OFFER, [user], "referral", "F-1", occasion="a") == 1
    with app.app_context():
        assert len(db.session.scalars(select(Mail.id)).all()) == before + 1


def test_a_choice_that_is_missing_is_asked_for(browser_of, offered):
    answer = browser_of(offered[0].director).post("/notices/choices", data={"seats": "carrier pigeon"})

    assert answer.status_code == 422
    assert len(page(answer).select(".error-summary li")) == len(Topic)


def test_the_same_occasion_tells_nobody_twice(database):
    cast = a_cast()
    user = cast.coordinator.user_id

    told = [telling.tell(Event.OFFER, [user], "referral", "F-1", occasion="7") for _ in range(2)]

    assert told == [1, 0]


def test_a_disabled_user_is_told_nothing(database):
    cast = a_cast()
    db.session.get(User, cast.coordinator.user_id).active = False
    db.session.flush()

    assert telling.tell(Event.OFFER, [cast.coordinator.user_id], "referral", "F-1", occasion="7") == 0


def test_reading_twice_keeps_the_first_moment(database):
    cast = a_cast()
    telling.tell(Event.OFFER, [cast.coordinator.user_id], "referral", "F-1", occasion="7")
    ref = db.session.scalars(select(Notice.ref)).one()
    first, later = utc_now(), utc_now()

    own_notices.mark_read(cast.coordinator, ref, now=first)
    assert own_notices.mark_read(cast.coordinator, ref, now=later).read_at == first


def test_every_event_has_its_words_and_every_topic_too():
    events = {event.value for event in Event}

    assert set(SENTENCES) == set(MAIL_SUBJECTS) == events == {event.value for event in TELLINGS}
    assert set(PROGRAM_SENTENCES) | set(PROGRAM_MAIL_SUBJECTS) <= events
    assert set(TOPICS) == {topic.value for topic in Topic}


def test_no_mail_names_a_student_a_need_or_a_program():
    said = " ".join([text for table in TABLES for text in table.values()]).replace("It names no student.", "")
    words = {word.strip(".,").lower() for word in said.split()}

    assert words & {"student", "child", "autism", "behavior", "medical", "{program}", "name"} == set()

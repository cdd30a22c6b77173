"""A form that comes after its session has ended is kept for its user, sealed, for an hour."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from referral.actions import parked_forms as actions
from referral.actions.transactions import in_transaction
from referral.config import IDLE_LIMIT
from referral.models.audit import AuditEvent
from referral.models.base import db, utc_now
from referral.models.parked_forms import ParkedForm
from referral.models.users import User, new_uniquifier
from referral.rules.parked_forms import FORMS_MAX, KEPT_FOR
from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page

TYPED = "A name typed for a long time"
ADDRESS = "/tokens"
FORM = {"name": TYPED, "lasts_days": "90", "csrf_token": "stale"}


@pytest.fixture
def clock():
    with time_machine.travel("2026-09-01 09:00", tick=False) as frozen:
        yield frozen


@pytest.fixture
def user(saved, clock):
    return saved(a_user, "director")


def parked(app):
    with app.app_context():
        return db.session.scalars(select(ParkedForm).order_by(ParkedForm.id)).all()


def sent_too_late(app, user, clock, form=FORM):
    """The answer to a form that comes when the session has been idle for too long."""
    browser = client_of(app, user)
    page(browser.get(ADDRESS))
    clock.shift(IDLE_LIMIT + timedelta(minutes=1))
    return browser.post(ADDRESS, data=form)


def test_the_form_is_kept_sealed_and_shown_again_after_sign_in_and_nothing_was_saved(app, user, clock):
    late = sent_too_late(app, user, clock)
    row = parked(app)[0]
    browser = client_of(app, user)
    kept = page(browser.get("/parked"))
    button = kept.select_one("form[action='/tokens']")
    fields = {one["name"]: one["value"] for one in button.select("input")}
    shown = page(browser.post(button["action"], data=fields))
    made = browser.get(ADDRESS).text.count(TYPED)

    assert (late.status_code, late.location) == (303, "/sign-in?next=/parked")
    assert TYPED.encode() not in row.sealed
    assert "1 minute ago" in kept.main.get_text()
    assert "Nothing of it is saved" in shown.select_one(".messages").get_text()
    assert shown.select_one("#name")["value"] == TYPED
    assert shown.select_one("#lasts_days option[selected]")["value"] == "90"
    assert made == 0
    with app.app_context():
        facts = db.session.scalars(select(AuditEvent.facts).where(AuditEvent.tag == "user:form:parked")).one()
    assert TYPED not in str(facts)


def test_with_form_tokens_checked_a_stale_one_parks_the_form_of_who_is_signed_in(app, user, clock):
    browser = client_of(app, user)
    app.config["WTF_CSRF_ENABLED"] = True

    answer = browser.post(ADDRESS, data=FORM, headers={"Referer": "https://localhost/"})
    foreign = browser.post(ADDRESS, data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    script = browser.post(ADDRESS, data=FORM, headers={"Sec-Fetch-Mode": "cors"})

    assert (answer.status_code, answer.location) == (303, "/parked")
    assert (foreign.status_code, script.status_code) == (400, 400)
    assert len(parked(app)) == 1


def test_a_button_is_shown_as_a_button_and_does_nothing_until_it_is_pressed(app, user, saved, clock):
    admin, other = saved(a_user, "site_administrator"), saved(a_user)
    browser = client_of(app, admin)
    clock.shift(IDLE_LIMIT + timedelta(minutes=1))
    browser.post(f"/users/{other.ref}/disable", data={"csrf_token": "stale"})
    again = client_of(app, admin)
    again.get("/parked")
    shown = page(again.post(f"/users/{other.ref}/disable", data={"show_parked": parked(app)[0].ref}))

    assert shown.h1.get_text() == "Send it now?"
    assert shown.main.form["action"] == f"/users/{other.ref}/disable"
    with app.app_context():
        assert db.session.get_one(User, other.id).active


def test_nobody_else_sees_it_and_strangers_park_nothing(app, user, saved, clock):
    sent_too_late(app, user, clock)
    ref = parked(app)[0].ref
    other = client_of(app, saved(a_user, "director"))
    stranger = app.test_client()

    assert "Nothing is kept for you" in page(other.get("/parked")).main.get_text()
    assert other.post(ADDRESS, data={"show_parked": ref}).status_code == 404
    assert other.post("/parked/discard", data={"ref": ref}).status_code == 303
    assert stranger.post(ADDRESS, data=FORM).location == "/sign-in"
    assert stranger.post("/sign-in", data={"email": "a@b.example", "password": "x"}).status_code == 200
    assert len(parked(app)) == 1


def test_a_session_that_was_ended_or_whose_account_changed_parks_nothing(app, user, saved, clock):
    signed_out = client_of(app, user)
    cookie = signed_out.get_cookie("__Host-placewell").value
    signed_out.post("/sign-out")
    copy = app.test_client()
    copy.set_cookie("__Host-placewell", cookie, path="/", secure=True)
    changed_user = saved(a_user, "director")
    changed = client_of(app, changed_user)
    with app.app_context():
        db.session.get_one(User, changed_user.id).fs_uniquifier = new_uniquifier()
        db.session.commit()

    assert copy.post(ADDRESS, data=FORM).location == "/sign-in"
    assert changed.post(ADDRESS, data=FORM).location == "/sign-in"
    assert parked(app) == []


def test_it_is_kept_for_an_hour_in_small_numbers_and_sizes_and_can_be_discarded(app, user, clock):
    large = sent_too_late(app, user, clock, FORM | {"name": "x" * 200_000})
    for _ in range(FORMS_MAX + 2):
        sent_too_late(app, user, clock)
        clock.shift(-IDLE_LIMIT - timedelta(minutes=1))
    browser = client_of(app, user)
    count = len(page(browser.get("/parked")).select("main .card"))
    browser.post("/parked/discard", data={"ref": parked(app)[0].ref})
    left = len(parked(app))
    clock.shift(IDLE_LIMIT + KEPT_FOR + timedelta(minutes=2))
    old = page(client_of(app, user).get("/parked"))
    with app.app_context():
        removed = in_transaction(lambda: actions.forget_old(now=utc_now()))
        remaining = db.session.scalar(select(func.count()).select_from(ParkedForm))

    assert large.location == "/sign-in"
    assert (count, left) == (FORMS_MAX, FORMS_MAX - 1)
    assert "Nothing is kept" in old.main.get_text()
    assert (removed, remaining) == (FORMS_MAX - 1, 0)


def test_a_password_typed_on_a_form_is_never_kept(app, user, clock):
    browser = client_of(app, user)
    clock.shift(IDLE_LIMIT + timedelta(minutes=1))
    browser.post("/confirm", data={"password": "a secret of mine"})
    kept = parked(app)
    again = client_of(app, user)
    shown = again.post("/confirm", data={"show_parked": kept[0].ref})

    assert b"a secret of mine" not in shown.data

"""Names on the district's pages: entered, shown, searched, on record, and to nobody else."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from referral.actions.holds import set_hold
from referral.actions.transactions import in_transaction
from referral.config import IDLE_LIMIT
from referral.models.audit import AuditEvent
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.models.parked_forms import ParkedForm
from referral.rules.permissions import Role
from referral.rules.retention import HoldReason
from referral.web.names import READ
from tests.conftest import client_of
from tests.databases import at_most
from tests.factories import a_user
from tests.pages import page
from tests.students import a_student
from tests.vaults import (
    OTHER_SECRET,
    Team,
    app_with_vault,
    opened_vault,
    rows,
    the_vault,
)
from tests.web.hostile_strings import CONTROLS, strings_for

TYPED = {
    "number": "0",
    "name": " Given   Family ",
    "nickname": "Nick",
    "birth_date": "May 9, 2014",
    "state_id": "1000000001",
    "school": "Some School",
    "town": "Sometown",
    "street": "1 Some Street",
    "parents": "A parent, 555-0100\nAnother parent",
    "notes": "A note",
}


@pytest.fixture
def app(database_url, database_kind, template_of, tmp_path):
    with opened_vault(database_url, database_kind, template_of, tmp_path) as made:
        yield made


@pytest.fixture
def team(app):
    with app.app_context():
        return in_transaction(lambda: Team(the_vault(app)))


@pytest.fixture
def browser(app, team):
    """Sign in as one of the team: `browser(Role.DIRECTOR)`."""

    def sign_in(role=Role.COORDINATOR, at=None):
        with app.app_context():
            user = in_transaction(
                lambda: a_user(role, at=at or db.session.get(Organisation, team.district.id))
            )
        return client_of(app, user)

    return sign_in


@pytest.fixture
def coordinator(browser):
    return browser()


@pytest.fixture
def address(team):
    return f"/students/{team.student.ref}"


def text_of(answer):
    return " ".join(page(answer).select_one("main").text.split())


def lines(app, tag):
    with app.app_context():
        return db.session.scalars(
            select(AuditEvent).where(AuditEvent.tag == tag).order_by(AuditEvent.id)
        ).all()


def test_a_name_is_entered_shown_found_changed_and_removed(coordinator, address, team):
    assert "No name yet" in text_of(coordinator.get(address))
    page(coordinator.get(f"{address}/identity"))
    page(coordinator.get(f"{address}/identity/edit"))

    saved = coordinator.post(f"{address}/identity/edit", data=TYPED)
    assert (saved.status_code, saved.location) == (303, address)
    shown = page(coordinator.get(address))
    assert shown.title.text.startswith(f"Student {team.student.ref}")  # a title lasts in the browser
    assert "Given Family (Nick)" in shown.select_one("main").text
    assert "Given Family (Nick)" in text_of(coordinator.get("/students"))
    assert "Given Family (Nick)" in text_of(coordinator.get(f"{address}/timeline"))
    assert "holds the name as well" in text_of(coordinator.get(f"{address}/key-slip"))
    whole = text_of(coordinator.get(f"{address}/identity"))
    assert "May 9, 2014" in whole
    assert "A parent, 555-0100; Another parent" in whole

    form = page(coordinator.get(f"{address}/identity/edit"))
    assert form.select_one("#birth_date")["value"] == "5/9/2014"
    assert form.select_one("#number")["value"] == "1"
    assert coordinator.post(f"{address}/identity/edit", data=TYPED | {"number": "1", "nickname": ""})
    assert "Given Family (" not in text_of(coordinator.get(address))

    assert coordinator.post(f"{address}/identity/remove").location == address
    assert "No name yet" in text_of(coordinator.get(address))


def test_every_error_is_named_and_what_was_typed_stays(coordinator, address):
    wrong = {"name": "", "birth_date": "May 2014", "town": "x" * 99}
    soup = page(refused := coordinator.post(f"{address}/identity/edit", data=TYPED | wrong))

    assert refused.status_code == 422
    said = soup.select_one(".error-summary").text
    assert "Enter the name" in said
    assert "like 5/9/2014" in said
    assert soup.select_one("#birth_date")["value"] == "May 2014"
    again = page(coordinator.post(f"{address}/identity/edit", data=TYPED | {"town": "x" * 99}))
    assert "at most 80 characters" in again.select_one(".error-summary").text
    assert "No name yet" in text_of(coordinator.get(address))


def test_of_two_who_save_at_once_the_second_sees_both(coordinator, browser, address):
    coordinator.post(f"{address}/identity/edit", data=TYPED)

    late = browser(Role.DIRECTOR).post(f"{address}/identity/edit", data=TYPED | {"name": "Other Family"})

    soup = page(late)
    assert late.status_code == 409
    assert "Given Family" in soup.select_one(".notice").text
    assert (soup.select_one("#name")["value"], soup.select_one("#number")["value"]) == ("Other Family", "1")


def test_a_search_by_name_leaves_no_name_in_an_address(app, coordinator, address, team):
    coordinator.post(f"{address}/identity/edit", data=TYPED)
    with app.app_context():
        other = in_transaction(lambda: a_student(team.coordinator)).ref

    found = coordinator.post("/students/find", data={"name": "fam"})
    assert found.location == f"/students?code={team.student.ref}"
    listed = text_of(coordinator.get(found.location))
    assert "Given Family" in listed
    assert other not in listed
    assert other in text_of(coordinator.get("/students"))
    for typed, said in (("nobody", "called so"), ("", "Type a name")):
        nothing = coordinator.post("/students/find", data={"name": typed})
        assert nothing.location == "/students"
        assert said in page(coordinator.get(nothing.location)).select_one(".messages").text
    # Codes in an address are searched among the actor's own
    assert "No student matches" in text_of(coordinator.get("/students?code=S-0000000000X&code=x"))


def test_a_look_is_on_record_once_an_hour_before_the_page_leaves(app, coordinator, browser, address, team):
    coordinator.post(f"{address}/identity/edit", data=TYPED)
    for _ in range(2):
        coordinator.get(address)
        coordinator.get("/students")
    [line] = lines(app, READ)
    assert (line.actor_user_id, line.subject_ref) == (coordinator.user_id, team.student.ref)
    assert line.facts == {"parts": "name"}

    coordinator.get(f"{address}/identity")
    director = browser(Role.DIRECTOR)
    director.get(address)
    assert [(line.actor_user_id, line.facts["parts"]) for line in lines(app, READ)] == [
        (coordinator.user_id, "name"),
        (coordinator.user_id, "everything"),
        (director.user_id, "name"),
    ]


def test_names_cost_two_statements_of_the_core(app, coordinator, address):
    coordinator.post(f"{address}/identity/edit", data=TYPED)
    coordinator.get("/students")
    with app.app_context():
        engine = db.engine
    with at_most(10, engine):
        coordinator.get("/students")


def test_the_director_decides_whether_names_are_kept(app, browser, saved):
    elsewhere = saved(lambda: a_user(Role.DIRECTOR))
    director = client_of(app, elsewhere)
    assert "Show names here" in text_of(director.get("/students"))
    assert "No names are kept yet" in text_of(director.get("/names"))
    [form] = page(director.get("/names")).select("main form")

    assert director.post(form["action"]).location == "/names"
    assert "Names are kept. 0 students" in text_of(director.get("/names"))
    assert browser().get("/names").status_code == 403
    assert browser(Role.DIRECTOR).post(form["action"]).status_code == 404


@pytest.mark.parametrize("secret", ["", OTHER_SECRET])
def test_without_the_right_key_the_site_runs_and_says_that_names_are_not_shown(
    app, coordinator, address, secret, database_url
):
    coordinator.post(f"{address}/identity/edit", data=TYPED)
    settings = app.config["SETTINGS"]
    with app_with_vault(database_url, settings.vault_url, settings.instance, secret=secret) as other:
        late = other.test_client()
        with coordinator.session_transaction() as signed, late.session_transaction() as session:
            session.update(signed)

        for path in (
            "/students",
            address,
            f"{address}/identity",
            f"{address}/identity/edit",
            f"{address}/timeline",
        ):
            answer = late.get(path)
            assert answer.status_code == 200, path
            assert "Given" not in answer.text
            assert "Names are not shown" in answer.text or path.endswith("timeline")
        assert late.post(f"{address}/identity/edit", data=TYPED | {"number": "1"}).status_code == 409
        assert late.post(f"{address}/identity/remove").status_code == 303  # needs no key


def test_a_form_with_a_name_that_comes_too_late_is_kept_nowhere(app, coordinator, address):
    coordinator.post(f"{address}/identity/edit", data=TYPED)
    with time_machine.travel(utc_now() + IDLE_LIMIT + timedelta(minutes=1)):
        late = [
            coordinator.post(f"{address}/identity/{path}", data=TYPED | {"number": "1"})
            for path in ("edit", "remove")
        ]

    assert [answer.location.partition("?")[0] for answer in late] == ["/sign-in", "/sign-in"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ParkedForm)) == 0
        assert len(rows(the_vault(app))) == 1


def test_under_a_legal_hold_a_name_stays(app, browser, team, address):
    director = browser(Role.DIRECTOR)
    director.post(f"{address}/identity/edit", data=TYPED)
    with app.app_context():
        in_transaction(
            lambda: set_hold(team.director, team.student.ref, HoldReason.LITIGATION, now=utc_now())
        )

    refused = director.post(f"{address}/identity/remove")

    assert refused.location == f"{address}/identity"
    shown = page(director.get(refused.location))
    assert "legal hold" in shown.select_one(".messages").text
    assert "Given Family" in shown.select_one("main").text


def test_no_text_is_shown_as_markup_or_breaks_a_page(coordinator, address, database_kind):
    number = 0
    for text in CONTROLS[:6] if database_kind == "postgresql" else strings_for("identities.edit", stride=4):
        typed = dict.fromkeys(TYPED, text) | {"number": str(number), "birth_date": ""}
        answer = coordinator.post(f"{address}/identity/edit", data=typed)
        assert answer.status_code in (303, 422), text
        number += answer.status_code == 303
        for shown in (answer, coordinator.get(f"{address}/identity"), coordinator.get("/students")):
            assert shown.status_code < 500, text
            assert len(text) < 3 or "<" not in text or text not in shown.text
    assert number > 0

"""Hostile text through every form and address outside the intake: no fault, no markup, nothing half saved."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from referral.models.base import Base, db
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from tests.web.hostile_strings import CONTROLS, HOSTILE, strings_for
from tests.world import Side, two_sides

# Every form that is posted, outside the intake: who sends it.
FORMS = {
    "organisations.add": Role.SITE_ADMINISTRATOR,
    "organisations.edit": Role.SITE_ADMINISTRATOR,
    "memberships.add": Role.SITE_ADMINISTRATOR,
    "memberships.edit": Role.SITE_ADMINISTRATOR,
    "users.invite": Role.SITE_ADMINISTRATOR,
    "users.show": Role.SITE_ADMINISTRATOR,
    "seats.edit": Role.COLLABORATIVE_STAFF,
    "seat_sheets.send": Role.COLLABORATIVE_STAFF,
    "profiles.edit": Role.COLLABORATIVE_STAFF,
    "prices.index": Role.COLLABORATIVE_STAFF,
    "prices.end": Role.COLLABORATIVE_STAFF,
    "rooms.add": Role.COLLABORATIVE_STAFF,
    "rooms.edit": Role.COLLABORATIVE_STAFF,
    "rankings.note": Role.DIRECTOR,
    "rankings.override": Role.DIRECTOR,
    "students.new": Role.DIRECTOR,
    "policies.propose": Role.DIRECTOR,
    "referrals.move": Role.DIRECTOR,
    "disclosures.index": Role.DIRECTOR,
    "tokens.index": Role.DIRECTOR,
    "settings.index": Role.DIRECTOR,
    "notices.choices": Role.DIRECTOR,
    "inbox.decline": Role.COLLABORATIVE_STAFF,
    "upkeep.edit": Role.COLLABORATIVE_STAFF,
    "account.password": Role.DIRECTOR,
    "confirm.ask": Role.DIRECTOR,
    "security.login": None,
}
ELSEWHERE = {
    "intake.step",
    "intake.check",
    "security.reset_password",
    "security.forgot_password",
    "referring.choose",
    "approvals.index",
    "capacity.ask",
    "contact.act",
    "second_step.ask",
    "account.second_step",
    "identities.edit",
}
# Every page with something in its address to narrow or choose by.
SEARCHES = {
    "programs.index": Role.DIRECTOR,
    "students.index": Role.DIRECTOR,
    "rankings.index": Role.DIRECTOR,
    "rankings.show": Role.DIRECTOR,
    "rankings.ruled_out": Role.DIRECTOR,
    "rankings.compare": Role.DIRECTOR,
    "referring.choose": Role.DIRECTOR,
    "referrals.index": Role.DIRECTOR,
    "referrals.csv": Role.COLLABORATIVE_STAFF,
    "inbox.index": Role.COLLABORATIVE_STAFF,
    "capacity.ask": Role.DIRECTOR,
    "organisations.index": Role.SITE_ADMINISTRATOR,
    "users.index": Role.SITE_ADMINISTRATOR,
    "audit.index": Role.SITE_ADMINISTRATOR,
    "audit.csv": Role.SITE_ADMINISTRATOR,
}
# Every so many strings only: sign-in hashes, the others have a hundred fields.
SLOW = {
    "security.login": 9,
    "account.password": 9,
    "confirm.ask": 9,
    "profiles.edit": 4,
    "policies.propose": 4,
}
ALSO_ASKED = {
    "programs.index": ["first", "sort", "desc"],
    "students.index": ["page"],
    "rankings.index": ["first"],
    "rankings.show": ["view", "all", "program"],
    "rankings.compare": ["program"],
    "referring.choose": ["program"],
    "referrals.index": ["first"],
    "referrals.csv": ["q", "state", "turn", "overdue"],
    "inbox.index": ["first", "view"],
    "audit.index": ["before"],
    "audit.csv": ["who", "tag", "subject", "since", "until"],
    "capacity.ask": ["program"],
    "organisations.index": ["first"],
    "users.index": ["first"],
}
BATCH = 10
COUNTED_ALWAYS = {
    "audit_events",
    "audit_chain",
    "throttled_subjects",
}  # a refused sign-in is written down and counted
BUTTONS = {
    "seats.step": (Role.COLLABORATIVE_STAFF, ("counted", "by", "version")),
    "seats.confirm": (Role.COLLABORATIVE_STAFF, ("version-room-1", "version-room-2", "back")),
    "seat_sheets.save": (Role.COLLABORATIVE_STAFF, ("sheet", "confirm_same", "stale_seen", "keep_mine")),
    "rooms.retire": (Role.COLLABORATIVE_STAFF, ("version",)),
    "rooms.restore": (Role.COLLABORATIVE_STAFF, ("version",)),
    "students.archive": (Role.DIRECTOR, ("archived",)),
    "inbox.answer": (Role.COLLABORATIVE_STAFF, ("verb", "form_key", "version", "view")),
    "capacity.answer": (Role.COLLABORATIVE_STAFF, ("reply",)),
}


def strings(kind: str, endpoint: str) -> list[str]:
    """The strings a form is given: its share of all on SQLite; on PostgreSQL those it minds, and a few."""
    if kind == "sqlite":
        return strings_for(endpoint, stride=SLOW.get(endpoint, 1))
    return [*CONTROLS[:6], *HOSTILE[:: 25 * SLOW.get(endpoint, 1)]]


def together(names: list[str], kind: str) -> list[list[str]]:
    """Fields that are sent a string at once: each alone on SQLite, four far from each other on PostgreSQL."""
    requests = len(names) if kind == "sqlite" else -(-len(names) // 4)
    return [names[first::requests] for first in range(requests)]


def fields_of(page: BeautifulSoup) -> dict[str, str]:
    """The controls of the page's form and what they hold."""
    form = page.select_one("main form[novalidate]")
    assert form is not None
    controls = form.select("input[name], select[name], textarea[name]")
    return {str(one["name"]): _held(one) for one in controls if one["name"] not in ("csrf_token",)}


def _held(control) -> str:
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return str(chosen["value"]) if chosen else ""
    return str(control.get("value", "")) if control.name == "input" else control.get_text()


def rows(app: Flask) -> list[int]:
    """How many rows every table holds."""
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in COUNTED_ALWAYS]
        counts = [select(func.count()).select_from(table).scalar_subquery() for table in tables]
        return list(db.session.execute(select(*counts)).one())


def expect_unharmed(answer, text: str) -> None:
    """No fault, and no markup that came in goes out as markup."""
    assert answer.status_code < 500, (answer.request.path, text[:80])
    if len(text) > 2 and "<" in text and answer.mimetype == "text/html" and answer.status_code != 303:
        assert text not in answer.text, (answer.request.path, text)


@pytest.fixture
def side(prepared) -> Side:
    return prepared(two_sides)[0]


@pytest.fixture
def browser_of(app, saved, signed_in, side):
    made = {}

    def browser(role: Role | None):
        if role not in made:
            place = side.places.get(role) if role else None
            at = saved(lambda: db.session.get(Organisation, place)) if place else None
            made[role] = signed_in(role, at=at) if role else app.test_client()
        return made[role]

    return browser


def test_every_form_and_every_search_is_tried(app):
    posted = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set()) and rule.endpoint != "static"
    }

    assert posted - ELSEWHERE == set(FORMS)


@pytest.mark.parametrize("endpoint", FORMS)
def test_every_field_takes_every_string_without_a_fault(app, browser_of, side, endpoint, database_kind):
    browser, address = browser_of(FORMS[endpoint]), side.address(app, endpoint)
    held = fields_of(BeautifulSoup(browser.get(address).data, "html.parser"))

    given = strings(database_kind, endpoint)
    for start in range(0, len(given), BATCH):
        before, batch = rows(app), given[start : start + BATCH]
        answers = [browser.post(address, data=dict.fromkeys(held, text)) for text in batch]
        for answer, text in zip(answers, batch, strict=True):
            expect_unharmed(answer, text)
        assert rows(app) == before or 303 in {answer.status_code for answer in answers}, batch


@pytest.mark.parametrize("endpoint", FORMS)
def test_each_field_takes_a_string_while_the_others_are_right(app, browser_of, side, endpoint, database_kind):
    browser, address = browser_of(FORMS[endpoint]), side.address(app, endpoint)
    held = fields_of(BeautifulSoup(browser.get(address).data, "html.parser"))
    texts = {name: HOSTILE[(7 * number) % len(HOSTILE)] for number, name in enumerate(held)}

    for names in together(list(held), database_kind):
        answer = browser.post(address, data=held | {name: texts[name] for name in names})
        for name in names:
            expect_unharmed(answer, texts[name])


@pytest.mark.parametrize("endpoint", SEARCHES)
def test_every_search_takes_every_string_without_a_fault(app, browser_of, side, endpoint, database_kind):
    browser, address = browser_of(SEARCHES[endpoint]), side.address(app, endpoint)
    page = BeautifulSoup(browser.get(address, follow_redirects=True).data, "html.parser")
    form = page.select_one("main form[method=get]")
    names = {str(one["name"]) for one in form.select("[name]")} if form else set()
    names |= set(ALSO_ASKED.get(endpoint, ()))

    for text in strings(database_kind, endpoint):
        expect_unharmed(browser.get(address, query_string=dict.fromkeys(names, text)), text)


@pytest.mark.parametrize("endpoint", BUTTONS)
def test_what_a_button_sends_is_not_trusted(app, browser_of, side, endpoint, database_kind):
    role, names = BUTTONS[endpoint]
    browser, address = browser_of(role), side.address(app, endpoint)
    before = rows(app)

    for text in strings(database_kind, endpoint):
        expect_unharmed(browser.post(address, data=dict.fromkeys(names, text)), text)

    assert rows(app) == before


@pytest.mark.parametrize("text", strings_for("addresses", stride=5))
def test_no_address_leads_to_a_fault(client, browser_of, text):
    for role, path in ((Role.DIRECTOR, "/students/"), (Role.DIRECTOR, "/rankings/"), (None, "/password/")):
        answer = browser_of(role).get(path + text.replace("/", "").replace("?", "") or "x")
        assert answer.status_code < 500

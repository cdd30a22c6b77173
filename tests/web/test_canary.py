"""A planted identity: entered, searched and shown in its district, and found nowhere else at any stage."""

import logging

import pytest
from sqlalchemy import text

from referral.actions import clocks, mail, referrals
from referral.actions.transactions import in_transaction
from referral.cli.backup import write_backup
from referral.cli.mail_transports import message_of
from referral.formats.api_operations import OPERATIONS
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND, NOBODY, Permission, Role, may
from referral.rules.referrals import Verb
from referral.rules.terms import Terms
from tests.api.test_access import ask as ask_api
from tests.canaries import CANARY, Witness, found_in
from tests.conftest import client_of
from tests.factories import a_user
from tests.referrals import NOW, SAYING
from tests.tokens import a_token, token_client
from tests.vaults import (
    names_kept,
    opened_vault,
    rows,
    the_vault,
)
from tests.web.test_access_matrix import pages_of
from tests.world import missing, two_sides

TYPED = {
    "number": "0",
    "name": CANARY.name,
    "nickname": CANARY.nickname,
    "birth_date": "2/17/2013",
    "state_id": CANARY.state_id,
    "school": CANARY.school,
    "town": CANARY.town,
    "street": CANARY.street,
    "parents": CANARY.parents,
    "notes": CANARY.notes,
}
# Pages of the district that show a name, or all of it
SHOWN_ON = {"students", "student_timeline", "identities", "rankings", "referrals"}
STAGES = (
    (Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.INVITE, Verb.OFFER),
    (Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN, Verb.RETURN),
)
STAFFS = {Verb.SHOW_INTEREST, Verb.INVITE, Verb.OFFER}
OURS = {Role.COORDINATOR, Role.DIRECTOR}
FOREIGN = (Role.COORDINATOR, Role.COLLABORATIVE_STAFF)


@pytest.fixture
def app(database_url, database_kind, template_of, tmp_path):
    with opened_vault(database_url, database_kind, template_of, tmp_path) as made:
        yield made


class Story:
    """Two sides, a browser for everyone, and a witness of all they send and get."""

    def __init__(self, app) -> None:
        self.app = app
        with app.app_context():
            self.own, self.foreign = in_transaction(two_sides)
            self.users = {
                (role, whose): in_transaction(lambda r=role, s=side: self._user(r, s))
                for whose, side, roles in (("own", self.own, Role), ("foreign", self.foreign, FOREIGN))
                for role in roles
            }
            self.ours = {role: actor_of(self.users[role, "own"]) for role in OURS}
            self.staff = actor_of(self.users[Role.COLLABORATIVE_STAFF, "own"])
            in_transaction(lambda: names_kept(self.ours[Role.DIRECTOR], the_vault(app)))
            tokens = {
                f"{role.value} token": in_transaction(lambda r=role: a_token(self.own.places[r])[1])
                for role in (Role.DIRECTOR, Role.COLLABORATIVE_STAFF)
            }
        self.witness = Witness(app.wsgi_app)
        app.wsgi_app = self.witness
        self.browsers = {key: self._browser(*key) for key in self.users}
        self.programs = {name: self._known(token_client(app, token), name) for name, token in tokens.items()}
        self.nobody = self._known(app.test_client(), "nobody")

    def _user(self, role, side):
        place = side.places.get(role)
        return a_user(role, at=db.session.get(Organisation, place) if place else None)

    def _browser(self, role, whose):
        return self._known(client_of(self.app, self.users[role, whose]), f"{whose} {role.value}")

    def _known(self, client, who):
        client.environ_base = {**client.environ_base, "canary.who": who}
        return client

    @property
    def coordinator(self):
        return self.browsers[Role.COORDINATOR, "own"]

    @property
    def address(self):
        return f"/students/{self.own.names['student']}"

    def opened_by(self, *browsers):
        """Every page that each of these may open, about what is the district's own."""
        for rule in pages_of(self.app):
            permission = self.app.view_functions[rule.endpoint].permission
            is_behind_a_secret = rule.arguments and permission is Permission.PUBLIC
            if "GET" in (rule.methods or ()) and not is_behind_a_secret:
                address = self.own.address(self.app, rule.endpoint)
                for browser in browsers:
                    if may(getattr(browser, "actor", NOBODY), permission):
                        browser.get(address)

    def opened_by_programs(self):
        """Every read of the API, with a token of either side."""
        for operation in OPERATIONS:
            for program in self.programs.values():
                if operation.method == "GET":
                    ask_api(program, operation, self.own)

    def typed_everywhere(self):
        """The identity in every text that its district can write about the student; what each is answered."""
        director, names = self.browsers[Role.DIRECTOR, "own"], self.own.names
        about = f"/rankings/{names['ranking']}"
        order = {"program": names["program"], "place": "1", "reason": "visit"}
        forms = (
            (director, f"{about}/note", "text", {}),
            (director, f"{about}/order", "note", order),
            (self.coordinator, f"/referrals/{names['referral']}/notes", "note", {}),
            (self.coordinator, f"/referrals/{names['referral']}/withdraw", "note", {"reason": "other"}),
        )
        return {
            browser.post(address, data=also | {field: f"We met {words} today."}).status_code
            for browser, address, field, also in forms
            for words in TYPED.values()
            if words not in (TYPED["number"], TYPED["notes"])
        }

    def move(self, *verbs):
        """The referral goes on, each step by who may."""
        with self.app.app_context():
            for verb in verbs:
                actor = self.staff if verb in STAFFS else self.ours[Role.COORDINATOR]
                said = referrals.Said(Terms(**SAYING.get(verb, {})))
                ref = self.own.names["referral"]
                in_transaction(lambda a=actor, v=verb, s=said, r=ref: referrals.move(a, r, v, s, now=NOW))


def endpoint_of(app, address):
    path = address.partition("?")[0]
    return app.url_map.bind("localhost").match(path)[0].partition(".")[0]


def is_expected(app, answer):
    """Whether this is a page of the district that may show a name to its own people."""
    ours = {f"own {role.value}" for role in OURS}
    return answer.who in ours and answer.is_page and endpoint_of(app, answer.address) in SHOWN_ON


def dump_of(app, folder):
    """Everything the core keeps, and its files as they lie on the disk."""
    with app.app_context():
        write_backup(db.engine, folder / "core.zip")
        yield "core", (folder / "core.zip").read_bytes()
        for row in rows(the_vault(app)):
            sealed = [value for value in vars(row).values() if isinstance(value, bytes | memoryview)]
            yield "vault", b"\n".join(bytes(value) for value in sealed)
    for path in folder.iterdir():
        if path.is_file():
            yield path.name, path.read_bytes()


def mails_of(app):
    sent = []
    with app.app_context():
        clocks.tick(COMMAND, utc_now())
        mail.send_due(COMMAND, sent.append, clock=utc_now)
    return sent


def test_a_planted_identity_is_found_nowhere_outside_its_district(app, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    story = Story(app)
    caplog.set_level(logging.INFO, "sqlalchemy.engine")

    # Entered with errors, then rightly; searched; changed at the same time by two; looked at by everyone
    edit = f"{story.address}/identity/edit"
    assert story.coordinator.post(edit, data=TYPED | {"birth_date": "Feb 2013"}).status_code == 422
    assert story.coordinator.post(edit, data=TYPED).status_code == 303
    assert story.coordinator.post(edit, data=TYPED).status_code == 409
    assert story.coordinator.post("/students/find", data={"name": CANARY.name}).status_code == 303
    for (role, whose), browser in story.browsers.items():
        if (role, whose) not in {(one, "own") for one in OURS}:
            browser.post("/students/find", data={"name": CANARY.name})
            browser.post(edit, data=TYPED)
    assert story.typed_everywhere() == {422}
    caplog.set_level(logging.WARNING, "sqlalchemy.engine")
    story.opened_by(*story.browsers.values(), story.nobody)
    for stage in STAGES:
        story.move(*stage)
        story.opened_by(story.browsers[Role.COLLABORATIVE_STAFF, "own"])
        story.opened_by_programs()
    mails = mails_of(app)
    for one in mails:
        story.nobody.get(one.path)  # where a program's contact is led

    # Faults: nothing there, not allowed, no record possible, a vault that broke
    app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False)
    story.coordinator.get(missing(story.own).address(app, "identities.show"))
    story.coordinator.open(edit, method="DELETE", data=TYPED)
    with app.app_context():
        in_transaction(lambda: db.session.execute(text("ALTER TABLE read_marks RENAME TO gone")))
    unrecorded = story.coordinator.get(story.address)
    with app.app_context(), the_vault(app).engine.begin() as connection:
        connection.execute(text("ALTER TABLE identities RENAME TO gone"))
    broken = story.coordinator.post(edit, data=TYPED | {"number": "1"})
    with app.app_context(), the_vault(app).engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO identities"))

    hits = {
        f"{answer.who}: {answer.method} {answer.address} {answer.status}": found
        for answer in story.witness.answers
        for found in [found_in(answer.around) + ([] if is_expected(app, answer) else found_in(answer.body))]
        if found
    }
    assert hits == {}
    assert (unrecorded.status_code, broken.status_code) == (500, 409)
    assert not found_in(unrecorded.data)
    settings = app.config["SETTINGS"]
    assert [one for one in mails if found_in(message_of(one, settings).as_bytes())] == []
    assert mails
    assert found_in(caplog.text.encode()) == []
    assert caplog.records
    assert {name: found for name, one in dump_of(app, tmp_path) if (found := found_in(one))} == {}
    shown = [one for one in story.witness.answers if is_expected(app, one) and found_in(one.body)]
    assert {endpoint_of(app, one.address) for one in shown} == SHOWN_ON  # so the search does find it

"""`placewell seats verify`: 0 where rooms, ledger and referrals agree, else 1 and the faults."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from referral.actions.transactions import in_transaction
from referral.cli import main
from referral.cli.seats import FAULTS_SHOWN
from referral.models.base import db
from referral.models.seats import Room
from referral.rules.referrals import Verb
from tests.databases import SECRET
from tests.programs import PROGRAM, a_file, load_file
from tests.referrals import a_cast, moved, referred

TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)


@pytest.fixture
def instance(app, database_url, tmp_path, monkeypatch):
    """The instance that the command opens: the app's own database."""
    monkeypatch.setenv("PLACEWELL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PLACEWELL_SECRET", SECRET)
    monkeypatch.setenv("PLACEWELL_URL", "https://localhost")
    monkeypatch.setenv("PLACEWELL_TRUSTED_PROXIES", "1")
    monkeypatch.setenv("DATABASE_URL", database_url)
    return app


def run(*words):
    return CliRunner().invoke(main, ["seats", "verify", *words], catch_exceptions=False)


def tamper(key="room-1", **numbers):
    """Change rooms behind the back of the ledger."""
    in_transaction(lambda: db.session.execute(update(Room).where(Room.key == key).values(**numbers)))


def an_offer():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER)


def test_rooms_that_agree_end_with_0(instance, saved):
    saved(an_offer)

    done = run()

    assert (done.exit_code, done.output) == (0, "4 rooms checked, 0 faults.\n")


def test_a_room_changed_past_its_ledger_is_named(instance, saved):
    saved(load_file)
    with instance.app_context():
        tamper(enrolled=7)

    done = run()

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "bridge/room-1: the room says 8 licensed, 7 enrolled, 1 held; its ledger adds up to 8, 5, 1",
        "2 rooms checked, 1 fault.",
    ]


def test_a_seat_that_a_referral_holds_and_the_room_does_not_is_named(instance, saved):
    saved(an_offer)
    with instance.app_context():
        tamper(held=0)

    told = json.loads(run("--json").output)

    assert {(one["program"], one["fault"]) for one in told["faults"]} >= {("bridge", "held_below_referrals")}
    assert told["rooms"] == 4


def test_only_the_first_faults_are_told_in_words(instance, saved):
    rooms = [{"key": f"room-{n}", "seats": {"licensed": 8, "enrolled": 4}} for n in range(FAULTS_SHOWN + 3)]
    saved(load_file, a_file(PROGRAM | {"rooms": rooms, "examples": None}))
    with instance.app_context():
        in_transaction(lambda: db.session.execute(update(Room).values(enrolled=5)))

    done = run()

    assert "... and 3 more; --json lists them all." in done.output
    assert len(json.loads(run("--json").output)["faults"]) == FAULTS_SHOWN + 3

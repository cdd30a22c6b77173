"""A tick does nothing twice, two at once neither; seats are asked for by their rhythm; old notices go."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update

from referral.actions import clocks
from referral.actions.transactions import in_transaction
from referral.errors import NotPermitted
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.capacity import Upkeep
from referral.models.notices import Mail, Notice
from referral.models.referrals import Referral, ReferralMove
from referral.models.seats import Room
from referral.rules.due_acts import DueKind
from referral.rules.mails import MailState
from referral.rules.permissions import COMMAND
from referral.rules.referrals import State, Verb
from tests.clocks import SEATS, TO_OFFER, at, notices, started, state_of, tick
from tests.programs import room_of
from tests.referrals import NOW

pytestmark = pytest.mark.usefixtures("database")


def test_what_a_tick_would_do_is_what_it_does():
    started(*TO_OFFER, slugs=("bridge", "harbor"))
    day = at(date(2026, 12, 24))

    told = clocks.due(COMMAND, day)
    assert state_of(db.session.scalars(select(Referral)).first()) is State.OFFERED
    done = clocks.tick(COMMAND, day)

    assert +told.done == +done.done
    assert done.done[DueKind.LAPSED] == 2
    assert +clocks.due(COMMAND, day).done == +clocks.tick(COMMAND, day).done == Counter()


def test_every_move_of_a_clock_is_audited_without_a_user():
    started(*TO_OFFER)
    tick(date(2026, 12, 24))

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "referral:state:lapse")).one()
    assert (event.actor_user_id, event.facts["party"]) == (None, "clock")


@pytest.mark.parametrize("runs", [2, 4])
def test_several_ticks_at_once_do_nothing_twice(app, runs):
    started(*TO_OFFER, slugs=("bridge", "harbor"))
    db.session.remove()

    def one(_number: int) -> Counter:
        with app.app_context():
            done = clocks.tick(COMMAND, at(date(2026, 12, 24)))
            db.session.remove()
            assert done.faults == []
            return done.done

    with ThreadPoolExecutor(runs) as pool:
        done = sum(pool.map(one, range(runs)), Counter())

    lapses = select(func.count()).select_from(ReferralMove).where(ReferralMove.verb == "lapse")
    assert (done[DueKind.LAPSED], db.session.scalar(lapses)) == (2, 2)
    asked = select(func.count()).select_from(Upkeep).where(Upkeep.asked_on.is_not(None))
    assert done[SEATS] == db.session.scalar(asked)


@pytest.mark.parametrize("runs", [2, 4])
def test_several_ticks_at_once_tell_everyone_once(app, runs):
    cast, _ = started(*TO_OFFER[:3], slugs=("bridge", "harbor"))
    db.session.remove()

    def one(_number: int) -> int:
        with app.app_context():
            done = clocks.tick(COMMAND, at(date(2026, 12, 9)))
            db.session.remove()
            return done.done[DueKind.OVERDUE]

    with ThreadPoolExecutor(runs) as pool:
        counted = sum(pool.map(one, range(runs)))

    assert counted == 2
    told = [cast.director.user_id] * 2 + [cast.river_staff.user_id, cast.lake_staff.user_id]
    assert sorted(notices("clock_overdue")) == sorted(told)
    mails = select(func.count()).select_from(Mail).where(Mail.subject.startswith("Overdue"))
    assert db.session.scalar(mails) == 4


def test_seats_are_asked_for_once_a_rhythm_until_they_are_confirmed():
    cast, _ = started()
    in_transaction(lambda: db.session.execute(update(Room).values(confirmed_on=date(2026, 11, 20))))
    asked = []
    for day in range(1, 25):
        done = clocks.tick(COMMAND, at(date(2026, 12, day)))
        asked += [day] * bool(done.done[SEATS])

    assert asked == [4, 18]
    assert set(notices("seats_to_confirm")) == {cast.river_staff.user_id, cast.lake_staff.user_id}


def test_a_program_keeps_its_own_rhythm():
    started()
    row = room_of()
    own = Upkeep(program_id=row.program_id, confirm_every_days=3)

    def keep():
        db.session.execute(update(Room).values(confirmed_on=date(2026, 11, 20)))
        db.session.add(own)

    in_transaction(keep)

    assert clocks.tick(COMMAND, at(date(2026, 11, 22))).done[SEATS] == 0
    assert clocks.tick(COMMAND, at(date(2026, 11, 23))).done[SEATS] == 1
    assert clocks.tick(COMMAND, at(date(2026, 11, 24))).done[SEATS] == 0


def test_the_contact_of_a_program_gets_a_link():
    started()
    own = Upkeep(program_id=room_of().program_id, contact_email="contact@x.example")

    def keep():
        db.session.execute(update(Room).values(confirmed_on=date(2026, 11, 1)))
        db.session.add(own)

    in_transaction(keep)
    clocks.tick(COMMAND, at(date(2026, 11, 23)))
    clocks.tick(COMMAND, at(date(2026, 11, 24)))

    [path] = db.session.scalars(select(Mail.path).where(Mail.to_address == "contact@x.example")).all()
    assert path.startswith("/c/")


def test_old_notices_that_were_read_go_and_those_of_clocks_stay():
    started(Verb.APPROVE)
    tick(date(2026, 11, 27))

    def read():
        db.session.execute(update(Notice).values(read_at=NOW))
        sent = {"state": MailState.SENT.value, "sent_at": NOW, "body": None, "path": None}
        db.session.execute(update(Mail).values(made_at=NOW, **sent))

    in_transaction(read)
    tick(date(2026, 11, 30))
    assert db.session.scalar(select(func.count()).select_from(Mail)) > 0

    clocks.tick(COMMAND, NOW + timedelta(days=91))

    events = set(db.session.scalars(select(Notice.event).where(Notice.read_at.is_not(None))))
    assert events == {"clock_reminder"}


def test_a_fault_of_the_database_in_one_act_leaves_the_others_their_turn():
    ticked = clocks.Ticked()

    clocks._attempt(ticked, "F-1", lambda: db.session.execute(text("SELECT * FROM nowhere")))
    clocks._attempt(ticked, "F-2", lambda: Counter({DueKind.LAPSED: 1}))

    assert [ref for ref, _ in ticked.faults] == ["F-1"]
    assert ticked.done == Counter({DueKind.LAPSED: 1})


def test_nobody_but_the_command_runs_the_clocks():
    cast, _ = started()

    with pytest.raises(NotPermitted):
        clocks.tick(cast.director, NOW)
    with pytest.raises(NotPermitted):
        clocks.due(cast.director, NOW)

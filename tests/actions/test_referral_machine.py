"""Every verb by every role on any day, forth and back, next to a small model: seats and states never differ.

PLACEWELL_TESTS=long walks many long ways; otherwise a few short ones.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

from flask import Flask
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from referral.actions import clocks, disclosures, rankings, referrals, seats
from referral.actions.referrals import MoveRefused, Said
from referral.actions.referring import Chosen, refer
from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, RecordNotFound, SeatUnavailable
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.referrals import Referral, ReferralMove
from referral.queries import students
from referral.queries.disclosures import of_student
from referral.queries.seat_ledger import accounts
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND, Role
from referral.rules.referrals import Verb
from referral.rules.seat_ledger import faults_of
from referral.rules.seats import SeatNumbers
from referral.rules.terms import Terms
from tests.factories import a_user
from tests.programs import TODAY, room_of
from tests.rankings import SAID
from tests.referral_model import MOVES, ONWARD, VERBS, Model, NoSeat, ReferralModel, RoomModel
from tests.referrals import CONSENT, NOW, a_cast, said_on
from tests.students import a_student

LONG = os.environ.get("PLACEWELL_TESTS") == "long"
EXAMPLES, STEPS = (300, 60) if LONG else (6, 30)
# To shrink a way that fails takes minutes; the short run shows it as it was found.
PHASES = (Phase.generate, Phase.shrink) if LONG else (Phase.generate,)
PROGRAMS = {"bridge": "river", "harbor": "lake"}
PEOPLE = ("coordinator", "director", "river", "lake", "clock", "stranger")
LICENSED = {"bridge": 2, "harbor": 3}
EXPIRE_LEAST_DAYS = 5


class Walk(RuleBasedStateMachine):
    """Two students, two programs with one room each, everyone who may and two who may not."""

    new_database: Callable[[], AbstractContextManager[Flask]]

    @initialize()
    def begin(self) -> None:
        """A database of its own: the people, the students with their rankings, rooms with few seats."""
        self.open = ExitStack()
        app = self.open.enter_context(self.new_database())
        self.open.enter_context(app.app_context())
        self.open.callback(db.engine.dispose)
        self.open.callback(db.session.remove)
        in_transaction(self._begin)

    def _begin(self) -> None:
        cast = a_cast()
        stranger = actor_of(a_user(Role.DIRECTOR))
        both = (cast.coordinator, cast.director, cast.river_staff, cast.lake_staff)
        self.actors = dict(zip(PEOPLE, (*both, COMMAND, stranger), strict=True))
        second = a_student(cast.coordinator, **SAID)
        ranked = rankings.rank_for(cast.coordinator, second.ref, today=TODAY, with_examples=True)
        self.rankings = {"first": cast.ranking.ref, "second": ranked.ref}
        self.students = {"first": cast.student.ref, "second": second.ref}
        self.now = NOW
        self.model = Model(today=NOW.date(), rooms={})
        self.model.consent_until = {"first": CONSENT.expires_on, "second": None}
        for slug, agency in PROGRAMS.items():
            numbers, seen = SeatNumbers(licensed=LICENSED[slug], enrolled=1), room_of(slug).version
            seats.update(self.actors[agency], slug, "room-1", numbers, version_seen=seen, today=TODAY)
            self.model.rooms[slug] = RoomModel(numbers.licensed, numbers.enrolled, numbers.held)

    def teardown(self) -> None:
        """Take the database away."""
        self.open.close()

    @rule(student=st.sampled_from(["first", "second"]), slug=st.sampled_from(sorted(PROGRAMS)))
    def refer_student(self, student: str, slug: str) -> None:
        """A draft; a second live one to the same program is refused."""
        live = any(
            one.is_live and (one.student, one.program) == (student, slug)
            for one in self.model.referrals.values()
        )
        actor, chosen = self.actors["coordinator"], [Chosen(slug, override_reason="visit")]
        try:
            [row] = in_transaction(
                lambda: refer(actor, self.rankings[student], chosen, submit=False, now=self.now)
            )
        except InvalidInput:
            assert live
            return
        assert not live
        self.model.referrals[row.ref] = ReferralModel(row.ref, student, slug, self.model.today)

    @precondition(lambda self: self.model.referrals)
    @rule(which=st.integers(0, 99), verb=st.sampled_from(VERBS), person=st.sampled_from(PEOPLE))
    def say_anything(self, which: int, verb: str, person: str) -> None:
        """Any verb by anyone, mostly refused."""
        self._say(self._one(which), verb, person)

    @precondition(lambda self: self.model.referrals)
    @rule(which=st.integers(0, 99), step=st.integers(0, 99), person=st.integers(0, 99))
    def say_what_may_be_said(self, which: int, step: int, person: int) -> None:
        """A verb that the table has for the state, by someone it names."""
        one = self._one(which)
        verbs = [verb for state, verb in MOVES if state == one.state]
        verb = verbs[step % len(verbs)]
        people = [who for who in PEOPLE if set(self._sides(one, who)) & set(MOVES[one.state, verb][1])]
        self._say(one, verb, (people or PEOPLE)[person % len(people or PEOPLE)])

    @precondition(lambda self: self.model.referrals)
    @rule(which=st.integers(0, 99))
    def go_the_way(self, which: int) -> None:
        """The next step toward a placement and back home, so that deep states are met often."""
        one = self._one(which)
        verb = ONWARD.get(one.state)
        if verb is not None:
            people = [who for who in PEOPLE if set(self._sides(one, who)) & set(MOVES[one.state, verb][1])]
            self._say(one, verb, (people or PEOPLE)[0])

    @rule(days=st.sampled_from([1, 3, 11, 25, 31]))
    def days_pass(self, days: int) -> None:
        """Time goes by."""
        self.now += timedelta(days=days)
        self.model.today += timedelta(days=days)

    @rule()
    def the_clock_ticks(self) -> None:
        """What a date brings, once: offers past their day lapse, and no other; enquiries may expire."""
        clocks.tick(COMMAND, self.now)
        states = self._states()
        assert clocks.tick(COMMAND, self.now).faults == []
        assert self._states() == states
        for one in self.model.referrals.values():
            held_past = one.state == "offered" and one.hold_until is not None
            held_past = held_past and self.model.today > one.hold_until
            if states[one.ref] != one.state:
                verb = "lapse" if held_past else "expire"
                assert (MOVES[one.state, verb][0], MOVES[one.state, verb][1]) == (states[one.ref], "K")
                assert held_past or (self.model.today - one.sent_on).days >= EXPIRE_LEAST_DAYS
                self.model.make(one, verb, "K")
            else:
                assert not held_past

    @rule(student=st.sampled_from(["first", "second"]), is_given=st.booleans())
    def consent_changes(self, student: str, is_given: bool) -> None:
        """Consent is given for a year, or every consent is revoked."""
        actor, ref, today = self.actors["coordinator"], self.students[student], self.model.today
        until = today + timedelta(days=200)
        if is_given:
            record = replace(CONSENT, signed_on=today, expires_on=until)
            in_transaction(lambda: disclosures.record(actor, ref, record, today=today))
            self.model.consent_until[student] = max(until, self.model.consent_until[student] or until)
        else:
            for row in of_student(students.get(actor, ref)):
                in_transaction(partial(disclosures.revoke, actor, row.ref, today=today))
            self.model.consent_until[student] = None

    @rule(
        slug=st.sampled_from(sorted(PROGRAMS)),
        licensed=st.integers(0, 4),
        enrolled=st.integers(0, 3),
        held=st.integers(0, 2),
    )
    def staff_enter_seats(self, slug: str, licensed: int, enrolled: int, held: int) -> None:
        """New numbers; refused below what referrals need or above the license."""
        filled, kept = self.model.claimed(slug)
        possible = enrolled >= filled and held >= kept and enrolled + held <= licensed
        try:
            self._save(slug, PROGRAMS[slug], SeatNumbers(licensed, enrolled, held))
        except InvalidInput:
            assert not possible
        else:
            assert possible
            self.model.rooms[slug] = RoomModel(licensed, enrolled, held)

    @invariant()
    def rooms_are_as_the_model_says(self) -> None:
        """Licensed is open, held and enrolled, never less; and the ledger and the referrals agree."""
        for slug, seats_of in self.model.rooms.items() if hasattr(self, "model") else ():
            row = room_of(slug)
            assert RoomModel(row.licensed, row.enrolled, row.held) == seats_of
            assert row.licensed - row.enrolled - row.held >= 0
        assert [(one.program, fault) for one in accounts(COMMAND) for fault in faults_of(one)] == []

    @invariant()
    def referrals_are_as_the_model_says(self) -> None:
        """States agree; at most one is accepted for a student, one live for a student and program."""
        if not hasattr(self, "model"):
            return
        rows = db.session.scalars(select(Referral)).all()
        assert self._states() == {ref: one.state for ref, one in self.model.referrals.items()}
        accepted = [row.student_id for row in rows if row.state == "accepted"]
        assert len(accepted) == len(set(accepted))
        live = [(row.student_id, row.program_id) for row in rows if row.ended_on is None]
        assert len(live) == len(set(live))

    @invariant()
    def every_move_is_audited(self) -> None:
        """As many lines of the audit log as moves, of each verb."""
        moves = db.session.execute(select(ReferralMove.verb, func.count()).group_by(ReferralMove.verb))
        lines = db.session.execute(
            select(AuditEvent.tag, func.count())
            .where(AuditEvent.tag.startswith("referral:state:"))
            .group_by(AuditEvent.tag)
        )
        assert {f"referral:state:{verb}": n for verb, n in moves} == dict(lines.all())

    def _say(self, one: ReferralModel, verb: str, person: str) -> None:
        actor, who = self.actors[person], self._sides(one, person)
        said = said_on(verb, self.model.today)
        expected = self._expected(one, verb, person, who, said)
        happened: type[Exception] | None = None
        try:
            in_transaction(
                lambda: referrals.move(actor, one.ref, Verb(verb), Said(Terms(**said)), now=self.now)
            )
        except (RecordNotFound, MoveRefused, SeatUnavailable) as error:
            happened = type(error)
        assert happened is expected, (one, verb, person)

    def _expected(
        self, one: ReferralModel, verb: str, person: str, who: str, said: dict
    ) -> type[Exception] | None:
        if not who or (who == "S" and (not one.sent or one.state in ("draft", "awaiting_approval"))):
            return RecordNotFound
        if self.model.refusal(one, verb, who) or (verb == "approve" and one.submitted_by == person):
            return MoveRefused  # also one's own referral
        room = one.program if verb == "offer" else None
        try:
            hold = {"hold_until": said["hold_until"]} if "hold_until" in said else {}
            self.model.make(one, verb, person, room=room, **hold)
        except NoSeat:
            return SeatUnavailable
        return None

    def _sides(self, one: ReferralModel, person: str) -> str:
        """On which sides of a referral someone is."""
        if person in PROGRAMS.values():
            return "S" if PROGRAMS[one.program] == person else ""
        return {"coordinator": "C", "director": "CD", "clock": "K"}.get(person, "")

    def _states(self) -> dict[str, str]:
        return dict(db.session.execute(select(Referral.ref, Referral.state)).all())

    def _one(self, which: int) -> ReferralModel:
        listed = list(self.model.referrals.values())
        return listed[which % len(listed)]

    def _save(self, slug: str, agency: str, numbers: SeatNumbers) -> None:
        def save() -> None:
            seen = room_of(slug).version
            seats.update(
                self.actors[agency], slug, "room-1", numbers, version_seen=seen, today=self.model.today
            )

        in_transaction(save)


def test_states_and_seats_agree_whatever_is_done(database_kind, template_of, app_on, tmp_path):
    numbers = count(1)

    def new_database() -> AbstractContextManager[Flask]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return app_on(template_of(database_kind).put(folder), folder, demo=False)

    walk = type("WalkHere", (Walk,), {"new_database": staticmethod(new_database)})
    wanted = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=PHASES)
    run_state_machine_as_test(walk, settings=wanted)

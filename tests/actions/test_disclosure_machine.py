"""No identified byte reaches a program without a live disclosure record, whatever was done before.

PLACEWELL_TESTS=long walks many long ways; otherwise a few short ones.
"""

import os
from datetime import timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from referral.actions import disclosures, documents, referrals
from referral.actions.referrals import MoveRefused, Said
from referral.errors import InvalidInput, RecordNotFound
from referral.models.base import db
from referral.models.referrals import Disclosure
from referral.queries import documents as queries
from referral.queries import referrals as referral_queries
from referral.rules.disclosures import DisclosureBasis, DisclosureRecord, SignerRole
from referral.rules.documents import DocumentKind, DocumentRefused
from referral.rules.referrals import Party, Verb
from referral.rules.terms import Terms
from referral.web.referral_pages import readable_copy
from tests.documents import PDF, a_folder
from tests.referrals import NOW, a_cast, moved, referred, said_on
from tests.students import a_coordinator

LONG = os.environ.get("PLACEWELL_TESTS") == "long"
EXAMPLES, STEPS = (200, 50) if LONG else (8, 20)
PACKET = {"packet_sent", "information_requested", "visit", "offered", "accepted", "enrolled", "returning"}
VERBS = (
    "waitlist",
    "resume",
    "decline",
    "reopen",
    "invite",
    "ask_information",
    "answer",
    "withdraw",
    "disclose",
)
ACTS = (*VERBS, "wait", "record", "revoke", "add")


class Walk(RuleBasedStateMachine):
    """One referral, its packet and the records that allow it; each walk is undone at its end."""

    cast, stranger, folder, ref = None, None, None, ""

    @initialize()
    def begin(self) -> None:
        """The packet was just sent under a record that lasts some days."""
        self.walk = db.session.begin_nested()
        self.now = NOW
        self.records: dict[str, tuple[object, bool]] = {}
        self.documents: list[str] = []
        self.record(10)
        self.move("disclose")
        self.add(0)

    def teardown(self) -> None:
        """Everything is as it was before."""
        if hasattr(self, "walk"):
            self.walk.rollback()
            db.session.expire_all()

    @property
    def today(self):
        """The day of the walk."""
        return self.now.date()

    @rule(act=st.sampled_from(ACTS), number=st.integers(0, 12))
    def act(self, act: str, number: int) -> None:
        """One thing is done; in one rule, so that every walk does some of each."""
        if act in VERBS:
            self.move(act)
        else:
            getattr(self, act)(number)

    def wait(self, days: int) -> None:
        """Days go by."""
        self.now += timedelta(days=days)

    def record(self, days: int) -> None:
        """A consent is signed for some days: for every program, or for this one."""
        signed = DisclosureRecord(
            DisclosureBasis.CONSENT, self.today, self.today + timedelta(days=days), SignerRole.PARENT
        )
        row = referral_queries.get(self.cast.coordinator, self.ref).row
        made = disclosures.record(
            self.cast.coordinator,
            self.cast.student.ref,
            signed,
            today=self.today,
            collaborative_id=row.collaborative_id if days % 2 else None,
        )
        self.records[made.ref] = (signed.expires_on, False)

    def revoke(self, place: int) -> None:
        """A consent is revoked."""
        ref = sorted(self.records)[place % len(self.records)]
        disclosures.revoke(self.cast.coordinator, ref, today=self.today)
        self.records[ref] = (self.records[ref][0], True)

    def add(self, _number: int) -> None:
        """The district adds a document, where it can; a second is enough."""
        if len(self.documents) < 2:
            try:
                made = documents.add(self.cast.coordinator, self.folder, self.ref, DocumentKind.IEP, PDF)
            except DocumentRefused:
                return
            self.documents.append(made.ref)

    def move(self, verb: str) -> None:
        """Somebody who may tries a move."""
        row = referral_queries.get(self.cast.coordinator, self.ref).row
        declined = row.state == "declined"
        actor = self.cast.river_staff if declined else self.cast.actor_for(Verb(verb), row)
        said = Said(Terms(**said_on(verb, self.today)))
        try:
            referrals.move(actor, self.ref, Verb(verb), said, now=self.now)
        except (MoveRefused, InvalidInput):
            return

    @invariant()
    def the_program_reads_what_a_record_allows_and_no_more(self) -> None:
        """Documents and the packet's answers are open together, or shut together."""
        if not hasattr(self, "walk"):
            return
        live = any(until >= self.today and not revoked for until, revoked in self.records.values())
        found = referral_queries.get(self.cast.river_staff, self.ref)
        allowed = live and found.row.state in PACKET
        situation = referral_queries.situation(found, Party.STAFF, self.now)
        listed = {one.ref for one in queries.of_referral(found, self.now)}

        assert ("answers" in readable_copy(found, situation)) == allowed
        assert listed == (set(self.documents) if allowed else set())
        for ref in self.documents:
            assert self.reads(self.cast.river_staff, ref) == allowed
            assert not self.reads(self.cast.lake_staff, ref)
            assert not self.reads(self.stranger, ref)

    def reads(self, actor, ref: str) -> bool:
        """Whether somebody gets the bytes of a document."""
        try:
            return documents.read(actor, self.folder, ref, now=self.now).content == PDF
        except RecordNotFound:
            return False


def test_nothing_identified_is_read_without_a_live_record(database, tmp_path):
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST)
    for record in db.session.scalars(select(Disclosure)):
        disclosures.revoke(cast.coordinator, record.ref, today=NOW.date())
    db.session.flush()
    kept = {"cast": cast, "stranger": a_coordinator(), "folder": a_folder(tmp_path), "ref": row.ref}
    few = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=(Phase.generate, Phase.shrink)
    )

    run_state_machine_as_test(type("OwnWalk", (Walk,), kept), settings=few)

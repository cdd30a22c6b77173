"""A district's notes to the other side: off until allowed, then reviewed, on record without their words."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from referral.actions import disclosures, notes_sent, referrals, settings
from referral.actions.referrals import Said
from referral.errors import InvalidInput, NotPermitted
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.referrals import Disclosure, ReferralNote
from referral.models.settings import NoteWord
from referral.queries import referrals as queries
from referral.queries.notes import known_of, learned_words
from referral.queries.settings import settings_of
from referral.queries.vault import vault_of
from referral.rules.note_identity import UNKNOWN, KnownIdentity
from referral.rules.note_review import Decision, NoteHeld, Reviewing
from referral.rules.referrals import Verb
from referral.rules.terms import Terms
from tests.programs import TODAY
from tests.referrals import NOW, a_cast, moved, referred

pytestmark = pytest.mark.usefixtures("database")

TO_PACKET = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
KNOWN = KnownIdentity(names=("Marisol", "Peña"))


def packet_sent(*, free_text):
    cast = a_cast()
    [row] = referred(cast)
    if free_text:
        place = row.district
        settings.save(cast.director, place.slug, replace(settings_of(place), free_text=True), version_seen=0)
    return cast, moved(cast, row, *TO_PACKET)


def codes(caught):
    return [problem.code for problem in caught.value.errors]


def notes():
    return [(note.side, note.for_both, note.text) for note in db.session.scalars(select(ReferralNote))]


def test_without_permission_no_text_of_the_district_reaches_the_program():
    cast, row = packet_sent(free_text=False)

    with pytest.raises(InvalidInput) as caught:
        referrals.add_note(cast.coordinator, row.ref, "Call me.", for_both=True, now=NOW)
    referrals.add_note(cast.staff_of(row), row.ref, "We will.", for_both=True, now=NOW)
    moved(cast, row, Verb.ASK_INFORMATION, Verb.ANSWER, note="Marisol can.")

    assert codes(caught) == ["free_text_off"]
    assert notes() == [
        ("collaborative", True, "We will."),
        ("collaborative", True, "Please send the last evaluation."),
        ("district", False, "Marisol can."),
    ]


def test_a_note_is_reviewed_before_it_reaches_the_program():
    cast, row = packet_sent(free_text=True)
    text = "Marisol zorbs at the pond."
    decisions = {"Marisol": Decision.REMOVE, "zorbs": Decision.FINE}

    with pytest.raises(InvalidInput) as unasked:
        referrals.add_note(cast.coordinator, row.ref, text, for_both=True, now=NOW)
    reviewing = Reviewing(known=KNOWN)
    with pytest.raises(NoteHeld):
        referrals.add_note(cast.coordinator, row.ref, text, for_both=True, reviewing=reviewing, now=NOW)
    reviewing = Reviewing(decisions, attested=True, known=KNOWN)
    referrals.add_note(cast.coordinator, row.ref, text, for_both=True, reviewing=reviewing, now=NOW)

    assert codes(unasked) == ["note_unchecked"]
    assert notes() == [("district", True, "[...] zorbs at the pond.")]
    assert learned_words(row.district_id) == {"zorbs"}
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "referral:note:reviewed")).one()
    assert event.facts == {"removed": 1, "kept": 0, "learned": 1, "attested": True}


def test_no_note_reaches_the_program_once_the_consent_is_revoked():
    cast, row = packet_sent(free_text=True)
    reviewing = Reviewing(attested=True, known=KNOWN)
    about = {"for_both": True, "reviewing": reviewing, "now": NOW}
    referrals.add_note(cast.coordinator, row.ref, "She can wait.", **about)
    record = db.session.scalars(select(Disclosure)).one()
    disclosures.revoke(cast.coordinator, record.ref, today=TODAY)

    with pytest.raises(InvalidInput) as caught:
        referrals.add_note(cast.coordinator, row.ref, "She can wait.", **about)

    staff = queries.get(cast.staff_of(row), row.ref)
    assert codes(caught) == ["note_needs_disclosure"]
    assert queries.notes(staff, has_disclosure=False) == []
    assert len(queries.notes(staff, has_disclosure=True)) == 1


def test_a_move_with_an_unread_note_is_not_made_at_all():
    cast, row = packet_sent(free_text=True)
    moved(cast, row, Verb.ASK_INFORMATION)
    answer = Said(Terms(note="Marisol can."), reviewing=Reviewing(known=KNOWN))

    with pytest.raises(NoteHeld):
        referrals.move(cast.coordinator, row.ref, Verb.ANSWER, answer, now=NOW)
    assert row.state == "information_requested"

    taken_out = Reviewing({"Marisol": Decision.REMOVE}, attested=True, known=KNOWN)
    referrals.move(cast.coordinator, row.ref, Verb.ANSWER, replace(answer, reviewing=taken_out), now=NOW)
    assert notes()[-1] == ("district", True, "[...] can.")


def test_a_director_takes_a_word_out_of_the_list_and_nobody_else_does(app):
    cast, row = packet_sent(free_text=True)
    db.session.add(NoteWord(district_id=row.district_id, word="zorbs"))
    db.session.flush()
    slug = row.district.slug

    with pytest.raises(NotPermitted):
        notes_sent.forget_word(cast.coordinator, slug, "zorbs")
    notes_sent.forget_word(cast.director, slug, "zorbs")
    notes_sent.forget_word(cast.director, slug, "zorbs")  # a second click is no fault

    assert learned_words(row.district_id) == frozenset()
    assert known_of(cast.coordinator, vault_of(app.config["SETTINGS"]), row.student) == UNKNOWN

"""Documents of a packet: sealed on the disk, read only through the gate, every reading on record."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.actions import disclosures, documents, holds
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.documents import Document
from referral.models.referrals import Disclosure
from referral.queries import documents as queries
from referral.queries import referrals
from referral.rules.documents import DocumentKind, DocumentRefused, FileType
from referral.rules.permissions import COMMAND
from referral.rules.referrals import Verb
from referral.rules.retention import HoldReason
from tests.documents import PDF, PNG, a_folder
from tests.programs import TODAY
from tests.referrals import CONSENT, NOW, a_cast, moved, referred
from tests.students import a_coordinator

CONTENT = PDF.replace(b"<< >>", b"<< /Planted (Jordan Example) >>")
IEP = DocumentKind.IEP


@pytest.fixture
def cast(database):
    return a_cast()


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path)


@pytest.fixture
def packet(cast):
    """A referral whose packet was sent."""
    return moved(cast, referred(cast)[0], Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)


def reads(ref):
    """Who read a document, in order."""
    tag = (AuditEvent.tag == "document:content:read") & (AuditEvent.subject_ref == ref)
    return list(db.session.scalars(select(AuditEvent.actor_user_id).where(tag).order_by(AuditEvent.id)))


def hidden_from(actor, folder, ref, now=NOW):
    with pytest.raises(RecordNotFound):
        documents.read(actor, folder, ref, now=now)
    return True


def test_both_sides_read_a_document_and_both_are_on_record(cast, packet, folder, tmp_path):
    made = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)

    opened = documents.read(cast.river_staff, folder, made.ref, now=NOW)
    documents.read(cast.director, folder, made.ref, now=NOW)

    assert (opened.content, opened.file) == (CONTENT, FileType.PDF)
    assert opened.name == f"{packet.ref}-1-iep.pdf"
    assert reads(made.ref) == [cast.river_staff.user_id, cast.director.user_id]
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"Jordan" in p.read_bytes()]


def test_a_program_reads_only_with_the_packet_and_under_a_live_record(cast, folder):
    row = moved(cast, referred(cast)[0], Verb.APPROVE, Verb.SHOW_INTEREST)
    made = documents.add(cast.coordinator, folder, row.ref, IEP, CONTENT)
    assert hidden_from(cast.river_staff, folder, made.ref)
    assert queries.of_referral(referrals.get(cast.river_staff, row.ref), NOW) == []

    moved(cast, row, Verb.DISCLOSE)

    assert documents.read(cast.river_staff, folder, made.ref, now=NOW).content == CONTENT
    assert hidden_from(cast.lake_staff, folder, made.ref)
    assert hidden_from(a_coordinator(), folder, made.ref)
    assert hidden_from(cast.river_staff, folder, made.ref, now=NOW + timedelta(days=400))

    record = db.session.scalars(select(Disclosure)).one()
    disclosures.revoke(cast.coordinator, record.ref, today=TODAY)

    assert hidden_from(cast.river_staff, folder, made.ref)
    assert documents.read(cast.coordinator, folder, made.ref, now=NOW).content == CONTENT

    disclosures.record(cast.coordinator, cast.student.ref, CONSENT, today=TODAY)
    moved(cast, row, Verb.DECLINE)

    assert hidden_from(cast.river_staff, folder, made.ref)


def test_only_the_district_adds_and_removes(cast, packet, folder):
    made = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)

    for act in (
        lambda: documents.add(cast.river_staff, folder, packet.ref, IEP, CONTENT),
        lambda: documents.remove(cast.river_staff, made.ref, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(RecordNotFound):
        documents.add(cast.lake_staff, folder, packet.ref, IEP, CONTENT)


def test_a_document_needs_its_state_its_type_and_room(cast, folder):
    [row] = referred(cast)
    with pytest.raises(DocumentRefused):
        documents.add(cast.coordinator, folder, row.ref, IEP, CONTENT)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST)
    with pytest.raises(InvalidInput):
        documents.add(cast.coordinator, folder, row.ref, IEP, b"MZ")
    for _ in range(20):
        documents.add(cast.coordinator, folder, row.ref, IEP, PNG)

    with pytest.raises(DocumentRefused, match="documents_full"):
        documents.add(cast.coordinator, folder, row.ref, IEP, CONTENT)
    assert len(list(folder.names())) == 20


def test_a_removed_document_is_unreadable_at_once_and_swept_later(cast, packet, folder):
    made = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)
    kept = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)

    documents.remove(cast.coordinator, made.ref, now=NOW)

    assert hidden_from(cast.coordinator, folder, made.ref)
    assert hidden_from(cast.river_staff, folder, made.ref)
    row = db.session.scalars(select(Document).where(Document.ref == made.ref)).one()
    assert (row.stored_name, row.sealed_key, row.removed_by_id) == (None, None, cast.coordinator.user_id)
    assert documents.sweep(COMMAND, folder) == 0
    assert documents.sweep(COMMAND, folder, older_than_seconds=0) == 1
    assert list(folder.names()) == [kept.stored_name]
    assert documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT).number == 3


def test_nothing_is_removed_under_a_legal_hold(cast, packet, folder):
    made = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)
    holds.set_hold(cast.director, cast.student.ref, HoldReason.HEARING, now=NOW)

    with pytest.raises(DocumentRefused, match="documents_held"):
        documents.remove(cast.coordinator, made.ref, now=NOW)
    assert documents.read(cast.coordinator, folder, made.ref, now=NOW).content == CONTENT


def test_a_file_that_is_gone_is_no_document(cast, packet, folder):
    made = documents.add(cast.coordinator, folder, packet.ref, IEP, CONTENT)
    folder.remove(made.stored_name)

    assert hidden_from(cast.coordinator, folder, made.ref)
    assert reads(made.ref) == []

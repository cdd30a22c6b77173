"""Purges with frozen days: what goes, what stays, what a hold keeps, and what a certificate proves."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from referral.actions import documents, drafts, holds, purges, rankings, referrals, retention
from referral.errors import NotPermitted, RecordNotFound, RecordPurged
from referral.formats.certificates import CertificateFolder
from referral.formats.retention_yaml import schedule
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.documents import Document
from referral.models.notices import Notice
from referral.models.referrals import Referral, ReferralMove, ReferralNote
from referral.models.retention import RetentionCertificate
from referral.models.students import Draft, ProfileVersion
from referral.queries import certificates
from referral.queries import rankings as ranking_queries
from referral.queries.recomputing import verified
from referral.queries.retention import due
from referral.rules.documents import DocumentKind
from referral.rules.permissions import COMMAND
from referral.rules.referrals import Verb
from referral.rules.retention import HoldReason, PurgedKind, digest_of
from referral.rules.verification import Verification
from tests.documents import PDF, a_folder
from tests.programs import TODAY
from tests.referrals import NOW, a_cast, moved, referred
from tests.students import a_draft

ENDED = date(2026, 11, 23)
CANARY = "Planted words about Jordan."


@pytest.fixture
def cast(database):
    return a_cast()


@pytest.fixture
def folder(tmp_path):
    return CertificateFolder.of_instance(tmp_path)


@pytest.fixture
def story(cast, tmp_path):
    """A packet with a document and a note that was declined, and an enquiry that was withdrawn."""
    packet, enquiry = referred(cast, "bridge", "harbor")
    moved(cast, packet, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
    moved(cast, enquiry, Verb.APPROVE, Verb.WITHDRAW)
    documents.add(cast.coordinator, a_folder(tmp_path), packet.ref, DocumentKind.IEP, PDF)
    referrals.add_note(cast.coordinator, packet.ref, CANARY, for_both=False, now=NOW)
    rankings.note(cast.director, cast.ranking.ref, CANARY)
    moved(cast, packet, Verb.DECLINE)
    db.session.flush()
    return packet, enquiry


def run_after(folder, days):
    """The purge so many days after the referrals ended."""
    today = ENDED + timedelta(days=days)
    now = datetime.combine(today, datetime.min.time(), UTC)
    made = retention.run(COMMAND, schedule(), folder, retention.new_certificate_ref(), today=today, now=now)
    db.session.expire_all()
    return made.counts if made else None


def row_of(ref):
    return db.session.scalars(select(Referral).where(Referral.ref == ref)).one()


def test_each_thing_goes_on_its_day_and_codes_stay(cast, story, folder):
    packet, enquiry = (row.ref for row in story)

    assert run_after(folder, 30) is None
    assert run_after(folder, 31) == {"referral": 1, "document": 1}
    assert row_of(enquiry).released is None
    assert row_of(packet).released is not None
    assert db.session.scalars(select(Document.sealed_key)).all() == [None]
    assert run_after(folder, 365) is None

    assert run_after(folder, 366) == {"referral": 1, "student": 1, "ranking": 1}

    left = row_of(packet)
    assert (left.state, left.ended_on, left.released, left.phrases) == ("declined", ENDED, None, [])
    assert db.session.scalars(select(ReferralNote.text)).all() == []
    assert set(db.session.scalars(select(ProfileVersion.answers["home_zip"].as_string()))) == {None}
    assert db.session.scalars(select(Notice).where(Notice.subject_ref.in_([packet, enquiry]))).all() == []
    assert db.session.scalars(select(ReferralMove.verb).where(ReferralMove.referral_id == left.id)).all()
    assert cast.student.archived
    assert run_after(folder, 4000) is None


def test_a_purged_ranking_says_so_and_verifies_as_purged(cast, story, folder):
    run_after(folder, 366)

    [one] = verified(COMMAND)

    assert one.outcome is Verification.PURGED
    with pytest.raises(RecordPurged):
        ranking_queries.result_of(ranking_queries.get(cast.director, cast.ranking.ref))
    assert ranking_queries.notes(cast.ranking) == []


def test_a_hold_keeps_everything_until_it_is_lifted(cast, story, folder):
    ref = cast.student.ref
    with pytest.raises(NotPermitted):
        holds.set_hold(cast.coordinator, ref, HoldReason.HEARING, now=NOW)
    with pytest.raises(RecordNotFound):
        holds.set_hold(cast.river_staff, ref, HoldReason.HEARING, now=NOW)
    drafts.begin_revision(cast.coordinator, ref)
    first = holds.set_hold(cast.director, ref, HoldReason.HEARING, now=NOW)
    assert holds.set_hold(cast.director, ref, HoldReason.AUDIT, now=NOW) is first

    assert run_after(folder, 4000) is None

    holds.lift(cast.director, ref, now=NOW)
    holds.lift(cast.director, ref, now=NOW)

    assert run_after(folder, 4000) == {"referral": 2, "document": 1, "student": 1, "ranking": 1, "draft": 1}
    tags = [f"student:hold:{verb}" for verb in ("set", "lifted")]
    assert db.session.scalars(select(AuditEvent.tag).where(AuditEvent.tag.in_(tags))).all() == tags


def test_a_placement_is_kept_for_seven_years_and_an_open_one_for_good(cast, folder):
    [row] = referred(cast)
    steps = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER, Verb.ACCEPT, Verb.ENROLL)
    moved(cast, row, *steps)
    assert run_after(folder, 9000) is None

    moved(cast, row, Verb.END)

    assert run_after(folder, 2557) is None
    assert run_after(folder, 2558) == {"referral": 1, "student": 1, "ranking": 1}
    left = row_of(row.ref)
    assert (left.start_on, left.monitor_on, left.review_on) == (None, None, None)


def test_a_draft_that_nobody_finishes_goes(cast, folder):
    draft = a_draft(cast.coordinator)
    draft.updated_at = NOW
    db.session.flush()

    assert run_after(folder, 180) is None
    assert run_after(folder, 181) == {"draft": 1}
    assert db.session.scalars(select(Draft)).all() == []


def test_a_certificate_is_proved_by_its_file_its_row_and_the_records(cast, story, folder):
    run_after(folder, 31)
    [row] = db.session.scalars(select(RetentionCertificate)).all()
    [file] = list(folder.read())
    assert (row.digest, row.counts, row.purged) == (file.digest, file.counts, 2)
    assert certificates.faults(COMMAND, [file]) == []
    assert CANARY not in folder.path_of(row.ref).read_text()

    def codes(files):
        return [fault.code for fault in certificates.faults(COMMAND, files)]

    text = json.loads(folder.path_of(row.ref).read_text())
    shorter = file.model_validate(text | {"purged": text["purged"][1:]})
    assert codes([]) == ["certificate_file_missing"]
    assert codes([shorter]) == ["certificate_file_changed"]
    other = file.model_validate(text | {"certificate": retention.new_certificate_ref()})
    assert codes([file, other]) == ["certificate_not_replayed"]
    empty = file.model_validate(text | {"purged": [], "counts": {}, "digest": digest_of([])})
    assert codes([empty]) == ["certificate_row_differs"]
    row_of(story[1].ref).released = {"area": "MA"}
    assert codes([file]) == ["purged_is_there_again"]
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(RetentionCertificate.__table__.delete())


def test_a_version_of_a_profile_may_be_emptied_and_nothing_else(cast):
    for change in ({"answers": {"grade": "9"}}, {"answers": {}, "number": 9}, {"origin": "copy"}):
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(ProfileVersion.__table__.update().values(**change))

    db.session.execute(ProfileVersion.__table__.update().values(answers={}))


def test_a_purge_of_what_is_not_there_takes_nothing(cast):
    for kind in PurgedKind:
        assert not purges.purge(kind, "F-00000000000", now=NOW)
    wanted = [(PurgedKind.STUDENT, cast.student.ref), (PurgedKind.RANKING, cast.ranking.ref)]
    assert [purges.purge(*one, now=NOW) for one in wanted] == [True, True]
    assert [purges.purge(*one, now=NOW) for one in wanted] == [False, False]


def test_only_the_command_purges(cast, folder):
    with pytest.raises(NotPermitted):
        due(cast.director, schedule(), TODAY)
    with pytest.raises(NotPermitted):
        retention.replay(cast.director, folder, now=NOW)

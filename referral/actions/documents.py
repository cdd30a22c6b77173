"""Documents of a packet: added by the district, read through the gate, removed with their key.

The file is written first and its row after it, so that no row points to nothing; what is left without a row,
by a failed request or a removal, is swept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from referral.actions import audit
from referral.errors import RecordNotFound
from referral.formats.sealed_files import SealedFile, SealedFolder
from referral.models.base import db
from referral.models.documents import Document
from referral.queries import documents as queries
from referral.queries import holds, referrals
from referral.rules.ciphers import NotOpened
from referral.rules.documents import (
    DocumentKind,
    DocumentRefused,
    FileType,
    check_may_add,
    file_name,
    file_type,
)
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import State

SWEEP_AFTER_SECONDS = 3600.0  # a file younger than this may be about to get its row


@dataclass(frozen=True)
class Opened:
    """A document as it is handed to a reader."""

    name: str
    file: FileType
    content: bytes


def add(
    actor: Actor, folder: SealedFolder, referral_ref: str, kind: DocumentKind, content: bytes
) -> Document:
    """A document of a referral, sealed in the folder.

    Raises
    ------
    RecordNotFound, NotPermitted
    InvalidInput : too large, or of a type that is not taken.
    DocumentRefused : not at this state of the referral, or it has its full number.
    """
    kept_as = file_type(content)
    row = referrals.get_locked(actor, referral_ref).row
    check(actor, Permission.REFERRAL_WRITE, row.district_id)
    check_may_add(State(row.state), queries.count(row))
    kept = folder.keep(content)
    last = db.session.scalar(select(func.max(Document.number)).where(Document.referral_id == row.id))
    document = Document(
        ref=make_reference(ReferenceKind.DOCUMENT),
        referral_id=row.id,
        number=(last or 0) + 1,
        kind=kind.value,
        file_type=kept_as.value,
        size_bytes=len(content),
        stored_name=kept.name,
        sealed_key=kept.sealed_key,
        added_by_id=actor.user_id or None,
    )
    db.session.add(document)
    db.session.flush()
    audit.record(
        actor,
        "document:content:added",
        "document",
        document.ref,
        referral=row.ref,
        kind=document.kind,
        file_type=document.file_type,
        size_bytes=document.size_bytes,
    )
    return document


def read(actor: Actor, folder: SealedFolder, ref: str, *, now: datetime) -> Opened:
    """The content of a document; who read it is on record before a byte leaves.

    Raises
    ------
    RecordNotFound : nothing allows the actor to read it now, or its file is gone.
    """
    found = queries.get(actor, ref, now=now)
    row = found.row
    try:
        content = folder.read(SealedFile(row.stored_name or "", row.sealed_key or b""))
    except NotOpened as failure:
        raise RecordNotFound(kind="document") from failure
    referral_ref = found.standing.row.ref
    audit.record(actor, "document:content:read", "document", row.ref, referral=referral_ref, kind=row.kind)
    name = file_name(referral_ref, DocumentKind(row.kind), row.number, FileType(row.file_type))
    return Opened(name, FileType(row.file_type), content)


def remove(actor: Actor, ref: str, *, now: datetime) -> Document:
    """The document without its content: the key goes now, the file with the next sweep.

    Raises
    ------
    RecordNotFound, NotPermitted
    DocumentRefused : the student is under a legal hold.
    """
    found = queries.get(actor, ref, now=now)
    check(actor, Permission.REFERRAL_WRITE, found.standing.row.district_id)
    if holds.is_held(found.standing.row.student_id):
        raise DocumentRefused("documents_held")
    erase(actor, found.row, now=now)
    audit.record(actor, "document:content:removed", "document", ref, referral=found.standing.row.ref)
    return found.row


def erase(actor: Actor, row: Document, *, now: datetime) -> None:
    """Take the key and the name of its file from a document's row."""
    row.stored_name, row.sealed_key = None, None
    row.removed_at, row.removed_by_id = now, actor.user_id or None


def sweep(actor: Actor, folder: SealedFolder, *, older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
    """How many files without a row were removed from the folder."""
    check(actor, Permission.CLOCKS_RUN)
    return _remove(folder, set(folder.names(older_than_seconds=older_than_seconds)) - queries.stored_names())


def _remove(folder: SealedFolder, names: Iterable[str]) -> int:
    removed = 0
    for name in names:
        folder.remove(name)
        removed += 1
    return removed

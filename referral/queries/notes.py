"""What a note is checked against: what the vault knows of the student, and the district's own words."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from referral.errors import FieldProblem, InvalidInput
from referral.models.base import db
from referral.models.settings import NoteWord
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries.identities import identity_of_student
from referral.rules.identities import Identity, VaultClosed, VaultState
from referral.rules.note_identity import UNKNOWN, KnownIdentity
from referral.rules.permissions import Actor

TELEPHONE = re.compile(r"\d[\d ().-]{5,}\d")
# A district that keeps no names here is checked by the word lists alone.
WITHOUT_VAULT = frozenset({VaultState.OFF, VaultState.NOT_KEPT, VaultState.NOT_READY})


def known_of(actor: Actor, vault: Vault, student: Student) -> KnownIdentity:
    """What the vault knows of a student, to be matched against a note.

    Raises
    ------
    NotPermitted : not the actor's student.
    InvalidInput : the district keeps names here, and they cannot be read now.
    """
    try:
        identity = identity_of_student(actor, vault, student)
    except VaultClosed as closed:
        if closed.state in WITHOUT_VAULT:
            return UNKNOWN
        raise InvalidInput([FieldProblem("note", "note_vault_closed")]) from closed
    return UNKNOWN if identity is None else _known(identity)


def _known(identity: Identity) -> KnownIdentity:
    """The parents' lines hold names, telephones and addresses."""
    return KnownIdentity(
        names=tuple(identity.name.split()),
        nicknames=tuple(identity.nickname.split()),
        people=tuple(identity.parents.splitlines()),
        places=tuple(place for place in (identity.school, identity.town, identity.street) if place),
        numbers=(identity.state_id, *TELEPHONE.findall(identity.parents)),
        born_on=identity.birth_date,
    )


def learned_words(district_id: int) -> frozenset[str]:
    """The words a district found to be fine."""
    return frozenset(db.session.scalars(select(NoteWord.word).where(NoteWord.district_id == district_id)))


def listed_words(district_id: int) -> Sequence[NoteWord]:
    """The same with who added them and when, in the order of the alphabet."""
    rows = select(NoteWord).where(NoteWord.district_id == district_id).order_by(NoteWord.word)
    return db.session.scalars(rows).all()

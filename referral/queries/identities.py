"""Reads of who a student is: for coordinators and directors of the student's district, and nobody else."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.identities import DistrictKey, StoredIdentity
from referral.models.organisations import Organisation
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries.vault import key_of, keys_of
from referral.rules.ciphers import NotOpened
from referral.rules.identities import Identity, VaultClosed, VaultState, is_called, words_of
from referral.rules.identity_seals import COLUMNS, identity_of, opened_text
from referral.rules.permissions import Actor, Permission, check, places

NAMED = ("name", "nickname")
FOUND_MOST = 25
FEW = 500  # beyond so many codes all rows of the districts are read
Wanted = Callable[[list[str]], bool]


@dataclass(frozen=True)
class Names:
    """The names that may be shown, by code, and whether any that should be are not."""

    state: VaultState = VaultState.OFF
    by_ref: Mapping[str, str] = field(default_factory=dict)

    @property
    def are_kept(self) -> bool:
        """Whether the actor's districts keep names at all, so that a list has a column for them."""
        return self.state not in (VaultState.OFF, VaultState.NOT_KEPT)


def names(actor: Actor, vault: Vault, refs: Collection[str]) -> Names:
    """The names of the actor's students among these codes; nothing else of them is opened."""
    if vault.engine is None or not places(actor, Permission.IDENTITY_READ):
        return Names()
    numbers = _counting(actor, refs)
    return _read(actor, vault, numbers, lambda _: True)


def find(actor: Actor, vault: Vault, typed: str) -> tuple[str, ...]:
    """The codes of the actor's students who are called so, at most one more than a list shows.

    The names are opened and compared in memory, and forgotten: a district has some thousands. An index to
    search in, even a keyed one, would tell whoever takes the vault who are called alike.

    Raises
    ------
    VaultClosed : no name can be read now.
    """
    words = words_of(typed)
    found = _read(actor, vault, _counting(actor, None), lambda texts: is_called(words, *texts))
    if found.state is not VaultState.OPEN and not found.by_ref:
        raise VaultClosed(found.state)
    return tuple(sorted(found.by_ref, key=lambda ref: found.by_ref[ref].casefold())[: FOUND_MOST + 1])


def identity_of_student(actor: Actor, vault: Vault, student: Student) -> Identity | None:
    """Everything the vault holds of a student; None where it holds nothing.

    Raises
    ------
    NotPermitted, VaultClosed
    """
    check(actor, Permission.IDENTITY_READ, student.district_id)
    with vault.reading() as session:
        key = key_of(vault, session.get(DistrictKey, student.district_id))
        row = session.scalar(
            select(StoredIdentity).where(
                StoredIdentity.student_ref == student.ref, StoredIdentity.number == student.identity_number
            )
        )
    if row is None:
        return None
    try:
        return identity_of({column: _text(key, row, column) for column in COLUMNS})
    except NotOpened as failure:
        raise VaultClosed(VaultState.DAMAGED) from failure


def districts(actor: Actor) -> Sequence[Organisation]:
    """The districts for which the actor decides whether names are kept, by name."""
    keys = places(actor, Permission.IDENTITY_KEEP)
    statement = select(Organisation).where(Organisation.id.in_(keys)).order_by(Organisation.name)
    return db.session.scalars(statement).all()


def district(actor: Actor, slug: str) -> Organisation:
    """The one of these districts with a short name.

    Raises
    ------
    RecordNotFound : there is none.
    """
    found = next((one for one in districts(actor) if one.slug == slug), None)
    if found is None:
        raise RecordNotFound(kind="organisation")
    return found


def count(actor: Actor, district: Organisation) -> int:
    """How many students of a district have a name in the vault."""
    check(actor, Permission.IDENTITY_KEEP, district.id)
    rows = select(func.count()).where(Student.district_id == district.id, Student.identity_number > 0)
    return db.session.scalar(rows) or 0


def _counting(actor: Actor, refs: Collection[str] | None) -> dict[str, int]:
    """Which entry of the vault counts, for each student of the actor's districts who has one."""
    statement = select(Student.ref, Student.identity_number).where(
        Student.district_id.in_(places(actor, Permission.IDENTITY_READ)), Student.identity_number > 0
    )
    if refs is not None:
        statement = statement.where(Student.ref.in_(refs))
    return {row.ref: row.identity_number for row in db.session.execute(statement)}


def _read(actor: Actor, vault: Vault, numbers: Mapping[str, int], wanted: Wanted) -> Names:
    districts = places(actor, Permission.IDENTITY_READ)
    columns = [getattr(StoredIdentity, one) for one in ("student_ref", "number", "district_id", *NAMED)]
    statement = select(*columns).where(StoredIdentity.district_id.in_(districts))
    if len(numbers) <= FEW:
        statement = statement.where(StoredIdentity.student_ref.in_(numbers))
    try:
        with vault.reading() as session:
            keys, state = keys_of(vault, session, districts)
            rows = session.execute(statement).all() if keys and numbers else ()
    except VaultClosed as closed:
        return Names(closed.state)
    return Names(state, dict(_named(rows, keys, numbers, wanted)))


def _named(
    rows: Iterable[Row[Any]], keys: Mapping[int, bytes], numbers: Mapping[str, int], wanted: Wanted
) -> Iterator[tuple[str, str]]:
    """Code and name of the rows that count and are wanted; one that does not open is left out."""
    for row in rows:
        if row.district_id in keys and numbers.get(row.student_ref) == row.number:
            try:
                texts = [_text(keys[row.district_id], row, column) for column in NAMED]
            except NotOpened:
                continue
            if wanted(texts):
                yield row.student_ref, Identity(texts[0], texts[1]).called


def _text(key: bytes, row: Row[Any] | StoredIdentity, column: str) -> str:
    return opened_text(key, getattr(row, column), ref=row.student_ref, number=row.number, column=column)

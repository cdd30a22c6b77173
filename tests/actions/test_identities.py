"""The vault: names are saved before they count, a fault leaves nothing half done, keys can be changed."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral import migrations_vault
from referral.actions import identities, vault
from referral.actions.transactions import in_transaction
from referral.errors import NotPermitted, RecordNotFound, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.identities import DistrictKey, StoredIdentity
from referral.models.vault import Vault
from referral.queries import identities as queries
from referral.queries import students
from referral.queries.users import actor_of
from referral.queries.vault import state_of
from referral.rules.identities import Identity, VaultClosed, VaultState
from referral.rules.identity_seals import COLUMNS, master_key
from referral.rules.permissions import COMMAND, Role
from tests.factories import a_collaborative, a_district, a_user
from tests.vaults import (
    OTHER_SECRET,
    WHOLE,
    Team,
    crash_after,
    name_of,
    named,
    opened_vault,
    rows,
    tags,
    the_vault,
)


@pytest.fixture
def app(database_url, database_kind, template_of, tmp_path):
    with opened_vault(database_url, database_kind, template_of, tmp_path) as made, made.app_context():
        yield made
        db.session.remove()


@pytest.fixture
def kept(app):
    return the_vault(app)


@pytest.fixture
def team(kept):
    return in_transaction(lambda: Team(kept))


def test_an_identity_is_saved_shown_changed_and_removed(team, kept):
    ref, actor = team.student.ref, team.coordinator
    assert name_of(team, kept) is None

    in_transaction(lambda: named(actor, kept, ref, WHOLE))
    assert name_of(team, kept) == "Given Family (Nick)"
    assert queries.identity_of_student(actor, kept, students.get(actor, ref)) == WHOLE

    with pytest.raises(StaleUpdate):
        in_transaction(lambda: named(actor, kept, ref, Identity("Other"), seen_number=0))
    in_transaction(lambda: named(actor, kept, ref, Identity("Other Family"), seen_number=1))
    assert name_of(team, kept) == "Other Family"

    in_transaction(lambda: identities.remove(actor, kept, ref))
    assert name_of(team, kept) is None
    assert queries.identity_of_student(actor, kept, students.get(actor, ref)) is None
    assert rows(kept) == []
    assert tags()[-4:] == [
        "vault:district:opened",
        "student:identity:saved",
        "student:identity:saved",
        "student:identity:removed",
    ]


def test_the_vault_holds_nothing_readable_and_the_audit_names_fields_only(team, kept):
    in_transaction(lambda: named(team.coordinator, kept, team.student.ref, WHOLE))

    [row] = rows(kept)
    sealed = b"".join(bytes(getattr(row, column)) for column in COLUMNS)
    assert not [text for text in ("Given", "Some", "1000000001", "2014") if text.encode() in sealed]
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "student:identity:saved")).one()
    assert line.facts == {"number": 1, "fields": list(COLUMNS)}


def test_only_the_students_own_district_reads_writes_and_finds(team, kept):
    ref = team.student.ref
    in_transaction(lambda: named(team.coordinator, kept, ref, WHOLE))
    other = in_transaction(lambda: Team(kept))
    staff, site = (
        in_transaction(lambda role=role, at=at: actor_of(a_user(role, at=at and at())))
        for role, at in ((Role.COLLABORATIVE_STAFF, a_collaborative), (Role.SITE_ADMINISTRATOR, None))
    )

    for stranger in (other.director, other.coordinator, staff, site, COMMAND):
        assert queries.names(stranger, kept, [ref]).by_ref == {}
        with pytest.raises(NotPermitted):
            queries.identity_of_student(stranger, kept, team.student)
        with pytest.raises((RecordNotFound, NotPermitted)):
            in_transaction(lambda who=stranger: named(who, kept, ref, WHOLE, seen_number=1))
        with pytest.raises((RecordNotFound, NotPermitted)):
            in_transaction(lambda who=stranger: identities.remove(who, kept, ref))
    assert queries.find(other.coordinator, kept, "given") == ()
    assert queries.find(team.director, kept, "fam") == (ref,)
    with pytest.raises(NotPermitted):
        identities.keep_names(team.coordinator, kept, team.district)


def test_a_fault_between_the_two_stores_leaves_what_was(team, kept):
    ref, actor = team.student.ref, team.coordinator
    crash_after(lambda: named(actor, kept, ref, Identity("Never Counted")))
    assert [row.number for row in rows(kept)] == [1]
    assert (name_of(team, kept), queries.find(actor, kept, "never")) == (None, ())

    in_transaction(lambda: named(actor, kept, ref, Identity("Given Family")))
    crash_after(lambda: named(actor, kept, ref, Identity("Never Counted"), seen_number=1))
    assert name_of(team, kept) == "Given Family"

    crash_after(lambda: identities.remove(actor, kept, ref))
    assert name_of(team, kept) is None  # gone, as was wanted; the core follows with the next sweep
    assert queries.identity_of_student(actor, kept, students.get(actor, ref)) is None


def test_without_the_right_key_nothing_opens_and_the_state_says_why(app, team, kept):
    ref, actor = team.student.ref, team.coordinator
    in_transaction(lambda: named(actor, kept, ref, WHOLE))
    nameless = in_transaction(a_district)
    without = {
        VaultState.OFF: Vault(),
        VaultState.KEY_MISSING: replace(kept, master=None),
        VaultState.KEY_WRONG: the_vault(app, OTHER_SECRET),
    }

    for state, closed in without.items():
        assert state_of(closed, team.district.id) is state
        assert queries.names(actor, closed, [ref]) == queries.Names(state, {})
        for act in (
            lambda c: queries.find(actor, c, "given"),
            lambda c: queries.identity_of_student(actor, c, team.student),
            lambda c: in_transaction(lambda: named(actor, c, ref, WHOLE, seen_number=1)),
            lambda c: in_transaction(lambda: vault.rotate(COMMAND, c, master_key("x" * 40))),
        ):
            with pytest.raises(VaultClosed) as caught:
                act(closed)
            assert caught.value.state is state
    assert state_of(kept, nameless.id) is VaultState.NOT_KEPT
    with pytest.raises(VaultClosed):  # no second master key beside the first
        in_transaction(
            lambda: identities.keep_names(team.director, the_vault(app, OTHER_SECRET), team.district)
        )
    assert name_of(team, kept) == "Given Family (Nick)"


def test_what_does_not_open_or_answer_is_left_out_and_said(team, kept):
    ref, actor = team.student.ref, team.coordinator
    in_transaction(lambda: named(actor, kept, ref, WHOLE))
    with Session(kept.engine) as session:
        session.execute(update(StoredIdentity).values(name=b"spoiled"))
        session.commit()
    assert name_of(team, kept) is None
    with pytest.raises(VaultClosed) as caught:
        queries.identity_of_student(actor, kept, students.get(actor, ref))
    assert caught.value.state is VaultState.DAMAGED

    with Session(kept.engine) as session:
        session.execute(update(DistrictKey).values(wrapped=b"spoiled"))
        session.commit()
    assert queries.names(actor, kept, [ref]).state is VaultState.DAMAGED

    migrations_vault.downgrade(kept.engine, "base")
    assert queries.names(actor, kept, [ref]).state is VaultState.NOT_READY
    with pytest.raises(VaultClosed):
        in_transaction(lambda: named(actor, kept, ref, WHOLE, seen_number=1))

"""The audit log takes lines and gives none back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from referral.actions import audit
from referral.actions.transactions import in_transaction
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.queries.users import actor_of
from referral.rules.audit import UnsafeFact
from referral.rules.permissions import COMMAND, NOBODY
from tests.factories import a_user


def recorded():
    db.session.rollback()
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()


def test_a_line_says_when_who_what_to_what_and_with_which_facts(database):
    user = in_transaction(a_user)
    in_transaction(
        lambda: audit.record(actor_of(user), "program:seats:updated", "program", "bridge", licensed=8)
    )

    (line,) = recorded()
    assert abs(line.at - datetime.now(UTC)) < timedelta(seconds=30)
    assert (line.actor_user_id, line.tag, line.subject_kind, line.subject_ref, line.facts) == (
        user.id,
        "program:seats:updated",
        "program",
        "bridge",
        {"licensed": 8},
    )


def test_the_command_and_nobody_have_no_user_and_can_be_told_apart(database):
    in_transaction(lambda: audit.record(COMMAND, "user:account:invited", "user", "U-1"))
    in_transaction(lambda: audit.record(NOBODY, "user:session:refused", "user", "U-1"))

    assert [(line.actor_user_id, line.facts) for line in recorded()] == [
        (None, {"door": "command"}),
        (None, {}),
    ]


def test_a_line_is_undone_with_its_change(database):
    def work():
        audit.record(COMMAND, "user:account:invited", "user", "U-1")
        raise KeyError

    with pytest.raises(KeyError):
        in_transaction(work)

    assert recorded() == []


def test_content_never_reaches_the_log(database):
    with pytest.raises(UnsafeFact):
        in_transaction(
            lambda: audit.record(COMMAND, "student:profile:saved", "student", "S-1", note="some content here")
        )

    assert recorded() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET tag = 'a:b:c'", "DELETE FROM audit_events"])
def test_the_database_refuses_change_and_removal(database, statement):
    in_transaction(lambda: audit.record(COMMAND, "user:account:invited", "user", "U-1"))

    with pytest.raises(DBAPIError, match="append-only"):
        in_transaction(lambda: db.session.execute(text(statement)))

    assert len(recorded()) == 1


def test_postgresql_refuses_to_empty_the_log(database):
    in_transaction(lambda: audit.record(COMMAND, "user:account:invited", "user", "U-1"))

    if db.engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="append-only"):
            in_transaction(lambda: db.session.execute(text("TRUNCATE audit_events CASCADE")))

    assert len(recorded()) == 1

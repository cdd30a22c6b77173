"""The chain of the audit log: tampering is found and named, many writers keep it whole, and it is quick."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, text

from referral.actions import audit
from referral.actions.transactions import in_transaction
from referral.models.audit import AuditEvent, audit_key
from referral.models.base import db, utc_now
from referral.queries.audit import head, verified
from referral.rules.audit_chain import BEGINNING, Break, ChainFault, Head, hash_after, seal_of
from referral.rules.permissions import COMMAND

LINES = 6
MANY = 100_000
WRITERS, EACH = 8, 12
SECONDS = 2.0
COLUMNS = "actor_user_id, tag, subject_kind, subject_ref, facts"


def write(number: int) -> None:
    audit.record(COMMAND, "program:seats:confirmed", "program", f"p-{number}", licensed=number, fit=0.5)


def six_lines() -> None:
    for number in range(1, LINES + 1):
        in_transaction(lambda number=number: write(number))


@contextmanager
def tampered(*statements: str) -> Iterator[None]:
    """What somebody does who owns the database: takes the triggers away and writes; undone afterwards."""
    db.session.rollback()
    for table in ("audit_events", "audit_chain"):
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
            db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for statement in statements:
        db.session.execute(text(statement))
    yield
    db.session.rollback()


def found(*statements: str, kept: Head | None = None) -> Break | None:
    with tampered(*statements):
        return verified(COMMAND, kept=kept).broken


def test_an_untouched_log_is_whole_from_its_beginning_and_from_the_middle(database):
    six_lines()

    whole, half = verified(COMMAND), verified(COMMAND, since=4, kept=head())
    assert (whole.broken, whole.rows, whole.head) == (None, LINES, head())
    assert (half.broken, half.rows) == (None, 3)


def test_every_kind_of_tampering_is_found_and_the_first_bad_row_named(database):
    six_lines()
    kept = head()
    copied = f"INSERT INTO audit_events (id, at, {COLUMNS}) SELECT 99, at, {COLUMNS} FROM audit_events"  # noqa: S608
    swapped = (
        "UPDATE audit_chain SET event_id = -2 WHERE position = 2",
        "UPDATE audit_chain SET event_id = 2 WHERE position = 3",
        "UPDATE audit_chain SET event_id = 3 WHERE position = 2",
    )
    swapped_events = tuple(
        f"UPDATE {table} SET {column} = {new} WHERE {column} = {old}"  # noqa: S608
        for old, new in ((2, -2), (3, 2), (-2, 3))
        for table, column in (("audit_events", "id"), ("audit_chain", "event_id"))
    )
    cut = ("DELETE FROM audit_chain WHERE position > 4", "DELETE FROM audit_events WHERE id > 4")

    assert found("UPDATE audit_events SET facts = '{\"licensed\": 9}' WHERE id = 3") == Break(
        3, 3, ChainFault.EVENT_CHANGED
    )
    assert found("UPDATE audit_events SET actor_user_id = 1 WHERE id = 5") is not None
    assert found("DELETE FROM audit_events WHERE id = 3") == Break(3, 3, ChainFault.EVENT_MISSING)
    assert found(
        "DELETE FROM audit_chain WHERE position = 3", "DELETE FROM audit_events WHERE id = 3"
    ) == Break(3, None, ChainFault.PLACE_MISSING)
    assert found(f"{copied} WHERE id = 2") == Break(7, 99, ChainFault.NOT_CHAINED)
    assert found(
        f"{copied} WHERE id = 2",
        "INSERT INTO audit_chain SELECT 7, 99, seal, hash FROM audit_chain WHERE position = 6",
    ) == Break(7, 99, ChainFault.EVENT_CHANGED)
    assert found(*swapped) == Break(2, 3, ChainFault.EVENT_CHANGED)
    assert found(*swapped_events) == Break(2, 3, ChainFault.EVENT_CHANGED)
    assert found(*cut) is None
    assert found(*cut, kept=kept) == Break(5, None, ChainFault.CUT_OFF)
    assert found(kept=Head(3, BEGINNING)) == Break(3, None, ChainFault.ANOTHER_CHAIN)
    assert found(kept=kept) is None


def test_places_whose_seals_are_right_cannot_change_their_order(database):
    six_lines()
    away = "UPDATE audit_chain SET position = position + 100 WHERE position IN (2, 3)"
    back = "UPDATE audit_chain SET position = CASE position WHEN 102 THEN 3 ELSE 2 END WHERE position > 100"

    assert found(away, back) == Break(2, 3, ChainFault.OUT_OF_ORDER)


def test_a_line_that_a_savepoint_took_back_has_no_place(database):
    def half() -> None:
        with db.session.begin_nested():
            write(2)
            raise KeyError

    def work() -> None:
        write(1)
        with pytest.raises(KeyError):
            half()
        write(3)

    in_transaction(work)

    refs = db.session.scalars(select(AuditEvent.subject_ref).order_by(AuditEvent.id)).all()
    assert refs == ["p-1", "p-3"]
    assert (verified(COMMAND).rows, verified(COMMAND).broken) == (2, None)


def test_a_writer_that_dies_at_the_end_of_the_chain_leaves_it_whole(database):
    in_transaction(lambda: write(1))
    write(2)
    audit.close()
    db.session.rollback()  # what the database does when the connection breaks before the commit
    in_transaction(lambda: write(3))

    refs = db.session.scalars(select(AuditEvent.subject_ref).order_by(AuditEvent.id)).all()
    assert refs == ["p-1", "p-3"]
    assert (verified(COMMAND).rows, verified(COMMAND).broken) == (2, None)


def test_eight_writers_keep_one_unbroken_chain(database):
    def work() -> None:
        with database.app_context():
            for number in range(EACH):
                in_transaction(lambda number=number: (write(number), write(number + 100)))

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    walked = verified(COMMAND)
    assert (walked.rows, walked.broken) == (2 * WRITERS * EACH, None)


def test_a_hundred_thousand_rows_are_verified_in_under_two_seconds(database):
    in_transaction(_many_rows)

    began = time.process_time()  # not what other processes do meanwhile
    walked = verified(COMMAND)
    seconds = time.process_time() - began

    assert (walked.rows, walked.broken) == (MANY, None)
    assert seconds < SECONDS


def _many_rows() -> None:
    """Lines and their places, written in bulk."""
    at, key, before = f"{utc_now():%Y-%m-%d %H:%M:%S.%f}", audit_key(), BEGINNING
    places = []
    for number in range(1, MANY + 1):
        seal = seal_of(key, f'{number}\n{at}\n\na:b:c\nstudent\nS-1\n{{"n": 1}}')
        before = hash_after(key, before, number, seal)
        places.append((number, number, seal, before))
    lines, chain = BULK[db.engine.dialect.name]
    db.session.execute(text(f"{INTO} {lines}"), {"many": MANY, "at": at, "facts": '{"n": 1}'})
    columns = tuple(list(column) for column in zip(*places, strict=True))
    is_sqlite = db.engine.dialect.name == "sqlite"
    db.session.connection().exec_driver_sql(chain, places if is_sqlite else columns)


INTO = "INSERT INTO audit_events (id, at, tag, subject_kind, subject_ref, facts)"
BULK = {
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
        " SELECT i, :at, 'a:b:c', 'student', 'S-1', :facts FROM n",
        "INSERT INTO audit_chain VALUES (?, ?, ?, ?)",
    ),
    "postgresql": (
        "SELECT i, CAST(:at AS timestamp) AT TIME ZONE 'UTC', 'a:b:c', 'student', 'S-1', CAST(:facts AS json)"
        " FROM generate_series(1, :many) AS i",
        "INSERT INTO audit_chain SELECT * FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[])",
    ),
}

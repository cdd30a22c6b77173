"""A transaction is saved whole or not at all, and writers take turns."""

import threading
import time

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from referral.actions.transactions import ATTEMPTS, DatabaseBusy, in_transaction
from referral.errors import RecordNotFound, StaleUpdate
from referral.models.base import db
from referral.models.organisations import Organisation
from tests.factories import a_district


def names():
    return db.session.scalars(select(Organisation.name)).all()


def test_what_is_done_is_saved(database):
    in_transaction(lambda: a_district(name="Saved"))
    db.session.rollback()

    assert names() == ["Saved"]


def test_an_error_undoes_everything(database):
    def work():
        a_district(name="Half")
        raise RecordNotFound

    with pytest.raises(RecordNotFound):
        in_transaction(work)

    assert names() == []


def test_the_write_lock_is_held_from_the_start(database):
    if db.engine.dialect.name != "sqlite":
        assert in_transaction(lambda: True)
        return

    def work():
        with pytest.raises(DatabaseBusy), database.app_context():
            in_transaction(lambda: None, patience_seconds=0.05)

    in_transaction(work)


def test_many_writers_lose_no_update(app, saved):
    key = saved(a_district, source_year=2000).id

    def add_one():
        year = db.session.scalar(
            select(Organisation.source_year).where(Organisation.id == key).with_for_update()
        )
        time.sleep(0.001)
        db.session.execute(update(Organisation).where(Organisation.id == key).values(source_year=year + 1))

    def write_five_times():
        for _ in range(5):
            with app.app_context():
                in_transaction(add_one)

    threads = [threading.Thread(target=write_five_times) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert db.session.scalar(select(Organisation.source_year)) == 2040


def test_one_of_two_that_clash_on_postgresql_runs_again(database):
    runs = []

    def work():
        runs.append(1)
        if len(runs) == 1 and db.engine.dialect.name == "postgresql":
            db.session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END $$"))
        return a_district(name="Once")

    in_transaction(work)

    assert names() == ["Once"]
    assert len(runs) == (2 if db.engine.dialect.name == "postgresql" else 1)


def test_clashing_for_ever_gives_up(database):
    runs = []

    def work():
        runs.append(1)
        db.session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40P01'; END $$"))

    with pytest.raises(DBAPIError):
        in_transaction(work)

    assert len(runs) == (ATTEMPTS if db.engine.dialect.name == "postgresql" else 1)


def test_a_row_that_changed_underneath_is_a_stale_update(database):
    district = in_transaction(a_district)

    def work():
        mine = db.session.get(Organisation, district.id)
        db.session.execute(text("UPDATE organisations SET version = 9"))
        mine.name = "Mine"

    with pytest.raises(StaleUpdate):
        in_transaction(work)


def test_sqlite_runs_as_promised(database):
    if db.engine.dialect.name == "sqlite":
        told = [
            db.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

        assert told == ["wal", 2, 1]
    else:
        assert db.session.scalar(text("SHOW transaction_isolation")) == "read committed"


def test_who_waits_in_this_process_for_too_long_is_told(app, database_kind):
    """On SQLite the threads of a process wait for each other before they ask the file."""
    began, done = threading.Event(), threading.Event()

    def hold():
        with app.app_context():
            in_transaction(lambda: began.set() or done.wait(10))

    holder = threading.Thread(target=hold)
    holder.start()
    began.wait(10)
    try:
        with app.app_context():
            if database_kind == "sqlite":
                with pytest.raises(DatabaseBusy):
                    in_transaction(a_district, patience_seconds=0.05)
            else:
                in_transaction(a_district, patience_seconds=0.05)
    finally:
        done.set()
        holder.join()
    with app.app_context():
        in_transaction(lambda: a_district(name="Then"))


def test_what_is_undone_is_gone_and_statements_stay_prepared_on_postgresql(database):
    asked = select(Organisation.name)
    with db.engine.connect() as connection:
        for _ in range(10):
            connection.execute(insert(Organisation).values(slug="undone", name="Undone", kind="district"))
            assert connection.scalars(asked).all() == ["Undone"]
            connection.rollback()

        assert connection.scalars(asked).all() == []
        if db.engine.dialect.name == "postgresql":
            prepared = connection.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
            assert str(asked.compile(db.engine)) in prepared


def test_a_statement_that_failed_is_undone_too(database):
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT no_such_column FROM organisations"))
    db.session.rollback()

    assert names() == []


def test_a_statement_prepared_for_another_shape_of_its_table_fails_once(database):
    if db.engine.dialect.name != "postgresql":
        return
    asked = text("SELECT * FROM shape")
    with db.engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE shape AS SELECT 1 AS one"))
        for _ in range(10):
            connection.execute(asked)
        driver = connection.connection.dbapi_connection
        driver.pgconn.exec_(b"ALTER TABLE shape ALTER one TYPE text")  # unseen, as if from elsewhere
        connection.commit()
        with pytest.raises(DBAPIError):
            connection.execute(asked)
        connection.rollback()

        assert connection.scalars(asked).all() == ["1"]


def test_a_connection_that_was_lost_is_replaced(database):
    if db.engine.dialect.name != "postgresql":
        return
    lost = db.session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text(f"SELECT pg_terminate_backend({lost})"))
    with pytest.raises(DBAPIError):
        names()
    db.session.rollback()

    assert names() == []

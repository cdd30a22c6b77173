"""PostgreSQL as we run it: a connection keeps its prepared statements when a transaction is undone."""

from typing import Any

from sqlalchemy import Engine

UNDER_WAY = 2  # what libpq calls a transaction in which no statement failed


def prepare(engine: Engine) -> None:
    """Set up an engine; does nothing for another database."""
    if engine.dialect.name == "postgresql":
        engine.dialect.do_rollback = _undo  # type: ignore[assignment]


def _undo(connection: Any) -> None:
    """Undo the transaction of a psycopg connection, as every request does that only read.

    psycopg's own way also forgets what is prepared, in case a table was made in the transaction: then no
    statement is ever prepared, and PostgreSQL plans each one anew. We make no tables while we serve. After
    a failure it forgets: a table may have got another shape, which what is prepared for it does not survive.
    """
    if connection.pgconn.transaction_status == UNDER_WAY:
        connection.pgconn.exec_(b"ROLLBACK")
    connection.rollback()  # nothing is left to undo; a connection that is lost says so here

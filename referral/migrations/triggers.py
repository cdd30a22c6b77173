"""Triggers for both databases, in one place because SQLite loses them when a table is rebuilt."""

from collections.abc import Iterable

from alembic import op


def make_append_only(table: str) -> None:
    """Refuse UPDATE and DELETE of rows of a table (and TRUNCATE, where there is one)."""
    refusal = f"{table} is append-only"
    if _on_sqlite():
        for verb in ("update", "delete"):
            _sqlite_trigger(f"{table}_no_{verb}", table, verb.upper(), f"SELECT RAISE(ABORT, '{refusal}')")
        return
    _postgresql_function(f"{table}_refuse", f"RAISE EXCEPTION '{refusal}';")
    _postgresql_trigger(f"{table}_no_change", table, "UPDATE OR DELETE", f"{table}_refuse")
    _postgresql_trigger(f"{table}_no_truncate", table, "TRUNCATE", f"{table}_refuse", each="STATEMENT")


def drop_append_only(table: str) -> None:
    """Take the refusal back, for a downgrade or before a table is rebuilt."""
    names = ("no_update", "no_delete") if _on_sqlite() else ("no_change", "no_truncate")
    _drop(table, [f"{table}_{name}" for name in names], f"{table}_refuse")


def make_unchanged(table: str) -> None:
    """Refuse UPDATE of rows of a table that are added, never changed, and may be removed by a purge."""
    refusal = f"{table} rows never change"
    if _on_sqlite():
        _sqlite_trigger(f"{table}_no_update", table, "UPDATE", f"SELECT RAISE(ABORT, '{refusal}')")
        return
    _postgresql_function(f"{table}_refuse", f"RAISE EXCEPTION '{refusal}';")
    _postgresql_trigger(f"{table}_no_update", table, "UPDATE", f"{table}_refuse")


def make_emptied(table: str, column: str, empty: str, others: tuple[str, ...]) -> None:
    """Refuse UPDATE of rows of a table but one: a purge that empties a column and changes nothing else.

    The triggers have the names that `drop_unchanged` knows.
    """
    refusal = f"{table} rows never change"
    if _on_sqlite():
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in others)
        kept = f"NOT (NEW.{column} = '{empty}' AND {same})"
        statement = f"SELECT RAISE(ABORT, '{refusal}') WHERE {kept}"
        _sqlite_trigger(f"{table}_no_update", table, "UPDATE", statement)
        return
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in others)
    kept = f"NOT (NEW.{column}::text = '{empty}' AND {same})"
    _postgresql_function(
        f"{table}_refuse", f"IF {kept} THEN RAISE EXCEPTION '{refusal}'; END IF; RETURN NEW;"
    )
    _postgresql_trigger(f"{table}_no_update", table, "UPDATE", f"{table}_refuse")


def drop_unchanged(table: str) -> None:
    """Take the refusal back."""
    _drop(table, [f"{table}_no_update"], f"{table}_refuse")


def make_no_overlap(table: str, same: tuple[str, ...]) -> None:
    """Refuse two rows with the same keys whose days valid_from to valid_to share a day."""
    refusal = f"{table} overlap"
    alike = " AND ".join(f"other.{column} = NEW.{column}" for column in same)
    clash = (
        f"EXISTS (SELECT 1 FROM {table} AS other WHERE {alike} AND other.id <> COALESCE(NEW.id, 0) "
        "AND other.valid_from <= COALESCE(NEW.valid_to, '9999-12-31') "
        "AND COALESCE(other.valid_to, '9999-12-31') >= NEW.valid_from)"
    )
    if _on_sqlite():
        for verb in ("insert", "update"):
            # After, not before: SQLite gives a new row its key only then.
            _sqlite_trigger(
                f"{table}_{verb}_no_overlap",
                table,
                verb.upper(),
                f"SELECT RAISE(ABORT, '{refusal}') WHERE {clash}",
                "AFTER",
            )
        return
    complaint = f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'exclusion_violation'"
    _postgresql_function(f"{table}_check_overlap", f"IF {clash} THEN {complaint}; END IF; RETURN NEW;")
    _postgresql_trigger(f"{table}_no_overlap", table, "INSERT OR UPDATE", f"{table}_check_overlap")


def drop_no_overlap(table: str) -> None:
    """Take the refusal back."""
    names = ("insert_no_overlap", "update_no_overlap") if _on_sqlite() else ("no_overlap",)
    _drop(table, [f"{table}_{name}" for name in names], f"{table}_check_overlap")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _sqlite_trigger(name: str, table: str, verb: str, statement: str, moment: str = "BEFORE") -> None:
    op.execute(f"CREATE TRIGGER {name} {moment} {verb} ON {table} BEGIN {statement}; END")


def _postgresql_function(name: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")


def _postgresql_trigger(name: str, table: str, verbs: str, function: str, each: str = "ROW") -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


def _drop(table: str, triggers: Iterable[str], function: str) -> None:
    for name in triggers:
        op.execute(f"DROP TRIGGER {name}" + ("" if _on_sqlite() else f" ON {table}"))
    if not _on_sqlite():
        op.execute(f"DROP FUNCTION {function}()")

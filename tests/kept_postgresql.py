"""One PostgreSQL database of a test process, put back between tests to a state that was kept.

Making a database anew costs the server a hundred times what emptying one does. Every test finds what a fresh
one holds: the same rows, the next keys from the same start, and tables without a trace of others' rows.
"""

from collections.abc import Callable

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

MIGRATED = "migrated"  # the state of a database fresh from its migrations
PAGE_BYTES = 8192

# Other sessions that a test left inside a transaction would keep their locks.
END_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
# Changes when a table, index, sequence or schema was made, dropped, renamed or given another column.
SHAPE = """
SELECT md5(string_agg(
  concat_ws(' ', space.nspname, class.oid, class.relname, class.relnatts, class.relchecks),
  ',' ORDER BY class.oid
))
FROM pg_class AS class JOIN pg_namespace AS space ON space.oid = class.relnamespace
WHERE space.nspname !~ '^(pg_|information_schema|tests)'
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
EMPTY_ONE = """
IF EXISTS (SELECT FROM public.{name}) THEN
  DELETE FROM public.{name};
  IF pg_relation_size('public.{name}') > {page_bytes} THEN large := large || '{name}'::text; END IF;
END IF;
"""
# Triggers and foreign keys rest meanwhile, as in a restore. Gives the tables that hold more than a page of
# what was deleted: only there could new rows come to lie before older ones.
EMPTIED = """
CREATE OR REPLACE FUNCTION tests.emptied() RETURNS text[] LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE large text[] := '{{}}';
BEGIN {each} RETURN large; END $$
"""
FILLED = """
CREATE OR REPLACE FUNCTION tests.filled(state text) RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE one text;
BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'tests_' || state ORDER BY 1 LOOP
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM %2$I.%1$I', one, 'tests_' || state);
  END LOOP;
  PERFORM setval('public.' || kept.name, kept.value, kept.is_used)
  FROM tests.sequences AS kept WHERE kept.state = $1;
END $$
"""


KEPT = """
CREATE OR REPLACE FUNCTION tests.kept(state text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one text; has_rows boolean;
BEGIN
  EXECUTE format('CREATE SCHEMA %I', 'tests_' || state);
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('CREATE TABLE %1$I.%2$I AS SELECT * FROM public.%2$I', 'tests_' || state, one);
    END IF;
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format(
      'INSERT INTO tests.sequences SELECT %1$L, %2$L, last_value, is_called FROM public.%2$I', state, one
    );
  END LOOP;
END $$
"""
SEQUENCES = "CREATE TABLE tests.sequences (state text, name text, value bigint, is_used boolean)"


class KeptDatabase:
    """A migrated database; `put(state)` empties it and fills it with what was kept under a name."""

    def __init__(self, url: str, make: Callable[[], None]) -> None:
        self.url, self._make = url, make
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        self.states: set[str] = set()
        self._remake()

    def put(self, state: str = MIGRATED) -> None:
        """Bring the database to a kept state, whatever was done to it."""
        with self._engine.connect() as admin:
            admin.execute(text(END_OTHERS))
            if admin.scalar(text(SHAPE)) == self._shape:
                self._fill(admin, state)
                return
        self._remake()
        assert state in self.states, f"{state} was lost: the test changed tables before it asked for it"
        with self._engine.connect() as admin:
            self._fill(admin, state)

    def keep(self, state: str) -> None:
        """Keep what the database holds now under a name."""
        with self._engine.connect() as admin:
            admin.execute(text("SELECT tests.kept(:state)"), {"state": state})
        self.states.add(state)

    def stop(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    def _fill(self, admin: Connection, state: str) -> None:
        if large := admin.scalar(text("SELECT tests.emptied()")):
            admin.execute(text("VACUUM " + ", ".join(large)))
        admin.execute(text("SELECT tests.filled(:state)"), {"state": state})

    def _remake(self) -> None:
        self._engine.dispose()
        self._make()
        self.states.clear()
        with self._engine.connect() as admin:
            self._shape = admin.scalar(text(SHAPE))
            each = "".join(
                EMPTY_ONE.format(name=name, page_bytes=PAGE_BYTES) for name in admin.scalars(text(TABLES))
            )
            made = EMPTIED.format(each=each)
            for statement in ("CREATE SCHEMA tests", SEQUENCES, made, FILLED, KEPT):
                admin.execute(text(statement))
        self.keep(MIGRATED)

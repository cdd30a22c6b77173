"""Where a backup is restored to: beside what is there, which is put aside once the copy is proved whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from referral.actions.backups import is_empty
from referral.app import create_app
from referral.config import Settings
from referral.errors import ReferralError
from referral.models.base import db

Restore = Callable[[], None]


class TargetRefused(ReferralError):
    """The database to restore into cannot be taken."""

    status = 409
    default_code = "target_not_empty"


def restore_into(settings: Settings, work: Restore, *, replacing: bool, stamp: str) -> str:
    """Run `work` on an empty database in the place of the old one; gives where the old one is kept, if any.

    Whatever goes wrong, the old one stays where it was.
    """
    place = _sqlite_file if settings.is_sqlite else _postgresql_schema
    return place(settings, work, replacing=replacing, stamp=stamp)


@contextmanager
def _app_on(settings: Settings, url: str) -> Iterator[Engine]:
    app = create_app(replace(settings, database_url=url))
    with app.app_context():
        try:
            yield db.engine
        finally:
            db.session.remove()
            db.engine.dispose()


def _sqlite_file(settings: Settings, work: Restore, *, replacing: bool, stamp: str) -> str:
    path = Path(make_url(settings.database_url).database or "")
    kept = path.with_name(f"{path.name}.before-{stamp}")
    fresh = path.with_name(f"{path.name}.restoring")
    is_there = path.exists()
    if is_there:
        with _app_on(settings, settings.database_url) as engine:
            _check_may_take(is_empty(engine), replacing=replacing)
            _leave_to_us(engine)
    fresh.unlink(missing_ok=True)
    try:
        with _app_on(settings, f"sqlite:///{fresh}") as engine:
            work()
            _leave_to_us(engine)
    except BaseException:
        for rest in fresh.parent.glob(f"{fresh.name}*"):
            rest.unlink()
        raise
    if is_there:
        _keep(path, kept)
    fresh.replace(path)
    return str(kept) if is_there else ""


def _keep(path: Path, kept: Path) -> None:
    """Give the old file its other name, so that there is a database at every moment where links are known."""
    try:
        kept.hardlink_to(path)
    except OSError:
        path.rename(kept)


def _leave_to_us(engine: Engine) -> None:
    """Fold the log of a file into it, which works only while nobody else has it open."""
    engine.dispose()
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        mode = cursor.execute("PRAGMA journal_mode = DELETE").fetchone()
    except Exception as error:
        raise TargetRefused("target_in_use") from error
    finally:
        raw.close()
        engine.dispose()
    if mode != ("delete",):
        raise TargetRefused("target_in_use")


def _postgresql_schema(settings: Settings, work: Restore, *, replacing: bool, stamp: str) -> str:
    kept = f"before_{stamp.lower()}"
    with _app_on(settings, settings.database_url) as engine:
        was_empty = is_empty(engine)
        _check_may_take(was_empty, replacing=replacing)
        _check_alone(engine)
        _run(engine, f"ALTER SCHEMA public RENAME TO {kept}", "CREATE SCHEMA public")
        try:
            work()
        except BaseException:
            db.session.remove()
            _run(engine, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {kept} RENAME TO public")
            raise
        if was_empty:
            _run(engine, f"DROP SCHEMA {kept} CASCADE")
    return "" if was_empty else f"the schema {kept}"


def _check_may_take(is_vacant: bool, *, replacing: bool) -> None:
    if not (is_vacant or replacing):
        raise TargetRefused


def _check_alone(engine: Engine) -> None:
    engine.dispose()
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with engine.connect() as connection:
        if connection.scalar(others):
            raise TargetRefused("target_in_use")


def _run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))

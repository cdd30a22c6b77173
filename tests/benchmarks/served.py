"""Instances to measure on either database, served by `placewell serve` in a process of its own."""

import http.client
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from referral.actions import rooms, seats
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.cli.programs import load
from referral.formats.seed import read_seed
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.rules.permissions import Actor, Role
from referral.rules.program_records import RoomRecord
from referral.rules.seats import SeatNumbers
from tests.benchmarks.disk import SlowDisk
from tests.databases import PostgresqlTemplate, SqliteTemplate, settings_for
from tests.factories import a_user
from tests.large_lists import REFERRALS, large_site, tell
from tests.programs import PROGRAM, TODAY, a_file, load_file, room_of
from tests.referrals import a_cast
from tests.serving import PROXIED, SeatWriter, Server, cookie_of

PROGRAMS = 150
OF_A_CAST = 3
WRITERS = 8
ENROLLED = 5
Template = SqliteTemplate | PostgresqlTemplate
DURABLE = ("ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET full_page_writes = on", "SELECT pg_reload_conf()")


@dataclass(frozen=True)
class Place:
    """Where an instance is: its folder, and the address of its database ("" for SQLite in the folder)."""

    app: Flask
    folder: Path
    database_url: str
    template: Template

    @contextmanager
    def served(self, under: Sequence[str] = ()) -> Iterator[Server]:
        """A server on it, run under another program or by itself."""
        server = Server(self.folder, self.database_url, under)
        try:
            yield server
        finally:
            server.send(signal.SIGTERM)

    @contextmanager
    def served_on(self, disk: SlowDisk) -> Iterator[tuple[Server, Path]]:
        """A server whose database waits for a slow disk, and the log of what the database synced."""
        db.engine.dispose()
        if isinstance(self.template, PostgresqlTemplate):
            with _under(self.template, disk) as log, self.served() as server:
                yield server, log
                db.engine.dispose()
        else:
            log = self.folder / "syncs"
            with self.served(disk.under(log)) as server:
                yield server, log


@contextmanager
def _under(template: PostgresqlTemplate, disk: SlowDisk) -> Iterator[Path]:
    """PostgreSQL started anew under a slow disk; gives the log of its syncs. Afterwards it runs as before."""
    server, log = template.server, template.server.pgdata / "syncs"
    options = f'-h "" -k {server.get_postmaster_info().socket_dir}'
    pg_ctl = (str(server.bin_path / "pg_ctl"), "-w", "-s", "-D", str(server.pgdata))

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=server.system_user, stdout=subprocess.DEVNULL)

    template.admin.dispose()
    run(*pg_ctl, "-m", "fast", "stop")
    run(*disk.under(log), *pg_ctl, "-o", options, "-l", str(server.log), "start")
    try:
        yield log
    finally:
        run(*pg_ctl, "-m", "fast", "stop")
        log.unlink()
        server.ensure_postgres_running()


@contextmanager
def databases(kind: str) -> Iterator[Callable[[], "contextmanager[Place]"]]:
    """Makes fresh instances on one kind of database; PostgreSQL waits for the disk as it does at work."""
    with tempfile.TemporaryDirectory(prefix="placewell-bench-") as folder:
        template: Template = SqliteTemplate(Path(folder))
        if kind == "PostgreSQL":
            template = PostgresqlTemplate(Path(folder), home=Path(tempfile.gettempdir()))
        if isinstance(template, PostgresqlTemplate):
            template.run(*DURABLE)
        try:
            yield lambda: _place(template)
        finally:
            if isinstance(template, PostgresqlTemplate):
                template.stop()


@contextmanager
def _place(template: Template) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="placewell-bench-") as name:
        folder = Path(name)
        with template.fresh(folder) as url:
            app = create_app(settings_for(url, folder))
            with app.app_context():
                yield Place(app, folder, "" if url.startswith("sqlite") else url, template)
                db.session.remove()
                db.engine.dispose()


@dataclass(frozen=True)
class UsualSite:
    """150 programs, packaged ones and copies; a student to rank, and rooms with a writer for each."""

    coordinator: str
    student: str
    writers: tuple[SeatWriter, ...]


def usual_site(place: Place) -> UsualSite:
    """Fill a fresh instance."""
    seed = read_seed()
    load(seed, with_examples=True)
    more = range(PROGRAMS - OF_A_CAST - len(seed.programs))
    copies = [PROGRAM | {"key": f"more-{number}", "name": f"Program {number}"} for number in more]
    in_transaction(lambda: load_file(a_file(*copies)))
    cast = in_transaction(a_cast)
    keys = [f"counted-{number}" for number in range(WRITERS)]
    in_transaction(lambda: _rooms(cast.river_staff, keys))
    staff = cookie_of(place.app, cast.river_staff.user_id)
    writers = [
        SeatWriter(staff, room=key, version=room_of(key=key).version, enrolled=ENROLLED) for key in keys
    ]
    site = UsualSite(cookie_of(place.app, cast.coordinator.user_id), cast.student.ref, tuple(writers))
    db.session.rollback()  # reads nothing while the server is measured
    return site


def _rooms(staff: Actor, keys: list[str]) -> None:
    for key in keys:
        rooms.add(staff, "bridge", RoomRecord(key=key))
        numbers = SeatNumbers(licensed=8, enrolled=ENROLLED)
        seats.update(staff, "bridge", key, numbers, version_seen=1, today=TODAY)


def large_cookies(place: Place) -> dict[Role, str]:
    """500 programs and 5,000 referrals in a fresh instance; gives a cookie of each role at home in them."""
    site = in_transaction(large_site)
    cookies = {}
    for role in Role:
        key = site.places.get(role)
        user = in_transaction(
            lambda role=role, key=key: a_user(role, at=key and db.session.get(Organisation, key))
        )
        in_transaction(lambda user=user: tell(user.id, REFERRALS))
        cookies[role] = cookie_of(place.app, user.id)
    db.session.rollback()
    return cookies


def ready_seconds(place: Place) -> float:
    """Seconds from the start of a server's process to its first answer that it is ready."""
    start = time.perf_counter()
    with place.served() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/readyz", headers=PROXIED)
        answer = connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - start
        connection.close()
    if body != b"ready\n":
        raise RuntimeError(f"the server is not ready: {answer.status}")
    return took


def cpu_ms(server: Server) -> float:
    """CPU time of a server's process so far, on Linux: it says more than wall time on a shared machine."""
    tasks = Path(f"/proc/{server.process.pid}").glob("task/*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

"""Durable steps of one seat: on the disk as it is, where the processor sets their rate, and on slow disks."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Select, select

from referral.models.base import db
from referral.models.seats import Room
from tests.benchmarks.disk import SlowDisk, is_traceable, syncs_in, syncs_per_second
from tests.benchmarks.figures import Figure
from tests.benchmarks.served import Place, UsualSite, cpu_ms
from tests.serving import SeatWriter, Server

SECONDS = 5.0
SLOW_DISKS = (SlowDisk(delay_ms=4), SlowDisk(delay_ms=10))
HALF = 0.5  # of the disk's own syncs


def on_this_disk(server: Server, site: UsualSite, folder: Path) -> Iterator[Figure]:
    """Steps a second against the disk before and after, and what a step costs the server."""
    before, spent, done = syncs_per_second(folder), cpu_ms(server), _acknowledged(site.writers)
    rate = _steps_per_second(server.port, site.writers)
    spent = (cpu_ms(server) - spent) / (_acknowledged(site.writers) - done)
    syncs = (before + syncs_per_second(folder)) / 2
    yield Figure(f"durable one-seat steps, {len(site.writers)} clients", rate, "/s")
    yield Figure("same, CPU time of the server for a step", spent, "ms")
    yield Figure("the disk's own: 4 kB appended and synced, one after the other", syncs, "/s")
    yield Figure("steps / the disk's own", rate / syncs, "", HALF, more_is_better=True)


def on_slow_disks(place: Place, site: UsualSite) -> Iterator[Figure]:
    """Steps a second where the disk sets the rate, against a process that only syncs on the same disk."""
    for disk in SLOW_DISKS:
        name = f"{disk.delay_ms} ms more for each sync"
        if not is_traceable():
            yield Figure(f"{name}: steps / the disk's own", None, instead="not measured, strace is missing")
            continue
        own, done = disk.syncs_per_second(place.folder), _acknowledged(site.writers)
        with place.served_on(disk) as (server, log):
            before = syncs_in(log)
            rate = _steps_per_second(server.port, site.writers)
            syncs = (syncs_in(log) - before) / (_acknowledged(site.writers) - done)
        own = (own + disk.syncs_per_second(place.folder)) / 2
        yield Figure(f"{name}: durable one-seat steps", rate, "/s")
        yield Figure(f"{name}: syncs of the database for a step", syncs)
        yield Figure(f"{name}: the disk's own", own, "/s")
        yield Figure(f"{name}: steps / the disk's own", rate / own, "", HALF, more_is_better=True)


def expect(statement: Select[tuple[int]], number: int) -> None:
    """What was acknowledged is stored: a rate of refusals would look fine."""
    db.session.rollback()
    stored = db.session.scalar(statement)
    db.session.rollback()
    if stored != number:
        raise RuntimeError(f"{stored} are stored, {number} were acknowledged")


def _steps_per_second(port: int, writers: Sequence[SeatWriter]) -> float:
    before, done = _acknowledged(writers), threading.Event()
    threads = [threading.Thread(target=one.run, args=(port, done)) for one in writers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    done.set()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    for one in writers:
        _check(one)
    return (_acknowledged(writers) - before) / took


def _acknowledged(writers: Sequence[SeatWriter]) -> int:
    return sum(one.acknowledged for one in writers)


def _check(writer: SeatWriter) -> None:
    if writer.faults:
        raise RuntimeError(f"a step was answered {writer.faults[0]}")
    expect(select(Room.version).where(Room.key == writer.room), writer.version)
